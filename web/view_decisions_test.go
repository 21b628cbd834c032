package web

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"jalon/indicators"
)

// decided is the section of the overview with what there is to decide.
func decided(t *testing.T, page string) string {
	t.Helper()
	_, rest, found := strings.Cut(page, `<h2 id="decisions">`)
	part, _, ends := strings.Cut(rest, "</section>")
	if !found || !ends {
		t.Fatalf("there is no section of decisions in %s", page)
	}
	return part
}

// The Minister's page has what the latest published snapshot asks to decide, in the reader's
// language where it was written in it, from the moment of its publication on.
func TestTheOverviewAsksForDecisions(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	verifier, public := m.signedIn("verifier"), m.signedIn("")
	if part := decided(t, public.page("/fr/")); !strings.Contains(part, "Aucun arrêté n’est encore publié.") {
		t.Errorf("before there is a snapshot: %s", part)
	}
	verifier.takes(number, "")
	desk := "/fr/desk/snapshots/" + number
	verifier.lands(desk, desk+"?done=word", "do", "text", "kind", "decision", "group", "", "since", "0", "fr", "Recruter deux agents\nSigner "+attack, "ar", "", "en", "Hire two officers")
	unpublished := public.page("/fr/")
	if strings.Contains(unpublished, "Recruter") {
		t.Error("what is prepared is shown to everybody")
	}
	before := m.newest(t)
	verifier.publishes(number, "")
	for lang, wanted := range map[string][]string{
		"fr": {"<li><bdi>Recruter deux agents</bdi></li>", "<li><bdi>Signer "},
		"ar": {`<li><bdi lang="fr" dir="auto">Recruter deux agents</bdi></li>`},
		"en": {"<li><bdi>Hire two officers</bdi></li>"},
	} {
		part := decided(t, public.page("/"+lang+"/"))
		for _, want := range append(wanted, `href="/`+lang+"/snapshots/"+number+`"`) {
			if !strings.Contains(part, want) {
				t.Errorf("%s: no %s in %s", lang, want, part)
			}
		}
		if strings.Contains(part, "<script>alert") {
			t.Errorf("%s: what was written is carried out", lang)
		}
	}
	past := decided(t, public.page("/fr/?as-of="+url.QueryEscape(fmt.Sprint("#", before))))
	if strings.Contains(past, "Recruter") || !strings.Contains(past, "Aucun arrêté") {
		t.Errorf("as of before: %s", past)
	}
	if as := decided(t, public.page("/fr/?as-of=snapshot%3A"+number)); !strings.Contains(as, "Recruter") {
		t.Errorf("as the snapshot has it: %s", as)
	}
}

// The decisions are read when there is another snapshot, not at every look and by no reader.
func TestDecisionsAreReadOnceASnapshot(t *testing.T) {
	from, reads := reportSource(t), 0
	all, err := from.snapshots(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	shown := all[1:]
	from.snapshots = func(context.Context) ([]indicators.Snapshot, error) {
		return append([]indicators.Snapshot{}, shown...), nil
	}
	from.decisions = func(context.Context) ([]indicators.SnapshotText, error) {
		reads++
		return []indicators.SnapshotText{{Snapshot: "2026-09", Kind: indicators.Decision, Text: french("Signer la convention")}}, nil
	}
	live := newLive(from, nil, nil)
	s, err := New(Config{Version: "1"}, nil, live)
	if err != nil {
		t.Fatal(err)
	}
	look := func(want int, words string) {
		t.Helper()
		for range 3 {
			if err := live.Refresh(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		part := plainText(decided(t, bodyOf(t, ask(t, s.Handler(), http.MethodGet, "/fr/"))))
		if !strings.Contains(part, words) || reads != want {
			t.Errorf("%d times read, want %d; %q, want %q", reads, want, part, words)
		}
	}
	look(1, "Aucune décision n’est demandée.")
	shown = all
	look(2, "Signer la convention")
}
