package web

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"jalon/indicators"
	"jalon/locale"
)

// feedEntries is how many changes a feed tells of.
const feedEntries = 50

// An atomFeed is what a reader of news is told (RFC 4287).
type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"xml:lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomPerson  `xml:"author"`
	Links   []atomLink  `xml:"link"`
	Rights  string      `xml:"rights,omitempty"`
	Entries []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr"`
	Language string `xml:"hreflang,attr"`
	Href     string `xml:"href,attr"`
}

// An atomEntry is a change of what is published.
type atomEntry struct {
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Links   []atomLink `xml:"link"`
	Summary string     `xml:"summary,omitempty"`
}

// feed answers with the newest changes of what is published.
func (ps *pages) feed(l *locale.Language) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		v, _, err := ps.publicView(r, l, "as-of")
		if err != nil {
			return err
		}
		site := ps.server.outside(r)
		header := w.Header()
		header.Set("Cache-Control", "private, no-store")
		if readerOf(r) == nil && ps.toldAlready(w, r, v.p, site) {
			return nil
		}
		body, err := xml.Marshal(v.atom(site, ps.server.authority(), ps.server.live.taken()))
		if err != nil {
			return fmt.Errorf("writing the feed: %w", err)
		}
		header.Set("Content-Type", "application/atom+xml; charset=utf-8")
		header.Set("Content-Language", l.Code)
		body = slices.Concat([]byte(xml.Header), body)
		send(w, r, http.StatusOK, body, packOnce(r, body))
		return nil
	})
}

// authority names the site in ids, which must stay the same whatever address a reader asks
// by.
func (s *Server) authority() string {
	if public, err := url.Parse(s.cfg.PublicURL); err == nil && public.Hostname() != "" {
		return public.Hostname()
	}
	return "localhost"
}

// toldAlready sets the ETag of a feed, which is of the address that it was asked by, too, and
// answers 304 where the reader has it. No store that several readers share may keep it.
func (ps *pages) toldAlready(w http.ResponseWriter, r *http.Request, p *indicators.Picture, site string) bool {
	sum := sha256.Sum256([]byte(site))
	tag := strings.TrimSuffix(ps.server.etag(p), `"`) + "-" + hex.EncodeToString(sum[:4]) + `"`
	w.Header().Set("ETag", "W/"+tag)
	w.Header().Set("Cache-Control", "private, no-cache")
	if !matches(r.Header.Get("If-None-Match"), tag) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

func (v *view) atom(site, authority string, published []indicators.Snapshot) atomFeed {
	programme := v.programme().Text
	page := func(rel, kind, path string) atomLink {
		return atomLink{Rel: rel, Type: kind, Language: v.l.Code, Href: site + path}
	}
	feed := atomFeed{
		Lang: v.l.Code, Title: v.l.T("feed.title", programme), Author: atomPerson{programme}, Rights: v.p.Setting("licence", ""),
		ID: "tag:" + authority + ",2026:" + v.l.Code + ":feed", Updated: instant(v.p.Day.Time()),
		Links: []atomLink{page("self", "application/atom+xml", v.href("feed.atom")), page("alternate", "text/html", v.href("history"))},
	}
	snapshots := slices.DeleteFunc(slices.Clone(published), func(s indicators.Snapshot) bool { return s.PublishedAt.After(v.p.Newest().At) })
	for _, c := range slices.Backward(v.p.Changesets) {
		var anybody *indicators.Account
		if !anybody.SeesChangeset(&c) {
			continue
		}
		if len(feed.Entries) == feedEntries {
			break
		}
		if c.Kind == indicators.Issued {
			at := slices.IndexFunc(snapshots, func(s indicators.Snapshot) bool { return s.PublishedAt.Equal(c.At) })
			if at >= 0 {
				feed.Entries = append(feed.Entries, v.atomSnapshot(&snapshots[at], page, authority))
				continue
			}
		}
		number := strconv.Itoa(c.Number)
		title := v.l.T("feed.entry", number)
		if c.Kind != "" {
			title = v.l.T("feed.entry.of", v.l.T("act."+string(c.Kind)), number)
		}
		feed.Entries = append(feed.Entries, atomEntry{
			ID: "tag:" + authority + "," + c.At.UTC().Format(time.DateOnly) + ":changeset:" + number, Title: title, Updated: instant(c.At),
			Links: []atomLink{page("alternate", "text/html", v.href("history", number))}, Summary: c.Reason,
		})
	}
	for n := range snapshots {
		if snapshots[n].Chain == "" { // from before publications were recorded
			feed.Entries = append(feed.Entries, v.atomSnapshot(&snapshots[n], page, authority))
		}
	}
	slices.SortStableFunc(feed.Entries, func(a, b atomEntry) int { return strings.Compare(b.Updated, a.Updated) })
	feed.Entries = feed.Entries[:min(len(feed.Entries), feedEntries)]
	if len(feed.Entries) > 0 {
		feed.Updated = feed.Entries[0].Updated
	}
	return feed
}

// atomSnapshot tells of a snapshot that is published, by its permanent address.
func (v *view) atomSnapshot(s *indicators.Snapshot, page func(rel, kind, path string) atomLink, authority string) atomEntry {
	return atomEntry{
		ID:    "tag:" + authority + "," + s.PublishedAt.UTC().Format(time.DateOnly) + ":snapshot:" + s.Number,
		Title: v.l.T("feed.snapshot", v.l.Isolate(s.Number)), Updated: instant(*s.PublishedAt), Summary: string(s.Reason),
		Links: []atomLink{page("alternate", "text/html", v.reportOf(s)), page("enclosure", "application/zip", v.reportOf(s)+"/"+bundleFile)},
	}
}

func instant(at time.Time) string { return at.UTC().Format(time.RFC3339) }
