package web

import (
	"container/list"
	"sync"
)

// pageCacheLimit is the number of bytes of finished pages kept: most of the
// demonstration in one language.
const pageCacheLimit = 6 << 20

// A pageKey is all that a page depends on, beside the build. What was known at a
// changeset never changes, so a page is right as long as it is kept; but more of it may
// come to be withheld.
type pageKey struct {
	address   string // with the language
	asOf      string // as the reader gave it: links carry it on
	changeset int
	day       int
	withheld  int    // the Dataset's Protection
	before    string // which snapshot there is to compare with
}

// A finished page, plain and compressed.
type finishedPage struct {
	key    pageKey
	body   []byte
	packed []byte
}

// A pageCache keeps the pages asked for last, up to a number of bytes.
type pageCache struct {
	mu     sync.Mutex
	limit  int
	size   int
	recent *list.List // of *finishedPage, the one used last in front
	byKey  map[pageKey]*list.Element
}

func newPageCache(limit int) *pageCache {
	return &pageCache{limit: limit, recent: list.New(), byKey: map[pageKey]*list.Element{}}
}

func (c *pageCache) get(k pageKey) *finishedPage {
	c.mu.Lock()
	defer c.mu.Unlock()
	found := c.byKey[k]
	if found == nil {
		return nil
	}
	c.recent.MoveToFront(found)
	return found.Value.(*finishedPage)
}

// put keeps a page and gives up those unused for longest.
func (c *pageCache) put(p *finishedPage) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byKey[p.key] != nil || p.weight() > c.limit {
		return
	}
	c.byKey[p.key] = c.recent.PushFront(p)
	c.size += p.weight()
	for c.size > c.limit {
		last := c.recent.Remove(c.recent.Back()).(*finishedPage)
		delete(c.byKey, last.key)
		c.size -= last.weight()
	}
}

// weight counts the bytes of a page, with some for its place in the cache.
func (p *finishedPage) weight() int { return len(p.body) + len(p.packed) + 512 }
