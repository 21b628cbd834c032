package web

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
)

const yearGrid = "/fr/desk/grid?frequency=year"

// sends posts the grid as a browser does: the field for a file comes with each cell, empty
// or not. Pairs are names and values; a file is named by its field.
func (p *person) sends(address string, files map[string]sentFile, pairs ...string) *http.Response {
	p.m.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for n := 0; n < len(pairs); n += 2 {
		_ = w.WriteField(pairs[n], pairs[n+1])
	}
	for field, f := range files {
		part, err := w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {`form-data; name="` + field + `"; ` + f.name}, "Content-Type": {f.declared},
		})
		if err != nil {
			p.m.t.Fatal(err)
		}
		_, _ = io.WriteString(part, f.content)
	}
	_ = w.Close()
	r := httptest.NewRequestWithContext(p.m.t.Context(), http.MethodPost, address, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return p.send(r)
}

func aPDF(name string) sentFile { return sentFile{named(name), "application/pdf", pdf + name} }

// beside is the draft of an indicator's total, with the names of its documents.
func (m *ministry) beside(indicator string) (value, comment, files string) {
	m.t.Helper()
	all, newest, err := m.store.Work(m.t.Context(), []string{indicator})
	if err != nil {
		m.t.Fatal(err)
	}
	for _, w := range all {
		value, comment = w.Value.String(), string(w.Comment)
	}
	documents, err := m.store.Documents(m.t.Context(), newest, indicator)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, d := range documents {
		files += d.Period.String() + " " + d.Name
		if d.Confidential {
			files += " (confidential)"
		}
		files += ";"
	}
	return value, comment, files
}

