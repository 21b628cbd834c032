package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"jalon/indicators"
	"jalon/sql"
)

// errStarting is answered until the first Dataset is loaded.
var errStarting = errors.New("the server is starting: try again in a few seconds")

// errLost is answered for what memory does not hold while the database is gone.
var errLost = errors.New("the database does not answer at present: only the newest published state is served; try again later")

// errMethod is answered to a method that an address does not know.
var errMethod = errors.New("this method is not answered here: the header Allow names those that are")

// errForeign is a form that another site has sent in a reader's name.
var errForeign = errors.New("this form was sent from another site: open its page here and send it again")

// errSessionOver is a form of somebody who is no longer signed in.
var errSessionOver = fmt.Errorf("%w: nobody is signed in: the session has ended", indicators.ErrRight)

// A Problem is an error as people and programs are told of it (RFC 9457).
type Problem struct {
	Type   string `json:"type"` // about:blank: the title says all
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail"`
	// RequestID finds the log entry: what went wrong inside is always logged, what
	// was asked wrongly only where the log shows each request (serve --log-level info).
	RequestID string `json:"request_id"`
	// Errors tells of each item that was sent what is wrong with it; More counts those
	// beyond the listed ones.
	Errors []itemError `json:"errors,omitempty"`
	More   int         `json:"more_errors,omitempty"`

	over  bool   // the session of whoever sent it has ended
	words string // why a reader does not get it here, in the reader's language; mostly empty
}

// A withoutIt is that something is not given out here, with why, and what to do instead, in the
// reader's language.
type withoutIt struct{ words string }

func (w *withoutIt) Error() string { return w.words }
func (w *withoutIt) Unwrap() error { return indicators.ErrNotFound }

// notFound says that there is no such thing under a code.
func notFound(what, code string) error {
	return fmt.Errorf("%w: there is no %s %q", indicators.ErrNotFound, what, code)
}

// problemOf words an error. Only errors of a kind that the user can act on are
// shown; of the others, nothing but the number under which they are logged.
func problemOf(r *http.Request, err error) Problem {
	status := statusOf(err)
	p := Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: err.Error(), RequestID: requestID(r)}
	var without *withoutIt
	if errors.As(err, &without) {
		p.words = without.words
	}
	p.over = errors.Is(err, errSessionOver)
	var items *itemErrors
	if errors.As(err, &items) {
		p.Errors, p.More = items.all, items.more
	}
	if status == http.StatusInternalServerError {
		p.Detail = "internal error; the log has it under request " + p.RequestID
	}
	return p
}

// statusOf is the one table from kinds of errors to HTTP codes.
func statusOf(err error) int {
	switch {
	case errors.Is(err, indicators.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, indicators.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, errNoToken), errors.Is(err, errBadToken):
		return http.StatusUnauthorized
	case errors.Is(err, sql.ErrAnotherRequest):
		return http.StatusUnprocessableEntity
	case errors.Is(err, indicators.ErrRight), errors.Is(err, errForeign):
		return http.StatusForbidden
	case errors.Is(err, errThrottled):
		return http.StatusTooManyRequests
	case errors.Is(err, indicators.ErrConflict):
		return http.StatusConflict
	case errors.Is(err, indicators.ErrBusy), errors.Is(err, errStarting), errors.Is(err, errLost):
		return http.StatusServiceUnavailable
	case errors.Is(err, errMethod):
		return http.StatusMethodNotAllowed
	case errors.As(err, new(*http.MaxBytesError)):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	}
	return http.StatusInternalServerError
}

// writeProblem answers a program.
func writeProblem(w http.ResponseWriter, _ *http.Request, p Problem) {
	body, err := json.Marshal(p)
	if err != nil { // strings and a number: cannot be
		body = []byte("{}")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_, _ = w.Write(body) // whoever asked is gone: nobody to tell
}

// plainError answers a person until the pages have a page for it.
func plainError(w http.ResponseWriter, _ *http.Request, p Problem) {
	http.Error(w, p.Title+": "+p.Detail, p.Status)
}
