package web

import (
	"fmt"
	"slices"
	"strings"

	"jalon/indicators"
	"jalon/locale"
	"jalon/sql"
)

// A publicSnapshot is a published snapshot without the names of those who took it and
// published it.
type publicSnapshot struct {
	indicators.Snapshot
	TakenBy     indicators.Optional `json:"taken_by"`
	PublishedBy indicators.Optional `json:"published_by"`
	Bundle      string              `json:"bundle"` // address of what proves it, on this site
}

// A toldSnapshot is one with what is said beside it.
type toldSnapshot struct {
	publicSnapshot
	Texts []snapshotWords `json:"texts"`
}

// snapshotWords are a text of one.
type snapshotWords struct {
	Kind  indicators.TextKind `json:"kind"`
	Group indicators.Optional `json:"group"`
	Text  indicators.Text     `json:"text"`
}

// published lists the snapshots that were published by the moment asked for, oldest first.
func (s *Server) published(g *reading) []indicators.Snapshot {
	all := slices.Clone(s.live.taken())
	if g.filter("as-of") != "" {
		known := g.Newest().At
		all = slices.DeleteFunc(all, func(snap indicators.Snapshot) bool { return snap.PublishedAt.After(known) })
	}
	slices.SortFunc(all, func(a, b indicators.Snapshot) int { return strings.Compare(snapshotKey(&a), snapshotKey(&b)) })
	return all
}

// snapshotKey sorts by month, then by correction.
func snapshotKey(s *indicators.Snapshot) string {
	month, revision, err := indicators.ParseSnapshotNumber(s.Number)
	if err != nil { // never: the database holds none
		return s.Number
	}
	return fmt.Sprintf("%s-%04d", month, revision)
}

func hideNames(s indicators.Snapshot) publicSnapshot {
	p := publicSnapshot{Snapshot: s, Bundle: "/" + locale.Codes()[0] + "/" + escaped("snapshots", s.Number) + "/" + bundleFile}
	if s.TakenBy == "jalon" { // by itself
		p.TakenBy = "jalon"
	}
	return p
}

func (s *Server) listSnapshots(g *reading) (any, error) {
	answer, err := page(g, s.published(g), snapshotKey, all[indicators.Snapshot])
	if err != nil {
		return nil, err
	}
	l := answer.(listing)
	known := l.Items.([]*indicators.Snapshot)
	told := make([]publicSnapshot, len(known))
	for n := range known {
		told[n] = hideNames(*known[n])
	}
	return listing{told, l.Next}, nil
}

func (s *Server) oneSnapshot(g *reading) (any, error) {
	all, number := s.published(g), g.part("number")
	at := slices.IndexFunc(all, func(snap indicators.Snapshot) bool { return snap.Number == number })
	if number == sql.Latest {
		at = len(all) - 1
	}
	if at < 0 {
		return nil, notFound("snapshot", number)
	}
	texts, err := s.store.SnapshotTexts(g.r.Context(), all[at].Number)
	if err != nil {
		return nil, err
	}
	told := toldSnapshot{hideNames(all[at]), []snapshotWords{}}
	for _, t := range texts {
		told.Texts = append(told.Texts, snapshotWords{t.Kind, t.Group, t.Text})
	}
	return told, nil
}
