package web

import (
	"container/list"
	"context"
	"sync"

	"jalon/indicators"
)

// pastLimit is about how many bytes of earlier states are kept: enough for readers who go
// back and forth, few enough for the memory. One that is larger is kept alone.
const pastLimit = 64 << 20

// How many are loaded at a time: however many ask for the whole of an earlier state, the
// database sees one load. A part of one is little work.
const (
	wholesAtOnce = 1
	partsAtOnce  = 4
)

// An earlier names an earlier state, or the part of it that concerns one indicator.
type earlier struct {
	indicators.AsOf
	part      bool
	indicator string // of the part; empty: what is common to the programme
	withheld  int    // the live Dataset's Protection: more of the past may come to be withheld
}

// past keeps the pictures of earlier moments last asked for.
type past struct {
	wholes, parts chan struct{} // held by whoever loads

	mu     sync.Mutex
	limit  int
	weight int
	order  *list.List // of *kept, the last asked for in front
	at     map[earlier]*list.Element
}

type kept struct {
	earlier
	picture *indicators.Picture
	weight  int
}

func newPast() *past {
	return &past{
		wholes: make(chan struct{}, wholesAtOnce), parts: make(chan struct{}, partsAtOnce),
		limit: pastLimit, order: list.New(), at: map[earlier]*list.Element{},
	}
}

func (c *past) get(ctx context.Context, e earlier, load func(context.Context) (*indicators.Dataset, error)) (*indicators.Picture, error) {
	if p := c.find(e); p != nil {
		return p, nil
	}
	loading := c.wholes
	if e.part {
		loading = c.parts
	}
	select {
	case loading <- struct{}{}:
		defer func() { <-loading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if p := c.find(e); p != nil { // loaded by the one before
		return p, nil
	}
	ds := c.dataset(e)
	if ds == nil {
		var err error
		if ds, err = load(ctx); err != nil {
			return nil, err
		}
	}
	p := ds.On(e.Date)
	c.put(e, p)
	return p, nil
}

// find is the picture that is kept of a state; for a part of one, the whole will do.
func (c *past) find(e earlier) *indicators.Picture {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, is := c.at[earlier{AsOf: e.AsOf, withheld: e.withheld}]
	if !is {
		found, is = c.at[e]
	}
	if !is {
		return nil
	}
	c.order.MoveToFront(found)
	return found.Value.(*kept).picture
}

// dataset is the Dataset of a changeset that is kept for another day.
func (c *past) dataset(e earlier) *indicators.Dataset {
	c.mu.Lock()
	defer c.mu.Unlock()
	for other, found := range c.at {
		if other.Changeset == e.Changeset && other.withheld == e.withheld && (!other.part || other.part == e.part && other.indicator == e.indicator) {
			return found.Value.(*kept).picture.Dataset
		}
	}
	return nil
}

// put keeps a picture and gives up those unused for longest.
func (c *past) put(e earlier, p *indicators.Picture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at[e] != nil { // two have loaded the same part
		return
	}
	k := &kept{e, p, weightOf(p)}
	c.at[e] = c.order.PushFront(k)
	for c.weight += k.weight; c.weight > c.limit && c.order.Len() > 1; {
		oldest := c.order.Remove(c.order.Back()).(*kept)
		delete(c.at, oldest.earlier)
		c.weight -= oldest.weight
	}
}

// weightOf is about how many bytes a picture takes, with what its pages compute and keep,
// were nothing of it shared with others.
func weightOf(p *indicators.Picture) int {
	const figure, assessment, definition, rest = 176, 1024, 1280, 16 << 10
	figures := 0
	for _, series := range p.Series {
		figures += len(series)
	}
	definitions := len(p.Indicators) + len(p.Targets) + len(p.Actions) + len(p.Milestones) + len(p.Funding) + len(p.Results) + len(p.Organisations) + len(p.Categories)
	return figures*figure + len(p.Assessments)*assessment + definitions*definition + rest
}
