package web

import (
	"io/fs"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jalon/charts"
	"jalon/indicators/progress"
)

func allSchemes(t *testing.T) []scheme {
	t.Helper()
	own, err := fs.Sub(ownFiles, "static")
	if err != nil {
		t.Fatal(err)
	}
	all, err := readSchemes(own)
	if err != nil || len(all) != 4 {
		t.Fatalf("%d schemes, error %v", len(all), err)
	}
	return all
}

func TestEveryTextCanBeReadInEveryScheme(t *testing.T) {
	for _, s := range allSchemes(t) {
		for _, p := range pairings() {
			if got := charts.Contrast(s.tokens[p.Front], s.tokens[p.Back]); got < p.Least {
				t.Errorf("%s: %s %s on %s %s has contrast %.2f, want %.1f", s.Name, p.Front, s.tokens[p.Front], p.Back, s.tokens[p.Back], got, p.Least)
			}
		}
		if s.Name == "light_more" || s.Name == "dark_more" {
			if got := charts.Contrast(s.tokens["ink"], s.tokens["sheet"]); got < 15 {
				t.Errorf("%s: text has contrast %.1f only", s.Name, got)
			}
		}
	}
}

// Colours a step apart are told apart by most readers; in a bar the pieces touch, so that
// the distance is asked for of every two.
const apart = 10 // ΔE*ab, CIE 1976

// sights are how readers see who lack one kind of cone: matrices for linear RGB of
// severity 1 (G. Machado, M. Oliveira, L. Fernandes, "A Physiologically-based Model for
// Simulation of Color Vision Deficiency", IEEE TVCG 15(6), 2009).
func sights() map[string][3][3]float64 {
	return map[string][3][3]float64{
		"all three": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia": {
			{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998},
		},
		"deuteranopia": {
			{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881},
		},
		"tritanopia": {
			{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900},
		},
	}
}

// The status that is not assessable is hatched everywhere: it need not differ in colour.
func TestStatusesAreToldApartByReadersWhoSeeFewerColours(t *testing.T) {
	for _, s := range allSchemes(t) {
		for sight, matrix := range sights() {
			names := statusTokens()[:6]
			for n, a := range names {
				for _, b := range names[:n] {
					if d := distance(asSeen(s.tokens[a], matrix), asSeen(s.tokens[b], matrix)); d < apart {
						t.Errorf("%s, %s: %s and %s are %.1f apart, want %d", s.Name, sight, a, b, d, apart)
					}
				}
			}
		}
	}
}

// No status is told by its colour alone.
func TestEveryStatusHasItsSign(t *testing.T) {
	signs := map[string]progress.Status{}
	for _, s := range progress.Statuses() {
		if other, taken := signs[sign(s)]; taken {
			t.Errorf("%s and %s have the same sign", s, other)
		}
		signs[sign(s)] = s
	}
}

func TestChartsHaveTheColoursOfThePages(t *testing.T) {
	all := allSchemes(t)
	for name, of := range charts.Tokens() {
		if light, dark := all[0].tokens[name], all[2].tokens[name]; of.Light != light || of.Dark != dark {
			t.Errorf("%s: charts have %s and %s in the dark, the pages %s and %s", name, of.Light, of.Dark, light, dark)
		}
	}
}

func TestStrongChartsHaveTheColoursOfStrongPages(t *testing.T) {
	all := allSchemes(t)
	for name, of := range charts.Tokens() {
		for theme, s := range map[charts.Theme]scheme{charts.Strong: all[1], charts.StrongNight: all[3]} {
			if got := theme.Colour(of.Light); got != s.tokens[name] {
				t.Errorf("%s, %s: charts have %s, the pages %s", theme, name, got, s.tokens[name])
			}
		}
	}
}

func TestGoalsHaveTheirOfficialColours(t *testing.T) {
	sheet, err := ownFiles.ReadFile("static/css/goals.css")
	if err != nil {
		t.Fatal(err)
	}
	light, _, _ := strings.Cut(string(sheet[strings.Index(string(sheet), ":is("):]), "{")
	for n := 1; n <= 17; n++ {
		goal := strconv.Itoa(n)
		colour, letters := charts.GoalColour(goal), "#111722"
		if !strings.Contains(string(sheet), ".g-"+goal+" { --c: "+colour+"; }") {
			t.Errorf("goal %d is not %s", n, colour)
		}
		if regexp.MustCompile(`\.g-` + goal + `\b`).MatchString(light) {
			letters = "#ffffff"
		}
		if got := charts.Contrast(colour, letters); got < 4.45 { // the red of goal 1 reaches 4.49 on white, less on black
			t.Errorf("goal %d: %s on %s has contrast %.2f", n, letters, colour, got)
		}
	}
}

// asSeen is a colour in CIE L*a*b* (D65) as it is seen.
func asSeen(colour string, matrix [3][3]float64) [3]float64 {
	n, _ := strconv.ParseUint(colour[1:], 16, 32)
	var rgb, simulated [3]float64
	for i := range rgb {
		c := float64(n>>(16-8*i)&0xff) / 255
		if rgb[i] = c / 12.92; c > 0.04045 {
			rgb[i] = math.Pow((c+0.055)/1.055, 2.4)
		}
	}
	for i, row := range matrix {
		simulated[i] = min(max(row[0]*rgb[0]+row[1]*rgb[1]+row[2]*rgb[2], 0), 1)
	}
	r, g, b := simulated[0], simulated[1], simulated[2]
	x := warped((0.4124564*r + 0.3575761*g + 0.1804375*b) / 0.95047)
	y := warped(0.2126729*r + 0.7151522*g + 0.0721750*b)
	z := warped((0.0193339*r + 0.1191920*g + 0.9503041*b) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

func warped(t float64) float64 {
	if t > 216.0/24389 {
		return math.Cbrt(t)
	}
	return (24389.0/27*t + 16) / 116
}

func distance(a, b [3]float64) float64 {
	return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
}
