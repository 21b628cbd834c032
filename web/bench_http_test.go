package web

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"time"
)

// BenchmarkPage holds each kind of page of the demonstration against a bare handler
// that writes the same bytes.
func BenchmarkPage(b *testing.B) {
	h := demoServer(b).Handler()
	for _, tt := range []struct{ name, path, encoding string }{
		{"overview", "/fr/", "gzip"},
		{"overview-plain", "/fr/", "identity"},
		{"group", "/fr/groups/1", "gzip"},
		{"action", "/fr/actions/A1-02", "gzip"},
		{"indicator", "/fr/indicators/NEET", "gzip"},
		{"framework", "/fr/frameworks/sdg2030", "gzip"},
		{"result", "/fr/frameworks/sdg2030/3.1", "gzip"},
		{"methods", "/fr/methods", "gzip"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			first := ask(b, h, "GET", tt.path, "Accept-Encoding", tt.encoding)
			body := []byte(bodyOf(b, first))
			bare := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				w.Header().Set("Content-Length", strconv.Itoa(len(body)))
				_, _ = w.Write(body)
			})
			compareHandlers(b, h, bare, request(tt.path, "Accept-Encoding: "+tt.encoding), http.StatusOK, 0.25)
		})
	}
}

// BenchmarkNotModified holds a 304 by ETag against a bare one.
func BenchmarkNotModified(b *testing.B) {
	h := demoServer(b).Handler()
	for _, tt := range []struct{ name, path string }{
		{"page", "/fr/"}, {"svg", "/charts/fr/overview/status.svg"}, {"api", "/api/v1/assessments"},
	} {
		b.Run(tt.name, func(b *testing.B) {
			tag := ask(b, h, "GET", tt.path).Header.Get("ETag")
			bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("ETag", tag)
				if r.Header.Get("If-None-Match") == tag {
					w.WriteHeader(http.StatusNotModified)
				}
			})
			compareHandlers(b, h, bare, request(tt.path, "If-None-Match: "+tag), http.StatusNotModified, 0.5)
		})
	}
}

// connections is how many readers ask at once; asked is how often each of them does
// before it is the other handler's turn.
const connections, asked = 16, 100

func request(path, header string) []byte {
	return []byte("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n")
}

// compareHandlers has both handlers answer the same request over real connections,
// turn by turn, and reports their requests a second.
func compareHandlers(b *testing.B, ours, bare http.Handler, request []byte, status int, atLeast float64) {
	b.Helper()
	us, them := openReaders(b, ours, request, status), openReaders(b, bare, request, status)
	var took, bareTook time.Duration
	for b.Loop() {
		took += us.burst(b)
		bareTook += them.burst(b)
	}
	if us.bytes != them.bytes {
		b.Fatalf("jalon sent %d bytes, the bare handler %d", us.bytes, them.bytes)
	}
	requests := float64(b.N * connections * asked)
	b.ReportMetric(0, "ns/op") // of both together
	b.ReportMetric(requests/took.Seconds(), "jalon-req/s")
	b.ReportMetric(requests/bareTook.Seconds(), "net/http-req/s")
	b.ReportMetric(bareTook.Seconds()/took.Seconds(), "ratio") // of the requests a second
	b.ReportMetric(atLeast, "at-least")
}

// readers are open connections to one site. They do next to nothing themselves: what
// a real client needs would be counted for both sides and make them look alike.
type readers struct {
	request []byte
	status  []byte
	conns   []*bufio.ReadWriter
	bytes   int // of all bodies
}

func openReaders(b *testing.B, h http.Handler, request []byte, status int) *readers {
	b.Helper()
	site := httptest.NewServer(h)
	b.Cleanup(site.Close)
	r := &readers{request: request, status: fmt.Appendf(nil, "HTTP/1.1 %d ", status)}
	for range connections {
		conn, err := (&net.Dialer{}).DialContext(b.Context(), "tcp", site.Listener.Addr().String())
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { conn.Close() })
		r.conns = append(r.conns, bufio.NewReadWriter(bufio.NewReader(conn), bufio.NewWriter(conn)))
	}
	return r
}

// burst asks on all connections at once and tells how long all answers took.
func (r *readers) burst(b *testing.B) time.Duration {
	b.Helper()
	type outcome struct {
		bytes int
		err   error
	}
	over, began := make(chan outcome, len(r.conns)), time.Now()
	for _, conn := range r.conns {
		go func() {
			var o outcome
			for n := 0; n < asked && o.err == nil; n++ {
				var body int
				body, o.err = r.ask(conn)
				o.bytes += body
			}
			over <- o
		}()
	}
	for range r.conns {
		o := <-over
		if o.err != nil {
			b.Fatal(o.err)
		}
		r.bytes += o.bytes
	}
	return time.Since(began)
}

// ask sends the request and reads the answer; body is its length.
func (r *readers) ask(conn *bufio.ReadWriter) (body int, err error) {
	if _, err := conn.Write(r.request); err != nil {
		return 0, err
	}
	if err := conn.Flush(); err != nil {
		return 0, err
	}
	first, err := conn.ReadSlice('\n')
	if err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(first, r.status) {
		return 0, fmt.Errorf("answered %q, want %q", first, r.status)
	}
	for {
		line, err := conn.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		if len(line) == len("\r\n") {
			_, err := io.CopyN(io.Discard, conn, int64(body))
			return body, err
		}
		if length, is := bytes.CutPrefix(line, []byte("Content-Length: ")); is {
			if body, err = strconv.Atoi(string(bytes.TrimSpace(length))); err != nil {
				return 0, err
			}
		}
	}
}
