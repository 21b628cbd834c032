package web

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
)

func isProblemWithout(body, word string) bool {
	return strings.Contains(body, `"type":"about:blank"`) && !strings.Contains(body, word)
}

func TestEveryAnswerHasSafeHeaders(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	for _, address := range []string{"/api/v1/groups", "/api/v1/nothing", "/metrics", "/healthz", "/readyz", "/nowhere/at/all"} {
		header := ask(t, h, "GET", address).Header
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY",
			"Cross-Origin-Opener-Policy": "same-origin",
		} {
			if got := header.Get(name); got != want {
				t.Errorf("%s: %s = %q, want %q", address, name, got, want)
			}
		}
		policy := header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self';") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
			t.Errorf("%s: policy %q", address, policy)
		}
		if header.Get("X-Request-Id") == "" {
			t.Errorf("%s: no request id", address)
		}
	}
}

func TestRequestIDsAreOurOwn(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	first := ask(t, h, "GET", "/healthz", "X-Request-Id", "forged\nline").Header.Get("X-Request-Id")
	second := ask(t, h, "GET", "/healthz", "X-Request-Id", "forged\nline").Header.Get("X-Request-Id")
	if first == second || strings.Contains(first+second, "forged") {
		t.Errorf("ids %q and %q", first, second)
	}
}

// What is nobody's business is logged under the request's id, and not shown.
func TestInternalErrorsAreLoggedAndNotShown(t *testing.T) {
	for name, broken := range map[string]handler{
		"error": func(http.ResponseWriter, *http.Request) error { return errors.New("password of secret-host") },
		"panic": func(http.ResponseWriter, *http.Request) error { panic("password of secret-host") },
	} {
		t.Run(name, func(t *testing.T) {
			var log bytes.Buffer
			s := apiServer(t, apiDataset(), &log)
			answer := ask(t, s.around(s.machine(broken)), "GET", "/api/v1/broken")
			body, id := bodyOf(t, answer), answer.Header.Get("X-Request-Id")
			if answer.StatusCode != 500 || !isProblemWithout(body, "secret") || !strings.Contains(body, id) {
				t.Errorf("%s: %s", answer.Status, body)
			}
			if !strings.Contains(log.String(), "secret-host") || strings.Count(log.String(), "id="+id) != 2 {
				t.Errorf("the log says %s", log.String())
			}
		})
	}
}

// Half an answer must not look whole: the connection is cut.
func TestPanicAfterTheFirstByteCutsTheAnswer(t *testing.T) {
	s := apiServer(t, apiDataset(), io.Discard)
	h := s.around(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte("half"))
		panic("broken")
	}))
	defer func() {
		if got, _ := recover().(error); !errors.Is(got, http.ErrAbortHandler) {
			t.Errorf("recovered %v, want http.ErrAbortHandler", got)
		}
	}()
	ask(t, h, "GET", "/")
}

func TestAccessLog(t *testing.T) {
	var log bytes.Buffer
	h := apiServer(t, apiDataset(), &log).Handler()
	ask(t, h, "GET", "/healthz")
	if log.Len() > 0 {
		t.Errorf("a probe is logged: %s", log.String())
	}
	ask(t, h, "GET", "/api/v1/indicators/NONE?as-of=c2")
	for _, want := range []string{"msg=request", "id=", "method=GET", "path=/api/v1/indicators/NONE ", "status=404", "bytes=", "took="} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("%q is not in %s", want, log.String())
		}
	}
}
