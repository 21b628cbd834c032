package web

import (
	"fmt"
	"net/http"
	"time"

	"jalon/indicators"
)

// healthz tells that the process answers, whatever the database does: it is no
// reason to restart it.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	return writeJSON(w, map[string]string{"status": "ok"})
}

// readiness is what the server can answer from. A lost database does not make it
// unready: pages and figures are served from memory, as of LostSince.
type readiness struct {
	Status    string          `json:"status"` // ready, or degraded without the database
	Changeset int             `json:"changeset"`
	Day       indicators.Date `json:"day"`
	LostSince *time.Time      `json:"database_lost_since"`
}

// readyz answers 503 until the first Dataset is loaded.
func (s *Server) readyz(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Cache-Control", "no-store")
	lost, p := s.live.LostSince(), s.live.Picture()
	switch {
	case p == nil && !lost.IsZero():
		return fmt.Errorf("%w: the database has not answered since %s", errStarting, lost.UTC().Format(time.RFC3339))
	case p == nil:
		return errStarting
	}
	state := readiness{Status: "ready", Changeset: p.Newest().Number, Day: p.Day}
	if !lost.IsZero() {
		lost = lost.UTC()
		state.Status, state.LostSince = "degraded", &lost
	}
	return writeJSON(w, state)
}
