package web

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"slices"
	"strconv"

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

// limit is how many items are asked for.
func (g *reading) limit() (int, error) {
	text := g.filter("limit")
	if text == "" {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxLimit {
		return 0, fmt.Errorf("%w: limit %q: write a number from 1 to %d", indicators.ErrInvalid, text, maxLimit)
	}
	return n, nil
}

// cursor is the key of the last item that the reader has, empty at the start.
func (g *reading) cursor() (string, error) {
	text := g.filter("cursor")
	key, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || text != "" && len(key) == 0 {
		return "", fmt.Errorf("%w: the cursor %q is none that this server gave: take it from next, or leave it out", indicators.ErrInvalid, text)
	}
	return string(key), nil
}

// page cuts a sorted list to what is asked for: items that are kept, after the
// cursor, up to the limit. A cursor names an item, not a place, so that it still
// holds when others come or go between two pages.
func page[T any](g *reading, rows []T, key func(*T) string, keep func(*T) bool) (any, error) {
	limit, err := g.limit()
	if err != nil {
		return nil, err
	}
	after, err := g.cursor()
	if err != nil {
		return nil, err
	}
	first := 0
	if after != "" {
		first = follows(rows, key, after)
	}
	items, last := make([]*T, 0, min(limit, len(rows)-first)), ""
	for n := first; n < len(rows); n++ {
		if row := &rows[n]; keep(row) {
			if len(items) == limit {
				return listing{items, cursorOf(last)}, nil
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

func cursorOf(key string) *string {
	text := base64.RawURLEncoding.EncodeToString([]byte(key))
	return &text
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

// oneOf refuses a filter that is none of the words.
func (g *reading) oneOf(name string, words []string) (string, error) {
	word := g.filter(name)
	if word != "" && !slices.Contains(words, word) {
		return "", fmt.Errorf("%w: %s %q: write one of %v", indicators.ErrInvalid, name, word, words)
	}
	return word, nil
}

// found is the item asked for, or the error that it is not there.
func found[T any](item *T, what, code string) (any, error) {
	if item == nil {
		return nil, notFound(what, code)
	}
	return item, nil
}
