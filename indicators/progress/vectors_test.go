package progress

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"
)

// sharedVectors are reference vectors: published by statistical offices, computed by
// the programs that define a method, or derived by hand. They are kept beside this
// repository.
func sharedVectors(t testing.TB) []byte {
	t.Helper()
	const file = "../../../shared/reference/progress_vectors.json"
	vectors, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("the reference vectors are missing: %v: put them at shared/reference/progress_vectors.json beside the repository", err)
	}
	return vectors
}

func TestReferenceVectors(t *testing.T) {
	report, err := CheckVectors(bytes.NewReader(sharedVectors(t)))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range report.Vectors {
		if v.Outcome != Passed {
			t.Errorf("%s %s %s: %s %+v", v.ID, v.Method, v.Outcome, v.Problem, v.Differences)
		}
	}
	if report.Passed != 161 || report.Failed != 0 || report.Skipped != 0 {
		t.Errorf("%d passed, %d failed, %d skipped; want 161, 0, 0", report.Passed, report.Failed, report.Skipped)
	}
}

// Every number, text, truth value and null that is expected is changed once, a little
// beyond what is tolerated, and each change must be noticed.
func TestVectorsCanFail(t *testing.T) {
	var file struct {
		Vectors []map[string]any `json:"vectors"`
	}
	if err := json.Unmarshal(sharedVectors(t), &file); err != nil {
		t.Fatal(err)
	}
	changed, methods := 0, adapters()
	for _, v := range file.Vectors {
		expected := v["expected"].(map[string]any)
		for name, was := range expected {
			expected[name] = spoilt(was)
			raw, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			r := checkVector(raw, methods)
			if r.Outcome != Failed || len(r.Differences) != 1 || r.Differences[0].Output != name {
				t.Errorf("%v: %s %v became %v unnoticed: %+v", v["id"], name, was, expected[name], r)
			}
			expected[name] = was
			changed++
		}
	}
	if changed < 500 {
		t.Errorf("only %d expectations were changed", changed)
	}
}

func spoilt(x any) any {
	switch x := x.(type) {
	case float64:
		return x + 1e-5*(1+math.Abs(x))
	case string:
		return x + "?"
	case bool:
		return !x
	case nil:
		return 0
	case []any:
		return append([]any{spoilt(x[0])}, x[1:]...)
	case map[string]any:
		y := map[string]any{}
		for name, v := range x {
			y[name] = spoilt(v)
		}
		return y
	}
	return nil
}

func TestVectorsAreComparedAsTheFileSays(t *testing.T) {
	vector := func(expected, more string) string {
		return `{"vectors": [{"id": "X", "method": "achievement_rate", "expected": ` + expected + `,
			"input": {"baseline": {"value": 10}, "target": {"value": 20}, "value": 15, "direction": "increase"}` + more + `}]}`
	}
	for _, tt := range []struct {
		name, file string
		want       Outcome
	}{
		{"an answer may have more than is expected", vector(`{"status": "in_progress"}`, ""), Passed},
		{"exactly, without a tolerance", vector(`{"achievement": 0.5}`, ""), Passed},
		{"not exactly, without a tolerance", vector(`{"achievement": 0.500001}`, ""), Failed},
		{"within the absolute tolerance", vector(`{"achievement": 0.51}`, `, "tolerance": {"abs": 0.011}`), Passed},
		{"within the relative one", vector(`{"achievement": 0.51}`, `, "tolerance": {"rel": 0.02}`), Passed},
		{"beyond both", vector(`{"achievement": 0.53}`, `, "tolerance": {"rel": 0.02, "abs": 0.01}`), Failed},
		{"null where there is a number", vector(`{"achievement": null}`, ""), Failed},
		{"a number that the answer lacks", vector(`{"slope": 1}`, ""), Failed},
		{"null may be lacking", vector(`{"slope": null}`, ""), Passed},
		{"a number is no text", vector(`{"achievement": "0.5"}`, ""), Failed},
		{"expecting nothing proves nothing", vector(`{}`, ""), Failed},
		{"an input that cannot be read", strings.Replace(vector(`{"status": "met"}`, ""), `"increase"`, `"sideways"`, 1), Failed},
		{"an unknown method", strings.Replace(vector(`{"status": "met"}`, ""), "achievement_rate", "astrology", 1), Skipped},
	} {
		report, err := CheckVectors(strings.NewReader(tt.file))
		if err != nil || len(report.Vectors) != 1 || report.Vectors[0].Outcome != tt.want {
			t.Errorf("%s: got %+v, %v, want %s", tt.name, report, err, tt.want)
		}
	}
}

func TestVectorFilesThatAreNone(t *testing.T) {
	for _, text := range []string{"", "[]", "{}", `{"vectors": []}`, `{"vectors": 3}`, `{"vectors": [{}]} {}`} {
		if report, err := CheckVectors(strings.NewReader(text)); err == nil {
			t.Errorf("%q was accepted: %+v", text, report)
		}
	}
}

// What a series holds twice, or cannot be a reading, is told by name.
func TestVectorSeriesThatAreNone(t *testing.T) {
	for series, want := range map[string]string{
		`[[2015, 1], [2015, 2]]`: "more than one value for 2015",
		`[[2015, "many"]]`:       "does not end with a number",
		`[["MMXV", 1]]`:          "does not begin with a year",
		`[[2015]]`:               "is not [year, value]",
		`[[0, 1]]`:               "years go from 1 to 9999",
	} {
		raw := `{"id": "X", "method": "trend_mann_kendall", "expected": {"S": 1}, "input": {"series": ` + series + `}}`
		raw = strings.Replace(raw, "trend_mann_kendall", "extrapolate_geometric", 1)
		r := checkVector([]byte(raw), adapters())
		if r.Outcome != Failed || !strings.Contains(r.Problem, want) {
			t.Errorf("%s: got %+v, want %q", series, r, want)
		}
	}
}
