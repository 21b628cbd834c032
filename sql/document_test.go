package sql_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

// file is a document to be attached to the figure of A for a year.
func file(year int, name string, content []byte) sql.Attachment {
	sum := sha256.Sum256(content)
	return sql.Attachment{
		Document: indicators.Document{
			FigureKey: the(year), Name: name, MediaType: "application/pdf",
			SHA256: hex.EncodeToString(sum[:]), Size: int64(len(content)),
		},
		Content: bytes.NewReader(content),
		Act:     indicators.Act{Author: "account-7", Role: indicators.Contributor, Reason: "the survey"},
	}
}

// act is one of an administrator.
func act(reason string) indicators.Act {
	return indicators.Act{Author: "account-1", Role: indicators.Administrator, Reason: reason}
}

func attach(t *testing.T, store *sql.Store, a sql.Attachment) indicators.Document {
	t.Helper()
	d, err := store.Attach(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func contentOf(t *testing.T, store *sql.Store, hash string) []byte {
	t.Helper()
	var all []byte
	for piece, err := range store.DocumentContent(t.Context(), hash) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, piece...)
	}
	return all
}

func count(t *testing.T, store *sql.Store, query string) (n int) {
	t.Helper()
	if err := store.DB().QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// documents lists the names of what is attached to A, with how far each has come.
func documents(t *testing.T, store *sql.Store, changeset int) string {
	t.Helper()
	all, err := store.Documents(t.Context(), changeset, "A")
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, d := range all {
		word := d.Period.String() + " " + d.Name + " " + d.Review.String()
		if d.Ended {
			word += " ended"
		}
		words = append(words, word)
	}
	return strings.Join(words, ", ")
}

// random is content of several pieces, the last of which is not full.
func random(seed byte) []byte {
	content := make([]byte, 2<<20+12_345)
	_, _ = rand.NewChaCha8([32]byte{seed}).Read(content)
	return content
}

func TestContentIsKeptOnceAndComesBackAsItWent(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5"), figure(2021, "6")))
	content := random(1)
	a := file(2020, "enquête.pdf", content)
	a.Content = iotest.HalfReader(a.Content) // as a network gives it
	first := attach(t, store, a)
	second := attach(t, store, file(2021, "la même.pdf", content))
	if first.ID == second.ID || second.Attached != first.Attached+1 {
		t.Errorf("attached as %+v and %+v", first, second)
	}
	if !bytes.Equal(contentOf(t, store, first.SHA256), content) {
		t.Error("the content has changed")
	}
	if documents, pieces := count(t, store, `SELECT count(*) FROM document`), count(t, store, `SELECT count(*) FROM document_piece`); documents != 1 || pieces != 3 {
		t.Errorf("%d documents in %d pieces are kept, want 1 in 3", documents, pieces)
	}
	last, err := store.Changesets(t.Context())
	if c := last[len(last)-1]; err != nil || c.Kind != indicators.Attached || c.Author != "account-7" || c.Role != indicators.Contributor || c.Reason != "the survey" {
		t.Errorf("changeset %+v, %v", c, err)
	}
}

func TestNothingIsKeptOfWhatIsRefused(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	attach(t, store, file(2020, "there.pdf", random(2)))
	lying := file(2020, "lying.pdf", random(3))
	lying.SHA256 = strings.Repeat("ab", 32)
	short := file(2020, "short.pdf", random(3))
	short.Size++
	broken := file(2020, "broken.pdf", random(3))
	broken.Content = io.MultiReader(io.LimitReader(broken.Content, 1<<20+5), iotest.ErrReader(errors.New("the line is cut")))
	elsewhere := file(2020, "elsewhere.pdf", random(3))
	elsewhere.Breakdown.Sex = "F"
	for name, tt := range map[string]struct {
		a    sql.Attachment
		want error
	}{
		"another content than announced": {lying, nil},
		"less than announced":            {short, nil},
		"half of it":                     {broken, nil},
		"no such figure":                 {file(2021, "early.pdf", random(3)), indicators.ErrNotFound},
		"no such series":                 {elsewhere, indicators.ErrNotFound},
		"attached already":               {file(2020, "again.pdf", random(2)), indicators.ErrConflict},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := store.Attach(t.Context(), tt.a)
			if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
				t.Errorf("error = %v, want %v", err, tt.want)
			}
			if n := count(t, store, `SELECT count(*) FROM document_piece`); n != 3 {
				t.Errorf("%d pieces are kept, want those 3 of the first", n)
			}
			if n := count(t, store, `SELECT max(number) FROM changeset`); n != 2 {
				t.Errorf("changeset %d, want none", n)
			}
		})
	}
}

