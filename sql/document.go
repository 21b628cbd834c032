package sql

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jmoiron/sqlx"

	"jalon/indicators"
)

// documentPiece is how many bytes of a document one row holds: all of it that is ever in
// memory.
const documentPiece = 1 << 20

// An Attachment is a document that is to be attached to a figure, by whom and why.
// Content gives Document.Size bytes with the hash Document.SHA256.
type Attachment struct {
	indicators.Document
	Content io.Reader
	Act     indicators.Act
	// Released lets the public have it at once, the figure being published: whoever
	// attaches may publish.
	Released bool
	Wait     time.Duration
}

// Attach keeps a document and ties it to a figure, as one changeset: all of it, or
// nothing. Content that is there already is not kept twice; what was erased, or is
// attached to the figure already, is refused. The lock is taken only when the content is
// in the database.
func (s *Store) Attach(ctx context.Context, a Attachment) (d indicators.Document, err error) {
	d, a.Act.Kind = a.Document, indicators.Attached
	released := a.Released && !d.Confidential
	a.Act.Effective = released
	err = s.transact(ctx, func(tx *sqlx.Tx) error {
		series, err := seriesOf(ctx, tx, d.Indicator, d.Breakdown)
		if err != nil {
			return err
		}
		document, err := keepDocument(ctx, tx, &a)
		if err != nil {
			return err
		}
		if err := lockWriters(ctx, tx, a.Wait); err != nil {
			return err
		}
		if d.Attached, err = number(ctx, tx, a.Act, time.Time{}); err != nil {
			return err
		}
		if err := tie(ctx, tx, document, series, &d, released); err != nil {
			return err
		}
		return announce(ctx, tx, d.Attached)
	})
	return d, err
}

// tie attaches a document that is kept to a figure, under the lock, if nothing speaks
// against it.
func tie(ctx context.Context, tx *sqlx.Tx, document, series int64, d *indicators.Document, released bool) error {
	const link = `
		INSERT INTO document_link (id, document, series, period, name, confidential, released, attached, since)
		VALUES (nextval('document_link_id'), $1, $2, $3, $4, $5, $6, $7, $7)
		RETURNING id`

	if err := attachable(ctx, tx, document, series, d); err != nil {
		return err
	}
	if err := tx.GetContext(ctx, &d.ID, link, document, series, int64(d.Period), d.Name, d.Confidential, released, d.Attached); err != nil {
		return fmt.Errorf("attaching %s to %s: %w", d.Name, d.Indicator, kind(ctx, err))
	}
	return nil
}

// seriesOf is the number of a series that has been reported.
func seriesOf(ctx context.Context, tx *sqlx.Tx, indicator string, b indicators.Breakdown) (id int64, err error) {
	const query = `
		SELECT id
		FROM series
		WHERE indicator = $1 AND sex = $2 AND age = $3 AND governorate = $4 AND breakdown = $5`

	err = kind(ctx, tx.GetContext(ctx, &id, query, indicator, b.Sex, b.Age, b.Governorate, b.Other))
	if errors.Is(err, indicators.ErrNotFound) {
		return 0, fmt.Errorf("%w: nothing has been reported of %s %s: enter the figure first", indicators.ErrNotFound, indicator, b.Key())
	} else if err != nil {
		return 0, fmt.Errorf("looking for the series of %s: %w", indicator, err)
	}
	return id, nil
}

// keepDocument is the number of the content, which is written unless it is there. Of two
// who bring the same at once, one waits for the other.
func keepDocument(ctx context.Context, tx *sqlx.Tx, a *Attachment) (id int64, err error) {
	const insert = `
		INSERT INTO document (sha256, media_type, size)
		VALUES (decode($1, 'hex'), $2, $3)
		ON CONFLICT (sha256) DO NOTHING
		RETURNING id`

	const known = `
		SELECT id
		FROM document
		WHERE sha256 = decode($1, 'hex')`

	err = kind(ctx, tx.GetContext(ctx, &id, insert, a.SHA256, a.MediaType, a.Size))
	switch {
	case errors.Is(err, indicators.ErrNotFound):
		if err := tx.GetContext(ctx, &id, known, a.SHA256); err != nil {
			return 0, fmt.Errorf("looking for the document %s: %w", a.Name, kind(ctx, err))
		}
		return id, nil
	case err != nil:
		return 0, fmt.Errorf("keeping the document %s: %w", a.Name, err)
	}
	return id, writePieces(ctx, tx, id, a)
}

