package web

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
)

func TestErasureByAForm(t *testing.T) {
	o := newOffice(t, indicators.Draft)
	said := reported("DELAY", "2026-07", "41")
	said.Comment = "Mme X. <b>55 123 456</b>"
	record(t, o.store, nil, said)
	file := o.mustAttach("admin", delayAt, "public", "Mme X.pdf")
	o.mustAttach("admin", delayOf8, "confidential", "autre.pdf")
	erase := strings.Replace(delayAt, "/documents?", "/documents/erase?", 1)
	id := strings.Split(file, "/")[2]
	hash := indicators.HashOf(string(said.Comment))
	_, page := o.get("admin", delayAt)
	if !strings.Contains(page, htmlEscaped(string(said.Comment))) || !strings.Contains(page, "formats 1 et 2") {
		t.Errorf("the form does not name the comment and the consequences: %s", page)
	}
	for _, who := range []string{"", "theme1", "verifier", "auditor", "donor"} {
		if _, page := o.get(who, delayAt); strings.Contains(page, "55 123 456") {
			t.Errorf("%s is shown the comments", who)
		}
		if answer, _ := o.post(who, erase, url.Values{"comment": {hash}, "reason": {"r"}, "sure": {"yes"}}); answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s erases: %s", who, answer.Status)
		}
	}
	for name, fields := range map[string]url.Values{
		"no reason":       {"document": {id}, "sure": {"yes"}},
		"not sure":        {"document": {id}, "reason": {"r"}},
		"no document":     {"reason": {"r"}, "sure": {"yes"}},
		"no hash":         {"comment": {"'; drop table erasure"}, "reason": {"r"}, "sure": {"yes"}},
		"another comment": {"comment": {strings.Repeat("ab", 32)}, "reason": {"r"}, "sure": {"yes"}},
	} {
		if answer, _ := o.post("admin", erase, fields); answer.StatusCode != 400 && answer.StatusCode != 404 {
			t.Errorf("%s: %s", name, answer.Status)
		}
	}
	for _, fields := range []url.Values{{"document": {id}}, {"comment": {hash}}} {
		fields.Set("reason", "une personne est nommée")
		fields.Set("sure", "yes")
		if answer, body := o.post("admin", erase, fields); answer.StatusCode != http.StatusSeeOther {
			t.Fatalf("%s: %s", answer.Status, body)
		}
	}
	within(t, 5*time.Second, "the erasure", func() bool {
		_, page := o.get("admin", delayAt)
		return strings.Contains(page, "Fichier effacé") && strings.Contains(page, "Commentaire effacé") && strings.Contains(page, hash) &&
			!strings.Contains(page, "Mme X") && !strings.Contains(page, "55 123 456")
	})
	for _, who := range []string{"admin", ""} {
		if answer, _ := o.get(who, file); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s still gets the file: %s", who, answer.Status)
		}
		if answer, _ := o.get(who, file+"?as-of=c4"); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s still gets the file as of before: %s", who, answer.Status)
		}
	}
	if body := bodyOf(t, ask(t, o.h, "GET", "/api/v1/observations?indicator=DELAY&as-of=c2")); strings.Contains(body, "55 123 456") {
		t.Errorf("the API still says it: %s", body)
	}
}
