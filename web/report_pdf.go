package web

import (
	"net/http"

	"jalon/locale"
)

func (ps *pages) reportPDF(w http.ResponseWriter, r *http.Request, l *locale.Language) error { return nil }

func (ps *pages) reportAnnexes(w http.ResponseWriter, r *http.Request, l *locale.Language) error {
	return nil
}