func TestTheSameFileFromManyAtOnceIsAttachedOnce(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	var all sync.WaitGroup
	errs := make([]error, 8)
	for n := range errs {
		all.Go(func() { _, errs[n] = store.Attach(t.Context(), file(2020, "same.pdf", random(4))) })
	}
	all.Wait()
	taken := 0
	for _, err := range errs {
		switch {
		case err == nil:
			taken++
		case !errors.Is(err, indicators.ErrConflict):
			t.Errorf("error = %v, want ErrConflict", err)
		}
	}
	if pieces := count(t, store, `SELECT count(*) FROM document_piece`); taken != 1 || pieces != 3 {
		t.Errorf("attached %d times, in %d pieces", taken, pieces)
	}
}

// What is attached to a figure on its way becomes public with it; what comes when it is
// public already waits for the next publication, or for whoever publishes.
func TestADocumentIsPublishedWithItsFigure(t *testing.T) {
	store := sqltest.Open(t)
	pending := figure(2020, "5")
	pending.Review = indicators.Submitted
	record(t, store, programme(), lines(pending)) // 1
	first := attach(t, store, file(2020, "first.pdf", []byte("first")))
	if got := documents(t, store, 2); got != "2020 first.pdf submitted" {
		t.Errorf("before: %s", got)
	}
	record(t, store, nil, lines(figure(2020, "5"))) // 3
	late := attach(t, store, file(2020, "late.pdf", []byte("late")))
	free := file(2020, "free.pdf", []byte("free"))
	free.Released = true
	attach(t, store, free) // 5
	secret := file(2020, "secret.pdf", []byte("secret"))
	secret.Confidential, secret.Released = true, true
	hidden := attach(t, store, secret) // 6
	if got := documents(t, store, 6); got != "2020 first.pdf published, 2020 late.pdf submitted, 2020 free.pdf published, 2020 secret.pdf submitted" {
		t.Errorf("after the publication: %s", got)
	}
	if err := store.Release(t.Context(), late.ID, act("it may"), 0); err != nil { // 7
		t.Fatal(err)
	}
	for id, want := range map[int]error{late.ID: indicators.ErrConflict, hidden.ID: indicators.ErrConflict, 999: indicators.ErrNotFound} {
		if err := store.Release(t.Context(), id, act("again"), 0); !errors.Is(err, want) {
			t.Errorf("releasing %d: %v, want %v", id, err, want)
		}
	}
	if d, err := store.Document(t.Context(), late.ID, 7); err != nil || d.Review != indicators.Published || d.Attached != late.Attached || d.Ended {
		t.Errorf("released: %+v, %v", d, err)
	}
	if err := store.Detach(t.Context(), first.ID, act("wrong year"), 0); err != nil { // 8
		t.Fatal(err)
	}
	if err := store.Detach(t.Context(), first.ID, act("again"), 0); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("detached twice: %v", err)
	}
	if _, err := store.Document(t.Context(), first.ID, 8); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("still attached: %v", err)
	}
	if got := documents(t, store, 6); !strings.HasPrefix(got, "2020 first.pdf published ended, 2020 late.pdf submitted,") {
		t.Errorf("as of before: %s", got)
	}
	record(t, store, nil, lines(figure(2020, "9"))) // 9: published with all that is attached
	if got := documents(t, store, 9); got != "2020 late.pdf published, 2020 free.pdf published, 2020 secret.pdf published" {
		t.Errorf("after the correction: %s", got)
	}
}

func TestALockedPeriodKeepsItsDocuments(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	d := attach(t, store, file(2020, "a.pdf", []byte("a")))
	if _, err := store.Lock(t.Context(), act("closed"), indicators.Year(2020), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Attach(t.Context(), file(2020, "b.pdf", []byte("b"))); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("attached: %v, want ErrConflict", err)
	}
	if err := store.Detach(t.Context(), d.ID, act("r"), 0); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("detached: %v, want ErrConflict", err)
	}
	if err := store.EraseDocument(t.Context(), d.SHA256, act("a person is named"), 0); err != nil {
		t.Errorf("what should never have been entered stays: %v", err)
	}
}

