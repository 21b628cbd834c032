package web

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	"jalon/indicators"
)

// wide is the tests' programme with more indicators of one group and action.
func wide(indicatorCount int) *indicators.Dataset {
	d, figures := apiDefinitions(), apiFigures()
	model := d.Indicators[len(d.Indicators)-1]
	for n := range indicatorCount {
		i := model
		i.Code, i.Groups, i.Actions, i.Results, i.Key = fmt.Sprintf("W-%04d", n), indicators.Codes{"1"}, indicators.Codes{"A1"}, links("sdg2030:10.c"), true
		d.Indicators = append(d.Indicators, i)
		d.Targets = append(d.Targets, indicators.Target{Indicator: i.Code, Kind: "target", Framework: "sdg2030", Period: period("2030"), Value: number("200"), Since: 1})
		figures[indicators.SeriesKey{Indicator: i.Code}] = figures[indicators.SeriesKey{Indicator: "THREE"}]
	}
	return indicators.NewDataset(d, apiChangesets(), figures)
}

// The server has no store here: a page that asked the database for anything would
// panic. What remains are loads of whole Datasets: one at the start, one for each
// earlier changeset asked for, whatever the number of pages and indicators.
func TestPagesAskTheDatabaseForNothing(t *testing.T) {
	for _, count := range []int{10, 1000} {
		var loads atomic.Int64
		ds := wide(count)
		from := apiSource(ds)
		first, back, part := from.dataset, from.past, from.part
		from.dataset = func(ctx context.Context, number int) (*indicators.Dataset, error) {
			loads.Add(1)
			return first(ctx, number)
		}
		from.past = func(ctx context.Context, later *indicators.Dataset, number int) (*indicators.Dataset, error) {
			loads.Add(1)
			return back(ctx, later, number)
		}
		from.part = func(ctx context.Context, indicator string, changesets []indicators.Changeset) (*indicators.Dataset, error) {
			loads.Add(1)
			return part(ctx, indicator, changesets)
		}
		live := newLive(from, apiNow, nil)
		if err := live.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		s, err := New(Config{Version: "1", Now: apiNow}, nil, live)
		if err != nil {
			t.Fatal(err)
		}
		h := s.Handler()
		for _, asOf := range []string{"", "?as-of=2026-01-20"} {
			for _, path := range []string{"", "groups/1", "groups/2", "actions/A1", "indicators/W-0003", "indicators/REM-COST", "frameworks/sdg2030", "frameworks/sdg2030/10.c", "methods"} {
				if answer := ask(t, h, "GET", "/fr/"+path+asOf); answer.StatusCode != http.StatusOK && asOf == "" {
					t.Errorf("/fr/%s answers %d", path, answer.StatusCode)
				}
			}
		}
		if loads.Load() != 2 {
			t.Errorf("with %d indicators the pages loaded %d Datasets, want 2", count, loads.Load())
		}
	}
}

func TestPageCacheIsBounded(t *testing.T) {
	c := newPageCache(10_000)
	page := func(n int) *finishedPage {
		return &finishedPage{key: pageKey{address: fmt.Sprint(n)}, body: make([]byte, 1000)}
	}
	for n := range 100 {
		c.put(page(n))
		c.get(pageKey{address: "0"}) // used all the time, so kept
	}
	if c.size > c.limit || len(c.byKey) != c.recent.Len() {
		t.Errorf("the cache holds %d bytes of %d, %d keys, %d pages", c.size, c.limit, len(c.byKey), c.recent.Len())
	}
	if c.get(pageKey{address: "0"}) == nil || c.get(pageKey{address: "99"}) == nil || c.get(pageKey{address: "50"}) != nil {
		t.Error("the cache does not keep the pages used last")
	}
	c.put(&finishedPage{key: pageKey{address: "huge"}, body: make([]byte, 20_000)})
	if c.get(pageKey{address: "huge"}) != nil {
		t.Error("a page larger than the cache is kept")
	}
}
