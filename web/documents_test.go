package web

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
)

const (
	pdf      = "%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
	delayAt  = "/fr/indicators/DELAY/documents?period=2026-07"
	delayOf8 = "/fr/indicators/DELAY/documents?period=2026-08"
)

// An office is a ministry that takes files of a megabyte. DELAY is in the scope of theme1
// and donor; its figure of July is published, that of August is in the state given.
type office struct {
	*ministry
	people map[string]*person
}

func newOffice(t *testing.T, august indicators.Review) *office {
	t.Helper()
	o := &office{newMinistry(t), map[string]*person{}}
	next := reported("DELAY", "2026-08", "33")
	next.Review = august
	record(t, o.store, &indicators.Workbook{Settings: edits([]indicators.Setting{{Key: "document_mb", Value: "1"}})}, next)
	within(t, 5*time.Second, "the limit of files", func() bool { return o.server.live.Picture().DocumentLimit() == 1<<20 })
	for _, name := range everyone() {
		o.people[name] = o.signedIn(name)
	}
	return o
}

func (o *office) get(who, address string) (*http.Response, string) {
	o.t.Helper()
	answer := o.people[who].get(address)
	return answer, bodyOf(o.t, answer)
}

func (o *office) post(who, address string, fields url.Values) (*http.Response, string) {
	o.t.Helper()
	var pairs []string
	for name := range fields {
		pairs = append(pairs, name, fields.Get(name))
	}
	answer := o.people[who].post(address, pairs...)
	return answer, bodyOf(o.t, answer)
}

// A sent file is one as a browser sends it.
type sentFile struct{ name, declared, content string }

// form writes a form with files, as a browser does.
func form(t testing.TB, fields map[string]string, files ...sentFile) (body *bytes.Buffer, contentType string) {
	t.Helper()
	body = &bytes.Buffer{}
	w := multipart.NewWriter(body)
	for _, f := range files { // before the fields: no order is asked for
		part, err := w.CreatePart(textproto.MIMEHeader{
			"Content-Disposition": {`form-data; name="file"; ` + f.name}, "Content-Type": {f.declared},
		})
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(part, f.content)
	}
	for name, value := range fields {
		_ = w.WriteField(name, value)
	}
	_ = w.Close()
	return body, w.FormDataContentType()
}

func named(name string) string { return `filename="` + name + `"` }

func (o *office) attach(who, address, audience string, f sentFile) (*http.Response, string) {
	o.t.Helper()
	body, kind := form(o.t, map[string]string{"reason": "le tableau de l’enquête", "audience": audience}, f)
	r := httptest.NewRequestWithContext(o.t.Context(), http.MethodPost, address, body)
	r.Header.Set("Content-Type", kind)
	answer := o.people[who].send(r)
	return answer, bodyOf(o.t, answer)
}

// mustAttach attaches a file and waits until the pages know it, for they show what is
// live.
func (o *office) mustAttach(who, address, audience, name string) string {
	o.t.Helper()
	answer, body := o.attach(who, address, audience, sentFile{named(name), "application/pdf", pdf + name})
	if answer.StatusCode != http.StatusSeeOther {
		o.t.Fatalf("%s attaches %s: %s: %s", who, name, answer.Status, body)
	}
	link := regexp.MustCompile(`href="(/documents/\d+/` + regexp.QuoteMeta(url.PathEscape(name)) + `)"`)
	var found []string
	within(o.t, 5*time.Second, "the document on its page", func() bool {
		_, page := o.get("admin", address)
		found = link.FindStringSubmatch(page)
		return found != nil
	})
	return found[1]
}

// Who may have a file: a table of every role, with own and foreign scope, against files
// at each stage. What may not be had is answered as what there is not.
func TestWhoMayHaveADocument(t *testing.T) {
	t.Parallel()
	all := []string{"", "theme1", "theme2", "donor", "other", "verifier", "auditor", "admin"}
	work := []string{"theme1", "verifier", "auditor", "admin"}
	funded := append([]string{"donor"}, work...)
	for state, august := range map[indicators.Review][]string{indicators.Draft: work, indicators.Submitted: work, indicators.Verified: funded} {
		t.Run(state.String(), func(t *testing.T) {
			o := newOffice(t, state)
			files := map[string][]string{
				o.mustAttach("admin", delayAt, "public", "public.pdf"):             all,
				o.mustAttach("admin", delayAt, "confidential", "confidentiel.pdf"): work, // came after the publication
				o.mustAttach("theme1", delayAt, "public", "attend.pdf"):            work,
				o.mustAttach("theme1", delayOf8, "public", "août.pdf"):             august,
				o.mustAttach("theme1", delayOf8, "confidential", "août-conf.pdf"):  august,
				"/documents/99/août.pdf":                                           nil,
				"/documents/-1/août.pdf":                                           nil,
				"/documents/1/autre.pdf":                                           nil, // a document that there is, by another name
				"/documents/1%20or%201/public.pdf":                                 nil,
			}
			for _, who := range all {
				_, none := o.get(who, "/documents/99/public.pdf")
				for address, readers := range files {
					answer, body := o.get(who, address)
					want := http.StatusNotFound
					if slices.Contains(readers, who) {
						want = http.StatusOK
					}
					if answer.StatusCode != want {
						t.Errorf("%s gets %s: %s", who, address, answer.Status)
					}
					if name := address[strings.LastIndexByte(address, '/')+1:]; want != http.StatusOK && strings.ReplaceAll(body, name, "") != strings.ReplaceAll(none, "public.pdf", "") {
						t.Errorf("%s can tell %s from what there is not: %s", who, address, body)
					}
				}
				for page, mine := range map[string]string{delayAt: "public.pdf confidentiel.pdf attend.pdf", delayOf8: "août.pdf août-conf.pdf"} {
					_, body := o.get(who, page)
					for name := range strings.FieldsSeq(mine) {
						listed := strings.Contains(body, ">"+name+"<")
						var readers []string
						for address, r := range files {
							if r != nil && strings.HasSuffix(address, "/"+url.PathEscape(name)) {
								readers = r
							}
						}
						if may := slices.Contains(readers, who); listed != may {
							t.Errorf("%s sees %s listed: %v, want %v", who, name, listed, may)
						}
					}
				}
			}
		})
	}
}

