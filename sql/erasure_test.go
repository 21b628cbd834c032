package sql_test

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql"
	"jalon/sql/sqltest"
)

const secret = "Mme X., 12 rue Y: <b>téléphone</b> & « 55 123 456 »"

// commented is a programme whose figure of 2020 had the comment in two versions of three,
// and that of 2021 the same words.
func commented(t *testing.T) *sql.Store {
	t.Helper()
	store := sqltest.Open(t)
	with := func(year int, value, comment string) indicators.Observation {
		o := figure(year, value)
		o.Comment = indicators.Optional(comment)
		return o
	}
	record(t, store, programme(), lines(with(2020, "5", secret), with(2021, "5", secret)))
	record(t, store, nil, lines(with(2020, "6", secret)))
	record(t, store, nil, lines(with(2020, "6", "corrected")))
	return store
}

func the(year int) indicators.FigureKey {
	return indicators.FigureKey{Indicator: "A", Period: indicators.Year(year)}
}

// takeInFormat freezes a month as an earlier jalon did.
func takeInFormat(t *testing.T, store *sql.Store, format int, month indicators.Period, changeset int) {
	t.Helper()
	ds, err := store.Dataset(t.Context(), changeset)
	if err != nil {
		t.Fatal(err)
	}
	snap := indicators.Snapshot{
		Number: month.String(), Judged: month.End(), Format: format, Changeset: changeset,
		TakenBy: "a@example.org", TakenAt: time.Date(2026, 11, 2, 8, 0, 0, 0, time.UTC),
	}
	var text, zipped bytes.Buffer
	for line, err := range indicators.Freeze(ds.On(snap.Judged), snap, store.EachObservation(t.Context(), changeset)) {
		if err != nil {
			t.Fatal(err)
		}
		text.Write(line)
		snap.Lines++
	}
	zip := gzip.NewWriter(&zipped)
	_, _ = zip.Write(text.Bytes())
	_ = zip.Close()
	sum := sha256.Sum256(text.Bytes())
	const header = `
		INSERT INTO snapshot (number, changeset, judged, format, taken_at, taken_by, sha256, lines)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

	tx, err := store.DB().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	_, first := tx.ExecContext(t.Context(), `INSERT INTO snapshot_piece VALUES ($1, 0, $2)`, snap.Number, zipped.Bytes())
	_, second := tx.ExecContext(t.Context(), header, snap.Number, snap.Changeset, snap.Judged, snap.Format, snap.TakenAt, snap.TakenBy, sum[:], snap.Lines)
	if err := errors.Join(first, second, tx.Commit()); err != nil {
		t.Fatal(err)
	}
}

// storedLines is the text of a snapshot as it is kept.
func storedLines(t *testing.T, store *sql.Store, number string) string {
	t.Helper()
	var all strings.Builder
	for line, err := range store.SnapshotLines(t.Context(), number) {
		if err != nil {
			t.Fatal(err)
		}
		all.Write(line)
	}
	return all.String()
}

func TestAnErasedCommentIsGoneAndSnapshotsStillVerify(t *testing.T) {
	store := commented(t)
	takeInFormat(t, store, 1, 202608001, 2)
	takeInFormat(t, store, 2, 202609001, 2)
	if _, err := store.TakeSnapshot(t.Context(), sql.Taking{Month: october, Changeset: 2, By: "a@example.org"}); err != nil {
		t.Fatal(err)
	}
	if text := storedLines(t, store, "2026-10"); strings.Contains(text, "téléphone") || !strings.Contains(text, `"comment_sha256":"`+indicators.HashOf(secret)) {
		t.Errorf("a new snapshot holds the words, or not their hash: %s", text)
	}
	if err := store.EraseComment(t.Context(), the(2020), indicators.HashOf(secret), act("a person is named"), 0); err != nil {
		t.Fatal(err)
	}
	for changeset, want := range map[int]string{1: "2020 erased, 2021 " + secret, 2: "2020 erased, 2021 " + secret, 3: "2020 corrected, 2021 " + secret, 4: "2020 corrected, 2021 " + secret} {
		if got := commentsAt(t, store, changeset); got != want {
			t.Errorf("as of %d: %s, want %s", changeset, got, want)
		}
	}
	for number, erased := range map[string]int{"2026-08": 1, "2026-09": 1, "2026-10": 0} {
		v, err := store.VerifySnapshot(t.Context(), number)
		if err != nil || !v.Equal || v.Erased != erased {
			t.Errorf("%s: %+v, %v; want equal with %d erased", number, v, err, erased)
		}
		snap, err := store.Snapshot(t.Context(), number)
		if err != nil {
			t.Fatal(err)
		}
		if tells, err := store.SnapshotTells(t.Context(), &snap); err != nil || tells != (erased > 0) {
			t.Errorf("%s tells of what was erased: %v, %v", number, tells, err)
		}
	}
	all, err := store.Changesets(t.Context())
	if c := all[len(all)-1]; err != nil || c.Kind != indicators.Erased || c.Reason != "a person is named" || c.Role != indicators.Administrator {
		t.Errorf("changeset %+v, %v", c, err)
	}
	comments, err := store.Comments(t.Context(), the(2020))
	if err != nil || len(comments) != 2 || comments[0] != (sql.Comment{SHA256: indicators.HashOf(secret), Versions: 2, Since: 1}) || comments[1].Text != "corrected" {
		t.Errorf("comments %+v, %v", comments, err)
	}
}

