package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"jalon/indicators"
)

// How long a session lasts, and how long it may lie idle.
const (
	sessionLength = 12 * time.Hour
	sessionIdle   = 2 * time.Hour
)

// A visitor is who asks: nobody known, or an account with the session or the token that it
// came by.
type visitor struct {
	account *indicators.Account
	session []byte            // the SHA-256 of the key in the cookie
	token   *indicators.Token // of a program; nil for a browser
}

type visitorKey struct{}

// readerOf is the account that a request comes from; nil is the public.
func readerOf(r *http.Request) *indicators.Account { return visitorOf(r).account }

func visitorOf(r *http.Request) visitor {
	v, _ := r.Context().Value(visitorKey{}).(visitor)
	return v
}

// identified gives each request its visitor. A session that has ended makes its holder the
// public; so does a database that cannot be asked, for what is public is still served.
func (s *Server) identified(next http.Handler) http.Handler {
	bearing := s.bearing(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			bearing.ServeHTTP(w, r)
			return
		}
		cookie, err := r.Cookie(s.cookieName(r))
		if err != nil || s.store == nil {
			next.ServeHTTP(w, r)
			return
		}
		hash := hashed(cookie.Value)
		account, err := s.store.SessionAccount(r.Context(), hash, sessionIdle)
		switch {
		case err == nil:
			visitor{account: &account, session: hash}.ask(next, w, r)
			return
		case !errors.Is(err, indicators.ErrNotFound) && r.Context().Err() == nil:
			s.cfg.Log.WarnContext(r.Context(), "a session cannot be looked up", "id", requestID(r), "err", err)
		}
		next.ServeHTTP(w, r)
	})
}

// newKey is a secret of 256 bits for a cookie or an address, and what is kept of it.
func newKey() (key string, hash []byte) {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	key = base64.RawURLEncoding.EncodeToString(raw)
	return key, hashed(key)
}

func hashed(key string) []byte {
	sum := sha256.Sum256([]byte(key))
	return sum[:]
}

// isSecure tells whether a request came over TLS, to us or to the proxy before us.
func (s *Server) isSecure(r *http.Request) bool {
	return r.TLS != nil || strings.HasPrefix(s.cfg.PublicURL, "https://")
}

// cookieName is the session's cookie. Without TLS there is one on the loopback only.
func (s *Server) cookieName(r *http.Request) string {
	if s.isSecure(r) {
		return "__Host-jalon"
	}
	return "jalon"
}

// errPlain refuses a password on a line that others can read.
var errPlain = errors.New("signing in needs https: serve behind a proxy with TLS and name its address with --public-url")

// isPrivate tells whether nobody reads along on the line that a request came by: it is
// encrypted, or does not leave the machine.
func (s *Server) isPrivate(r *http.Request) bool {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip := net.ParseIP(host)
	return s.isSecure(r) || ip != nil && ip.IsLoopback()
}

// signable refuses a session on a line on which others can read along.
func (s *Server) signable(r *http.Request) error {
	if s.isPrivate(r) {
		return nil
	}
	return fmt.Errorf("%w: %w", indicators.ErrRight, errPlain)
}

// letIn begins a session of an account, ends the one that the browser had, and sets the
// cookie. The key is always a new one.
func (s *Server) letIn(w http.ResponseWriter, r *http.Request, account int) error {
	if err := s.signable(r); err != nil {
		return err
	}
	if before := visitorOf(r).session; before != nil {
		if err := s.store.EndSession(r.Context(), before); err != nil {
			return err
		}
	}
	key, hash := newKey()
	agent := strings.ToValidUTF8(r.UserAgent(), "")
	if err := s.store.BeginSession(r.Context(), account, hash, time.Now().Add(sessionLength), agent[:min(len(agent), 200)]); err != nil {
		return err
	}
	s.setCookie(w, r, key, int(sessionLength.Seconds()))
	return nil
}

// letOut takes the cookie back.
func (s *Server) letOut(w http.ResponseWriter, r *http.Request) { s.setCookie(w, r, "", -1) }

func (s *Server) setCookie(w http.ResponseWriter, r *http.Request, value string, age int) {
	s.cookie(w, r, s.cookieName(r), value, age)
}

// cookie sets a cookie that no script and no other site's form gets hold of.
func (s *Server) cookie(w http.ResponseWriter, r *http.Request, name, value string, age int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever there is TLS; elsewhere nobody signs in but on the loopback
		Name: name, Value: value, Path: "/", MaxAge: age,
		Secure: s.isSecure(r), HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// address is where a request comes from, of IPv6 the network that one customer has. Behind
// a proxy it is what the proxy, the last to write, says.
func (s *Server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	if forwarded := r.Header.Get("X-Forwarded-For"); s.cfg.PublicURL != "" && forwarded != "" {
		host = strings.TrimSpace(forwarded[strings.LastIndexByte(forwarded, ',')+1:])
	}
	ip := net.ParseIP(host)
	if ip != nil && ip.To4() == nil {
		return ip.Mask(net.CIDRMask(64, 128)).String()
	}
	return host
}
