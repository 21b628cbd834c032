package web

import (
	"container/list"
	"context"
	"sync"

	"jalon/indicators"
)

// How many earlier states are kept: enough for a reader who goes back and forth,
// few enough for the memory.
const pastKept = 6

// past keeps the pictures of earlier moments last asked for. One is loaded at a
// time: however many ask, the database sees one load.
type past struct {
	loading chan struct{}

	mu    sync.Mutex
	order *list.List // of *kept, the last asked for in front
	at    map[pastKey]*list.Element
}

// A pastKey is a moment, as it is shown before more of it comes to be withheld.
type pastKey struct {
	indicators.AsOf
	withheld int // the live Dataset's Protection
}

type kept struct {
	at      pastKey
	picture *indicators.Picture
}

func newPast() *past {
	return &past{loading: make(chan struct{}, 1), order: list.New(), at: map[pastKey]*list.Element{}}
}

func (c *past) get(ctx context.Context, at pastKey, load func(context.Context) (*indicators.Dataset, error)) (*indicators.Picture, error) {
	if p := c.find(at); p != nil {
		return p, nil
	}
	select {
	case c.loading <- struct{}{}:
		defer func() { <-c.loading }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if p := c.find(at); p != nil { // loaded by the one before
		return p, nil
	}
	ds := c.dataset(at)
	if ds == nil {
		var err error
		if ds, err = load(ctx); err != nil {
			return nil, err
		}
	}
	p := ds.On(at.Date)
	c.put(at, p)
	return p, nil
}

func (c *past) find(at pastKey) *indicators.Picture {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, found := c.at[at]
	if !found {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*kept).picture
}

// dataset is the Dataset of a moment that is kept for another day.
func (c *past) dataset(wanted pastKey) *indicators.Dataset {
	c.mu.Lock()
	defer c.mu.Unlock()
	for at, e := range c.at {
		if at.Changeset == wanted.Changeset && at.withheld == wanted.withheld {
			return e.Value.(*kept).picture.Dataset
		}
	}
	return nil
}

func (c *past) put(at pastKey, p *indicators.Picture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at[at] = c.order.PushFront(&kept{at, p})
	for c.order.Len() > pastKept {
		oldest := c.order.Back()
		delete(c.at, c.order.Remove(oldest).(*kept).at)
	}
}
