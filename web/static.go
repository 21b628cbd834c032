package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"jalon/charts"
)

//go:embed static
var ownFiles embed.FS

// An asset is a file of ours, or of the chart bundle, under a name that holds its
// hash: it never changes and may be kept for ever.
type asset struct {
	address string
	mime    string
	body    []byte
	packed  func() []byte // compressed when first asked for
}

// assets are the files that pages load, by name.
type assets map[string]*asset

// assetLinks are the addresses that a page refers to. Engine is empty on pages
// without charts.
type assetLinks struct {
	Style, Print, Icon, Start, Engine, Words, Desk, Terms, Choices string
}

// loadAssets reads the style sheet, the script and, where it was built in, ECharts.
func loadAssets() (assets, error) {
	own, err := fs.Sub(ownFiles, "static")
	if err != nil {
		return nil, fmt.Errorf("opening the static files: %w", err)
	}
	all := assets{}
	style, err := styleSheet(own)
	if err != nil {
		return nil, err
	}
	all.put("jalon.css", style)
	if err := all.add(own, "desk.js", "terms.js", "choices.js", "icon.svg"); err != nil {
		return nil, err
	}
	start, err := fs.ReadFile(own, "charts.js")
	if err != nil {
		return nil, fmt.Errorf("reading the script of the charts: %w", err)
	}
	all.put("charts.js", fmt.Appendf(nil, "var themeColours = %s;\n%s", charts.ThemeColours(), start))
	if charts.HasBundle() {
		err = all.add(charts.Bundle(), charts.Script, "langFR.js", "langAR.js", "LICENSE", "NOTICE")
	}
	return all, err
}

func (all assets) add(files fs.FS, names ...string) error {
	for _, name := range names {
		body, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("reading %s: %w", name, err)
		}
		all.put(name, body)
	}
	return nil
}

func (all assets) put(name string, body []byte) {
	sum := sha256.Sum256(body)
	extension := path.Ext(name)
	stem := strings.TrimSuffix(strings.TrimSuffix(name, extension), ".min")
	kind := mime.TypeByExtension(extension)
	if kind == "" {
		kind = "text/plain; charset=utf-8"
	}
	all[name] = &asset{
		address: "/static/" + stem + "." + hex.EncodeToString(sum[:6]) + extension,
		mime:    kind, body: body,
		packed: sync.OnceValue(func() []byte { return packed(body, gzip.BestCompression) }),
	}
}

// pack compresses a page that is kept; nothing where that saves nothing.
func pack(body []byte) []byte { return packed(body, gzip.DefaultCompression) }

// packOnce compresses what is sent once, to whoever can take it: a grid to be typed into
// has two megabytes.
func packOnce(r *http.Request, body []byte) []byte {
	if !takesGzip(r.Header.Get("Accept-Encoding")) {
		return nil
	}
	return packed(body, gzip.BestSpeed)
}

// packers are compressors at rest, by level: making one takes longer than a page takes it.
var packers sync.Map // of *sync.Pool

func packed(body []byte, level int) []byte {
	resting, _ := packers.LoadOrStore(level, &sync.Pool{})
	pool := resting.(*sync.Pool)
	var packed bytes.Buffer
	w, rested := pool.Get().(*gzip.Writer)
	if rested {
		w.Reset(&packed)
	} else {
		var err error
		if w, err = gzip.NewWriterLevel(&packed, level); err != nil {
			return nil
		}
	}
	defer pool.Put(w)
	if _, err := w.Write(body); err != nil {
		return nil
	}
	if err := w.Close(); err != nil || packed.Len() >= len(body) {
		return nil
	}
	return bytes.Clone(packed.Bytes()) // kept for long: without the room it grew into
}

// links are what a page in a language loads.
func (all assets) links(lang string, page sheet) assetLinks {
	l := assetLinks{Style: all["jalon.css"].address, Print: page.paged, Icon: all["icon.svg"].address}
	if engine := all[charts.Script]; engine != nil && page.charts {
		l.Start, l.Engine = all["charts.js"].address, engine.address
		if words := all["lang"+strings.ToUpper(lang)+".js"]; words != nil {
			l.Words = words.address
		}
	}
	if page.terms {
		l.Terms = all["terms.js"].address
	}
	if page.choices {
		l.Choices = all["choices.js"].address
	}
	if page.desk {
		l.Desk = all["desk.js"].address
	}
	return l
}

// routes serves each file under its own address.
func (all assets) routes(mux register) {
	for _, a := range all {
		mux.Handle("GET "+a.address, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", a.mime)
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			send(w, r, http.StatusOK, a.body, a.packed())
		}))
	}
}

// send writes a body, compressed for readers who can take that.
func send(w http.ResponseWriter, r *http.Request, status int, body, packed []byte) {
	header := w.Header()
	header.Set("Vary", "Accept-Encoding")
	if packed != nil && takesGzip(r.Header.Get("Accept-Encoding")) {
		header.Set("Content-Encoding", "gzip")
		body = packed
	}
	header.Set("Content-Length", fmt.Sprint(len(body)))
	if status != http.StatusOK {
		w.WriteHeader(status)
	}
	if r.Method != http.MethodHead {
		// An error means that whoever asked is gone.
		_, _ = w.Write(body) //nolint:gosec // pages come from html/template, the rest is our own
	}
}

// takesGzip reads an Accept-Encoding; a quality of zero refuses.
func takesGzip(accepted string) bool {
	for item := range strings.SplitSeq(accepted, ",") {
		name, quality, _ := strings.Cut(strings.TrimSpace(item), ";")
		if name = strings.TrimSpace(name); name == "gzip" || name == "*" {
			quality = strings.ReplaceAll(quality, " ", "")
			return strings.Trim(strings.TrimPrefix(quality, "q="), "0.") != "" || quality == ""
		}
	}
	return false
}
