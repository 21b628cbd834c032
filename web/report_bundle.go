package web

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"jalon/exchange/bundle"
	"jalon/indicators"
	"jalon/locale"
	"jalon/sql"
)

// bundleFile is the file that proves a snapshot without a database.
const bundleFile = "bundle.zip"

// BundleOf is what proves a snapshot without a database, ready to be written. Progress is told
// now and then how many of the lines are written; nil: nobody asks.
func BundleOf(ctx context.Context, store *sql.Store, snap indicators.Snapshot, progress func(done, all int64)) (b bundle.Bundle, err error) {
	b.Snapshot = snap
	if b.Texts, err = store.SnapshotTexts(ctx, snap.Number); err != nil {
		return b, err
	}
	if b.Chain, err = store.Chain(ctx, snap.Number); err != nil {
		return b, err
	}
	b.Lines = func(yield func([]byte, error) bool) {
		var done int64
		for line, err := range store.SnapshotLines(ctx, snap.Number) {
			if done++; done%1000 == 0 && progress != nil {
				progress(done, int64(snap.Lines))
			}
			if !yield(line, err) {
				return
			}
		}
	}
	return b, nil
}

// reportBundle sends the bundle of a snapshot while it is made: the same bytes that the command
// line exports. The lines stay as they were frozen, so what has to be withheld since then is not
// left out of them: such a bundle is for those only who publish.
func (ps *pages) reportBundle(w http.ResponseWriter, r *http.Request, l *locale.Language) error {
	if _, err := pageQuery(r); err != nil {
		return err
	}
	number, publishes := r.PathValue("number"), readerOf(r).Has(indicators.Publish)
	snap, err := ps.server.snapshot(r.Context(), number)
	switch {
	case err != nil:
		return err
	case !snap.IsPublished() && !publishes, ps.server.store == nil:
		return notFound("snapshot", number)
	}
	if !publishes {
		tells, err := ps.server.store.SnapshotTells(r.Context(), &snap)
		if err != nil {
			return err
		}
		if tells {
			return &withoutIt{l.T("report.bundle.withheld", l.Isolate(snap.Number))}
		}
	}
	header := w.Header()
	header.Set("Cache-Control", "private, no-store")
	if snap.IsPublished() && readerOf(r) == nil {
		tag := `"` + snap.Fingerprint() + `"`
		header.Set("Cache-Control", "no-cache") // keep it, but ask each time: more may come to be withheld
		header.Set("ETag", "W/"+tag)            // another jalon may pack the same lines otherwise
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return nil
		}
	}
	header.Set("Content-Type", "application/zip")
	header.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="jalon-%s.zip"`, snap.Number))
	if r.Method == http.MethodHead {
		return nil
	}
	return ps.sendBundle(w, r, snap)
}

func (ps *pages) sendBundle(w http.ResponseWriter, r *http.Request, snap indicators.Snapshot) error {
	b, err := BundleOf(r.Context(), ps.server.store, snap, nil)
	if err != nil {
		return err
	}
	to := &patientWriter{to: w, patience: http.NewResponseController(w)}
	switch err := bundle.Write(to, b); {
	case err == nil, to.gone:
		return nil
	case !to.begun:
		return err
	default: // what ends early must not look whole
		ps.server.cfg.Log.WarnContext(r.Context(), "the bundle of a snapshot was cut off", "id", requestID(r), "snapshot", snap.Number, "err", err)
		panic(http.ErrAbortHandler)
	}
}

// A patientWriter gives each piece of an answer its own time, so that a slow line gets the
// whole.
type patientWriter struct {
	to          io.Writer
	patience    *http.ResponseController
	begun, gone bool // something was sent; whoever asked is no longer there
}

func (w *patientWriter) Write(piece []byte) (int, error) {
	_ = w.patience.SetWriteDeadline(time.Now().Add(time.Minute)) // where it cannot be set, that of the server holds
	w.begun = true
	n, err := w.to.Write(piece)
	w.gone = w.gone || err != nil
	return n, err
}
