package progress

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
)

// A VectorReport says how the methods answer a file of reference vectors.
type VectorReport struct {
	Vectors []VectorResult `json:"vectors"`
	Passed  int            `json:"passed"`
	Failed  int            `json:"failed"`
	Skipped int            `json:"skipped"`
}

// An Outcome is what became of one vector.
type Outcome string

// The outcomes.
const (
	Passed  Outcome = "passed"
	Failed  Outcome = "failed"
	Skipped Outcome = "skipped" // there is no such method
)

// A VectorResult is the outcome of one vector: where it failed, what differs, or why
// it could not be run at all.
type VectorResult struct {
	ID          string       `json:"id"`
	Method      string       `json:"method"`
	Title       string       `json:"title,omitempty"`
	Outcome     Outcome      `json:"outcome"`
	Problem     string       `json:"problem,omitempty"`
	Differences []Difference `json:"differences,omitempty"`
}

// A Difference is an output that is not what the vector expects, as JSON.
type Difference struct {
	Output   string `json:"output"`
	Got      string `json:"got"`
	Expected string `json:"expected"`
}

// A vector is one of a file, as the file has it.
type vector struct {
	ID        string                     `json:"id"`
	Method    string                     `json:"method"`
	Title     string                     `json:"title"`
	Input     vectorInput                `json:"-"`
	RawInput  json.RawMessage            `json:"input"`
	Expected  map[string]json.RawMessage `json:"expected"`
	Tolerance tolerance                  `json:"tolerance"`
}

// CheckVectors runs a file of reference vectors through the methods, the very
// functions that figures on pages come from. A vector of a method that is not there
// is skipped; one that cannot be read fails. The error is of the file as a whole.
func CheckVectors(r io.Reader) (VectorReport, error) {
	var file struct {
		Vectors []json.RawMessage `json:"vectors"`
	}
	d := json.NewDecoder(r)
	if err := d.Decode(&file); err != nil {
		return VectorReport{}, fmt.Errorf("reading the vectors: the file is not the JSON object that is wanted, {\"vectors\": [...]}: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return VectorReport{}, fmt.Errorf("reading the vectors: something follows the JSON object; one object is wanted")
	}
	if len(file.Vectors) == 0 {
		return VectorReport{}, fmt.Errorf("reading the vectors: the file has none under \"vectors\"")
	}
	report, methods := VectorReport{}, adapters()
	for n, raw := range file.Vectors {
		result := checkVector(raw, methods)
		if result.ID == "" {
			result.ID = fmt.Sprintf("vector %d", n+1)
		}
		report.add(result)
	}
	return report, nil
}

func (r *VectorReport) add(v VectorResult) {
	r.Vectors = append(r.Vectors, v)
	switch v.Outcome {
	case Passed:
		r.Passed++
	case Failed:
		r.Failed++
	case Skipped:
		r.Skipped++
	}
}

// checkVector runs one vector.
func checkVector(raw json.RawMessage, methods map[string]adapter) VectorResult {
	var v vector
	err := json.Unmarshal(raw, &v)
	result := VectorResult{ID: v.ID, Method: v.Method, Title: v.Title, Outcome: Failed}
	if err != nil {
		result.Problem = "it cannot be read: " + err.Error()
		return result
	}
	run, known := methods[v.Method]
	if !known {
		result.Outcome, result.Problem = Skipped, fmt.Sprintf("there is no method %q", v.Method)
		return result
	}
	if len(v.Expected) == 0 {
		result.Problem = "it expects nothing: name an output and its value under \"expected\""
		return result
	}
	got, err := v.answer(run)
	if err != nil {
		result.Problem = err.Error()
		return result
	}
	if result.Differences = v.compare(got); result.Differences == nil {
		result.Outcome = Passed
	}
	return result
}

// answer runs the method and reads its outputs by name.
func (v *vector) answer(run adapter) (map[string]json.RawMessage, error) {
	if err := json.Unmarshal(v.RawInput, &v.Input); err != nil {
		return nil, fmt.Errorf("its input cannot be read: %w", err)
	}
	result, err := run(&v.Input)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(result)
	if err != nil {
		return nil, fmt.Errorf("writing the answer of %s: %w", v.Method, err)
	}
	var got map[string]json.RawMessage
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&got); err != nil {
		return nil, fmt.Errorf("reading the answer of %s: %w", v.Method, err)
	}
	return got, nil
}

// An adapter brings the input of a vector to a method, and its result to the names
// that vectors use: a struct or a map that marshals to a JSON object.
type adapter func(*vectorInput) (any, error)

// adapters are those of all methods, by code.
func adapters() map[string]adapter {
	all := targetAdapters()
	maps.Copy(all, courseAdapters())
	maps.Copy(all, rollupAdapters())
	maps.Copy(all, statisticsAdapters())
	return all
}