// Donor readers have what backs a published figure, if it was published with it.
func TestADonorHasTheConfidentialEvidenceOfWhatItFunds(t *testing.T) {
	o := newOffice(t, indicators.Verified)
	address := o.mustAttach("theme1", delayOf8, "confidential", "conf.pdf")
	record(t, o.store, nil, reported("DELAY", "2026-08", "34")) // published now
	within(t, 5*time.Second, "the publication", func() bool {
		_, page := o.get("", "/fr/indicators/DELAY")
		return strings.Contains(page, `<data value="34"`)
	})
	for who, want := range map[string]int{"donor": 200, "other": 404, "": 404, "theme1": 200, "theme2": 404} {
		if answer, _ := o.get(who, address); answer.StatusCode != want {
			t.Errorf("%s: %s, want %d", who, answer.Status, want)
		}
	}
}

// Who may do what, by role and scope.
func TestWhoMayActOnDocuments(t *testing.T) {
	t.Parallel()
	propose, publish, administer := []string{"theme1", "admin"}, []string{"verifier", "admin"}, []string{"admin"}
	o := newOffice(t, indicators.Draft)
	number := func(address string) string { return strings.Split(address, "/")[2] }
	for n, who := range everyone() {
		file := func(kind string) string { return fmt.Sprintf("%s-%d.pdf", kind, n) }
		pending := number(o.mustAttach("theme1", delayOf8, "public", file("pending")))
		public := number(o.mustAttach("admin", delayAt, "public", file("public")))
		waiting := number(o.mustAttach("theme1", delayAt, "public", file("waiting")))
		doomed := number(o.mustAttach("theme1", delayAt, "confidential", file("doomed")))
		at := func(act, of string) string { return strings.Replace(of, "/documents?", "/documents/"+act+"?", 1) }
		fields := func(id string) url.Values {
			return url.Values{"document": {id}, "reason": {"essai"}, "sure": {"yes"}}
		}
		for name, tt := range map[string]struct {
			act func() *http.Response
			may []string
		}{
			"attach": {func() *http.Response {
				a, _ := o.attach(who, delayOf8, "public", sentFile{named("x.pdf"), "application/pdf", pdf + who})
				return a
			}, propose},
			"detach what is on its way": {func() *http.Response { a, _ := o.post(who, at("detach", delayOf8), fields(pending)); return a }, propose},
			"detach what is public":     {func() *http.Response { a, _ := o.post(who, at("detach", delayAt), fields(public)); return a }, publish},
			"release":                   {func() *http.Response { a, _ := o.post(who, at("release", delayAt), fields(waiting)); return a }, publish},
			"erase":                     {func() *http.Response { a, _ := o.post(who, at("erase", delayAt), fields(doomed)); return a }, administer},
			"erase by a foreign page": {func() *http.Response {
				a, _ := o.post(who, "/fr/indicators/THREE/documents/erase?period=2024", fields(waiting))
				return a
			}, nil},
		} {
			answer := tt.act()
			if done := answer.StatusCode == http.StatusSeeOther; done != slices.Contains(tt.may, who) || !done && answer.StatusCode != 403 && answer.StatusCode != 404 {
				t.Errorf("%s may %s: %s", who, name, answer.Status)
			}
		}
	}
}

// From a figure in the trail to its document in two clicks, for the public too.
func TestFromAFigureToItsDocumentInTwoClicks(t *testing.T) {
	o := newOffice(t, indicators.Draft)
	file := o.mustAttach("admin", delayAt, "public", "enquête.pdf")
	o.mustAttach("admin", delayAt, "confidential", "secret.pdf")
	_, page := o.get("", "/fr/indicators/DELAY")
	first := `href="` + htmlEscaped(delayAt) + `">1 pièce<`
	if !strings.Contains(page, first) {
		t.Fatalf("no %s on the page of the indicator", first)
	}
	_, page = o.get("", delayAt)
	if !strings.Contains(page, `href="`+file+`"`) || strings.Contains(page, "secret") || strings.Contains(page, "Nom de admin") {
		t.Errorf("the page of the figure: %s", page)
	}
	if _, page = o.get("auditor", delayAt); !strings.Contains(page, "secret") || !strings.Contains(page, "Nom de admin") {
		t.Errorf("an auditor does not see who has done what: %s", page)
	}
	if _, page = o.get("", "/fr/indicators/DELAY?as-of=c1"); strings.Contains(page, "pièce") {
		t.Error("as of before, there was a document")
	}
	if _, page = o.get("", delayAt+"&as-of=c1"); strings.Contains(page, "enquête.pdf") || !strings.Contains(page, `href="/ar/indicators/DELAY/documents?as-of=c1&amp;period=2026-07"`) {
		t.Errorf("as of before: %s", page)
	}
}
