package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// lastMonth is the last one that is over, with its number.
func lastMonth() (indicators.Period, string) {
	month := indicators.LastFullMonth(indicators.DateOf(time.Now().In(time.FixedZone("CET", 3600))))
	return month, month.String()
}

// takes takes a snapshot on the pages and waits until it is there.
func (p *person) takes(number, reason string) {
	p.m.t.Helper()
	p.lands("/fr/desk/snapshots", "/fr/desk/snapshots/taking", "month", number[:7], "reason", reason)
	within(p.m.t, 10*time.Second, "the snapshot", func() bool { return p.m.server.takings.last().isOver() })
	answer := p.get("/fr/desk/snapshots/taking")
	expect(p.m.t, answer, http.StatusSeeOther)
	if to := answer.Header.Get("Location"); to != "/fr/desk/snapshots/"+number+"?done=freeze" {
		p.m.t.Fatalf("it leads to %s", to)
	}
}

// publishes presses the button, and then is sure.
func (p *person) publishes(number, reason string) {
	p.m.t.Helper()
	desk := "/fr/desk/snapshots/" + number
	sum := hidden(p.m.t, p.page(desk), "sha256")
	body := expect(p.m.t, p.post(desk, "do", "publish", "sha256", sum), http.StatusOK)
	if !strings.Contains(body, "Oui, publier") {
		p.m.t.Error("nobody asks whether that is meant")
	}
	p.lands(desk, desk+"?done=issue", "do", "publish", "sha256", sum, "sure", "yes", "reason", reason)
	p.m.signedIn("").served("/fr/snapshots", "/fr/?as-of=snapshot%3A"+number)
}

func TestASnapshotFromTakingToPublication(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	public, theme, verifier := m.signedIn(""), m.signedIn("theme1"), m.signedIn("verifier")
	if body := public.page("/fr/snapshots"); !strings.Contains(body, "Aucun arrêté") {
		t.Error("there are none, and the page does not say so")
	}
	expect(t, public.get("/fr/snapshots/latest"), http.StatusNotFound)
	verifier.takes(number, "")
	desk := "/fr/desk/snapshots/" + number
	for name, who := range map[string]*person{"the public": public, "donors": m.signedIn("donor")} {
		if strings.Contains(who.page("/fr/snapshots"), number) {
			t.Errorf("%s are told of what is prepared", name)
		}
	}
	if body := theme.page("/fr/snapshots"); !strings.Contains(body, `href="`+desk+`"`) || strings.Contains(body, "Prendre l’arrêté") {
		t.Error("who writes beside it does not find it, or could take one")
	}
	theme.lands(desk, desk+"?done=word", "do", "text", "kind", "comment", "group", "1", "since", "0", "fr", "Bonne récolte", "ar", "موسم طيّب", "en", "")
	verifier.lands(desk, desk+"?done=word", "do", "text", "kind", "key_message", "group", "", "since", "0", "fr", "Tout avance", "ar", "", "en", "")
	verifier.publishes(number, "")

	answer := public.get("/fr/snapshots/latest")
	if expect(t, answer, http.StatusFound); answer.Header.Get("Location") != "/fr/snapshots/"+number {
		t.Errorf("the latest is %s", answer.Header.Get("Location"))
	}
	body := theme.page(desk)
	if !strings.Contains(body, "Bonne récolte") || strings.Contains(body, "<textarea") {
		t.Error("what is published does not show its texts, or could be changed")
	}
	past := public.page("/fr/?as-of=snapshot%3A" + number)
	if !strings.Contains(past, `<a href="/fr/snapshots/`+number+`">`) || !strings.Contains(past, "Arrêté ") {
		t.Error("no band names the snapshot")
	}
	expect(t, public.get("/fr/?as-of=snapshot%3A1999-01"), http.StatusNotFound)
	expect(t, public.get("/fr/?as-of=snapshot%3Anonsense"), http.StatusBadRequest)
	if feed := public.page("/fr/feed.atom"); !strings.Contains(feed, ":snapshot:"+number+"</id>") || strings.Count(feed, "Arrêté") != 1 {
		t.Errorf("the feed does not tell of it once: %s", feed)
	}
	expect(t, verifier.post(desk, "do", "drop", "reason", "trop tard"), http.StatusConflict)
	expect(t, theme.post(desk, "do", "text", "kind", "risks", "group", "1", "since", "0", "fr", "trop tard"), http.StatusConflict)
}

