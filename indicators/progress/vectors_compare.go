package progress

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
)

// A tolerance lets a number pass when |got − expected| ≤ abs + rel × |expected|.
type tolerance struct {
	Rel float64 `json:"rel"`
	Abs float64 `json:"abs"`
}

// compare lists the outputs that are not as expected. Only those that are named are
// compared; one that is missing counts as null.
func (v *vector) compare(got map[string]json.RawMessage) []Difference {
	var found []Difference
	for _, name := range slices.Sorted(maps.Keys(v.Expected)) {
		g, ok := got[name]
		if !ok {
			g = json.RawMessage("null")
		}
		if !v.Tolerance.same(parsed(g), parsed(v.Expected[name])) {
			found = append(found, Difference{name, compact(g), compact(v.Expected[name])})
		}
	}
	return found
}

// same tells whether a JSON value is what is expected: numbers within the tolerance,
// strings, booleans and null exactly, lists item by item, of objects the fields named.
func (t tolerance) same(got, want any) bool {
	switch want := want.(type) {
	case float64:
		g, ok := got.(float64)
		return ok && math.Abs(g-want) <= t.Abs+t.Rel*math.Abs(want)
	case []any:
		g, ok := got.([]any)
		return ok && slices.EqualFunc(g, want, t.same)
	case map[string]any:
		g, ok := got.(map[string]any)
		for name, w := range want {
			ok = ok && t.same(g[name], w)
		}
		return ok
	}
	return got == want
}

// parsed reads JSON that was read before.
func parsed(raw json.RawMessage) any {
	var x any
	if err := json.Unmarshal(raw, &x); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	return x
}

func compact(raw json.RawMessage) string {
	var b bytes.Buffer
	if err := json.Compact(&b, raw); err != nil {
		return string(raw)
	}
	return b.String()
}
