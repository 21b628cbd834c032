package web

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"net/http"
	"slices"
	"strings"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/locale"
)

// workbookName is the file that holds every table of the workbook.
const workbookName = "workbook.zip"

// workbooks keeps the workbook packed last, so that however many ask for it, it is made
// once for each state; and lets one be made at a time.
type workbooks struct {
	making chan struct{} // held by whoever makes one
	of     workbookKey
	body   []byte
}

// A workbookKey is all that the content of a workbook depends on.
type workbookKey struct{ changeset, withheld int }

func newWorkbooks() *workbooks { return &workbooks{making: make(chan struct{}, 1)} }

// get gives the workbook of a state, from memory or made.
func (k *workbooks) get(ctx context.Context, of workbookKey, make func() ([]byte, error)) ([]byte, error) {
	select {
	case k.making <- struct{}{}:
		defer func() { <-k.making }()
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for the workbook: %w", ctx.Err())
	}
	if k.body != nil && k.of == of {
		return k.body, nil
	}
	body, err := make()
	if err != nil {
		return nil, err
	}
	k.of, k.body = of, body
	return body, nil
}

// dataFile answers with the workbook, or one of its tables, as everybody may have it: what
// is published, but for what is withheld.
func (ps *pages) dataFile(l *locale.Language) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		name := r.PathValue("file")
		tableName, isCSV := strings.CutSuffix(name, ".csv")
		if name != workbookName && !(isCSV && slices.Contains(indicators.Tables(), tableName)) {
			return notFound("page", r.URL.Path)
		}
		v, _, err := ps.publicView(r, l, "as-of")
		if err != nil {
			return err
		}
		if ps.unchanged(w, r, v.p) {
			return nil
		}
		if name == workbookName {
			body, err := ps.workbooks.get(r.Context(), workbookKey{v.p.Newest().Number, v.p.Protection}, func() ([]byte, error) { return ps.packWorkbook(r.Context(), v.p) })
			if err != nil {
				return err
			}
			w.Header().Set("Content-Type", "application/zip")
			ps.handOut(w, r, fmt.Sprintf("jalon-%d.zip", v.p.Newest().Number), body, nil)
			return nil
		}
		var body bytes.Buffer
		if _, err := ps.writeTable(r.Context(), &body, v.p, tableName); err != nil {
			return err
		}
		ps.attachCSV(w, r, name, body.Bytes())
		return nil
	})
}

// valuesFile answers with every published figure of an indicator, parts of the whole too, as
// the workbook's table of observations.
func (ps *pages) valuesFile(l *locale.Language) http.Handler {
	return ps.server.page(func(w http.ResponseWriter, r *http.Request) error {
		v, _, err := ps.publicView(r, l, "as-of")
		if err != nil {
			return err
		}
		code := r.PathValue("code")
		if v.p.Indicator(code) == nil {
			return notFound("indicator", code)
		}
		if ps.unchanged(w, r, v.p) {
			return nil
		}
		var body bytes.Buffer
		if _, err := table.WriteObservations(&body, ps.published(r.Context(), v.p, code)); err != nil {
			return fmt.Errorf("writing the figures of %s: %w", code, err)
		}
		ps.attachCSV(w, r, code+"-observations.csv", body.Bytes())
		return nil
	})
}

// packWorkbook puts all tables that are not empty into an archive.
func (ps *pages) packWorkbook(ctx context.Context, p *indicators.Picture) ([]byte, error) {
	var body bytes.Buffer
	archive := zip.NewWriter(&body)
	for _, name := range indicators.Tables() {
		if name != "observations" && !ps.filled(name, p) {
			continue
		}
		file, err := archive.CreateHeader(&zip.FileHeader{Name: name + ".csv", Method: zip.Deflate, Modified: p.Newest().At})
		if err != nil {
			return nil, fmt.Errorf("packing the table %s: %w", name, err)
		}
		if _, err := ps.writeTable(ctx, file, p, name); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, fmt.Errorf("packing the workbook: %w", err)
	}
	return body.Bytes(), nil
}

// filled tells whether a table of definitions has rows.
func (ps *pages) filled(name string, p *indicators.Picture) bool {
	rows, err := table.WriteTable(io.Discard, name, p.WithRules())
	return err != nil || rows > 0 // an error is told where the table is written
}

func (ps *pages) writeTable(ctx context.Context, w io.Writer, p *indicators.Picture, name string) (rows int, err error) {
	if name == "observations" {
		rows, err = table.WriteObservations(w, ps.published(ctx, p, ""))
	} else {
		rows, err = table.WriteTable(w, name, p.WithRules())
	}
	if err != nil {
		return rows, fmt.Errorf("writing the table %s: %w", name, err)
	}
	return rows, nil
}

// published are the figures of an indicator, or of all, as of the Picture: from the database,
// which alone knows breakdowns, comments and evidence; without one, those in memory.
func (ps *pages) published(ctx context.Context, p *indicators.Picture, indicator string) iter.Seq2[indicators.Observation, error] {
	if ps.server.store == nil {
		return inMemory(p, indicator)
	}
	return func(yield func(indicators.Observation, error) bool) {
		for o, err := range ps.server.store.EachObservationOf(ctx, indicator, p.Newest().Number) {
			if err != nil {
				yield(indicators.Observation{}, err)
				return
			}
			if !yield(*o, nil) {
				return
			}
		}
	}
}

func inMemory(p *indicators.Picture, indicator string) iter.Seq2[indicators.Observation, error] {
	return func(yield func(indicators.Observation, error) bool) {
		for n := range p.Indicators {
			code := p.Indicators[n].Code
			if indicator != "" && indicator != code {
				continue
			}
			for _, f := range p.Figures(code) {
				if !yield(indicators.Observation{Indicator: code, Figure: f, Review: indicators.Published}, nil) {
					return
				}
			}
		}
	}
}

func (ps *pages) attachCSV(w http.ResponseWriter, r *http.Request, name string, body []byte) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8; header=present")
	ps.handOut(w, r, name, body, packOnce(r, body))
}

// handOut sends a file to be kept.
func (ps *pages) handOut(w http.ResponseWriter, r *http.Request, name string, body, packed []byte) {
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	send(w, r, http.StatusOK, body, packed)
}