// Value, comment and files of several cells are one changeset, and the grid shows them.
func TestAGridIsSavedWithCommentsAndFilesAtOnce(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	open := func() string { // without scripts
		return expect(t, p.sends(yearGrid, nil, "seen", hidden(t, p.page(yearGrid), "seen"), "open", "THREE"), http.StatusOK)
	}
	page := open()
	for _, want := range []string{`enctype="multipart/form-data"`, `<textarea name="c:THREE:2025"`, `<input type="file" multiple name="f:THREE:2025"`, `aria-label="Commentaire et pièces"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the grid lacks %s", want)
		}
	}
	seen := hidden(t, page, "seen")
	_, before, err := m.store.Work(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]sentFile{"f:THREE:2025": aPDF("enquête.pdf"), "f:THREE:2024": aPDF("ancienne.pdf"), "f:REM-COST:2025": {named(""), "application/octet-stream", ""}}
	expect(t, p.sends(yearGrid, files, "seen", seen, "v:THREE:2025", "151,5", "c:THREE:2025", "deux\r\nlignes", "a:THREE:2025", "public",
		"v:THREE:2024", "140", "c:THREE:2024", "", "v:REM-COST:2025", "", "c:REM-COST:2025", "", "do", "draft"), http.StatusSeeOther)
	value, comment, documents := m.beside("THREE")
	if value != "151.5" || comment != "deux\nlignes" || documents != "2024 ancienne.pdf (confidential);2025 enquête.pdf;" && documents != "2025 enquête.pdf;2024 ancienne.pdf (confidential);" {
		t.Errorf("saved: %q, %q, %q", value, comment, documents)
	}
	if _, after, err := m.store.Work(t.Context(), nil); err != nil || after != before+1 {
		t.Errorf("%d changesets were made, want 1: %v", after-before, err)
	}
	folded, unfolded := p.page(yearGrid), open()
	for want, page := range map[string]string{
		`data-comment="deux` + "\n" + `lignes"`: folded, ">commentaire, 1 pièce</a>": folded, ">1 pièce</a>": folded,
		">commentaire, 1 pièce</summary>": unfolded, "\ndeux\nlignes</textarea>": unfolded, ">1 pièce</summary>": unfolded,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the grid lacks %q", want)
		}
	}
	if strings.Contains(m.signedIn("").page("/fr/indicators/THREE/documents"), "enquête.pdf") {
		t.Error("the public has a file of a draft")
	}
}

// A comment alone is a change, of a draft and of a published figure, whose other figures
// stay; what is left as it was is none.
func TestACommentAloneIsAChange(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("theme1")
	send := func(pairs ...string) *http.Response {
		return p.sends(yearGrid, nil, append([]string{"seen", hidden(t, p.page(yearGrid), "seen"), "do", "draft"}, pairs...)...)
	}
	if to := send("v:THREE:2024", "140", "c:THREE:2024", "").Header.Get("Location"); !strings.HasSuffix(to, "done=nothing") {
		t.Errorf("what is as it was leads to %s", to)
	}
	for _, comment := range []string{"révisé", "révisé <deux> fois", ""} {
		expect(t, send("v:THREE:2024", "140", "c:THREE:2024", comment), http.StatusSeeOther)
		if value, got, _ := m.beside("THREE"); value != "140" || got != comment {
			t.Errorf("draft of %q with %q, want %q", value, got, comment)
		}
	}
	if strings.Contains(p.page(yearGrid), "<deux>") {
		t.Error("a comment is not escaped")
	}
	expect(t, p.post(yearGrid, "seen", hidden(t, p.page(yearGrid), "seen"), "v:THREE:2024", "141", "do", "draft"), http.StatusSeeOther)
	if value, _, _ := m.beside("THREE"); value != "141" {
		t.Errorf("without fields for comments %q was saved", value)
	}
}

// Whatever is wrong with one cell, nothing is written, it is told with indicator and period,
// and all that was typed is there again; files are named that have to be chosen again.
func TestNothingOfAGridIsWrittenByHalves(t *testing.T) {
	o := newOffice(t, indicators.Draft) // files of a megabyte
	m, p := o.ministry, o.people["theme1"]
	expect(t, p.sends(yearGrid, map[string]sentFile{"f:THREE:2024": aPDF("there.pdf")}, "seen", hidden(t, p.page(yearGrid), "seen"), "v:THREE:2024", "140"), http.StatusSeeOther)
	seen := hidden(t, p.page(yearGrid), "seen")
	for name, tt := range map[string]struct {
		files map[string]sentFile
		pairs []string
		words string
	}{
		"a page":            {map[string]sentFile{"f:THREE:2025": {named("a.html"), "text/html", "<p>"}}, nil, "Les fichiers comme a.html ne sont pas acceptés"},
		"a large file":      {map[string]sentFile{"f:THREE:2025": {named("a.pdf"), "application/pdf", pdf + strings.Repeat("x", 3<<20)}}, nil, "Le fichier est trop grand"},
		"a file there":      {map[string]sentFile{"f:THREE:2024": aPDF("there.pdf")}, nil, "Le fichier there.pdf est déjà joint"},
		"a file of nothing": {map[string]sentFile{"f:THREE:2023": aPDF("b.pdf")}, []string{"v:THREE:2023", ""}, "écrivez aussi la valeur"},
		"words on nothing":  {nil, []string{"v:THREE:2023", "", "c:THREE:2023", "rien"}, "écrivez aussi la valeur"},
		"too many words":    {nil, []string{"v:THREE:2024", "140", "c:THREE:2024", strings.Repeat("é", 4001)}, "trop long"},
		"no number":         {nil, []string{"v:THREE:2023", "beaucoup", "c:THREE:2023", "rien"}, "n’est pas un nombre"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]sentFile{"f:REM-COST:2025": aPDF("bonne.pdf")}
			for field, f := range tt.files {
				files[field] = f
			}
			pairs := append([]string{"seen", seen, "v:REM-COST:2025", "4,5", "c:REM-COST:2025", "gardé", "a:REM-COST:2025", "public", "v:THREE:2025", "151", "c:THREE:2025", "gardé aussi", "reason", "motif gardé", "do", "draft"}, tt.pairs...)
			answer := o.people["admin"].sends(yearGrid, files, pairs...)
			body := expect(t, answer, http.StatusUnprocessableEntity)
			for _, want := range []string{tt.words, `value="4,5"`, "\ngardé</textarea>", `value="public" checked`, "\ngardé aussi</textarea>", `value="motif gardé"`, "choisissez de nouveau", "bonne.pdf", "20"} {
				if !strings.Contains(strings.Join(strings.Fields(body), " "), strings.TrimSpace(want)) {
					t.Errorf("the answer lacks %q", want)
				}
			}
			if value, _, _ := m.beside("REM-COST"); value != "" {
				t.Errorf("%s was written", value)
			}
		})
	}
	if _, _, documents := m.beside("THREE"); documents != "2024 there.pdf (confidential);" {
		t.Errorf("documents: %s", documents)
	}
}

// Fields for figures of others, and of locked periods, are refused like values.
func TestWhatIsBesideForeignFiguresIsRefused(t *testing.T) {
	m := newMinistry(t)
	file := map[string]sentFile{"f:THREE:2024": aPDF("a.pdf")}
	for _, who := range []string{"theme2", "verifier", "auditor", "donor", ""} {
		p := m.signedIn(who)
		expect(t, p.sends(yearGrid, file, "seen", "1", "v:THREE:2024", "140", "do", "draft"), http.StatusForbidden)
		expect(t, p.sends(yearGrid, file, "seen", "1", "do", "draft"), http.StatusForbidden)
		expect(t, p.sends(yearGrid, nil, "seen", "1", "c:THREE:2024", "x", "do", "draft"), http.StatusForbidden)
	}
	p := m.signedIn("theme1")
	expect(t, p.sends(yearGrid, nil, "seen", "1", "c:NOTHING:2024", "x"), http.StatusNotFound)
	expect(t, p.sends(yearGrid, nil, "seen", "1", "c:THREE:2024", "a\x00b"), http.StatusBadRequest)
	expect(t, m.signedIn("verifier").post("/fr/desk/periods", "do", "lock", "period", "2024", "reason", "clos"), http.StatusSeeOther)
	if strings.Contains(p.page(yearGrid), `name="c:THREE:2024"`) {
		t.Error("a comment can be typed in a locked period")
	}
	expect(t, p.sends(yearGrid, file, "seen", "1", "v:THREE:2024", "140"), http.StatusUnprocessableEntity)
	expect(t, p.sends(yearGrid, nil, "seen", "1", "v:THREE:2024", "140", "c:THREE:2024", "x"), http.StatusUnprocessableEntity)
	if _, comment, documents := m.beside("THREE"); comment+documents != "" {
		t.Errorf("written: %s %s", comment, documents)
	}
}

// Of two who comment on one figure the later keeps what they typed; so does who waits.
func TestACommentSurvivesConflictAndWaiting(t *testing.T) {
	m := newMinistry(t)
	m.server.cfg.WriteWait = 50 * time.Millisecond
	first, second := m.signedIn("theme1"), m.signedIn("admin")
	seen := hidden(t, second.page(yearGrid), "seen")
	expect(t, first.enters("THREE", "2025", "151"), http.StatusSeeOther)
	file := map[string]sentFile{"f:THREE:2025": aPDF("a.pdf")}
	body := expect(t, second.sends(yearGrid, file, "seen", seen, "v:THREE:2025", "152", "c:THREE:2025", "à moi", "do", "draft"), http.StatusConflict)
	if !strings.Contains(body, "\nà moi</textarea>") || !strings.Contains(body, "a.pdf") {
		t.Error("the comment is lost, or the file is not named")
	}
	tx, err := m.store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(t.Context(), `SELECT pg_advisory_xact_lock(7461001)`); err != nil {
		t.Fatal(err)
	}
	body = expect(t, second.sends(yearGrid, nil, "seen", hidden(t, body, "seen"), "v:THREE:2025", "152", "c:THREE:2025", "à moi", "do", "draft"), http.StatusServiceUnavailable)
	if !strings.Contains(body, "\nà moi</textarea>") {
		t.Error("the comment is lost")
	}
}

// The fields come row by row: without scripts by a button that keeps what was typed. The
// page stays light on the line.
func TestAGridOpensItsRowsOneByOne(t *testing.T) {
	m := newMinistry(t)
	deskOf(t, m, 300)
	p := m.signedIn("theme1")
	grid := "/fr/desk/grid?frequency=month&count=24"
	page := ""
	within(t, 20*time.Second, "all indicators", func() bool { page = p.page(grid); return strings.Contains(page, "M-0298") })
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	_, _ = io.WriteString(w, page)
	_ = w.Close()
	if len(page) > 4<<20 || packed.Len() > 400_000 {
		t.Errorf("the page has %d bytes, %d of them on the line", len(page), packed.Len())
	}
	t.Logf("%d bytes, %d packed", len(page), packed.Len())
	if strings.Contains(page, `name="c:M-`) || !strings.Contains(page, `<template id="beside">`) {
		t.Error("the fields are all there, or the script has none to put in")
	}
	last := indicators.Monthly.Containing(indicators.DateOf(time.Now())).Back(1).String()
	body := expect(t, p.sends(grid, nil, "seen", hidden(t, page, "seen"), "v:M-0007:"+last, "777", "open", "M-0005"), http.StatusOK)
	for want, times := range map[string]int{`name="c:M-0005:` + last: 1, `name="c:M-0006:`: 0, `value="777"`: 1} {
		if strings.Count(body, want) != times {
			t.Errorf("%s stands there %d times, want %d", want, strings.Count(body, want), times)
		}
	}
	body = expect(t, p.sends(grid, nil, "seen", hidden(t, body, "seen"), "v:M-0007:"+last, "beaucoup", "c:M-0005:"+last, "", "do", "draft"), http.StatusUnprocessableEntity)
	if !strings.Contains(body, `name="c:M-0005:`+last) {
		t.Error("the row is folded up again")
	}
}
