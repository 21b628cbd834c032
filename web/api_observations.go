package web

import (
	"fmt"
	"strconv"

	"jalon/indicators"
	"jalon/sql"
)

// listObservations asks Postgres, once: memory holds no breakdowns.
func (s *Server) listObservations(g *reading) (any, error) {
	after := int64(0)
	if g.after != "" {
		var err error
		if after, err = strconv.ParseInt(g.after, 10, 64); err != nil || after < 0 {
			return nil, fmt.Errorf("%w: the cursor is none of the observations: take it from next, or leave it out", indicators.ErrInvalid)
		}
	}
	items, next, err := s.store.Observations(g.r.Context(), sql.ObservationQuery{
		Indicator: g.filter("indicator"), Changeset: g.Newest().Number, After: after, Limit: g.limit,
	})
	if err != nil {
		return nil, err
	}
	if next == 0 {
		return listing{items, nil}, nil
	}
	cursor := cursorOf(g.r.URL.Path, strconv.FormatInt(next, 10))
	return listing{items, &cursor}, nil
}
