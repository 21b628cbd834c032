package indicators

import (
	"slices"
	"testing"
)

func partPeriod(t *testing.T, text string) Period {
	t.Helper()
	p, err := ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func partFigure(t *testing.T, period, value string) Figure {
	t.Helper()
	f := Figure{Period: partPeriod(t, period), Status: "A"}
	if value == "" {
		f.Status = "Q"
		return f
	}
	var err error
	if f.Value, err = ParseDecimal(value); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestParts(t *testing.T) {
	parts := Parts{
		{Governorate: "TN-11"}: {partFigure(t, "2026-01", "5"), partFigure(t, "2026-02", "6"), partFigure(t, "2026-03", "7")},
		{Governorate: "TN-12"}: {partFigure(t, "2026-01", "1"), partFigure(t, "2026-02", "2")},
		{Governorate: "TN-13"}: {partFigure(t, "2026-01", "1"), partFigure(t, "2026-02", ""), partFigure(t, "2026-03", "")},
		{Sex: "F"}:             {partFigure(t, "2025", "3")},
		{Other: "milieu=U"}:    {partFigure(t, "2025", "")},
		{Age: "15-24"}:         nil,
	}
	if got, want := parts.Dimensions(), []string{"sex", "governorate", "milieu"}; !slices.Equal(got, want) {
		t.Errorf("dimensions %v, want %v", got, want)
	}
	if got := parts.Periods("governorate"); len(got) != 3 || got[0] != partPeriod(t, "2026-03") {
		t.Errorf("periods %v, want three from March down", got)
	}
	// March tells of one governorate of three, February of two: the first does not stand for
	// the country.
	if got := parts.Telling("governorate"); got != partPeriod(t, "2026-02") {
		t.Errorf("the telling period is %v, want 2026-02", got)
	}
	if got := parts.Telling("milieu"); got != 0 {
		t.Errorf("what is withheld tells of %v", got)
	}
	if got := At(parts[Breakdown{Governorate: "TN-12"}], partPeriod(t, "2026-03")); got != nil {
		t.Errorf("there is no figure of March, got %v", got)
	}
	for _, b := range []Breakdown{{}, {Sex: "F", Age: "15-24"}, {Other: "disability=PD|milieu=U"}} {
		if dimension, category := b.Alone(); dimension != "" || category != "" {
			t.Errorf("%q is of the one dimension %q, %q", b.Key(), dimension, category)
		}
	}
}
