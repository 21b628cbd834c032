package web

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"mime"
	"mime/quotedprintable"
	"net"
	"net/http/httptest"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// A postOffice is a mail server that keeps what it is handed in.
type postOffice struct {
	address string
	roots   *x509.CertPool // who certify it

	mu      sync.Mutex
	refuse  map[string][]error // by recipient, one for each try
	deny    []error            // of the password, one for each try
	tried   int
	letters []handedIn
	hangsUp bool // after each mail, without a word
}

// handedIn is one mail with its envelope.
type handedIn struct {
	from string
	to   []string
	tls  bool
	user string
	raw  string
}

// openPostOffice serves on the loopback until the test ends; encrypting or not.
func openPostOffice(t *testing.T, encrypting bool) *postOffice {
	t.Helper()
	office := &postOffice{refuse: map[string][]error{}}
	server := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &counter{office: office, conn: c}, nil
	}))
	server.Domain, server.AllowInsecureAuth, server.ErrorLog = "localhost", true, log.New(io.Discard, "", 0)
	if encrypting {
		certified := httptest.NewTLSServer(nil) // for its certificate
		t.Cleanup(certified.Close)
		office.roots = x509.NewCertPool()
		office.roots.AddCert(certified.Certificate())
		server.TLSConfig = &tls.Config{Certificates: certified.TLS.Certificates, MinVersion: tls.VersionTLS12}
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	office.address = listener.Addr().String()
	over := make(chan error, 1)
	go func() { over <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		if err := <-over; err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Error(err)
		}
	})
	return office
}

// counter is one connection to the post office.
type counter struct {
	office *postOffice
	conn   *smtp.Conn
	handedIn
}

func (c *counter) AuthMechanisms() []string { return []string{sasl.Plain} }

func (c *counter) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		c.office.mu.Lock()
		defer c.office.mu.Unlock()
		c.office.tried++
		if len(c.office.deny) > 0 {
			err := c.office.deny[0]
			c.office.deny = c.office.deny[1:]
			return err
		}
		if user != "jalon" || password != "s3cret/word" {
			return smtp.ErrAuthFailed
		}
		c.user = user
		return nil
	}), nil
}

func (c *counter) Mail(from string, _ *smtp.MailOptions) error {
	c.from = from
	return nil
}

func (c *counter) Rcpt(to string, _ *smtp.RcptOptions) error {
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	if waiting := c.office.refuse[to]; len(waiting) > 0 {
		c.office.refuse[to] = waiting[1:]
		return waiting[0]
	}
	c.to = append(c.to, to)
	return nil
}

func (c *counter) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	_, encrypted := c.conn.TLSConnectionState()
	c.office.mu.Lock()
	defer c.office.mu.Unlock()
	c.raw, c.tls = string(raw), encrypted
	c.office.letters = append(c.office.letters, c.handedIn)
	return nil
}

func (c *counter) Logout() error { return nil }

// Reset comes after a mail was taken, too.
func (c *counter) Reset() {
	if c.from, c.to = "", nil; c.office.hangsUp && c.raw != "" {
		_ = c.conn.Conn().Close()
	}
}

// received is all that was handed in since the last look.
func (office *postOffice) received() []handedIn {
	office.mu.Lock()
	defer office.mu.Unlock()
	all := office.letters
	office.letters = nil
	return all
}

// read opens a mail: its headers, and its text.
func (m handedIn) read(t *testing.T) (mail.Header, string) {
	t.Helper()
	opened, err := mail.ReadMessage(strings.NewReader(m.raw))
	if err != nil {
		t.Fatalf("%v:\n%s", err, m.raw)
	}
	if way := opened.Header.Get("Content-Transfer-Encoding"); way != "quoted-printable" {
		t.Fatalf("sent as %s", way)
	}
	body, err := io.ReadAll(quotedprintable.NewReader(opened.Body))
	if err != nil {
		t.Fatal(err)
	}
	return opened.Header, strings.ReplaceAll(string(body), "\r\n", "\n")
}

// decoded is a header as it is read.
func decoded(t *testing.T, header string) string {
	t.Helper()
	text, err := new(mime.WordDecoder).DecodeHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// goldenText compares a text with the one on file.
func goldenText(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}
