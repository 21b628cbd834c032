package web

import (
	"context"
	"slices"
	"sync"
	"time"

	"jalon/indicators"
)

// inspectionsKept is how many states are kept with what the rules of quality found in
// them: today's and some that readers look back to.
const inspectionsKept = 4

// inspectionTimeout is how long reading what the rules need may take: a million figures of
// parts are read in a second or two.
const inspectionTimeout = 20 * time.Second

// inspected keeps what the rules of quality found in the states last asked for. One is
// inspected at a time: however many ask, it is done once.
type inspected struct {
	turn chan struct{}

	mu   sync.Mutex
	kept []inspection // the last asked for in front
}

// An inspection is what the rules found in what was known at a changeset, on a day.
type inspection struct {
	changeset int
	day       indicators.Date
	findings  []indicators.Finding
}

func newInspected() *inspected { return &inspected{turn: make(chan struct{}, 1)} }

// of is what the rules find in a picture. What they need beside it is loaded; where that
// fails it is inspected without, which is not kept.
func (k *inspected) of(ctx context.Context, p *indicators.Picture, load func(context.Context) (indicators.QualityInput, error)) ([]indicators.Finding, error) {
	if found, known := k.find(p); known {
		return found, nil
	}
	select {
	case k.turn <- struct{}{}:
		defer func() { <-k.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if found, known := k.find(p); known { // by the one before
		return found, nil
	}
	in, err := load(ctx)
	if err != nil {
		return p.Findings(indicators.QualityInput{}), err
	}
	found := p.Findings(in)
	k.put(inspection{p.Newest().Number, p.Day, found})
	return found, nil
}

// find looks for a picture, or for one from before changesets that published nothing.
func (k *inspected) find(p *indicators.Picture) ([]indicators.Finding, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for n, i := range k.kept {
		if i.shows(p) {
			k.kept = slices.Insert(slices.Delete(k.kept, n, n+1), 0, i)
			return i.findings, true
		}
	}
	return nil, false
}

func (i *inspection) shows(p *indicators.Picture) bool {
	if i.day != p.Day || i.changeset > p.Newest().Number {
		return false
	}
	return !slices.ContainsFunc(p.Changesets[i.changeset:], func(c indicators.Changeset) bool { return c.Kind.Publishes() })
}

func (k *inspected) put(i inspection) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = slices.Insert(k.kept, 0, i)
	k.kept = k.kept[:min(len(k.kept), inspectionsKept)]
}

// findings is what the rules of quality doubt in what a page shows, and what of it has
// been accepted. Where the database cannot be asked, it is what can be told without, and
// the page is incomplete.
func (s *Server) findings(ctx context.Context, v *view) ([]indicators.Finding, map[string]indicators.Acceptance, error) {
	if s.store == nil {
		return v.p.Findings(indicators.QualityInput{}), nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, inspectionTimeout)
	defer cancel()
	number := v.p.Newest().Number
	found, err := s.inspected.of(ctx, v.p, func(ctx context.Context) (indicators.QualityInput, error) {
		return s.store.QualityInput(ctx, number)
	})
	var accepted map[string]indicators.Acceptance
	if err == nil {
		accepted, err = s.store.Acceptances(ctx, number)
	}
	if err != nil && found == nil {
		return nil, nil, err
	}
	if err != nil {
		v.incomplete = true
		s.cfg.Log.WarnContext(ctx, "findings are shown without what the database knows of them", "err", err)
	}
	return found, accepted, nil
}
