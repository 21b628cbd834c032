package web

import (
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"

	"jalon/sql/sqltest"
)

// Every address that is served is described, with every parameter, and no other.
func TestOpenAPIIsComplete(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			Parameters []struct {
				Ref  string `json:"$ref"`
				Name string
				In   string
			}
		}
	}
	s := apiServer(t, apiDataset(), io.Discard)
	if err := json.Unmarshal([]byte(bodyOf(t, ask(t, s.Handler(), "GET", "/api/v1/openapi.json"))), &doc); err != nil {
		t.Fatal(err)
	}
	served := map[string]bool{"/api/v1/openapi.json": true}
	for _, route := range s.reads() {
		served[route.path] = true
		described, found := doc.Paths[route.path]["get"]
		if !found {
			t.Errorf("%s is not described", route.path)
		}
		var query []string
		for _, p := range described.Parameters {
			if p.In == "query" {
				query = append(query, p.Name)
			} else if p.Ref != "" {
				query = append(query, strings.TrimPrefix(p.Ref, "#/components/parameters/"))
			}
		}
		if want := route.parameters(); !slices.Equal(slices.Sorted(slices.Values(query)), slices.Sorted(slices.Values(want))) {
			t.Errorf("%s takes %v, described are %v", route.path, want, query)
		}
	}
	served["/api/v1/account"] = true
	for _, act := range s.writes() {
		served[act.path] = true
		described, found := doc.Paths[act.path]["post"]
		if !found {
			t.Errorf("writing to %s is not described", act.path)
		}
		var query []string
		for _, p := range described.Parameters {
			if p.In == "query" {
				query = append(query, p.Name)
			}
		}
		if !slices.Equal(query, act.params) {
			t.Errorf("writing to %s takes %v, described are %v", act.path, act.params, query)
		}
	}
	for path := range doc.Paths {
		if !served[path] {
			t.Errorf("%s is described and not served", path)
		}
	}
}

// The description names every field that is really answered, and no other.
func TestOpenAPIDescribesTheAnswers(t *testing.T) {
	store := sqltest.Open(t)
	women := reported("THREE", "2024", "80")
	women.Breakdown.Sex = "F"
	record(t, store, apiWorkbook(), reported("THREE", "2024", "140.50"), women)
	issued(t, store, "2024-12")
	h := serving(t, store)
	var doc map[string]any
	if err := json.Unmarshal(openAPI, &doc); err != nil {
		t.Fatal(err)
	}
	at := func(from any, path ...string) map[string]any {
		for _, word := range path {
			next, ok := from.(map[string]any)[word]
			if !ok {
				t.Fatalf("the description has no %v", path)
			}
			from = next
		}
		return from.(map[string]any)
	}
	examples := strings.NewReplacer("results/{framework}/{code}", "results/sdg2030/10.c", "groups/{code}", "groups/1", "actions/{code}", "actions/A1",
		"indicators/{code}", "indicators/THREE", "frameworks/{code}", "frameworks/sdg2030", "organisations/{code}", "organisations/DON", "snapshots/{number}", "snapshots/2024-12", "{number}", "1", "{pair}", "2024-12...now")
	for _, route := range (&Server{}).reads() {
		body := bodyOf(t, ask(t, h, "GET", examples.Replace(route.path)))
		schema := at(doc, "paths", route.path, "get", "responses", "200", "content", "application/json", "schema")
		var item map[string]any
		if route.list {
			var answer struct{ Items []map[string]any }
			if err := json.Unmarshal([]byte(body), &answer); err != nil {
				t.Fatal(err)
			}
			if len(answer.Items) == 0 {
				if route.path != "/api/v1/categories" {
					t.Errorf("%s: nothing to look at in %s", route.path, body)
				}
				continue
			}
			item, schema = answer.Items[0], at(schema, "properties", "items", "items")
		} else if err := json.Unmarshal([]byte(body), &item); err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(schema["$ref"].(string), "#/components/schemas/")
		described := slices.Sorted(maps.Keys(at(doc, "components", "schemas", name, "properties")))
		if answered := slices.Sorted(maps.Keys(item)); !slices.Equal(described, answered) {
			t.Errorf("%s answers %v, described are %v", route.path, answered, described)
		}
	}
}
