package charts

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"jalon/charts/paper"
)

// cacheLimit is the number of bytes of drawings kept, compressed: some 300 charts.
const cacheLimit = 3 << 19

// A Renderer draws charts as SVG, each once as long as it is remembered. Any number of
// goroutines may use it.
type Renderer struct{ cache *cache }

// NewRenderer remembers nothing yet.
func NewRenderer() *Renderer { return &Renderer{newCache(cacheLimit)} }

// SVG draws a chart as a picture without scripts, with its title and description for those
// who do not see it.
func (r *Renderer) SVG(c Chart) ([]byte, error) {
	k := c.key()
	if packed, found := r.cache.get(k); found {
		return unpack(packed)
	}
	svg, err := c.SVG()
	if err == nil {
		r.cache.put(k, pack(svg))
	}
	return svg, err
}

// SVG draws the chart anew.
func (c Chart) SVG() ([]byte, error) {
	svg, err := paper.SVG(paper.Picture{Option: c.Option, Width: c.Width, Height: c.Height, Title: c.Title, Description: c.Description, Mount: c.mount})
	if err != nil {
		return nil, fmt.Errorf("drawing chart %s: %w", c.Name, err)
	}
	return svg, nil
}

// key is what a drawing depends on; the program that draws is the same for its life.
func (c Chart) key() key {
	h := sha256.New()
	mount, _ := json.Marshal(c.mount) // texts and numbers can always be written
	for _, text := range []string{c.Title, c.Description, string(c.Option), string(mount)} {
		_ = binary.Write(h, binary.BigEndian, int64(len(text))) // a hash takes whatever it is given
		h.Write([]byte(text))
	}
	_ = binary.Write(h, binary.BigEndian, [2]int64{int64(c.Width), int64(c.Height)})
	return key(h.Sum(nil))
}
