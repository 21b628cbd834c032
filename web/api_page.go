package web

import (
	"net/url"
	"slices"

	"jalon/indicators"
)

// How many items an answer has: if nothing is said, and at most.
const (
	defaultLimit = 500
	maxLimit     = 5000
)

// A listing is one page of a list. Next is the cursor of the one after it, null on
// the last; the header Link has the whole address.
type listing struct {
	Items any     `json:"items"`
	Next  *string `json:"next"`
}

// page cuts a sorted list to what is asked for: items that are kept, after the
// cursor, up to the limit. A cursor names an item, not a place, so that it still
// holds when others come or go between two pages.
func page[T any](g *reading, rows []T, key func(*T) string, keep func(*T) bool) (any, error) {
	first := 0
	if g.after != "" {
		first = follows(rows, key, g.after)
	}
	items, last := make([]*T, 0, min(g.limit, len(rows)-first)), ""
	for n := first; n < len(rows); n++ {
		if row := &rows[n]; keep(row) {
			if len(items) == g.limit {
				next := cursorOf(g.r.URL.Path, last)
				return listing{items, &next}, nil
			}
			items, last = append(items, row), key(row)
		}
	}
	return listing{items, nil}, nil
}

// follows is the place after the item with a key, or, where it has gone, of the
// first one that comes after it.
func follows[T any](rows []T, key func(*T) string, after string) int {
	if at := slices.IndexFunc(rows, func(row T) bool { return key(&row) == after }); at >= 0 {
		return at + 1
	}
	if at := slices.IndexFunc(rows, func(row T) bool { return key(&row) > after }); at >= 0 {
		return at
	}
	return len(rows)
}

// nextAddress is the address asked for, with the cursor of the next page.
func nextAddress(asked *url.URL, params url.Values, cursor string) string {
	next := url.Values{}
	for name, values := range params {
		next[name] = values
	}
	next.Set("cursor", cursor)
	return asked.EscapedPath() + "?" + next.Encode()
}

// all keeps every item.
func all[T any](*T) bool { return true }

// is tells whether a value is what a filter asks for, if it asks.
func is(filter, value string) bool { return filter == "" || filter == value }

// has tells whether a list holds what a filter asks for, if it asks.
func has(codes indicators.Codes, filter string) bool { return filter == "" || codes.Has(filter) }

// found is the item asked for, or the error that it is not there.
func found[T any](item *T, what, code string) (any, error) {
	if item == nil {
		return nil, notFound(what, code)
	}
	return item, nil
}
