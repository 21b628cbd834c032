package sql_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// That a snapshot is published is told with the publication, once, and only to those who
// asked for it.
func TestAPublicationIsTold(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	record(t, store, telling(), nil)
	wants, does := person(t, store, indicators.Verifier, "v"), person(t, store, indicators.Auditor, "d")
	person(t, store, indicators.Auditor, "silent")
	for _, a := range []indicators.Account{wants, does} {
		if err := store.SetNews(t.Context(), a.ID, true); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.SetNews(t.Context(), does.ID, false); err != nil {
		t.Fatal(err)
	}
	if on, err := store.WantsNews(t.Context(), wants.ID); err != nil || !on {
		t.Errorf("who asked for it: %v, %v", on, err)
	}
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, By: "jalon"}); err != nil {
		t.Fatal(err)
	}
	outbox(t, store, sql.Webhook) // what was told before
	snap, err := store.PublishSnapshot(t.Context(), sql.Issuing{Number: "2026-10", Act: wants.By(indicators.Issued, "")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.PublishSnapshot(t.Context(), sql.Issuing{Number: "2026-10", Act: wants.By(indicators.Issued, "")}); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("published again: %v", err)
	}
	calls, mails := outbox(t, store, sql.Webhook), outbox(t, store, sql.Mail)
	if len(calls) != 1 || len(mails) != 1 || mails[0].Email != wants.Email || mails[0].Kind != "snapshot" {
		t.Fatalf("told are %d by the webhook, by mail %+v", len(calls), mails)
	}
	var e struct{ Event, Number, SHA256, Chain string }
	last := calls[0]
	if err := json.Unmarshal(last.Payload, &e); err != nil || e.Event != "snapshot" || e.Number != "2026-10" || e.SHA256 != snap.SHA256 || e.Chain != string(snap.Chain) {
		t.Errorf("told is %s, %v", last.Payload, err)
	}
	if strings.Contains(string(last.Payload), "account-") || strings.Contains(string(last.Payload), "example.org") {
		t.Errorf("somebody is named: %s", last.Payload)
	}
}

func TestAPublicationIsNotToldUnasked(t *testing.T) {
	store := issued(t)
	for _, channel := range []string{sql.Mail, sql.Webhook} {
		if all := outbox(t, store, channel); len(all) > 0 {
			t.Errorf("%s: %+v", channel, all)
		}
	}
}
