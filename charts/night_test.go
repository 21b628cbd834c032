package charts

import (
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jalon/indicators/progress"
)

// A colour that nobody gave a counterpart would be drawn by night as it is by day.
func TestEveryColourIsKnownByNight(t *testing.T) {
	known := nightColours()
	for n := 1; n <= 17; n++ { // the official ones stay
		known[GoalColour(strconv.Itoa(n))] = ""
	}
	written := regexp.MustCompile(`(?i)"(#[0-9a-f]{3,8}|(?:rgb|hsl)a?\([^"]*\))"`)
	for _, lang := range []string{"fr", "ar"} {
		all := append(everyChart(t, lang, "Texte"), comparisons(t, lang, "Texte", Wide)...)
		for _, c := range append(all, planCharts(t, languages(t)[lang], themes(), "Texte", 7, Wide)...) {
			for _, found := range written.FindAllStringSubmatch(string(c.Option), -1) {
				if _, there := known[found[1]]; !there {
					t.Errorf("%s: %s has no counterpart in nightColours", c.Name, found[1])
				}
			}
		}
	}
}

func TestAChartByNight(t *testing.T) {
	for _, c := range everyChart(t, "fr", "#ffffff, noir") {
		night := c.In(Dark)
		if string(c.Option) == string(night.Option) || strings.Contains(string(night.Option), `"`+sheet+`"`) && !strings.Contains(string(c.Option), darkByDay) {
			t.Errorf("%s is as bright by night: %s", c.Name, night.Option)
		}
		if !strings.Contains(string(night.Option), "#ffffff, noir") {
			t.Errorf("%s: a text that speaks of a colour was changed", c.Name)
		}
	}
}

func TestLetteringIsReadableByNight(t *testing.T) {
	grounds := ramp()
	all := append(grounds[:], accent, gaps, pale, planned)
	for _, class := range classes() {
		all = append(all, class)
	}
	for _, s := range progress.Statuses() {
		all = append(all, statusColour(s))
	}
	for _, day := range all {
		if got := Contrast(Dark.Colour(day), Dark.Colour(inkOn(day))); got < 4.5 {
			t.Errorf("%s is %s by night: contrast %.1f, want 4.5 at least", day, Dark.Colour(day), got)
		}
	}
	for _, letters := range []string{ink, soft, accent, goal, women, men} {
		if got := Contrast(Dark.Colour(letters), Dark.Colour(sheet)); got < 4.5 {
			t.Errorf("%s is %s by night: contrast %.1f on the sheet", letters, Dark.Colour(letters), got)
		}
	}
}
