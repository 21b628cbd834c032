package browser

import (
	"sync"
	"testing"
)

// A tab costs a process, which reads ECharts and axe anew. Tests that only look at pages lend
// each other theirs: tabs at rest, by who looks and whether scripts run.
var resting = struct {
	sync.Mutex
	of map[reader][]*tab
}{of: map[reader][]*tab{}}

// borrow gives a reader a tab in which others have looked at pages before: it is for tests that
// sign nobody in or out. It rests after the test; after one that failed it is closed.
func borrow(t testing.TB, r reader) *tab {
	t.Helper()
	kind := reader{as: r.as, noScripts: r.noScripts}
	w := rested(kind)
	if w == nil {
		w = newTab(t, r)
	} else {
		w.TB = t
		w.sit(r)
	}
	t.Cleanup(func() {
		w.hold()
		if w.Failed() {
			w.close()
			return
		}
		w.forget()
		resting.Lock()
		defer resting.Unlock()
		resting.of[kind] = append(resting.of[kind], w)
	})
	return w
}

// rested is a tab at rest, if there is one.
func rested(kind reader) *tab {
	resting.Lock()
	defer resting.Unlock()
	all := resting.of[kind]
	if len(all) == 0 {
		return nil
	}
	w := all[len(all)-1]
	resting.of[kind] = all[:len(all)-1]
	return w
}
