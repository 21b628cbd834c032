package web

import (
	"regexp"
	"strings"
	"testing"

	"jalon/indicators"
)

// The desk leads to the grid of the periods in which something is overdue, or due soon, though
// most of what a person reports is of others.
func TestTheDeskLeadsToWhatPresses(t *testing.T) {
	m, _ := withHistory(t)
	theme := m.signedIn("theme1")
	link := regexp.MustCompile(`<a class="button" href="(/fr/desk/grid[^"]*)"`).FindStringSubmatch(theme.page("/fr/desk"))
	if link == nil {
		t.Fatal("the desk does not lead to the grid")
	}
	if page := theme.page(link[1]); !strings.Contains(page, `href="/fr/indicators/DELAY"`) {
		t.Errorf("%s has nothing of what is overdue", link[1])
	}
	if page := theme.page("/fr/desk/grid"); strings.Contains(page, `href="/fr/indicators/DELAY"`) {
		t.Error("the grid opens on it of its own accord: nothing is proved")
	}
}

func TestPressing(t *testing.T) {
	of := func(f indicators.Frequency, state indicators.Timeliness) indicators.Obligation {
		return indicators.Obligation{Indicator: &indicators.Indicator{Frequency: f}, State: state}
	}
	over, soon := of(indicators.Quarterly, indicators.Overdue), of(indicators.Monthly, indicators.DueSoon)
	for want, owing := range map[indicators.Frequency][]indicators.Obligation{
		indicators.Quarterly: {soon, soon, over},
		indicators.Monthly:   {soon, of(indicators.Yearly, indicators.NotYetDue)},
		"":                   {of(indicators.Monthly, indicators.NotYetDue)},
	} {
		if got := pressing(owing); got != want {
			t.Errorf("%q presses, want %q", got, want)
		}
	}
}
