package web

import (
	"fmt"
	"slices"
	"strconv"

	"jalon/indicators"
	"jalon/sql"
)

// workNeedsToken keeps the public from figures on their way.
func workNeedsToken(g *reading) error {
	if status := g.filter("status"); status != "" && status != indicators.Published.String() && readerOf(g.r) == nil {
		return errNoToken
	}
	return nil
}

// listObservations asks Postgres, once: memory holds no breakdowns. Published figures are
// everybody's; of those on their way a token's account is shown what it may see now, as of
// whatever moment.
func (s *Server) listObservations(g *reading) (any, error) {
	after := int64(0)
	if g.after != "" {
		var err error
		if after, err = strconv.ParseInt(g.after, 10, 64); err != nil || after < 0 {
			return nil, fmt.Errorf("%w: the cursor is none of the observations: take it from next, or leave it out", indicators.ErrInvalid)
		}
	}
	q := sql.ObservationQuery{Indicator: g.filter("indicator"), Changeset: g.Newest().Number, After: after, Limit: g.limit}
	// Who enters, checks or audits figures sees them as they are; what is published is the
	// same for all, lest a program passes on what is withheld.
	if state := slices.Index(indicators.Reviews(), g.filter("status")); state >= 0 && indicators.Review(state) != indicators.Published {
		q.Pending, q.Review = true, indicators.Review(state)
		q.Of = s.live.Picture().ShownTo(readerOf(g.r), q.Review)
		q.True = readerOf(g.r).Knows()
	}
	items, next, err := s.store.Observations(g.r.Context(), q)
	if err != nil {
		return nil, err
	}
	if next == 0 {
		return listing{items, nil}, nil
	}
	cursor := cursorOf(g.r.URL.Path, strconv.FormatInt(next, 10))
	return listing{items, &cursor}, nil
}
