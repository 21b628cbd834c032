package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"jalon/indicators"
)

// An itemError is what is wrong with one item of a list that was sent.
type itemError struct {
	Index   int    `json:"index"` // from 0
	Field   string `json:"field"` // empty: the item as a whole
	Message string `json:"message"`
}

// itemErrors are what is wrong with a list that was sent, as one error of a kind.
type itemErrors struct {
	kind error
	all  []itemError
	more int
}

// maxItemErrors is how many are listed; those beyond are counted.
const maxItemErrors = 1000

func (e *itemErrors) add(index int, field, message string) {
	if len(e.all) == maxItemErrors {
		e.more++
		return
	}
	e.all = append(e.all, itemError{index, field, message})
}

// orNil is the error, if there is anything wrong.
func (e *itemErrors) orNil() error {
	if len(e.all) == 0 {
		return nil
	}
	return e
}

// Error names the first.
func (e *itemErrors) Error() string {
	first := e.all[0]
	text := fmt.Sprintf("%v: nothing was written: item %d: ", e.kind, first.Index)
	if first.Field != "" {
		text += first.Field + ": "
	}
	text += first.Message
	if others := len(e.all) + e.more - 1; others > 0 {
		text += fmt.Sprintf("; and %d more, listed in errors", others)
	}
	return text
}

// Unwrap is the kind.
func (e *itemErrors) Unwrap() error { return e.kind }

// listOf reads a list of JSON objects.
func listOf(body []byte) ([]map[string]json.RawMessage, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	var items []map[string]json.RawMessage
	if err := d.Decode(&items); err != nil {
		return nil, notAList(body, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: something follows the list: send one JSON list", indicators.ErrInvalid)
	}
	switch {
	case len(items) == 0:
		return nil, fmt.Errorf("%w: the list is empty: send at least one item", indicators.ErrInvalid)
	case len(items) > maxItems:
		return nil, fmt.Errorf("%w: %d items are too many at once: send at most %d", indicators.ErrInvalid, len(items), maxItems)
	}
	return items, nil
}

// notAList says where the JSON breaks off.
func notAList(body []byte, err error) error {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		line := 1 + bytes.Count(body[:min(int(syntax.Offset), len(body))], []byte("\n"))
		return fmt.Errorf("%w: this is not JSON: line %d: %w", indicators.ErrInvalid, line, syntax)
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: this is not JSON: it ends too early", indicators.ErrInvalid)
	}
	return fmt.Errorf("%w: send a JSON list of objects: [{…}, {…}]", indicators.ErrInvalid)
}
