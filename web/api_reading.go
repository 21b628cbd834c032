package web

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"jalon/indicators"
)

// A reading is one read: what it is answered from, and what was asked.
type reading struct {
	*indicators.Picture
	r      *http.Request
	params url.Values
	limit  int    // how many items at most
	after  string // the key of the last item that the reader has, empty at the start
}

func (g *reading) filter(name string) string { return g.params.Get(name) }
func (g *reading) part(name string) string   { return g.r.PathValue(name) }

// reading reads what is asked of a route, and refuses what it does not take.
func (t route) reading(r *http.Request, known []string) (*reading, error) {
	g := &reading{r: r, limit: defaultLimit}
	if r.URL.RawQuery == "" {
		return g, nil
	}
	var err error
	if g.params, err = parameters(r, known); err != nil {
		return nil, err
	}
	if word := g.filter(t.filter); word != "" && !slices.Contains(t.words, word) {
		return nil, fmt.Errorf("%w: %s %q: write one of %v", indicators.ErrInvalid, t.filter, word, t.words)
	}
	if g.limit, err = limitOf(g.filter("limit")); err != nil {
		return nil, err
	}
	g.after, err = keyOf(r.URL.Path, g.filter("cursor"))
	return g, err
}

// parameters reads the query, and refuses by name what the address does not take.
func parameters(r *http.Request, known []string) (url.Values, error) {
	params, err := query(r)
	if err != nil {
		return nil, err
	}
	var unknown []string
	for name := range params {
		if !slices.Contains(known, name) {
			unknown = append(unknown, strconv.Quote(name))
		}
	}
	if len(unknown) > 0 {
		slices.Sort(unknown)
		return nil, fmt.Errorf("%w: unknown parameter %s: this address takes %s",
			indicators.ErrInvalid, strings.Join(unknown, ", "), strings.Join(known, ", "))
	}
	return params, once(params, known)
}

// query reads a query whole: the part of it that could be read would ask for
// something else. Bytes that are no text are refused here, and not by the database.
func query(r *http.Request) (url.Values, error) {
	params, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, fmt.Errorf("%w: the query cannot be read: escape %%, & and ; in it", indicators.ErrInvalid)
	}
	for name, values := range params {
		if !isText(url.Values{name: values}) {
			return nil, fmt.Errorf("%w: the parameter %q holds bytes that are no text: write it in UTF-8, without NUL", indicators.ErrInvalid, name)
		}
	}
	return params, nil
}

// once refuses parameters that contradict themselves.
func once(params url.Values, names []string) error {
	for _, name := range names {
		if times := len(params[name]); times > 1 {
			return fmt.Errorf("%w: the parameter %q is given %d times: give it once", indicators.ErrInvalid, name, times)
		}
	}
	return nil
}

// limitOf is how many items are asked for.
func limitOf(text string) (int, error) {
	if text == "" {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxLimit {
		return 0, fmt.Errorf("%w: limit %q: write a number from 1 to %d", indicators.ErrInvalid, text, maxLimit)
	}
	return n, nil
}

// cursorOf names an item of the list at an address, with a checksum by which the
// server knows its own cursors.
func cursorOf(path, key string) string {
	return base64.RawURLEncoding.EncodeToString(append([]byte(key), checksum(path, key)...))
}

// keyOf is the key that a cursor of the list at an address holds.
func keyOf(path, cursor string) (string, error) {
	if cursor == "" {
		return "", nil
	}
	text, err := base64.RawURLEncoding.DecodeString(cursor)
	if end := len(text) - crc32.Size; err == nil && end > 0 {
		if key := string(text[:end]); string(text[end:]) == string(checksum(path, key)) {
			return key, nil
		}
	}
	return "", fmt.Errorf("%w: the cursor %q is none that this server gave for %s: take it from next, or leave it out", indicators.ErrInvalid, cursor, path)
}

func checksum(path, key string) []byte {
	return binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(path+" "+key)))
}
