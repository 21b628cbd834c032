package web

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// borders are a file with a square for each governorate.
func borders(codes ...string) string {
	var all []string
	for n, code := range codes {
		all = append(all, fmt.Sprintf(`{"type":"Feature","properties":{"code":%q},"geometry":{"type":"Polygon","coordinates":[[[%[2]d,34],[%[3]d,34],[%[3]d,35],[%[2]d,35],[%[2]d,34]]]}}`, code, 8+n, 9+n))
	}
	return `{"type":"FeatureCollection","features":[` + strings.Join(all, ",") + `]}`
}

// sendsMap sends the form of the map.
func (p *person) sendsMap(file, reason string, drawn int) *http.Response {
	p.m.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("shapes", "carte.geojson")
	if err != nil {
		p.m.t.Fatal(err)
	}
	_, _ = part.Write([]byte(file)) // into memory
	for name, value := range map[string]string{"drawn": strconv.Itoa(drawn), "reason": reason} {
		_ = form.WriteField(name, value) // into memory
	}
	if err := form.Close(); err != nil {
		p.m.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, "/fr/admin/settings/map", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return p.send(r)
}

func TestAMapFromAFile(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	newest := func() int { return m.server.live.Picture().Newest().Number }
	const map1 = "/charts/fr/territory/actions.json"
	if !strings.Contains(p.page("/fr/admin/settings"), `action="/fr/admin/settings/map"`) {
		t.Fatal("there is no form for a map")
	}
	before := newest()
	for name, tt := range map[string]struct{ file, reason, want string }{
		"no GeoJSON":         {"hello", "Carte", "ne peut pas servir de carte"},
		"a governorate less": {borders("TN-11"), "Carte", "TN-61"},
		"no reason":          {borders("TN-11", "TN-61"), " ", "Écrivez en"},
		"too large":          {borders("TN-11", "TN-61") + strings.Repeat(" ", shapesLimit), "Carte", "trop grand"},
		"nothing":            {"", "Carte", "fichier"},
		"markup in a code":   {borders("TN-11", attack), "Carte", "ne peut pas servir de carte"},
	} {
		body := expect(t, p.sendsMap(tt.file, tt.reason, before), http.StatusUnprocessableEntity)
		if !strings.Contains(body, tt.want) || strings.Contains(body, attack) {
			t.Errorf("%s is not refused by its reason", name)
		}
	}
	if newest() != before {
		t.Fatal("what was refused is written")
	}
	squares := p.page(map1)
	if answer := p.sendsMap(borders("TN-11", "TN-61"), "Carte de l'institut", before); answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("the map is not taken: %s: %s", answer.Status, bodyOf(t, answer))
	}
	if newest() != before+1 {
		t.Fatalf("changeset %d after %d", newest(), before)
	}
	if shaped := p.page(map1); shaped == squares || !strings.Contains(shaped, `"symbol":"path://`) {
		t.Error("the map is not drawn by the borders")
	}
	if earlier := p.page(map1 + "?as-of=%23" + strconv.Itoa(before)); strings.Contains(earlier, `"symbol":"path://`) {
		t.Error("the map is drawn where it was not known yet")
	}
	if answer := p.sendsMap(borders("TN-61", "TN-11"), "Encore", before); answer.StatusCode != http.StatusConflict {
		t.Errorf("a form drawn before is taken: %s", answer.Status)
	}
}
