package charts

import (
	"bytes"
	"testing"
)

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

func TestSameChartIsDrawnOnce(t *testing.T) {
	r, c := NewRenderer(), everyChart(t, "fr", "Texte")[0]
	first, err := r.SVG(c)
	if err != nil || r.cache.recent.Len() != 1 {
		t.Fatalf("%d drawings kept, %v", r.cache.recent.Len(), err)
	}
	k := c.key()
	r.cache.byKey[k].Value = drawing{k, pack([]byte("kept"))}
	if again, err := r.SVG(c); err != nil || string(again) != "kept" {
		t.Errorf("%.60s, %v: want the drawing that is kept", again, err)
	}
	c.Title = "another"
	if other, err := r.SVG(c); err != nil || string(other) == string(first) || r.cache.recent.Len() != 2 {
		t.Errorf("another title is another picture: %v", err)
	}
}

func TestDrawingIsTheSameEachTime(t *testing.T) {
	for _, c := range everyChart(t, "fr", "Texte") {
		first := draw(t, c)
		if again := draw(t, c); !bytes.Equal(first, again) {
			t.Errorf("%s is drawn differently the second time", c.Name)
		}
	}
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
