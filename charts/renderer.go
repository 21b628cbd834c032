package charts

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"runtime/debug"
	"time"

	"golang.org/x/sync/singleflight"
)

// ErrNoBundle says that the program was built without ECharts.
var ErrNoBundle = errors.New("the chart bundle is missing: run \"make assets\" and build again")

const (
	// drawLimit is how long one chart may take, waiting for an engine included.
	drawLimit = 10 * time.Second
	// idleLimit is after how long without work the engines are given up: together
	// with the compiled script they take tens of megabytes.
	idleLimit = time.Minute
	// cacheLimit is the number of bytes of drawings kept, compressed: some 300 charts.
	cacheLimit = 3 << 19
)

// A Renderer draws charts as SVG, each once as long as it is remembered. Any
// number of goroutines may use it. It draws one chart at a time: a second engine
// would cost as much memory again, and drawing is rare.
type Renderer struct {
	files fs.FS
	cache *cache
	group singleflight.Group
	limit time.Duration
	idle  time.Duration
	busy  chan struct{} // holds one token while an engine works

	// Guarded by busy.
	script *script
	engine *engine
	drop   *time.Timer
}

// NewRenderer draws with the ECharts found in a bundle.
func NewRenderer(bundle fs.FS) *Renderer {
	return &Renderer{files: bundle, cache: newCache(cacheLimit), limit: drawLimit, idle: idleLimit, busy: make(chan struct{}, 1)}
}

// SVG draws a chart as a picture without scripts, with its title and description
// for those who do not see it. Requests for the same chart share one drawing. The
// bytes are shared too: they must not be changed.
func (r *Renderer) SVG(ctx context.Context, c Chart) ([]byte, error) {
	k := c.key()
	if packed, found := r.cache.get(k); found {
		return unpack(packed)
	}
	drawn := r.group.DoChan(string(k[:]), func() (any, error) {
		// One reader who leaves must not take the drawing from the others.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.limit)
		defer cancel()
		svg, err := r.render(ctx, c)
		if err == nil {
			r.cache.put(k, pack(svg))
		}
		return svg, err
	})
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for chart %s: %w", c.Name, ctx.Err())
	case result := <-drawn:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.([]byte), nil
	}
}

// key is what a drawing depends on; the script is the same for a program's life.
func (c Chart) key() key {
	h := sha256.New()
	for _, text := range []string{c.Title, c.Description, string(c.Option)} {
		_ = binary.Write(h, binary.BigEndian, int64(len(text))) // a hash takes whatever it is given
		h.Write([]byte(text))
	}
	_ = binary.Write(h, binary.BigEndian, [2]int64{int64(c.Width), int64(c.Height)})
	return key(h.Sum(nil))
}

func (r *Renderer) render(ctx context.Context, c Chart) ([]byte, error) {
	select {
	case <-ctx.Done():
		return nil, fmt.Errorf("waiting for the chart engine: %w", ctx.Err())
	case r.busy <- struct{}{}:
	}
	defer func() { <-r.busy }()
	if r.drop != nil {
		r.drop.Stop()
	}
	if err := r.ready(); err != nil {
		return nil, err
	}
	svg, err := r.engine.svg(ctx, c)
	if err != nil || r.engine.draws >= maxDraws {
		r.engine = nil
	}
	r.drop = time.AfterFunc(r.idle, r.release)
	if err != nil {
		return nil, err
	}
	return finish(svg, c), nil
}

// ready compiles the script and starts an engine where there is none.
func (r *Renderer) ready() error {
	if r.script == nil {
		source, err := fs.ReadFile(r.files, Script)
		if errors.Is(err, fs.ErrNotExist) {
			return ErrNoBundle
		}
		if err != nil {
			return fmt.Errorf("reading %s: %w", Script, err)
		}
		compiled, err := compile(string(source))
		if err != nil {
			return err
		}
		r.script = &compiled
		debug.FreeOSMemory() // reading ECharts leaves more behind than it keeps
	}
	if r.engine != nil {
		return nil
	}
	e, err := newEngine(*r.script)
	r.engine = e
	return err
}

// release gives the memory of engine and script back to the system. The next
// chart compiles anew, which takes a third of a second.
func (r *Renderer) release() {
	select {
	case r.busy <- struct{}{}:
	default:
		return // at work: the end of that work sets the timer again
	}
	r.script, r.engine = nil, nil
	<-r.busy
	debug.FreeOSMemory()
}

// Close gives the memory back at once. The Renderer can still be used afterwards.
func (r *Renderer) Close() {
	r.busy <- struct{}{}
	if r.drop != nil {
		r.drop.Stop()
	}
	r.script, r.engine = nil, nil
	<-r.busy
}
