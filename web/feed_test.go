package web

import (
	"encoding/xml"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A read feed is one as RFC 4287 has it: what must be there, how often, and in which form.
type readFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	IDs     []string    `xml:"http://www.w3.org/2005/Atom id"`
	Titles  []string    `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string    `xml:"http://www.w3.org/2005/Atom updated"`
	Authors []string    `xml:"http://www.w3.org/2005/Atom author>name"`
	Links   []readLink  `xml:"http://www.w3.org/2005/Atom link"`
	Entries []readEntry `xml:"http://www.w3.org/2005/Atom entry"`
}

type readLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type readEntry struct {
	IDs     []string   `xml:"http://www.w3.org/2005/Atom id"`
	Titles  []string   `xml:"http://www.w3.org/2005/Atom title"`
	Updated []string   `xml:"http://www.w3.org/2005/Atom updated"`
	Links   []readLink `xml:"http://www.w3.org/2005/Atom link"`
}

func readAtom(t *testing.T, body, site string) readFeed {
	t.Helper()
	var f readFeed
	if err := xml.Unmarshal([]byte(body), &f); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	whole := func(what string, ids, titles, updated []string, links []readLink) {
		t.Helper()
		if len(ids) != 1 || len(titles) != 1 || len(updated) != 1 || titles[0] == "" {
			t.Fatalf("%s has %d ids, %d titles, %d times", what, len(ids), len(titles), len(updated))
		}
		if !regexp.MustCompile(`^tag:[a-z.]+,\d{4}(-\d\d-\d\d)?:[a-z0-9:]+$`).MatchString(ids[0]) || seen[ids[0]] {
			t.Errorf("%s has the id %q", what, ids[0])
		}
		seen[ids[0]] = true
		if _, err := time.Parse(time.RFC3339, updated[0]); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		kinds := map[string]int{}
		for _, l := range links {
			kinds[l.Rel]++
			if address, err := url.Parse(l.Href); err != nil || !strings.HasPrefix(l.Href, site+"/") || address.Host == "" {
				t.Errorf("%s leads to %q", what, l.Href)
			}
		}
		if kinds["alternate"] != 1 {
			t.Errorf("%s has %d alternates", what, kinds["alternate"])
		}
	}
	whole("the feed", f.IDs, f.Titles, f.Updated, f.Links)
	if len(f.Authors) != 1 || f.Authors[0] == "" {
		t.Errorf("the authors are %q", f.Authors)
	}
	for n, e := range f.Entries {
		whole("an entry", e.IDs, e.Titles, e.Updated, e.Links)
		if n == 0 && e.Updated[0] != f.Updated[0] {
			t.Errorf("the feed is of %s, its newest entry of %s", f.Updated[0], e.Updated[0])
		}
	}
	return f
}

func TestFeedIsAtom(t *testing.T) {
	s := demoServer(t)
	h := s.Handler()
	answer := ask(t, h, "GET", "http://one.example.tn/fr/feed.atom")
	one := readAtom(t, bodyOf(t, answer), "http://one.example.tn")
	if kind := answer.Header.Get("Content-Type"); kind != "application/atom+xml; charset=utf-8" || len(one.Entries) < 10 {
		t.Errorf("%s with %d entries", kind, len(one.Entries))
	}
	other := ask(t, h, "GET", "http://other.example.tn/fr/feed.atom")
	if ids := readAtom(t, bodyOf(t, other), "http://other.example.tn"); ids.IDs[0] != one.IDs[0] || ids.Entries[3].IDs[0] != one.Entries[3].IDs[0] {
		t.Error("ids follow the address that was asked by")
	}
	if other.Header.Get("ETag") == answer.Header.Get("ETag") || strings.Contains(other.Header.Get("Cache-Control"), "public") {
		t.Error("a feed with one address may be taken for that with another")
	}
	if again := ask(t, h, "GET", "http://other.example.tn/fr/feed.atom", "If-None-Match", other.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("asked again: %d", again.StatusCode)
	}
	for _, lang := range []string{"ar", "en"} {
		readAtom(t, bodyOf(t, ask(t, h, "GET", "/"+lang+"/feed.atom?as-of=2025-06-30")), "http://example.com")
	}

	s.cfg.PublicURL = "https://suivi.example.tn/"
	public := readAtom(t, bodyOf(t, ask(t, s.Handler(), "GET", "/fr/feed.atom")), "https://suivi.example.tn")
	if !strings.HasPrefix(public.IDs[0], "tag:suivi.example.tn,") {
		t.Errorf("the id is %s", public.IDs[0])
	}
	if page := bodyOf(t, ask(t, h, "GET", "/fr/")); !strings.Contains(page, `<link rel="alternate" type="application/atom+xml" href="/fr/feed.atom"`) {
		t.Error("pages do not tell of the feed")
	}
}
