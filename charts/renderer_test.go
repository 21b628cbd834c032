package charts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
)

// counting is a bundle whose "ECharts" counts what it draws, or never ends.
func counting(draw string) fstest.MapFS {
	return fstest.MapFS{Script: {Data: []byte(`var drawn = 0; var echarts = {
		setPlatformAPI: function () {},
		init: function () { return {
			setOption: function () {}, dispose: function () {},
			getZr: function () { return { painter: { renderToString: function () { ` + draw + ` } } }; }
		}; }
	};`)}}
}

func chartNo(n int) Chart {
	return Chart{Name: "test", Option: json.RawMessage(fmt.Sprintf(`{"n":%d}`, n)), Width: 10, Height: 10}
}

func TestBundle(t *testing.T) {
	if !HasBundle() {
		t.Fatal(`echarts.min.js is not embedded: run "make assets"`)
	}
	for _, name := range []string{Script, "langFR.js", "langAR.js", "LICENSE", "NOTICE"} {
		if f, err := Bundle().Open(name); err != nil {
			t.Error(err)
		} else {
			f.Close()
		}
	}
}

func TestBundleMissing(t *testing.T) {
	_, err := NewRenderer(fstest.MapFS{"README.txt": {}}).SVG(t.Context(), chartNo(1))
	if !errors.Is(err, ErrNoBundle) {
		t.Errorf("error = %v, want ErrNoBundle", err)
	}
}

func TestSameChartIsDrawnOnce(t *testing.T) {
	r := NewRenderer(counting(`drawn++; return '<svg x="' + drawn + '"></svg>';`))
	defer r.Close()
	var wait sync.WaitGroup
	for n := range 60 {
		wait.Go(func() {
			svg, err := r.SVG(context.Background(), chartNo(n%3))
			if err != nil || !strings.Contains(string(svg), "<desc>") {
				t.Errorf("%s, %v", svg, err)
			}
		})
	}
	wait.Wait()
	if svg := string(draw(t, r, chartNo(3))); !strings.Contains(svg, `x="4"`) {
		t.Errorf("%s: want 3 drawings for 60 requests of 3 charts before this one", svg)
	}
	other := chartNo(3)
	other.Title = "another"
	if svg := string(draw(t, r, other)); !strings.Contains(svg, `x="5"`) {
		t.Errorf("%s: another title is another picture", svg)
	}
}

func TestDrawingIsTheSameEachTime(t *testing.T) {
	c := everyChart(t, "fr", "Texte")[0]
	r := NewRenderer(Bundle())
	defer r.Close()
	first := string(draw(t, r, c))
	r.cache = newCache(cacheLimit)
	if second := string(draw(t, r, c)); first != second {
		t.Error("the same engine draws the same chart differently the second time")
	}
}

func TestEndlessScriptIsStopped(t *testing.T) {
	r := NewRenderer(counting(`if (drawn++ == 0) { for (;;) {} } return '<svg></svg>';`))
	defer r.Close()
	r.limit = 50 * time.Millisecond
	if _, err := r.SVG(t.Context(), chartNo(1)); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("error = %v, want the deadline", err)
	}
	if r.engine != nil {
		t.Error("an interrupted engine is kept")
	}
	r.files = counting(`return '<svg></svg>';`)
	r.script, r.limit = nil, drawLimit
	draw(t, r, chartNo(1)) // the failure is not remembered
}

func TestReaderWhoLeaves(t *testing.T) {
	r := NewRenderer(counting(`return '<svg></svg>';`))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r.busy <- struct{}{} // somebody else is drawing
	if _, err := r.SVG(ctx, chartNo(1)); !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want canceled", err)
	}
	<-r.busy
	draw(t, r, chartNo(1)) // the drawing went on, or is made now
	r.Close()
}

func TestScriptThatFails(t *testing.T) {
	r := NewRenderer(counting(`throw new Error('no such series');`))
	defer r.Close()
	if _, err := r.SVG(t.Context(), chartNo(1)); err == nil || !strings.Contains(err.Error(), "no such series") {
		t.Errorf("error = %v, want what the script says", err)
	}
}

func TestEngineIsReplaced(t *testing.T) {
	r := NewRenderer(counting(`drawn++; return '<svg x="' + drawn + '"></svg>';`))
	defer r.Close()
	for n := range maxDraws {
		draw(t, r, chartNo(n))
	}
	if svg := string(draw(t, r, chartNo(maxDraws))); !strings.Contains(svg, `x="1"`) {
		t.Errorf("%s: want the first drawing of a fresh engine", svg)
	}
}

func TestIdleEngineIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := NewRenderer(counting(`return '<svg></svg>';`))
		draw(t, r, chartNo(1))
		for range 3 { // work in between puts it off
			<-time.After(idleLimit - time.Second)
			synctest.Wait()
			if r.engine == nil {
				t.Fatal("given up too early")
			}
			draw(t, r, chartNo(int(time.Now().Unix())))
		}
		<-time.After(idleLimit + time.Second)
		synctest.Wait()
		if r.engine != nil || r.script != nil {
			t.Error("the engine is kept after a minute without work")
		}
		draw(t, r, chartNo(2))
		r.Close()
	})
}

func TestCacheIsBounded(t *testing.T) {
	c := newCache(100)
	name := func(n int) key { return key{byte(n)} }
	for n := range 10 {
		c.put(name(n), make([]byte, 30))
		c.get(name(0)) // in use all the time
	}
	if c.size > 100 || len(c.byKey) != 3 || c.recent.Len() != 3 {
		t.Errorf("%d bytes in %d drawings, want 90 in 3", c.size, len(c.byKey))
	}
	for n, want := range map[int]bool{0: true, 9: true, 8: true, 7: false, 1: false} {
		if _, found := c.get(name(n)); found != want {
			t.Errorf("drawing %d kept: %v, want %v", n, found, want)
		}
	}
	c.put(name(11), make([]byte, 101))
	c.put(name(9), make([]byte, 30))
	if c.size != 90 {
		t.Errorf("%d bytes after one that is too large and one that is there, want 90", c.size)
	}
}

func BenchmarkBuild(b *testing.B) {
	l := languages(b)["fr"]
	c := benchCourse(b)
	for b.Loop() {
		if _, err := Trajectory(l, c, Wide); err != nil {
			b.Fatal(err)
		}
	}
}

func TestDrawingsHaveNoStylesOfTheirOwn(t *testing.T) {
	drawn := string(finish(`<svg x="1"><text style="font-size:12px;font-family:'Noto Sans', serif;" x="1">style=&quot;a&quot;</text></svg>`, Chart{}))
	if want := `<text font-size="12px" font-family="'Noto Sans', serif" x="1">style=&quot;a&quot;</text></svg>`; !strings.HasSuffix(drawn, want) {
		t.Errorf("got  %s\nwant …%s", drawn, want)
	}
}
