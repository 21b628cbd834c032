package web

import (
	"strings"

	"jalon/indicators"
)

// A toDecide is what the latest snapshot asks to decide, and where that is told.
type toDecide struct {
	Snapshot  figure // its number; empty: none is published
	Report    string
	Decisions []phrase
	Rest      int // how many stay away from paper
}

func (v *view) toDecide() toDecide {
	s, text := v.issued()
	if s == nil {
		return toDecide{}
	}
	points := v.points(text)
	return toDecide{figure(s.Number), v.reportOf(s), points, rest(len(points), decisionsOnPaper)}
}

// points are the lines of a text, each a point of its own.
func (v *view) points(t indicators.Text) []phrase {
	var all []phrase
	whole := v.phrase(t)
	for line := range strings.Lines(whole.Text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, phrase{line, whole.Lang})
		}
	}
	return all
}

// knows tells whether a snapshot was published by the moment that a view of the past is of.
func (v *view) knows(s *indicators.Snapshot) bool { return !s.PublishedAt.After(v.p.Newest().At) }
