package web

import (
	"container/list"
	"context"
	"fmt"
	"sort"
	"sync"

	"jalon/indicators"
)

// How many earlier states are kept: enough for a reader who goes back and forth,
// few enough for the memory.
const pastKept = 6

// A moment of the record: what was known, and the day it is judged on.
type moment struct {
	number int
	day    indicators.Date
}

// resolve finds the changeset that a When means.
func resolve(ds *indicators.Dataset, when indicators.When) (moment, error) {
	newest := ds.Newest().Number
	m := moment{when.Changeset, when.Day}
	switch {
	case m.number > newest:
		return m, fmt.Errorf("%w: changeset #%d: the newest is #%d", indicators.ErrNotFound, m.number, newest)
	case m.number == 0 && when.Moment.IsZero():
		m.number = newest
	case m.number == 0: // moments never run backwards
		m.number = sort.Search(newest, func(n int) bool { return ds.KnownAt(n + 1).After(when.Moment) })
	}
	if m.number == 0 {
		if newest == 0 {
			return m, fmt.Errorf("%w: nothing has been recorded yet", indicators.ErrNotFound)
		}
		first := indicators.DateOf(ds.KnownAt(1).In(ds.Zone()))
		return m, fmt.Errorf("%w: nothing was recorded by then: the record begins on %s", indicators.ErrNotFound, first)
	}
	if m.day == 0 {
		m.day = indicators.DateOf(ds.KnownAt(m.number).In(ds.Zone()))
	}
	return m, nil
}

// past keeps the pictures of earlier moments last asked for. One is loaded at a
// time: however many ask, the database sees one load.
type past struct {
	loading chan struct{}

	mu    sync.Mutex
	order *list.List // of *kept, the last asked for in front
	at    map[moment]*list.Element
}

type kept struct {
	at      moment
	picture *indicators.Picture
}

func newPast() *past {
	return &past{loading: make(chan struct{}, 1), order: list.New(), at: map[moment]*list.Element{}}
}

func (c *past) get(ctx context.Context, at moment, load func(context.Context) (*indicators.Dataset, error)) (*indicators.Picture, error) {
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
	ds := c.dataset(at.number)
	if ds == nil {
		var err error
		if ds, err = load(ctx); err != nil {
			return nil, err
		}
	}
	p := ds.On(at.day)
	c.put(at, p)
	return p, nil
}

func (c *past) find(at moment) *indicators.Picture {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, found := c.at[at]
	if !found {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*kept).picture
}

// dataset is the Dataset of a changeset that is kept for another day.
func (c *past) dataset(number int) *indicators.Dataset {
	c.mu.Lock()
	defer c.mu.Unlock()
	for at, e := range c.at {
		if at.number == number {
			return e.Value.(*kept).picture.Dataset
		}
	}
	return nil
}

func (c *past) put(at moment, p *indicators.Picture) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at[at] = c.order.PushFront(&kept{at, p})
	for c.order.Len() > pastKept {
		oldest := c.order.Back()
		delete(c.at, c.order.Remove(oldest).(*kept).at)
	}
}