func TestACorrectionHasAReason(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	verifier := m.signedIn("verifier")
	verifier.takes(number, "")
	verifier.publishes(number, "")
	body := expect(t, verifier.post("/fr/desk/snapshots", "month", number, "reason", ""), http.StatusUnprocessableEntity)
	if !strings.Contains(body, "une correction demande une raison") {
		t.Error("it is not said what is missing")
	}
	verifier.takes(number+"-rev1", "un chiffre était faux")
	desk := "/fr/desk/snapshots/" + number + "-rev1"
	sum := hidden(t, verifier.page(desk), "sha256")
	expect(t, verifier.post(desk, "do", "publish", "sha256", sum, "sure", "yes", "reason", ""), http.StatusUnprocessableEntity)
	verifier.publishes(number+"-rev1", "un chiffre était faux")
	if body := m.signedIn("").page("/fr/snapshots"); !strings.Contains(body, "un chiffre était faux") {
		t.Error("the reason is not told")
	}
}

// Of two who write the same text, the second sees both versions, and nothing typed is lost.
func TestTwoWriteTheSameText(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	first, second := m.signedIn("verifier"), m.signedIn("admin")
	first.takes(number, "")
	desk := "/fr/desk/snapshots/" + number
	text := func(since, words string) []string {
		return []string{"do", "text", "kind", "alert", "group", "", "since", since, "fr", words, "ar", "", "en", ""}
	}
	first.lands(desk, desk+"?done=word", text("0", "la version de l’un")...)
	body := expect(t, second.post(desk, text("0", "celle de l’autre")...), http.StatusConflict)
	if !strings.Contains(body, "la version de l’un") || !strings.Contains(body, ">celle de l’autre</textarea>") {
		t.Error("not both versions are shown")
	}
	at := strings.Index(body, `id="t-alert" open`)
	if at < 0 {
		t.Fatal("the text is not open")
	}
	since := hidden(t, body[at:], "since")
	second.lands(desk, desk+"?done=word", text(since, "celle de l’autre")...)
	if body := first.page(desk); !strings.Contains(body, ">celle de l’autre</textarea>") {
		t.Error("the second version does not stand")
	}
}

func TestWhoWritesWhichText(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	m.signedIn("verifier").takes(number, "")
	desk := "/fr/desk/snapshots/" + number
	for n, tt := range []struct {
		who, kind, group string
		status           int
	}{
		{"theme1", "comment", "1", http.StatusSeeOther}, {"theme1", "risks", "1", http.StatusSeeOther},
		{"theme1", "comment", "2", http.StatusForbidden}, {"theme1", "comment", "", http.StatusForbidden},
		{"theme1", "key_message", "", http.StatusForbidden}, {"theme1", "key_message", "1", http.StatusBadRequest},
		{"auditor", "comment", "1", http.StatusForbidden}, {"donor", "comment", "1", http.StatusForbidden},
		{"admin", "next_steps", "2", http.StatusSeeOther}, {"verifier", "decision", "", http.StatusSeeOther},
		{"verifier", "comment", "no-such-group", http.StatusNotFound}, {"verifier", "poem", "", http.StatusBadRequest},
	} {
		answer := m.signedIn(tt.who).post(desk, "do", "text", "kind", tt.kind, "group", tt.group, "since", "0", "fr", "texte "+strconv.Itoa(n))
		if answer.StatusCode != tt.status {
			t.Errorf("%s writes %s of %q: %d, want %d", tt.who, tt.kind, tt.group, answer.StatusCode, tt.status)
		}
	}
	for _, do := range []string{"drop", "publish"} {
		expect(t, m.signedIn("theme1").post(desk, "do", do, "reason", "r"), http.StatusForbidden)
	}
}

// What was taken again after somebody saw it is not what they publish.
func TestNobodyPublishesWhatTheyHaveNotSeen(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	verifier := m.signedIn("verifier")
	verifier.takes(number, "")
	desk := "/fr/desk/snapshots/" + number
	sum := hidden(t, verifier.page(desk), "sha256")
	record(t, m.store, nil, reported("THREE", "2023", "120"))
	m.signedIn("admin").takes(number, "")
	expect(t, verifier.post(desk, "do", "publish", "sha256", sum, "sure", "yes"), http.StatusConflict)
	expect(t, verifier.post(desk, "do", "drop", "reason", ""), http.StatusUnprocessableEntity)
	verifier.lands(desk, "/fr/snapshots", "do", "drop", "reason", "à refaire")
	expect(t, verifier.get(desk), http.StatusNotFound)
}

