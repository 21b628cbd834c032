package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"jalon/indicators"
)

// A handler answers a request, or returns the error that kept it from doing so;
// it must not have written anything then.
type handler func(http.ResponseWriter, *http.Request) error

// machine adapts a handler whose errors are read by programs.
func (s *Server) machine(h handler) http.Handler {
	return s.answer(h, writeProblem)
}

// page adapts a handler whose errors are read by people.
func (s *Server) page(h handler) http.Handler {
	return s.answer(h, func(w http.ResponseWriter, r *http.Request, p Problem) { s.errorPage(w, r, p) })
}

// answer turns a handler's error into a problem. An error of no kind is logged
// in full and shown as nothing but its request's id.
func (s *Server) answer(h handler, tell func(http.ResponseWriter, *http.Request, Problem)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := h(w, r)
		if err == nil {
			return
		}
		if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
			return // whoever asked is gone
		}
		if status := statusOf(err); status == http.StatusInternalServerError || status == http.StatusGatewayTimeout {
			s.cfg.Log.LogAttrs(r.Context(), slog.LevelError, "request failed",
				slog.String("id", requestID(r)), slog.String("path", loggedPath(r)), slog.Any("err", err))
			if !s.live.LostSince().IsZero() {
				err = errLost
			}
		}
		p := problemOf(r, err)
		header := w.Header()
		header.Del("ETag")
		header.Set("Cache-Control", "no-store")
		switch p.Status {
		case http.StatusUnauthorized:
			challenge(header, err)
		case http.StatusServiceUnavailable:
			header.Set("Retry-After", "5")
		case http.StatusMethodNotAllowed:
			if header.Get("Allow") == "" {
				header.Set("Allow", "GET, HEAD, OPTIONS")
			}
		}
		tell(w, r, p)
	})
}

// picture is what ?as-of= asks to see, the live picture where it says nothing.
func (s *Server) picture(ctx context.Context, asOf string) (*indicators.Picture, error) {
	when, err := s.when(asOf)
	if err != nil {
		return nil, err
	}
	return s.live.AsOf(ctx, when)
}

// pictureFor is the picture that a request asks to see; of an earlier moment, at least
// what the request is about.
func (s *Server) pictureFor(r *http.Request, params url.Values) (*indicators.Picture, error) {
	when, err := s.when(params.Get("as-of"))
	if err != nil {
		return nil, err
	}
	if indicator, alone := about(r, params); alone {
		return s.live.PartAsOf(r.Context(), when, indicator)
	}
	return s.live.AsOf(r.Context(), when)
}

func (s *Server) when(asOf string) (indicators.When, error) {
	live := s.live.Picture()
	switch {
	case live == nil:
		return indicators.When{}, errStarting
	case asOf == "":
		return indicators.When{}, nil
	}
	if number, named := snapshotNamed(asOf); named {
		return s.live.whenOf(number)
	}
	return indicators.ParseWhen(asOf, live.Zone(), s.cfg.Now())
}

// about is the indicator that a request is about, if it shows nothing of any other; ""
// if it shows nothing of any.
func about(r *http.Request, params url.Values) (indicator string, alone bool) {
	indicator = params.Get("indicator")
	switch {
	case strings.Contains(r.Pattern, "/indicators/{code}"):
		return r.PathValue("code"), true
	case strings.HasSuffix(r.Pattern, "/observations"): // asks the database itself
		return indicator, true
	case strings.HasSuffix(r.Pattern, "/assessments"), strings.HasSuffix(r.Pattern, "/targets"):
		return indicator, indicator != ""
	}
	return "", strings.Contains(r.Pattern, "/history") || strings.Contains(r.Pattern, "/changesets")
}

// notModified sets the ETag of a picture, and answers 304 where the reader
// already has it.
func (s *Server) notModified(w http.ResponseWriter, r *http.Request, p *indicators.Picture) bool {
	tag := s.etag(p)
	header := w.Header()
	header.Set("ETag", tag)
	header.Set("Cache-Control", "no-cache") // keep it, but ask each time
	if !matches(r.Header.Get("If-None-Match"), tag) {
		return false
	}
	w.WriteHeader(http.StatusNotModified)
	return true
}

func noSuchAddress(_ http.ResponseWriter, r *http.Request) error {
	return fmt.Errorf("%w: there is nothing at %s: the addresses are listed in /api/v1/openapi.json", indicators.ErrNotFound, r.URL.Path)
}
