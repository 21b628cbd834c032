package browser

import (
	"bytes"
	"context"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// A manner is how a page is pictured.
type manner struct {
	name string
	reader
	print bool
}

func manners() []manner {
	return []manner{
		{name: "wide", reader: reader{width: 1280, height: 900}},
		{name: "phone", reader: reader{width: 390, height: 844}},
		{name: "arabic", reader: reader{lang: "ar", width: 1280, height: 900}},
		{name: "dark", reader: reader{width: 1280, height: 900, dark: true}},
		{name: "print", reader: reader{width: 794, height: 1123}, print: true}, // A4
	}
}

// Screenshots in every manner: of all main pages where a folder is named for them.
func TestScreenshots(t *testing.T) {
	t.Parallel()
	dir, pages, height := *pictures, mainPages(), 0.0
	if dir == "" {
		dir, pages, height = t.TempDir(), pages[:1], 600
	}
	for _, m := range manners() {
		for _, p := range pages {
			r := m.reader
			r.as = p.As
			w := borrow(t, r)
			w.page(p)
			if m.print {
				w.media("print", false)
				w.keep(filepath.Join(dir, p.Name+"-"+m.name+".pdf"), w.paper())
			}
			w.keep(filepath.Join(dir, p.Name+"-"+m.name+".png"), w.picture(height))
		}
	}
	if *readme {
		w := open(t, reader{width: 1200, height: 900})
		w.visit("/")
		w.keep(filepath.Join("..", "pictures", "overview.png"), w.picture(1560))
	}
}

// picture is the page from its top to its end, or as high as said.
func (w *tab) picture(height float64) (shot []byte) {
	w.Helper()
	if height == 0 {
		w.eval(`document.documentElement.scrollHeight`, &height)
	}
	w.do("taking a picture", chromedp.ActionFunc(func(ctx context.Context) (err error) {
		shot, err = page.CaptureScreenshot().WithCaptureBeyondViewport(true).
			WithClip(&page.Viewport{Width: float64(w.width), Height: height, Scale: 1}).Do(ctx)
		return err
	}))
	painted, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		w.Fatal(err)
	}
	colours := map[any]bool{}
	for x := 0; x < painted.Bounds().Dx(); x += 5 {
		for y := 0; y < painted.Bounds().Dy(); y += 7 {
			colours[painted.At(x, y)] = true
		}
	}
	if len(colours) < 20 {
		w.Errorf("%s, %d pixels wide: a picture of %d colours", w.where(), w.width, len(colours))
	}
	return shot
}

// paper is the page as a reader prints it.
func (w *tab) paper() (pdf []byte) {
	w.Helper()
	w.do("printing", chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).WithPrintBackground(true).Do(ctx)
		return err
	}))
	return pdf
}

func (w *tab) keep(file string, content []byte) {
	w.Helper()
	if err := os.WriteFile(file, content, 0o644); err != nil {
		w.Fatal(err)
	}
}