// The database itself keeps documents as they are, from its owner too.
func TestADocumentCannotBeAltered(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	attach(t, store, file(2020, "a.pdf", random(5)))
	detached := attach(t, store, file(2020, "b.pdf", random(6)))
	if err := store.Detach(t.Context(), detached.ID, act("no"), 0); err != nil {
		t.Fatal(err)
	}
	record(t, store, nil, lines(figure(2020, "6"))) // 5
	for _, statement := range []string{
		`UPDATE document SET media_type = 'text/html'`,
		`UPDATE document_piece SET content = '\x00'`,
		`UPDATE document_piece SET content = NULL`,
		`DELETE FROM document_piece`,
		`DELETE FROM document`,
		`TRUNCATE document_piece`,
		`TRUNCATE document CASCADE`,
		`UPDATE document_link SET confidential = true`,
		`UPDATE document_link SET name = NULL`,
		`UPDATE document_link SET name = 'other.pdf', until = 4 WHERE until IS NULL`,
		`UPDATE document_link SET until = NULL`,
		`UPDATE document_link SET until = 5 WHERE until IS NOT NULL`,
		`DELETE FROM document_link`,
		`SELECT erase_document(sha256) FROM document`,
		`INSERT INTO document_link SELECT id, document, series, period, '../' || name, false, false, 1, 1 FROM document_link`,
		`INSERT INTO document_link SELECT id, document, series, period, E'a\r\nb', false, false, 1, 1 FROM document_link`,
	} {
		_, err := store.DB().ExecContext(t.Context(), statement)
		if err == nil || !strings.Contains(err.Error(), "never altered") && !strings.Contains(err.Error(), "only where an erasure") && !strings.Contains(err.Error(), "violates check") {
			t.Errorf("%s: %v", statement, err)
		}
	}
}

// A reader who goes away ends the work of the database.
func TestContentThatNobodyWantsAnyMoreIsNotRead(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	d := attach(t, store, file(2020, "a.pdf", random(7)))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	pieces := 0
	for _, err := range store.DocumentContent(ctx, d.SHA256) {
		if pieces++; pieces == 1 {
			cancel()
		} else if !errors.Is(err, context.Canceled) {
			t.Errorf("error = %v, want that it was cancelled", err)
		}
	}
	if pieces != 2 {
		t.Errorf("%d pieces, want 1 and the error", pieces)
	}
}

// A figure and the files behind it are one changeset: if one file cannot be attached, the
// figure is not written either.
func TestAFigureAndItsFilesAreOneAct(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5")))
	attach(t, store, file(2020, "there.pdf", random(2)))
	enter := func(value string, files ...sql.Attachment) (*indicators.Report, error) {
		return store.Record(t.Context(), sql.Recording{
			Observations: lines(entered(2021, value, indicators.Draft)), Documents: files,
			Act: indicators.Act{Kind: indicators.Drafted, Author: "account-7", Reason: "the survey"}, Seen: 2,
		})
	}
	var fault *indicators.DocumentError
	if _, err := enter("6", file(2021, "new.pdf", random(3)), file(2020, "again.pdf", random(2))); !errors.As(err, &fault) || fault.Figure != the(2020) || !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("error %v", err)
	}
	if _, err := enter("6", file(2022, "early.pdf", random(3))); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("error %v", err)
	}
	if figures, files := count(t, store, `SELECT count(*) FROM observation`), count(t, store, `SELECT count(*) FROM document`); figures != 1 || files != 1 {
		t.Errorf("%d figures and %d files are kept, want 1 and 1", figures, files)
	}
	report, err := enter("6", file(2021, "new.pdf", random(3)), file(2020, "other.pdf", random(4)))
	if err != nil || report.Changeset != 3 {
		t.Fatalf("report %+v, %v", report, err)
	}
	if got := documents(t, store, 3); got != "2020 there.pdf submitted, 2021 new.pdf draft, 2020 other.pdf submitted" {
		t.Errorf("documents: %s", got)
	}
	all, err := store.Beside(t.Context(), 3, []string{"A"}, []indicators.Period{indicators.Year(2020), indicators.Year(2021)})
	if err != nil || len(all) != 2 || all[0].Documents+all[1].Documents != 3 {
		t.Errorf("beside: %+v, %v", all, err)
	}
	if _, err := store.Record(t.Context(), sql.Recording{Documents: []sql.Attachment{file(2021, "alone.pdf", random(5))}, Act: indicators.Act{Kind: indicators.Attached, Author: "account-7"}}); err != nil {
		t.Errorf("a file alone: %v", err)
	}
}
