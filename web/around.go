package web

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"jalon/indicators"
)

// around does for every request what no handler should have to think of: an id,
// safe headers, a log entry, metrics, and an answer when a handler panics.
func (s *Server) around(next http.Handler) http.Handler {
	start, served := strings.ToLower(rand.Text()[:8]), atomic.Uint64{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		id := start + "-" + strconv.FormatUint(served.Add(1), 36)
		// The multiplexer writes the pattern into this very request.
		r = r.WithContext(context.WithValue(r.Context(), requestKey{}, id))
		a := &answered{ResponseWriter: w}
		secure(w.Header(), id)
		s.metrics.inFlight.Inc()
		defer func() {
			s.metrics.inFlight.Dec()
			cut := false // half an answer must not look whole
			if broken := recover(); broken != nil {
				if err, is := broken.(error); is && errors.Is(err, http.ErrAbortHandler) {
					cut = true
				} else {
					cut = s.broken(a, r, broken)
				}
			}
			s.finished(a, r, id, time.Since(began))
			if cut {
				panic(http.ErrAbortHandler)
			}
		}()
		next.ServeHTTP(a, r)
	})
}

// broken logs a panic, with its stack, and answers as for any internal error. It
// tells whether that came too late, the answer having begun.
func (s *Server) broken(a *answered, r *http.Request, cause any) (begun bool) {
	s.cfg.Log.LogAttrs(r.Context(), slog.LevelError, "handler panicked", slog.String("id", requestID(r)),
		slog.String("path", loggedPath(r)), slog.Any("panic", cause), slog.String("stack", string(bytes.TrimSpace(debug.Stack()))))
	if a.status != 0 {
		return true
	}
	a.Header().Del("ETag")
	a.Header().Set("Cache-Control", "no-store")
	tell := s.errorPage
	if strings.HasPrefix(r.URL.Path, "/api/") {
		tell = writeProblem
	}
	tell(a, r, problemOf(r, fmt.Errorf("panic: %v", cause)))
	return false
}

func (s *Server) finished(a *answered, r *http.Request, id string, took time.Duration) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	s.metrics.served(r, a.status, took)
	level := slog.LevelInfo
	switch r.URL.Path {
	case "/metrics", "/healthz", "/readyz":
		level = slog.LevelDebug // asked by machines, every few seconds
	}
	if !s.cfg.Log.Enabled(r.Context(), level) {
		return
	}
	s.cfg.Log.LogAttrs(r.Context(), level, "request", slog.String("id", id), slog.String("method", r.Method),
		slog.String("path", loggedPath(r)), slog.Int("status", a.status), slog.Int64("bytes", a.bytes), slog.Duration("took", took))
}

// loggedPath is the path of a request without the key of an invitation: whoever reads the
// log must not be able to take it up.
func loggedPath(r *http.Request) string {
	const mark = "/invitation/"
	if at := strings.Index(r.URL.Path, mark); at >= 0 {
		return r.URL.Path[:at+len(mark)] + "…"
	}
	return r.URL.Path
}

// secure sets the headers of every answer: no foreign host, no frame, no
// guessing of types, nothing inline.
func secure(h http.Header, id string) {
	h.Set("X-Request-Id", id)
	h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "+
		"connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// answered watches what is written.
type answered struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the status.
func (a *answered) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
	a.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes.
func (a *answered) Write(p []byte) (int, error) {
	if a.status == 0 {
		a.status = http.StatusOK
	}
	n, err := a.ResponseWriter.Write(p)
	a.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answered) Unwrap() http.ResponseWriter { return a.ResponseWriter }

type requestKey struct{}

// requestID is the id of a request, under which the log has it.
func requestID(r *http.Request) string {
	id, _ := r.Context().Value(requestKey{}).(string)
	return id
}

// etag names a state: what is known, the day it is judged on, and who draws it. The
// record's own fingerprint keeps two databases apart that have been served from one
// address, both at the same changeset. Of an earlier state more may have come to be withheld,
// or been erased: what was kept of it is right until the next changeset only.
func (s *Server) etag(p *indicators.Picture) string {
	tag := make([]byte, 0, 64)
	tag = append(tag, '"', 'c')
	tag = strconv.AppendInt(tag, int64(p.Newest().Number), 10)
	tag = append(tag, '-')
	tag = strconv.AppendInt(tag, int64(p.Day), 10)
	tag = append(tag, '-')
	tag = append(tag, p.Record()...)
	tag = append(tag, '-')
	if live := s.live.Picture(); live != nil && live.Newest().Number > p.Newest().Number {
		tag = strconv.AppendInt(tag, int64(live.Newest().Number), 10)
		tag = append(tag, '-')
	}
	if mark := s.live.mark(); mark != "" {
		tag = append(append(tag, mark...), '-')
	}
	return string(append(append(tag, s.cfg.Build...), '"'))
}

// matches tells whether an If-None-Match names the tag. A proxy that compresses
// makes a tag weak; it still is the same state.
func matches(header, tag string) bool {
	if header == "" || header == tag {
		return header != ""
	}
	for item := range strings.SplitSeq(header, ",") {
		item = strings.TrimSpace(item)
		if item == "*" || strings.TrimPrefix(item, "W/") == tag {
			return true
		}
	}
	return false
}
