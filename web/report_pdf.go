package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"jalon/locale"
)

// ErrNoBrowser says that nothing on this machine makes a PDF, and what to do.
var ErrNoBrowser = errors.New("a PDF needs Chromium: install it, for example by \"sudo apt-get install chromium fonts-noto-core\", or print the page, which is made for paper")

// Limits: how long a PDF may take, and how many bytes of finished files are kept.
const (
	pdfTimeout = 90 * time.Second
	pdfKept    = 24 << 20
)

// browsers are the programs that will do: first those that are made for nothing else, which need
// a quarter less memory.
func browsers() []string {
	return []string{"chromium-headless-shell", "chrome-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
		"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"}
}

// Browser is the Chromium of this machine; the error is ErrNoBrowser where there is none.
func Browser() (string, error) {
	for _, name := range browsers() {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoBrowser
}

// A printer makes PDF, one at a time, and keeps the files of reports asked for last.
type printer struct {
	turn chan struct{}

	mu   sync.Mutex
	kept []printed // the newest last
}

type printed struct {
	key  pageKey
	file []byte
}

func newPrinter() *printer { return &printer{turn: make(chan struct{}, 1)} }

func (p *printer) find(key pageKey) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, k := range p.kept {
		if k.key == key {
			return k.file
		}
	}
	return nil
}

func (p *printer) keep(key pageKey, file []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept = append(p.kept, printed{key, file})
	for size := p.size(); size > pdfKept && len(p.kept) > 0; size = p.size() {
		p.kept = p.kept[1:]
	}
}

func (p *printer) size() (sum int) {
	for _, k := range p.kept {
		sum += len(k.file)
	}
	return sum
}

// forPaperAlone keeps a file from being laid out for a screen before it is for paper, which
// takes a fifth of the memory and is seen by nobody.
func forPaperAlone(html []byte) []byte {
	return bytes.Replace(html, []byte("</style>"), []byte("@media screen { body { display: none } }\n</style>"), 1)
}

// pdf makes a PDF of a file of HTML that needs no other. The browser sees that file and
// nothing else: the file forbids to load or run anything, no name resolves, and its profile and the
// folder that it works in are gone afterwards, as are its processes.
func (p *printer) pdf(ctx context.Context, html []byte) ([]byte, error) {
	browser, err := Browser()
	if err != nil {
		return nil, err
	}
	select {
	case p.turn <- struct{}{}:
		defer func() { <-p.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	dir, err := os.MkdirTemp("", "jalon-pdf-")
	if err != nil {
		return nil, fmt.Errorf("making room for a PDF: %w", err)
	}
	defer os.RemoveAll(dir)
	in, out := filepath.Join(dir, "report.html"), filepath.Join(dir, "report.pdf")
	if err := os.WriteFile(in, forPaperAlone(html), 0o600); err != nil { //nolint:gosec // in a folder just made
		return nil, fmt.Errorf("writing what is to be printed: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTimeout)
	defer cancel()
	flags := []string{
		"--headless", "--disable-gpu", "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-sync",
		"--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + filepath.Join(dir, "profile"),
		"--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf", "--font-render-hinting=none", "--print-to-pdf=" + out,
	}
	if os.Geteuid() == 0 {
		flags = append(flags, "--no-sandbox") // root has none
	}
	run := exec.CommandContext(ctx, browser, append(flags, (&url.URL{Scheme: "file", Path: in}).String())...) //nolint:gosec // one of our list, on our own file
	run.Dir, run.Env = dir, append(os.Environ(), "HOME="+dir)
	run.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	run.Cancel = func() error { return syscall.Kill(-run.Process.Pid, syscall.SIGKILL) }
	run.WaitDelay = time.Second
	said, err := run.CombinedOutput()
	if run.Process != nil {
		_ = syscall.Kill(-run.Process.Pid, syscall.SIGKILL) // helpers that stayed: mostly there is none
	}
	if ctx.Err() != nil {
		return nil, fmt.Errorf("printing: %w", ctx.Err())
	}
	pdf, readErr := os.ReadFile(out) //nolint:gosec // likewise
	if readErr != nil || len(pdf) == 0 {
		return nil, fmt.Errorf("%s made no PDF: %w: %s", browser, errors.Join(err, readErr), said[max(0, len(said)-500):])
	}
	return pdf, nil
}

// pdf is the report as PDF. That of a published snapshot is made once.
func (ps *pages) pdf(r *http.Request, e *edition) ([]byte, error) {
	key := pageKey{address: e.view.l.Code + "/" + e.Number, withheld: ps.server.live.Picture().Protection, before: e.view.before().Snapshot}
	if kept := ps.printer.find(key); kept != nil && e.IsPublished() {
		return kept, nil
	}
	html, err := ps.paper(r, e)
	if err != nil {
		return nil, err
	}
	pdf, err := ps.printer.pdf(r.Context(), html)
	if err == nil && e.IsPublished() && !e.view.incomplete {
		ps.printer.keep(key, pdf)
	}
	return pdf, err
}

func (ps *pages) reportPDF(w http.ResponseWriter, r *http.Request, l *locale.Language) error {
	e, err := ps.editionFor(r, l)
	if err != nil {
		return err
	}
	pdf, err := ps.pdf(r, e)
	if errors.Is(err, ErrNoBrowser) {
		return &withoutIt{l.T("report.pdf.missing", "/"+l.Code+"/"+escaped("snapshots", e.Number))}
	}
	if err != nil {
		return err
	}
	e.sent(w, r, "application/pdf", "report.pdf", pdf)
	return nil
}
