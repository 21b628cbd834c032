package web

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"jalon/indicators"
	"jalon/sql"
)

// What one write may bring.
const (
	maxWrite = 4 << 20 // bytes
	maxItems = 5000
)

// A write is one thing that a program may do to the record.
type write struct {
	path   string
	params []string // query parameters
	do     func(*writing) (*indicators.Report, error)
}

// writes lists what programs may do.
func (s *Server) writes() []write {
	return []write{
		{"/api/v1/observations", []string{"reason", "seen"}, s.enterObservations},
		{"/api/v1/review", nil, s.stepObservations},
	}
}

// A writing is one request to write: who asks, and what for.
type writing struct {
	visitor
	r      *http.Request
	params url.Values
	body   []byte
	*indicators.Picture
	once *sql.Once // nil: the request has no name by which it would be known again
}

// A receipt is what a write has done, as it is answered.
type receipt struct {
	Changeset int      `json:"changeset"` // 0: everything was there already
	Added     int      `json:"added"`
	Changed   int      `json:"changed"`
	Unchanged int      `json:"unchanged"`
	Warnings  []string `json:"warnings"`
}

// answerTo words a report: 201 with a changeset, 200 without.
func answerTo(report *indicators.Report) (status int, body []byte, err error) {
	answer := receipt{Changeset: report.Changeset, Warnings: []string{}}
	for _, c := range report.Counts {
		answer.Added, answer.Changed, answer.Unchanged = answer.Added+c.Added, answer.Changed+c.Changed, answer.Unchanged+c.Unchanged
	}
	for _, w := range report.Warnings {
		answer.Warnings = append(answer.Warnings, fmt.Sprintf("item %d: %s", w.Line-1, w.Message))
	}
	if status = http.StatusOK; answer.Changeset > 0 {
		status = http.StatusCreated
	}
	if body, err = json.Marshal(answer); err != nil {
		return 0, nil, fmt.Errorf("encoding the answer: %w", err)
	}
	return status, body, nil
}

// write adapts a write: token, body and name, and only then the work. A request of a name
// that was carried out before is answered as it was then.
func (s *Server) write(act write) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		g, err := s.writing(w, r, act)
		if err != nil {
			return err
		}
		if g.once != nil {
			if answered, err := s.again(w, r, g.once); answered || err != nil {
				return err
			}
		}
		report, err := act.do(g)
		switch {
		case errors.Is(err, sql.ErrAnswered): // by a request at the same time
			_, err := s.again(w, r, g.once)
			return err
		case err != nil:
			return err
		}
		// Whoever has written reads it at once. Should that fail, it is seen a little later.
		if err := s.live.Refresh(r.Context()); err != nil {
			s.cfg.Log.WarnContext(r.Context(), "what was written is not shown at once", "changeset", report.Changeset, "err", err)
		}
		status, body, err := answerTo(report)
		if err != nil {
			return err
		}
		sendJSON(w, status, body)
		return nil
	}
}

// writing reads a request to write.
func (s *Server) writing(w http.ResponseWriter, r *http.Request, act write) (*writing, error) {
	g := &writing{visitor: visitorOf(r), r: r}
	switch {
	case g.token == nil:
		return nil, errNoToken
	case !g.token.Writes:
		return nil, errReadsOnly
	}
	var err error
	if g.params, err = parameters(r, act.params); err != nil {
		return nil, err
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, fmt.Errorf("%w: send JSON, with Content-Type: application/json", indicators.ErrInvalid)
	}
	if g.body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxWrite)); errors.As(err, new(*http.MaxBytesError)) {
		return nil, err
	} else if err != nil {
		return nil, fmt.Errorf("%w: the body could not be read to its end", indicators.ErrInvalid)
	}
	if g.once, err = g.named(); err != nil {
		return nil, err
	}
	if g.Picture = s.live.Picture(); g.Picture == nil {
		return nil, errStarting
	}
	return g, nil
}

// named is what makes the request known again, by its header Idempotency-Key.
func (g *writing) named() (*sql.Once, error) {
	given := g.r.Header.Values("Idempotency-Key")
	if len(given) == 0 {
		return nil, nil //nolint:nilnil // a request without a name is none that is known again
	}
	if len(given) > 1 || given[0] == "" || len(given[0]) > 255 {
		return nil, fmt.Errorf("%w: Idempotency-Key: give one, of 1 to 255 bytes", indicators.ErrInvalid)
	}
	key := sha256.Sum256([]byte(given[0]))
	request := sha256.New()
	fmt.Fprintf(request, "%s\n%s\n%s\n", g.r.Method, g.r.URL.Path, g.params.Encode())
	_, _ = request.Write(g.body) // never fails
	return &sql.Once{Account: g.account.ID, Key: key[:], Request: request.Sum(nil), Answer: answerTo}, nil
}

// again answers a request that was carried out before.
func (s *Server) again(w http.ResponseWriter, r *http.Request, once *sql.Once) (answered bool, err error) {
	status, body, err := s.store.Answered(r.Context(), once)
	if errors.Is(err, indicators.ErrNotFound) {
		return false, nil
	} else if err != nil {
		return false, err
	}
	w.Header().Set("Idempotent-Replayed", "true")
	sendJSON(w, status, body)
	return true, nil
}

func sendJSON(w http.ResponseWriter, status int, body []byte) {
	header := w.Header()
	header.Set("Content-Type", "application/json")
	header.Set("Content-Length", strconv.Itoa(len(body)))
	header.Set("Cache-Control", "private, no-store")
	w.WriteHeader(status)
	_, _ = w.Write(body) // whoever asked is gone: nobody to tell
}
