package web

import (
	"net/http"
	"testing"
	"time"
)

// Of two who publish the same at once one does, of ten who submit the same one does; the
// others are told. A form that was open when its period was locked changes nothing.
func TestManyAtOnce(t *testing.T) {
	m := newMinistry(t)
	focal, verifier := m.signedIn("theme1"), m.signedIn("verifier")
	expect(t, focal.enters("THREE", "2025", "151"), http.StatusSeeOther)
	m.atOnce(t, "theme1", "submit", 10)
	expect(t, verifier.steps("verify", "THREE", ""), http.StatusSeeOther)
	m.atOnce(t, "verifier", "publish", 4)

	seen := hidden(t, focal.page("/fr/desk/figures/DELAY?period=2026-08"), "seen")
	expect(t, verifier.post("/fr/desk/periods", "do", "lock", "period", "2026-08", "reason", "clos"), http.StatusSeeOther)
	newest := newestOf(t, m.store)
	expect(t, focal.post("/fr/desk/figures/DELAY?period=2026-08", "seen", seen, "value", "9", "obs_status", "A", "do", "draft"), http.StatusUnprocessableEntity)
	expect(t, focal.post("/fr/desk/grid?frequency=month", "seen", seen, "v:DELAY:2026-08", "9", "do", "submit"), http.StatusUnprocessableEntity)
	if now := newestOf(t, m.store); now != newest {
		t.Errorf("%d changesets were made in a locked period", now-newest)
	}
}

// atOnce has one step taken from several browsers of a person at the same time.
func (m *ministry) atOnce(t *testing.T, name, kind string, times int) {
	t.Helper()
	figure, newest := m.onItsWay("THREE"), newestOf(t, m.store)
	answers := make(chan int, times)
	for range times {
		p := m.signedIn(name)
		go func() {
			answers <- p.post("/fr/desk/review", "do", kind, "sure", "yes", "figure", figure).StatusCode
		}()
	}
	counts := map[int]int{}
	for range times {
		select {
		case status := <-answers:
			counts[status]++
		case <-time.After(time.Minute):
			t.Fatal("no answer")
		}
	}
	if counts[http.StatusSeeOther] != 1 || counts[http.StatusConflict] != times-1 {
		t.Errorf("%d times %s at once: %v", times, kind, counts)
	}
	if now := newestOf(t, m.store); now != newest+1 {
		t.Errorf("%d times %s at once make %d changesets", times, kind, now-newest)
	}
}