func commentsAt(t *testing.T, store *sql.Store, changeset int) string {
	t.Helper()
	var words []string
	for o, err := range store.EachObservation(t.Context(), changeset) {
		if err != nil {
			t.Fatal(err)
		}
		word := string(o.Comment)
		if string(o.Erased) == indicators.HashOf(secret) {
			word += "erased"
		}
		words = append(words, o.Period.String()+" "+word)
	}
	slices.Sort(words)
	return strings.Join(words, ", ")
}

// Nobody passes a line off as one whose comment was erased: text and hash must agree, and
// everything else.
func TestVerifyStillNamesWhatWasAlteredAfterAnErasure(t *testing.T) {
	for name, alter := range map[string]string{
		"the hash":         `UPDATE observation SET comment_sha256 = decode(repeat('ab', 32), 'hex') WHERE comment_sha256 IS NOT NULL`,
		"the value":        `UPDATE observation SET value = 99 WHERE comment_sha256 IS NOT NULL`,
		"another comment":  `UPDATE observation SET comment = 'other' WHERE comment IS NOT NULL`,
		"a second erasure": `UPDATE observation SET comment = NULL WHERE comment IS NOT NULL`,
	} {
		t.Run(name, func(t *testing.T) {
			store := commented(t)
			takeInFormat(t, store, 2, 202609001, 2)
			if err := store.EraseComment(t.Context(), the(2020), indicators.HashOf(secret), act("r"), 0); err != nil {
				t.Fatal(err)
			}
			if _, err := store.DB().ExecContext(t.Context(), `SET session_replication_role = replica; `+alter+`; RESET session_replication_role`); err != nil {
				t.Fatal(err)
			}
			if v, err := store.VerifySnapshot(t.Context(), "2026-09"); err != nil || v.Equal {
				t.Errorf("verification = %+v, %v", v, err)
			}
		})
	}
}

func TestAnErasedCommentDoesNotComeBack(t *testing.T) {
	store := commented(t)
	hash := indicators.HashOf(secret)
	if err := store.EraseComment(t.Context(), the(2020), hash, act("r"), 0); err != nil {
		t.Fatal(err)
	}
	if err := store.EraseComment(t.Context(), the(2020), hash, act("again"), 0); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("erased twice: %v", err)
	}
	if err := store.EraseComment(t.Context(), the(2020), strings.Repeat("ab", 32), act("none"), 0); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("what there is not: %v", err)
	}
	old := figure(2020, "7")
	old.Comment = secret
	report, err := store.Record(t.Context(), sql.Recording{Observations: lines(old), Act: act("an old file")})
	if !errors.Is(err, indicators.ErrInvalid) || len(report.Problems) != 1 || !strings.Contains(report.Problems[0].Message.String(), "erased by an administrator") {
		t.Errorf("brought back: %v, %+v", err, report.Problems)
	}
	other := figure(2021, "7")
	other.Comment = secret // of a figure from which it was not erased
	record(t, store, nil, lines(other))
	if n := count(t, store, `SELECT max(number) FROM changeset`); n != 5 {
		t.Errorf("changeset %d, want 5: what was refused has none", n)
	}
}

func TestAnErasedDocumentIsGoneWhereverItWasAttached(t *testing.T) {
	store := sqltest.Open(t)
	record(t, store, programme(), lines(figure(2020, "5"), figure(2021, "6")))
	first := attach(t, store, file(2020, "Mme X.pdf", random(1)))
	attach(t, store, file(2021, "Mme X.pdf", random(1)))
	other := attach(t, store, file(2020, "other.pdf", random(2)))
	if err := store.EraseDocument(t.Context(), first.SHA256, act("a person is named"), 0); err != nil {
		t.Fatal(err)
	}
	if got := contentOf(t, store, first.SHA256); len(got) > 0 {
		t.Errorf("%d bytes are left", len(got))
	}
	if !bytes.Equal(contentOf(t, store, other.SHA256), random(2)) {
		t.Error("another document is gone, too")
	}
	all, err := store.Documents(t.Context(), 5, "A")
	if err != nil || len(all) != 3 {
		t.Fatalf("documents %+v, %v", all, err)
	}
	for _, d := range all {
		if gone := d.SHA256 == first.SHA256; d.Erased != gone || gone && (d.Name != "" || d.Size != int64(len(random(1)))) {
			t.Errorf("document %+v", d)
		}
	}
	if err := store.EraseDocument(t.Context(), first.SHA256, act("again"), 0); !errors.Is(err, indicators.ErrNotFound) {
		t.Errorf("erased twice: %v", err)
	}
	if _, err := store.Attach(t.Context(), file(2021, "again.pdf", random(1))); !errors.Is(err, indicators.ErrConflict) {
		t.Errorf("brought back: %v", err)
	}
}

