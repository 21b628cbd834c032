package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"jalon/indicators"
)

// errNoToken is an address of the API that the public has no right to.
var errNoToken = errors.New("a token is needed here: send it in the header Authorization, as Bearer jalon_…")

// errBadToken is a token that opens nothing. Whoever sends one is never taken for the
// public: their program would miss figures without a word.
var errBadToken = errors.New("this token is not known, has expired or was revoked: make another one on the page of your account")

// errReadsOnly is a token that was made without the right to write.
var errReadsOnly = fmt.Errorf("%w: this token only reads: make one that writes on the page of your account", indicators.ErrRight)

// bearing gives a request of the API the account whose token it bears; without a token it
// is the public's. Sessions count for nothing here, so that no browser acts unasked. The
// scheme Basic is let be: it belongs to the proxy before us.
func (s *Server) bearing(next http.Handler) http.Handler {
	return s.machine(func(w http.ResponseWriter, r *http.Request) error {
		given := r.Header.Values("Authorization")
		if len(given) == 0 {
			next.ServeHTTP(w, r)
			return nil
		}
		scheme, secret, _ := strings.Cut(given[0], " ")
		if strings.EqualFold(scheme, "Basic") && len(given) == 1 {
			next.ServeHTTP(w, r)
			return nil
		}
		secret = strings.TrimSpace(secret)
		if len(given) > 1 || !strings.EqualFold(scheme, "Bearer") || !strings.HasPrefix(secret, tokenPrefix) || s.store == nil {
			return errBadToken
		}
		t, a, err := s.store.TokenAccount(r.Context(), hashed(secret))
		if errors.Is(err, indicators.ErrNotFound) {
			return errBadToken
		} else if err != nil {
			return err
		}
		visitor{account: &a, token: &t}.ask(next, w, r)
		return nil
	})
}

// ask hands a visitor's request on. The multiplexer writes its pattern into the request
// that it is given; who counts requests reads it from the one before.
func (v visitor) ask(next http.Handler, w http.ResponseWriter, r *http.Request) {
	known := r.WithContext(context.WithValue(r.Context(), visitorKey{}, v))
	defer func() { r.Pattern = known.Pattern }()
	next.ServeHTTP(w, known)
}

// challenge tells a program how to say who it is.
func challenge(h http.Header, err error) {
	words := `Bearer realm="jalon"`
	if errors.Is(err, errBadToken) {
		words += `, error="invalid_token"`
	}
	h.Set("WWW-Authenticate", words)
}
