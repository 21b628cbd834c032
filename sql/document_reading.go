package sql

import (
	"context"
	"fmt"
	"iter"

	"github.com/lib/pq"

	"jalon/indicators"
)

// documentColumns reads the attachments that were known at changeset $1. A document is as
// far as the figure has come since it was attached; one that came after the publication,
// when nothing is pending, waits as if it were submitted.
const documentColumns = `
	SELECT l.id, encode(d.sha256, 'hex') AS sha256, coalesce(l.name, '') AS name,
	       d.media_type, d.size, l.confidential, l.attached, e.erased, l.period, s.indicator, s.sex AS "breakdown.sex",
	       s.age AS "breakdown.age", s.governorate AS "breakdown.governorate", s.breakdown AS "breakdown.breakdown",
	       NOT EXISTS (SELECT FROM document_link n WHERE n.id = l.id AND n.until IS NULL) AS ended,
	       coalesce((SELECT o.review FROM observation o
	                 WHERE o.series = l.series AND o.period = l.period AND o.review = 3
	                   AND o.since <= $1 AND (o.until IS NULL OR o.until > $1) AND (l.released OR o.since >= l.attached)),
	                (SELECT o.review FROM observation o
	                 WHERE o.series = l.series AND o.period = l.period AND o.review < 3
	                   AND o.since <= $1 AND (o.until IS NULL OR o.until > $1)), 1) AS review
	FROM document_link l
	JOIN document d ON d.id = l.document
	JOIN series s ON s.id = l.series
	CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM erasure e WHERE e.what = 'document' AND e.sha256 = d.sha256) AS erased) e
	WHERE l.since <= $1 AND (l.until IS NULL OR l.until > $1)`

// Documents lists what was attached to the figures of some indicators, as known at a
// changeset, in the order in which it came. Who may have it is for the caller to judge.
func (s *Store) Documents(ctx context.Context, changeset int, of ...string) ([]indicators.Document, error) {
	var all []indicators.Document
	err := s.db.SelectContext(ctx, &all, documentColumns+` AND s.indicator = ANY ($2) ORDER BY l.id`, changeset, pq.Array(of))
	if err != nil {
		return nil, fmt.Errorf("reading the documents of %d indicators: %w", len(of), kind(ctx, err))
	}
	return all, nil
}

// Document is one attachment as known at a changeset, without its content. Who may have
// it is for the caller to judge.
func (s *Store) Document(ctx context.Context, id, changeset int) (indicators.Document, error) {
	var d indicators.Document
	if err := s.db.GetContext(ctx, &d, documentColumns+` AND l.id = $2`, changeset, id); err != nil {
		return d, fmt.Errorf("document %d: %w", id, kind(ctx, err))
	}
	return d, nil
}

// DocumentContent streams the content that has a hash, in pieces. One that ends early was
// erased meanwhile.
func (s *Store) DocumentContent(ctx context.Context, sha256 string) iter.Seq2[[]byte, error] {
	const query = `
		SELECT p.content
		FROM document d
		JOIN document_piece p ON p.document = d.id
		WHERE d.sha256 = decode($1, 'hex') AND p.place = $2 AND p.content IS NOT NULL`

	return func(yield func([]byte, error) bool) {
		for place := 0; ; place++ {
			var pieces [][]byte
			if err := s.db.SelectContext(ctx, &pieces, query, sha256, place); err != nil {
				yield(nil, fmt.Errorf("reading the document %s: %w", sha256, kind(ctx, err)))
				return
			}
			if len(pieces) == 0 || !yield(pieces[0], nil) {
				return
			}
		}
	}
}
