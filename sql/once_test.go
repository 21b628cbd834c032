package sql_test

import (
	"crypto/sha256"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// account is somebody whose requests are kept.
func account(t *testing.T, store *sql.Store) int {
	t.Helper()
	id, err := store.AddAccount(t.Context(), indicators.Account{Email: "a@example.tn", Name: "A", Role: indicators.Administrator, Language: "fr"}, "test")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// named is a request under a name, answered by what is given.
func named(account int, name, request string, answer func(*indicators.Report) (int, []byte, error)) *sql.Once {
	key, asked := sha256.Sum256([]byte(name)), sha256.Sum256([]byte(request))
	return &sql.Once{Account: account, Key: key[:], Request: asked[:], Answer: answer}
}

// Answer and changeset are there together, or neither is.
func TestAnAnswerThatCannotBeKeptUndoesTheChangeset(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), nil)
	broken := errors.New("killed")
	once := named(account(t, store), "k", "r", func(*indicators.Report) (int, []byte, error) { return 0, nil, broken })
	r := sql.Recording{Observations: lines(figure(2020, "5")), Act: indicators.Act{Author: "a", Reason: "r"}, Once: once}
	if _, err := store.Record(t.Context(), r); !errors.Is(err, broken) {
		t.Fatalf("err = %v", err)
	}
	if all, err := store.Changesets(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%d changesets, %v", len(all), err)
	}
	if _, _, err := store.Answered(t.Context(), once); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("there is an answer: %v", err)
	}
	once.Answer = func(report *indicators.Report) (int, []byte, error) { return 200 + report.Changeset, []byte("ja"), nil }
	if _, err := store.Record(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if status, body, err := store.Answered(t.Context(), once); err != nil || status != 202 || string(body) != "ja" {
		t.Errorf("answered %d %s, %v", status, body, err)
	}
	if _, err := store.Record(t.Context(), r); !errors.Is(err, sql.ErrAnswered) {
		t.Errorf("carried out again: %v", err)
	}
}

// What changes nothing is kept, too: asked again after others have changed something, it
// still changes nothing.
func TestAnUnchangedAnswerIsKept(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	once := named(account(t, store), "k", "r", func(*indicators.Report) (int, []byte, error) { return 200, nil, nil })
	r := sql.Recording{Observations: lines(figure(2020, "5")), Act: indicators.Act{Author: "a", Reason: "r"}, Once: once}
	if report, err := store.Record(t.Context(), r); err != nil || !report.Unchanged {
		t.Fatalf("%+v, %v", report, err)
	}
	record(t, store, nil, lines(figure(2020, "6")))
	if _, err := store.Record(t.Context(), r); !errors.Is(err, sql.ErrAnswered) || published(t, store) != "6" {
		t.Errorf("carried out again: %v, %s", err, published(t, store))
	}
}

// Of ten under one name, whatever each brings, one is carried out.
func TestTenRequestsOfOneNameWriteOnce(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), nil)
	id := account(t, store)
	var all sync.WaitGroup
	var written, answered atomic.Int32
	for n := range 10 {
		all.Go(func() {
			value := string(rune('0' + n))
			_, err := store.Record(t.Context(), sql.Recording{
				Observations: lines(figure(2020, value)), Act: indicators.Act{Author: "a", Reason: "r"},
				Once: named(id, "k", value, func(*indicators.Report) (int, []byte, error) { return 201, []byte(value), nil }),
			})
			switch {
			case err == nil:
				written.Add(1)
			case errors.Is(err, sql.ErrAnswered):
				answered.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	all.Wait()
	if written.Load() != 1 || answered.Load() != 9 {
		t.Errorf("%d written, %d answered", written.Load(), answered.Load())
	}
	for n := range 10 {
		value := string(rune('0' + n))
		_, body, err := store.Answered(t.Context(), named(id, "k", value, nil))
		if own := value == published(t, store); own && (err != nil || string(body) != value) || !own && !errors.Is(err, sql.ErrAnotherRequest) {
			t.Errorf("request %s: %s, %v", value, body, err)
		}
	}
}
