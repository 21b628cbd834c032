package web

import (
	"context"
	"fmt"
	"net/http"

	"jalon/indicators"
)

// receipts asks the database, once a page, when reports came in. A page that cannot wait
// for it counts by what is published now.
func (ps *pages) receipts(r *http.Request, v *view) func([]string, int) indicators.Receipts {
	return func(codes []string, since int) indicators.Receipts {
		if ps.server.store == nil {
			return indicators.Receipts{}
		}
		ctx, cancel := context.WithTimeout(r.Context(), historyTimeout)
		defer cancel()
		all, err := ps.server.store.Receipts(ctx, codes, since, v.p.Newest().Number)
		if err != nil {
			v.incomplete = true
			ps.server.cfg.Log.WarnContext(r.Context(), "a page is drawn without the times of its reports", "err", err)
		}
		return all.Published()
	}
}

// A groupReporting is how a group reports, as programs are told.
type groupReporting struct {
	Group string `json:"group"`
	indicators.ReportingRate
}

func (s *Server) reportingOfGroup(g *reading) (any, error) {
	group := g.part("code")
	if g.Group(group) == nil {
		return nil, notFound("group", group)
	}
	receipts := indicators.Receipts{}
	if s.store != nil {
		var err error
		codes, since := g.DueOf(group)
		if receipts, err = s.store.Receipts(g.r.Context(), codes, since, g.Newest().Number); err != nil {
			return nil, fmt.Errorf("counting the reports of group %s: %w", group, err)
		}
	}
	return groupReporting{group, g.ReportingRate(group, receipts.Published())}, nil
}
