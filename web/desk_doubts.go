package web

import (
	"errors"
	"net/http"
	"slices"

	"jalon/indicators"
	"jalon/sql"
)

// blocking are the severe findings, accepted by nobody, that figures would bring if they
// were published.
func (ps *pages) blocking(v *view, r *http.Request, chosen []indicators.Work) ([]indicators.Finding, error) {
	figures := make([]indicators.Observation, len(chosen))
	for n := range chosen {
		figures[n] = chosen[n].Observation
	}
	return ps.server.store.Blocking(r.Context(), figures, v.p.Day)
}

// doubts are these findings as the page that asks for confirmation lists them.
func (ps *pages) doubts(v *view, r *http.Request, chosen []indicators.Work) ([]findingRow, error) {
	findings, err := ps.blocking(v, r, chosen)
	if err != nil {
		return nil, err
	}
	var rows []findingRow
	for n := range findings {
		rows = append(rows, v.findingRow(doubted{Finding: &findings[n]}, true))
	}
	return rows, nil
}

// acceptDoubts accepts, before a publication, the findings that stood on the page of
// confirmation, if a reason is given. Others that have come since are not meant.
func (ps *pages) acceptDoubts(v *view, r *http.Request, step indicators.Step, figures []sql.Seen, reason string) error {
	if step.Kind != indicators.Publishing || reason == "" || !v.reader.Has(indicators.Accept) {
		return nil
	}
	chosen, _, err := ps.chosen(v, r, step.Kind, figures)
	if err != nil {
		return err
	}
	findings, err := ps.blocking(v, r, chosen)
	if err != nil {
		return err
	}
	findings = slices.DeleteFunc(findings, func(f indicators.Finding) bool { return !slices.Contains(r.PostForm["finding"], f.Mark) })
	if len(findings) == 0 {
		return nil
	}
	_, err = ps.server.store.AcceptFindings(r.Context(), v.reader.By(indicators.Accepted, reason), ps.server.cfg.WriteWait, findings...)
	if errors.Is(err, indicators.ErrConflict) { // somebody else was quicker: what still stands, the step will tell
		return nil
	}
	return err
}
