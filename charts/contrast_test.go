package charts

import (
	"strings"
	"testing"

	"jalon/indicators/progress"
)

func TestThemesKnowTheSameColours(t *testing.T) {
	for _, theme := range []Theme{Strong, StrongNight} {
		all := theme.counterparts()
		for day := range nightColours() {
			if all[day] == "" {
				t.Errorf("%s: %s has no counterpart", theme, day)
			}
		}
		if len(all) != len(nightColours()) {
			t.Errorf("%s has %d colours, the night %d", theme, len(all), len(nightColours()))
		}
		for _, c := range everyChart(t, "fr", "#ffffff, noir") {
			strong := c.In(theme)
			if string(strong.Option) == string(c.Option) || !strings.Contains(string(strong.Option), "#ffffff, noir") {
				t.Errorf("%s, %s: colours are as they were, or those in texts are not", theme, c.Name)
			}
		}
	}
}

// What who asks for more contrast is given, by WCAG 2.2: 7 for lettering on the sheet (1.4.6),
// 4.5 where numbers stand on a mark, which a table says as well.
func TestContrastOfStrongCharts(t *testing.T) {
	for _, theme := range []Theme{Strong, StrongNight} {
		all := theme.counterparts()
		holds := func(front, back string, least float64) {
			t.Helper()
			if got := Contrast(all[front], all[back]); got < least {
				t.Errorf("%s: %s is %s on %s: contrast %.2f, want %.1f", theme, front, all[front], all[back], got, least)
			}
		}
		for _, letters := range []string{ink, soft, accent, goal, women, men} {
			holds(letters, sheet, 7)
		}
		for _, mark := range []string{zero, link, rim, faint, late} {
			holds(mark, sheet, 4.5)
		}
		holds(planned, sheet, 3)
		holds(accent, planned, 3)
		holds(line, sheet, 3)
		grounds := ramp()
		lettered := append(grounds[:], accent, pale)
		for _, class := range classes() {
			lettered = append(lettered, class)
		}
		for _, s := range progress.Statuses() {
			holds(statusColour(s), sheet, 3)
			lettered = append(lettered, statusColour(s))
		}
		for _, ground := range lettered {
			holds(inkOn(ground), ground, 4.5)
		}
	}
}