// A page shows how far a snapshot is, anew each second, and can stop it: no trace is left.
// Here it waits for another writer.
func TestATakingShowsHowFarItIsAndCanBeStopped(t *testing.T) {
	m := newMinistry(t)
	_, number := lastMonth()
	before := m.newest(t)
	writer, err := m.store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = writer.Rollback() }()
	if _, err := writer.ExecContext(t.Context(), `LOCK TABLE snapshot_month`); err != nil {
		t.Fatal(err)
	}
	verifier := m.signedIn("verifier")
	verifier.lands("/fr/desk/snapshots", "/fr/desk/snapshots/taking", "month", number)
	answer := verifier.get("/fr/desk/snapshots/taking")
	body := expect(t, answer, http.StatusOK)
	if answer.Header.Get("Refresh") != "1" || !strings.Contains(body, "<progress") || !strings.Contains(body, "Lignes écrites") {
		t.Errorf("the page does not go on: %v", answer.Header)
	}
	verifier.lands("/fr/desk/snapshots/taking", "/fr/desk/snapshots/taking")
	answer = verifier.get("/fr/desk/snapshots/taking")
	if body := expect(t, answer, http.StatusOK); !strings.Contains(body, "Le travail a été arrêté") || answer.Header.Get("Refresh") != "" {
		t.Error("it is not said that it was stopped")
	}
	if err := writer.Rollback(); err != nil {
		t.Fatal(err)
	}
	all, err := m.store.Snapshots(t.Context())
	if err != nil || len(all) != 0 || m.newest(t) != before {
		t.Errorf("a trace is left: %+v, %v", all, err)
	}
	verifier.takes(number, "")
	m.server.takings.end()
	expect(t, verifier.post("/fr/desk/snapshots", "month", number), http.StatusConflict)
}

func TestWhoAsksForItIsWrittenTo(t *testing.T) {
	m := newMinistry(t)
	theme := m.signedIn("theme1")
	id := m.accounts["theme1"].ID
	for _, wants := range []bool{true, false} {
		theme.lands("/fr/account", "/fr/account?done=news", "do", "news", "news", map[bool]string{true: "yes"}[wants])
		if got, err := m.store.WantsNews(t.Context(), id); err != nil || got != wants {
			t.Errorf("it is kept as %v, %v", got, err)
		}
		if strings.Contains(theme.page("/fr/account"), `name="news" value="yes" checked`) != wants {
			t.Error("the page shows something else")
		}
	}
}

func TestMailOfAPublication(t *testing.T) {
	office := openPostOffice(t, true)
	d := delivering(t, office.outside())
	for _, language := range []string{"fr", "ar", "en"} {
		if err := d.store.SetNews(t.Context(), d.focalPoint(t, "amel-"+language, language).ID, true); err != nil {
			t.Fatal(err)
		}
	}
	october, _, _ := indicators.ParseSnapshotNumber("2026-10")
	if _, err := d.store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "jalon"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.store.PublishSnapshot(t.Context(), sql.Issuing{Number: "2026-10", Act: indicators.Act{Author: "a@example.org"}}); err != nil {
		t.Fatal(err)
	}
	d.on(t, 8, 6)
	var bodies []string
	for _, mail := range office.received() {
		bodies = append(bodies, shown(t, mail))
	}
	if len(bodies) != 3 {
		t.Fatalf("%d mails", len(bodies))
	}
	goldenText(t, "mail-snapshot.golden.txt", strings.Join(bodies, "\n================\n"))
}

func TestSnapshotsInTheAPI(t *testing.T) {
	m := newMinistry(t)
	month, number := lastMonth()
	public, verifier := m.signedIn(""), m.signedIn("verifier")
	verifier.takes(number, "")
	if body := public.page("/api/v1/snapshots"); body != `{"items":[],"next":null}` {
		t.Errorf("what is prepared is told: %s", body)
	}
	expect(t, public.get("/api/v1/snapshots/"+number), http.StatusNotFound)
	desk := "/fr/desk/snapshots/" + number
	verifier.lands(desk, desk+"?done=word", "do", "text", "kind", "comment", "group", "1", "since", "0", "fr", "Bonne récolte", "ar", "", "en", "")
	verifier.publishes(number, "")
	var one struct {
		Number, State, SHA256 string
		Judged                string
		TakenBy               *string `json:"taken_by"`
		Texts                 []struct {
			Kind, Group string
			Text        map[string]string
		}
	}
	body := public.page("/api/v1/snapshots/" + number)
	if err := json.Unmarshal([]byte(body), &one); err != nil {
		t.Fatal(err)
	}
	if one.Number != number || one.State != "published" || len(one.SHA256) != 64 || one.Judged != month.End().String() || len(one.Texts) != 1 || one.Texts[0].Group != "1" {
		t.Errorf("it is %s", body)
	}
	if strings.Contains(body, "account-") {
		t.Errorf("somebody is named: %s", body)
	}
	if list := public.page("/api/v1/snapshots"); !strings.Contains(list, fmt.Sprintf(`"number":%q`, number)) {
		t.Errorf("the list is %s", list)
	}
	if body := public.page("/api/v1/snapshots/latest"); !strings.Contains(body, fmt.Sprintf(`"number":%q`, number)) {
		t.Errorf("the latest is %s", body)
	}
	if list := public.page("/api/v1/snapshots?as-of=c1"); list != `{"items":[],"next":null}` {
		t.Errorf("before: %s", list)
	}
}
