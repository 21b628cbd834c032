package web

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jalon/indicators"
	"jalon/locale"
)

// trailHeading names the columns of the audit trail.
func trailHeading() []string {
	return []string{
		"at", "recorded", "changeset", "act", "role", "author", "name", "email", "reason", "public",
		"definitions", "figures_begun", "figures_ended", "account",
	}
}

// trail streams the audit trail as CSV (RFC 4180) to those who may read it: every changeset
// with how much it did, and what happened to accounts.
func (ps *pages) trail(l *locale.Language) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		params, err := pageQuery(r, "as-of")
		if err != nil {
			return err
		}
		if sent, err := ps.turnedAway(w, r, l, indicators.ReadTrail); sent || err != nil {
			return err
		}
		p, err := ps.server.pictureFor(r, params)
		if err != nil {
			return err
		}
		header := w.Header()
		header.Set("Content-Type", "text/csv; charset=utf-8; header=present")
		header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="jalon-audit-%d.csv"`, p.Newest().Number))
		header.Set("Cache-Control", "private, no-store")
		rows := csv.NewWriter(w)
		rows.UseCRLF = true
		begun := false
		for trace, err := range ps.server.store.EachTrace(r.Context(), p.Newest().Number) {
			if err == nil && !begun {
				begun, err = true, rows.Write(trailHeading())
			}
			if err == nil {
				err = rows.Write(traceCells(trace))
			}
			switch {
			case err != nil && !begun:
				return err
			case err != nil: // half a trail must not look whole
				ps.server.cfg.Log.ErrorContext(r.Context(), "the audit trail was cut off", "id", requestID(r), "err", err)
				panic(http.ErrAbortHandler)
			}
		}
		rows.Flush()
		return nil
	})
}

// traceCells is a line of the trail. What people wrote is no formula, whatever program
// opens the file.
func traceCells(t *indicators.Trace) []string {
	number := func(n int) string {
		if t.Number == 0 {
			return ""
		}
		return strconv.Itoa(n)
	}
	recorded, account, public := "", "", "no"
	if t.Recorded != nil {
		recorded = t.Recorded.UTC().Format(time.RFC3339)
	}
	if t.Account > 0 {
		account = fmt.Sprintf("account-%d", t.Account)
	}
	if t.Public {
		public = "yes"
	}
	cells := []string{
		t.At.UTC().Format(time.RFC3339Nano), recorded, number(t.Number), t.Kind, string(t.Role), t.Author, t.Name, string(t.Email), t.Reason, public,
		number(t.Definitions), number(t.Begun), number(t.Ended), account,
	}
	for n := range cells {
		cells[n] = harmless(cells[n])
	}
	return cells
}

// harmless puts an apostrophe before what a spreadsheet would take for a formula, as OWASP
// advises.
func harmless(cell string) string {
	if strings.HasPrefix(strings.TrimLeft(cell, " "), "=") || cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
