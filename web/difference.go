package web

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"jalon/indicators"
)

// between is what stands between the two ends of a difference in its address, as between two
// states of a repository: "2026-09...2026-10". The later end may be now.
const (
	between = "..."
	nowEnd  = "now"
)

// A difference is what became other between a snapshot and another one, or now.
type difference struct {
	indicators.Difference
	pair     string
	from, to string // numbers of snapshots; empty: now
}

// difference loads the two ends of a pair and holds one against the other. Now is the picture
// that the reader looks at, of today or of the moment asked for. Both are what may be seen
// today: what came to be withheld since is withheld in the earlier one, too.
func (l *Live) difference(ctx context.Context, pair string, p *indicators.Picture) (*difference, error) {
	first, second, found := strings.Cut(pair, between)
	if !found {
		return nil, notFound("snapshot", pair)
	}
	d := &difference{pair: pair, from: first}
	before, err := l.snapshot(ctx, first)
	if err != nil {
		return nil, err
	}
	var after *indicators.Picture
	if second == nowEnd {
		after, err = l.Whole(ctx, p)
	} else {
		d.to = second
		after, err = l.snapshot(ctx, second)
	}
	if err != nil {
		return nil, err
	}
	d.Difference = indicators.Compare(before, after)
	return d, nil
}

// snapshot is the picture of a published snapshot.
func (l *Live) snapshot(ctx context.Context, number string) (*indicators.Picture, error) {
	for _, s := range l.taken() {
		if s.Number == number {
			return l.AsOf(ctx, indicators.When{Changeset: s.Changeset, Day: s.Judged})
		}
	}
	return nil, notFound("snapshot", number)
}

// differenceOf finds what a page is about that is about two moments.
func (ps *pages) differenceOf(r *http.Request, v *view) func(pair string) (*difference, error) {
	return func(pair string) (*difference, error) { return ps.server.live.difference(r.Context(), pair, v.p) }
}

// differenceRead answers with a difference as JSON.
func (s *Server) differenceRead(g *reading) (any, error) {
	d, err := s.live.difference(g.r.Context(), g.part("pair"), g.Picture)
	if err != nil {
		return nil, err
	}
	return TellDifference(&d.Difference, d.from, d.to, s.languages), nil
}

// differenceRoutes lists the addresses of differences in one language, but for that of the
// page, which stands where a snapshot does (reportRoutes).
func (ps *pages) differenceRoutes(mux register, lang string) {
	l := ps.server.languages[lang]
	at := "GET /" + lang + "/snapshots/{pair}"
	mux.Handle(at+"/moved.csv", ps.figuresOf(l, func(v *view, r *http.Request) (func() figures, string, error) {
		d, err := v.differences(r.PathValue("pair"))
		if err != nil {
			return nil, "", err
		}
		return func() figures { return v.movedFigures(d) }, fmt.Sprintf("jalon-%s.csv", d.pair), nil
	}))
}
