package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"strings"
	"time"

	"jalon/locale"
)

// attemptLength is how long a person may take to sign in at an identity service.
const attemptLength = 10 * time.Minute

// An attempt is one sign-in at an identity service, kept by the browser that began it, in a
// cookie: from its key follow state, nonce and verifier, each of which others may see
// without learning the other two.
type attempt struct {
	key      string
	language string
	next     string // where to go afterwards
}

func (a attempt) state() string    { return a.derived("state") }
func (a attempt) nonce() string    { return a.derived("nonce") }
func (a attempt) verifier() string { return a.derived("verifier") } // of PKCE: 43 characters

func (a attempt) derived(what string) string {
	sum := sha256.Sum256([]byte(what + " " + a.key))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// same compares secrets.
func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

func (s *Server) attemptCookie(r *http.Request) string { return s.cookieName(r) + "-attempt" }

// keepAttempt has the browser keep an attempt.
func (s *Server) keepAttempt(w http.ResponseWriter, r *http.Request, a attempt) {
	value := strings.Join([]string{a.key, a.language, base64.RawURLEncoding.EncodeToString([]byte(a.next))}, ".")
	s.cookie(w, r, s.attemptCookie(r), value, int(attemptLength.Seconds()))
}

// takeAttempt is the attempt that the browser keeps, which serves once; none where the
// language is empty.
func (s *Server) takeAttempt(w http.ResponseWriter, r *http.Request) attempt {
	cookie, err := r.Cookie(s.attemptCookie(r))
	if err != nil {
		return attempt{}
	}
	s.cookie(w, r, cookie.Name, "", -1)
	parts := strings.Split(cookie.Value, ".")
	if len(parts) != 3 || parts[0] == "" {
		return attempt{}
	}
	for _, code := range locale.Codes() {
		if next, err := base64.RawURLEncoding.DecodeString(parts[2]); err == nil && code == parts[1] {
			return attempt{parts[0], code, localPath(string(next), "/"+code+"/desk")}
		}
	}
	return attempt{}
}
