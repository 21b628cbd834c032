package sql_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

func TestNothingIsToldUnlessItIsAskedFor(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	verifier, author := person(t, store, indicators.Verifier, "v"), person(t, store, indicators.Contributor, "c")
	reviewed(t, store, author.By(indicators.Submitting, "r"), indicators.Submitted, figure(2021, "6"))
	reviewed(t, store, verifier.By(indicators.Returned, "r"), indicators.Draft, figure(2021, "6"))
	for _, channel := range []string{sql.Mail, sql.Webhook} {
		if all := outbox(t, store, channel); len(all) > 0 {
			t.Errorf("%s: %+v", channel, all)
		}
	}
}

func TestTheWebhookIsToldOfWhatBecomesPublic(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	record(t, store, telling(), nil)
	author := person(t, store, indicators.Contributor, "c")
	reviewed(t, store, author.By(indicators.Submitting, "not public"), indicators.Submitted, figure(2021, "6"))
	reviewed(t, store, author.By(indicators.Publishing, "\"public\"\r\nnow"), indicators.Published, figure(2021, "6"))
	target := indicators.Target{Indicator: "A", Kind: "target", Period: indicators.Year(2030), Value: indicators.Whole(12), Framework: "plan"}
	record(t, store, &indicators.Workbook{Targets: []indicators.Edit[indicators.Target]{changed(target, func(r *indicators.Target) { r.Value = target.Value })}}, nil)
	group := indicators.Group{Code: "9", Title: indicators.Text{FR: "neuf"}}
	record(t, store, &indicators.Workbook{Groups: []indicators.Edit[indicators.Group]{edit(group)}}, nil)

	type told struct {
		Event, Kind, Role, Reason string
		Number                    int
		At                        time.Time
		Indicators                []string
		Definitions               bool
	}
	var got []string
	seen := map[string]bool{}
	for _, m := range outbox(t, store, sql.Webhook) {
		var e told
		if err := json.Unmarshal(m.Payload, &e); err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d %s %s %s %q %v %v", e.Number, e.Event, e.Kind, e.Role, e.Reason, e.Indicators, e.Definitions))
		if seen[m.Delivery] || m.Delivery == "" || time.Since(e.At) > time.Hour {
			t.Errorf("delivery %q, at %s", m.Delivery, e.At)
		}
		seen[m.Delivery] = true
		if strings.Contains(string(m.Payload), "example.org") || strings.Contains(string(m.Payload), "account-") {
			t.Errorf("somebody is named: %s", m.Payload)
		}
	}
	want := []string{
		`2 changeset import  "test" [] true`, // the settings themselves
		`4 changeset publish contributor "\"public\"\r\nnow" [A] false`,
		`5 changeset import  "test" [A] true`,
		`6 changeset import  "test" [] true`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("told:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestPeopleAreToldWhatWaitsForThem(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, telling(), nil)
	first, second := person(t, store, indicators.Contributor, "first"), person(t, store, indicators.Contributor, "second")
	verifier, gone := person(t, store, indicators.Verifier, "verifier"), person(t, store, indicators.Verifier, "gone")
	gone.Disabled = true
	if err := store.ChangeAccount(t.Context(), gone, "test"); err != nil {
		t.Fatal(err)
	}
	written := func() string {
		var all []string
		for _, m := range outbox(t, store, sql.Mail) {
			var n sql.Notice
			if err := json.Unmarshal(m.Payload, &n); err != nil {
				t.Fatal(err)
			}
			all = append(all, fmt.Sprint(m.Email, " ", m.Kind, " #", n.Changeset, " ", n.Reason, " ", n.Figures, " ", n.More))
		}
		return strings.Join(all, "\n")
	}
	women := figure(2021, "3")
	women.Breakdown.Sex = "F"
	reviewed(t, store, first.By(indicators.Submitting, "voici"), indicators.Submitted, figure(2021, "6"), women, figure(2022, "7"))
	reviewed(t, store, second.By(indicators.Submitting, "et"), indicators.Submitted, figure(2023, "8"))
	if got, want := written(), "verifier@example.tn submitted #2 voici [{A 2021} {A 2022}] 0\nverifier@example.tn submitted #3 et [{A 2023}] 0"; got != want {
		t.Errorf("submitted: got\n%s\nwant\n%s", got, want)
	}
	reviewed(t, store, verifier.By(indicators.Verifying, "vu"), indicators.Verified, figure(2022, "7"))
	if got := written(); got != "" {
		t.Errorf("verified: %s", got)
	}
	// One that was verified comes back to whoever submitted it, too.
	reviewed(t, store, verifier.By(indicators.Returned, "à revoir"), indicators.Draft, figure(2021, "6"), figure(2022, "7"), figure(2023, "8"))
	if got, want := written(), "first@example.tn returned #5 à revoir [{A 2021} {A 2022}] 0\nsecond@example.tn returned #5 à revoir [{A 2023}] 0"; got != want {
		t.Errorf("returned: got\n%s\nwant\n%s", got, want)
	}
	var many []indicators.Observation
	for year := 1950; year < 2002; year++ {
		many = append(many, figure(year, "1"))
	}
	reviewed(t, store, verifier.By(indicators.Submitting, "r"), indicators.Submitted, many...)
	if got := written(); got != "" {
		t.Errorf("who submits is told of it: %s", got)
	}
	reviewed(t, store, first.By(indicators.Returned, "r"), indicators.Draft, many...)
	if got := written(); !strings.HasSuffix(got, "{A 1999}] 2") {
		t.Errorf("many: %s", got)
	}
	// An account that is forgotten before the message leaves has no address any more.
	reviewed(t, store, second.By(indicators.Submitting, "r"), indicators.Submitted, figure(2024, "9"))
	if err := store.DeleteAccount(t.Context(), verifier.ID, "test"); err != nil {
		t.Fatal(err)
	}
	if got := written(); !strings.HasPrefix(got, " submitted #8") {
		t.Errorf("deleted: %s", got)
	}
}

// The steps of review themselves tell: nobody has to think of it.
func TestStepsOfReviewAreTold(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, telling(), nil)
	author, verifier := person(t, store, indicators.Contributor, "c"), person(t, store, indicators.Verifier, "v")
	if err := enter(t, store, &author, 1, entered(2021, "6", indicators.Draft)); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		who  *indicators.Account
		kind indicators.Kind
		want string // whom a mail goes to
	}{
		{&author, indicators.Submitting, "v@example.tn submitted"}, {&verifier, indicators.Returned, "c@example.tn returned"},
		{&author, indicators.Submitting, "v@example.tn submitted"}, {&verifier, indicators.Verifying, ""}, {&verifier, indicators.Publishing, ""},
	} {
		if err := step(t, store, tt.who, tt.kind, "r"); err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, m := range outbox(t, store, sql.Mail) {
			got += string(m.Email) + " " + m.Kind
		}
		if got != tt.want {
			t.Errorf("%s: told %q, want %q", tt.kind, got, tt.want)
		}
	}
	all := outbox(t, store, sql.Webhook)
	if len(all) != 2 || !strings.Contains(string(all[1].Payload), `"kind": "publish"`) || !strings.Contains(string(all[1].Payload), `"role": "verifier"`) {
		t.Errorf("the webhook is told of %d changesets: %+v", len(all), all)
	}
}

// A changeset that is rolled back leaves nothing in the outbox: both are one transaction.
func TestWhatIsRefusedIsNotTold(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, telling(), nil)
	outbox(t, store, sql.Webhook)
	if _, err := store.DB().ExecContext(t.Context(), `
		CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
		CREATE CONSTRAINT TRIGGER no AFTER INSERT ON message DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no()`); err != nil {
		t.Fatal(err)
	}
	act := indicators.Act{Author: "a", Reason: "r"}
	if _, err := store.Record(t.Context(), sql.Recording{Observations: lines(figure(2020, "5")), Act: act}); err == nil {
		t.Fatal("it was recorded")
	}
	if all := outbox(t, store, sql.Webhook); len(all) > 0 {
		t.Errorf("told: %+v", all)
	}
	if all, err := store.Changesets(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d changesets, %v", len(all), err)
	}
}