// Whatever is no erasure the database refuses, from its owner too; and an erasure, once
// named, lets nothing else through.
func TestTheDatabaseErasesOnlyWhatAnErasureNames(t *testing.T) {
	const (
		hash   = `sha256(convert_to(comment, 'UTF8'))`
		named  = `INSERT INTO erasure SELECT 4, 'comment', ` + hash + `, series, period FROM observation WHERE period = 202001012 AND since = 1; `
		erased = `UPDATE observation SET comment = NULL, comment_sha256 = ` + hash
	)
	for statement, says := range map[string]string{
		erased:                                  "only where an erasure",
		`UPDATE observation SET comment = NULL`: "only where an erasure",
		`UPDATE observation SET comment = 'other'`:                                          "only where an erasure",
		`UPDATE observation SET comment_sha256 = ` + hash:                                   "violates check",
		`UPDATE observation SET value = value`:                                              "never altered",
		`SELECT erase_comment(1, 202001012, ` + hash + `) FROM observation WHERE since = 1`: "only where an erasure",
		named + erased: "only where an erasure", // of 2021, too
		named + `UPDATE observation SET comment = NULL, comment_sha256 = decode(repeat('ab', 32), 'hex') WHERE since = 1`:                       "only where an erasure",
		named + erased + `, value = 99 WHERE period = 202001012 AND since < 3`:                                                                  "never altered",
		named + erased + `, until = 4 WHERE period = 202001012 AND since < 3`:                                                                   "never altered",
		named + erased + ` WHERE period = 202001012 AND since = 3`:                                                                              "only where an erasure", // another text
		named + erased + ` WHERE period = 202001012 AND since < 3; UPDATE observation SET comment_sha256 = NULL WHERE since = 1`:                "never altered",
		named + erased + ` WHERE period = 202001012 AND since < 3; UPDATE observation SET comment = 'x', comment_sha256 = NULL WHERE since = 1`: "only where an erasure",
		named + `DELETE FROM erasure`:                                     "never altered",
		named + `UPDATE erasure SET period = 202101012`:                   "never altered",
		named + `TRUNCATE erasure`:                                        "never altered",
		named + `DELETE FROM observation WHERE since = 1`:                 "never altered",
		`INSERT INTO erasure VALUES (4, 'comment', '\x00', 1, 202001012)`: "violates check",
	} {
		t.Run(statement, func(t *testing.T) {
			store := commented(t)
			const four = `INSERT INTO changeset (number, at, author, reason) VALUES (4, now() + interval '1 minute', 'a', 'r'); `
			if _, err := store.DB().ExecContext(t.Context(), four+statement); err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("error = %v, want %q", err, says)
			}
		})
	}
}

// Who serves the programme erases without being able to alter anything.
func TestTheApplicationErasesByNameOnly(t *testing.T) {
	store := commented(t)
	attach(t, store, file(2020, "a.pdf", random(1)))
	const (
		become = `CREATE ROLE jalon_test_eraser; SELECT grant_use('jalon_test_eraser'); SET LOCAL ROLE jalon_test_eraser; `
		begin  = `INSERT INTO changeset (number, at, author, reason) VALUES (5, now() + interval '1 minute', 'a', 'r'), (6, now() + interval '2 minutes', 'a', 'r'); `
		name   = `INSERT INTO erasure SELECT 5, 'comment', sha256(convert_to(comment, 'UTF8')), series, period FROM observation WHERE since = 2;
		          INSERT INTO erasure SELECT 6, 'document', sha256 FROM document; `
	)
	for statement, refused := range map[string]bool{
		name + `SELECT erase_comment(series, period, sha256) FROM erasure WHERE what = 'comment'`:            false,
		name + `SELECT erase_document(sha256) FROM erasure WHERE what = 'document'`:                          false,
		name + `UPDATE document_piece SET content = NULL`:                                                    true,
		name + `UPDATE observation SET comment = NULL, comment_sha256 = sha256(convert_to(comment, 'UTF8'))`: true,
		`ALTER TABLE document_piece DISABLE TRIGGER ALL`:                                                     true,
		`ALTER FUNCTION keep_document() RENAME TO none`:                                                      true,
	} {
		t.Run(statement, func(t *testing.T) {
			tx, err := store.DB().BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback() }() // and with it the role
			if _, err := tx.ExecContext(t.Context(), become+begin); err != nil {
				t.Fatal(err)
			}
			_, err = tx.ExecContext(t.Context(), statement)
			if refused != (err != nil) || refused && !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be owner") {
				t.Errorf("error = %v, refused should be %v", err, refused)
			}
		})
	}
}