// writePieces streams the content into rows, and insists that it is what was announced.
func writePieces(ctx context.Context, tx *sqlx.Tx, document int64, a *Attachment) error {
	const insert = `
		INSERT INTO document_piece (document, place, content)
		VALUES ($1, $2, $3)`

	if again, ok := a.Content.(io.Seeker); ok { // read before, by an attempt that others have overtaken
		if _, err := again.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("reading the document %s: %w", a.Name, err)
		}
	}
	sum, size, piece := sha256.New(), int64(0), make([]byte, documentPiece)
	for place := 0; ; place++ {
		n, err := io.ReadFull(a.Content, piece)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("reading the document %s: %w", a.Name, err)
		}
		if n > 0 {
			sum.Write(piece[:n])
			size += int64(n)
			if _, err := tx.ExecContext(ctx, insert, document, place, piece[:n]); err != nil {
				return fmt.Errorf("keeping the document %s: %w", a.Name, kind(ctx, err))
			}
		}
		if err != nil {
			break
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != a.SHA256 || size != a.Size {
		return fmt.Errorf("keeping the document %s: %d bytes with the SHA-256 %s came, %d with %s were announced", a.Name, size, got, a.Size, a.SHA256)
	}
	return nil
}

// attachable refuses, under the lock, a figure that is not there, and a document that is
// there already, should not come back or comes when the period is locked.
func attachable(ctx context.Context, tx *sqlx.Tx, document, series int64, d *indicators.Document) error {
	const query = `
		SELECT EXISTS (SELECT FROM observation WHERE series = $1 AND period = $2 AND until IS NULL) AS there,
		       EXISTS (SELECT FROM document_link WHERE series = $1 AND period = $2 AND document = $3 AND until IS NULL) AS attached,
		       EXISTS (SELECT FROM erasure e JOIN document d ON d.sha256 = e.sha256
		               WHERE e.what = 'document' AND d.id = $3) AS erased,
		       EXISTS (SELECT ` + lockedPeriod + `) AS locked
		FROM (SELECT $2::int AS period) p`

	var figure struct{ There, Attached, Erased, Locked bool }
	if err := tx.GetContext(ctx, &figure, query, series, int64(d.Period), document); err != nil {
		return fmt.Errorf("looking for the figure of %s for %s: %w", d.Indicator, d.Period, kind(ctx, err))
	}
	switch {
	case !figure.There:
		return fmt.Errorf("%w: there is no figure of %s for %s: enter it first", indicators.ErrNotFound, d.Indicator, d.Period)
	case figure.Locked:
		return fmt.Errorf("%w: the period %s is locked: have it unlocked first", indicators.ErrConflict, d.Period)
	case figure.Erased:
		return fmt.Errorf("%w: %w", indicators.ErrConflict, &indicators.DocumentError{Fault: indicators.FileErased, Name: d.Name, Figure: d.FigureKey})
	case figure.Attached:
		return fmt.Errorf("%w: %w", indicators.ErrConflict, &indicators.DocumentError{Fault: indicators.FileThere, Name: d.Name, Figure: d.FigureKey})
	}
	return nil
}

// keep brings the contents of the documents into the database, before the lock is taken.
func (rec *recording) keep(ctx context.Context) error {
	rec.kept = make([]int64, len(rec.Documents))
	for n := range rec.Documents {
		var err error
		if rec.kept[n], err = keepDocument(ctx, rec.tx, &rec.Documents[n]); err != nil {
			return err
		}
	}
	return nil
}

// attach ties the documents to their figures, which are written by now.
func (rec *recording) attach(ctx context.Context, changeset int) error {
	for n := range rec.Documents {
		d := rec.Documents[n].Document
		d.Attached = changeset
		series, err := seriesOf(ctx, rec.tx, d.Indicator, d.Breakdown)
		if err != nil {
			return err
		}
		if err := tie(ctx, rec.tx, rec.kept[n], series, &d, false); err != nil {
			return err
		}
	}
	return nil
}
