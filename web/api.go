package web

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"jalon/indicators"
)

//go:embed openapi.json
var openAPI []byte

// A route is one read of the API.
type route struct {
	path    string
	filters []string // query parameters beside as-of, and limit and cursor of a list
	filter  string   // the one of them that takes nothing but words
	words   []string
	list    bool
	get     func(*reading) (any, error)
	guard   func(*reading) error // refuses before anything is told; nil: everybody is answered
}

// reads lists every address of the API.
func (s *Server) reads() []route {
	list := func(path string, get func(*reading) (any, error), filters ...string) route {
		return route{path: "/api/v1/" + path, filters: filters, list: true, get: get}
	}
	one := func(path string, get func(*reading) (any, error)) route {
		return route{path: "/api/v1/" + path, get: get}
	}
	return []route{
		list("groups", listGroups),
		one("groups/{code}", oneGroup),
		one("groups/{code}/assessment", assessGroup),
		one("groups/{code}/reporting", s.reportingOfGroup),
		list("actions", listActions, "group", "framework", "donor").taking("status", indicators.ActionStatuses()),
		one("actions/{code}", oneAction),
		one("actions/{code}/assessment", assessAction),
		list("milestones", listMilestones, "action"),
		list("indicators", listIndicators, "group", "action", "framework"),
		one("indicators/{code}", oneIndicator),
		list("observations", s.listObservations, "indicator").taking("status", indicators.Reviews()).guardedBy(workNeedsToken),
		list("targets", listTargets, "indicator", "framework").taking("kind", indicators.TargetKinds()),
		list("frameworks", listFrameworks).taking("kind", indicators.FrameworkKinds()),
		one("frameworks/{code}", oneFramework),
		one("frameworks/{code}/assessment", assessFramework),
		list("results", listResults, "framework", "parent", "level"),
		one("results/{framework}/{code}", oneResult),
		one("results/{framework}/{code}/assessment", assessResult),
		list("organisations", listOrganisations).taking("kind", indicators.OrganisationKinds()),
		one("organisations/{code}", oneOrganisation),
		list("funding", listFunding, "action", "donor", "currency").taking("kind", indicators.FundingKinds()),
		list("categories", listCategories, "dimension"),
		one("differences/{pair}", s.differenceRead),
		list("changesets", listChangesets),
		one("changesets/{number}", oneChangeset),
		list("snapshots", s.listSnapshots),
		one("snapshots/{number}", s.oneSnapshot),
		list("assessments", listAssessments, "indicator", "group", "action", "framework", "donor").taking("status", statuses()),
	}
}

// taking adds a filter that takes one of a few words.
func (t route) taking(filter string, words []string) route {
	t.filter, t.words, t.filters = filter, words, append(t.filters, filter)
	return t
}

// guardedBy adds a guard.
func (t route) guardedBy(guard func(*reading) error) route {
	t.guard = guard
	return t
}

// parameters lists every query parameter that the route takes.
func (t route) parameters() []string {
	if t.list {
		return append([]string{"as-of", "limit", "cursor"}, t.filters...)
	}
	return append([]string{"as-of"}, t.filters...)
}

// read adapts a route: parameters, picture, ETag, and only then the work. What is
// asked wrongly is refused before a reader is told that nothing has changed.
func (s *Server) read(t route) handler {
	known := t.parameters()
	return func(w http.ResponseWriter, r *http.Request) error {
		if done, err := readsOnly(w, r); done || err != nil {
			return err
		}
		g, err := t.reading(r, known)
		if err != nil {
			return err
		}
		if t.guard != nil {
			if err := t.guard(g); err != nil {
				return err
			}
		}
		if g.Picture, err = s.pictureFor(r, g.params); err != nil {
			return err
		}
		if t.list && s.known(w, r, g.Picture) {
			return nil
		}
		answer, err := t.get(g)
		if err != nil {
			return err
		}
		if !t.list && s.known(w, r, g.Picture) { // only of what is there
			return nil
		}
		if l, paged := answer.(listing); paged && l.Next != nil {
			w.Header().Set("Link", "<"+nextAddress(r.URL, g.params, *l.Next)+`>; rel="next"`)
		}
		return writeJSON(w, answer)
	}
}

// known is notModified for the public. What a person is answered is kept by nobody.
func (s *Server) known(w http.ResponseWriter, r *http.Request, p *indicators.Picture) bool {
	if readerOf(r) != nil {
		w.Header().Set("Cache-Control", "private, no-store")
		return false
	}
	return s.notModified(w, r, p)
}

// readsOnly answers OPTIONS, and refuses what is no read.
func readsOnly(w http.ResponseWriter, r *http.Request) (done bool, err error) {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return false, nil
	case http.MethodOptions:
		w.Header().Set("Allow", "GET, HEAD, OPTIONS")
		w.WriteHeader(http.StatusNoContent)
		return true, nil
	}
	return false, fmt.Errorf("%w, not %s", errMethod, r.Method)
}

// open lets the scripts of any site read what is public. They cannot send a token, and no
// answer to one is opened to them.
func open(h http.Header) {
	h.Set("Vary", "Authorization")
	h.Set("Access-Control-Allow-Origin", "*")
	h.Set("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS")
	h.Set("Access-Control-Allow-Headers", "If-None-Match")
	h.Set("Access-Control-Expose-Headers", "ETag, Link, X-Request-Id")
	h.Set("Access-Control-Max-Age", "86400")
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
}

// writeJSON encodes first and sends after, so that an error can still be told.
func writeJSON(w http.ResponseWriter, answer any) error {
	body, err := json.Marshal(answer)
	if err != nil {
		return fmt.Errorf("encoding the answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // whoever asked is gone: nobody to tell
	return nil
}

// openAPI serves the description of the API.
func (s *Server) openAPI(w http.ResponseWriter, r *http.Request) error {
	if done, err := readsOnly(w, r); done || err != nil {
		return err
	}
	if _, err := parameters(r, nil); err != nil {
		return err
	}
	header := w.Header()
	header.Set("Content-Type", "application/json")
	tag := `"` + s.cfg.Build + `"`
	header.Set("ETag", tag)
	header.Set("Cache-Control", "no-cache")
	if matches(r.Header.Get("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	_, _ = w.Write(openAPI) // whoever asked is gone: nobody to tell
	return nil
}
