package charts

import (
	"container/list"
	"crypto/sha256"
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
	key key
	svg []byte
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
	return found.Value.(drawing).svg, true
}

// put keeps a drawing and gives up those unused for longest. One that alone is
// larger than the whole cache is not kept.
func (c *cache) put(k key, svg []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, there := c.byKey[k]; there || len(svg) > c.limit {
		return
	}
	c.byKey[k] = c.recent.PushFront(drawing{k, svg})
	c.size += len(svg)
	for c.size > c.limit {
		last := c.recent.Remove(c.recent.Back()).(drawing)
		delete(c.byKey, last.key)
		c.size -= len(last.svg)
	}
}
