package web

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jalon/indicators"
)

// The bundle has an address for good, to which the report, the list, the feed and the API lead.
func TestTheBundleHasAnAddress(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	public, verifier := m.signedIn(""), m.signedIn("verifier")
	verifier.takes(number, "")
	address := "/fr/snapshots/" + number + "/bundle.zip"
	expect(t, public.get(address), http.StatusNotFound)
	if answer := verifier.get(address); answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "private, no-store" || answer.Header.Get("ETag") != "" {
		t.Errorf("what is prepared: %d, %v", answer.StatusCode, answer.Header)
	}
	verifier.publishes(number, "")
	for from, want := range map[string]string{
		"/fr/snapshots/" + number: `href="` + address + `"`, "/fr/snapshots": `href="` + address + `"`,
		"/fr/feed.atom": address + `"`, "/api/v1/snapshots": `"bundle":"` + address + `"`, "/api/v1/snapshots/" + number: `"bundle":"` + address + `"`,
	} {
		if body := public.page(from); !strings.Contains(body, want) {
			t.Errorf("%s does not lead there", from)
		}
	}
	answer := public.get(address)
	first, tag := expect(t, answer, http.StatusOK), answer.Header.Get("ETag")
	snap, err := m.store.Snapshot(t.Context(), number)
	if err != nil || tag != `W/"`+string(snap.Chain)+`"` || !strings.Contains(answer.Header.Get("Content-Disposition"), `"jalon-`+number+`.zip"`) {
		t.Errorf("%v, %v", answer.Header, err)
	}
	if v := proved(t, public, number); !v.Equal || v.Number != number {
		t.Errorf("it is %+v", v)
	}
	again := httptest.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	again.Header.Set("If-None-Match", tag)
	expect(t, public.send(again), http.StatusNotModified)
	head := public.send(httptest.NewRequestWithContext(t.Context(), http.MethodHead, address, nil))
	if body := expect(t, head, http.StatusOK); body != "" || head.Header.Get("ETag") != tag {
		t.Errorf("HEAD: %v", head.Header)
	}
	verifier.takes(number+"-rev1", "un chiffre était faux")
	verifier.publishes(number+"-rev1", "un chiffre était faux")
	if expect(t, public.get(address), http.StatusOK) != first {
		t.Error("it became another by a correction")
	}
}

// What has to be withheld since a snapshot was published is not given out with its lines.
func TestABundleThatTellsTooMuchIsNotGivenToThePublic(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	public, verifier := m.signedIn(""), m.signedIn("verifier")
	small := func(least string) {
		t.Helper()
		record(t, m.store, &indicators.Workbook{Settings: edits([]indicators.Setting{{Key: "small_cells", Value: least}})})
	}
	small("0")
	record(t, m.store, nil, partly("THREE", "2024", "3", "sex=F"), partly("THREE", "2024", "137", "sex=M"))
	verifier.takes(number, "")
	verifier.publishes(number, "")
	address := "/fr/snapshots/" + number + "/bundle.zip"
	expect(t, public.get(address), http.StatusOK)
	small("5")
	if body := said(expect(t, public.get(address), http.StatusNotFound)); !strings.Contains(body, "n’est plus remis au public") {
		t.Errorf("it is not said why: %s", body)
	}
	expect(t, verifier.get(address), http.StatusOK)
}

// Lines that are not those that were frozen are never sent as a whole: a short bundle is refused,
// a longer one is cut off.
func TestAnAlteredBundleIsCutOff(t *testing.T) {
	for name, months := range map[string]int{"short": 1, "long": 900} {
		m := newMinistry(t)
		month, number := lastMonth()
		var figures []indicators.Observation
		for n := range months {
			figures = append(figures, reported("DELAY", monthsBefore(month, n), fmt.Sprint(n)))
		}
		record(t, m.store, nil, figures...)
		verifier := m.signedIn("verifier")
		verifier.takes(number, "")
		verifier.publishes(number, "")
		alterLastPiece(t, m, number)
		answer, cut := cutOff(func() *http.Response { return m.signedIn("").get("/fr/snapshots/" + number + "/bundle.zip") })
		if name == "long" && !cut || name == "short" && (cut || answer.StatusCode != http.StatusConflict) {
			t.Errorf("%s: cut off %v, answered %+v", name, cut, answer)
		}
	}
}

// cutOff tells whether an answer ends as net/http ends a connection, in the middle.
func cutOff(ask func() *http.Response) (answer *http.Response, cut bool) {
	defer func() { cut = recover() == http.ErrAbortHandler }() //nolint:errorlint // the very value
	return ask(), false
}

// alterLastPiece adds a line to what is stored of a snapshot.
func alterLastPiece(t *testing.T, m *ministry, number string) {
	t.Helper()
	const last = `
		SELECT place, content
		FROM snapshot_piece
		WHERE snapshot = $1
		ORDER BY place DESC
		LIMIT 1`

	const alter = `
		UPDATE snapshot_piece SET content = $3 WHERE snapshot = $1 AND place = $2`

	var place int
	var content []byte
	db := m.store.DB()
	if err := db.QueryRowContext(t.Context(), last, number).Scan(&place, &content); err != nil {
		t.Fatal(err)
	}
	var another bytes.Buffer
	packed := gzip.NewWriter(&another)
	if _, err := packed.Write([]byte("{}\n")); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(t.Context(), `SET session_replication_role = replica`); err != nil { // as a superuser can
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), alter, number, place, append(content, another.Bytes()...)); err != nil { // members of one file of gzip
		t.Fatal(err)
	}
	if _, err := conn.ExecContext(t.Context(), `RESET session_replication_role`); err != nil {
		t.Fatal(err)
	}
}
