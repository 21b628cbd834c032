package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jalon/indicators/progress"
)

const sharedVectors = "../../../shared/reference/progress_vectors.json"

func TestMethodsCheck(t *testing.T) {
	all, err := os.ReadFile(sharedVectors)
	if err != nil {
		t.Fatalf("the reference vectors are missing: %v: put them at shared/reference/progress_vectors.json beside the repository", err)
	}
	file := func(old, replaced string) string {
		t.Helper()
		if !strings.Contains(string(all), old) {
			t.Fatalf("the vectors hold no %s", old)
		}
		path := filepath.Join(t.TempDir(), "vectors.json")
		if err := os.WriteFile(path, []byte(strings.ReplaceAll(string(all), old, replaced)), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const achieved, method = `"achievement": 0.36625`, `"method": "dns_weather"`
	for _, tt := range []struct {
		name, path string
		code       int
		last, also string
	}{
		{"as published", sharedVectors, exitDone, "161 passed, 0 failed, 0 skipped\n", ""},
		{"one number changed", file(achieved, `"achievement": 0.3663`), exitRefused, "160 passed, 1 failed, 0 skipped\n",
			"failed AR-06 achievement_rate\n  achievement: got 0.36625, expected 0.3663\n"},
		{"methods of another program", file(method, `"method": "horoscope"`), exitDone, "155 passed, 0 failed, 6 skipped\n",
			`skipped DN-01 horoscope: there is no method "horoscope"`},
		{"no vectors", file(`"vectors"`, `"vektoren"`), exitRefused, "", ""},
		{"no file", filepath.Join(t.TempDir(), "none.json"), exitRefused, "", ""},
	} {
		got := jalon(t.Context(), "methods", "check", tt.path)
		if got.code != tt.code || !strings.HasSuffix(got.out, tt.last) || !strings.Contains(got.out, tt.also) || (tt.code == exitDone) != (got.err == "") {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
	var report progress.VectorReport
	got := jalon(t.Context(), "methods", "check", file(achieved, `"achievement": null`), "--json")
	if err := json.Unmarshal([]byte(got.out), &report); err != nil || got.code != exitRefused || report.Failed != 1 || len(report.Vectors) != 161 {
		t.Errorf("as JSON: exit %d, %v, %+v", got.code, err, report)
	}
}

func TestMethodsList(t *testing.T) {
	got := jalon(t.Context(), "methods", "list")
	if got.code != exitDone || !strings.Contains(got.out, "opensdg_progress") || strings.Count(got.out, "\n") != 1+len(progress.All()) {
		t.Errorf("%+v", got)
	}
	var listed []progress.Described
	if asJSON := jalon(t.Context(), "methods", "list", "--json"); json.Unmarshal([]byte(asJSON.out), &listed) != nil || len(listed) != len(progress.All()) {
		t.Errorf("%+v", asJSON)
	}
	for _, words := range [][]string{{"methods"}, {"methods", "check"}, {"methods", "list", "x"}, {"methods", "dance"}} {
		if got := jalon(t.Context(), words...); got.code != exitUsage {
			t.Errorf("%v: %+v", words, got)
		}
	}
}
