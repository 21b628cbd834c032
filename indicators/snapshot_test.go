package indicators

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write golden files anew")

// frozenProgramme is one in which every rule of judgement has something to decide.
func frozenProgramme(rules ...Setting) *Picture {
	d := programme()
	d.Settings = append(rules, d.Settings...)
	add := func(code, kind, direction, accumulation string, frequency Frequency, framework string) {
		d.Indicators = append(d.Indicators, Indicator{
			Code: code, Title: Text{FR: "Indicateur"}, Actions: Codes{"A1"}, Unit: "NUMBER", Kind: kind, Direction: direction,
			Accumulation: accumulation, Frequency: frequency, Results: Links{{Framework: framework, Result: "3.2"}},
		})
	}
	add("BAND", "number", Maintain, Level, Yearly, "plan2016")
	add("BROKEN", "number", Increase, Level, Yearly, "plan2016")
	add("COUNTED", "number", Increase, Cumulative, Monthly, "plan2016")
	add("MEAN", "percent", Increase, Level, Yearly, "plan2016")
	add("STAGE", "scale", Increase, Level, Yearly, "plan2016")
	add("SUM", "amount", Increase, Flow, Quarterly, "plan2016")
	add("YESNO", "binary", Increase, Level, Yearly, "plan2016")
	SortEntries(d.Indicators)
	band := Target{Indicator: "BAND", Kind: TargetKind, Period: period("2020"), Low: decimal("2"), High: decimal("4")}
	for indicator, row := range map[string]Target{
		"BAND": band, "BROKEN": row(TargetKind, "2020", "50"), "COUNTED": row(TargetKind, "2020", "100"), "MEAN": row(TargetKind, "2016-2020", "40"),
		"STAGE": row(TargetKind, "2020", "5"), "SUM": row(TargetKind, "2016-2020", "1000"), "YESNO": row(TargetKind, "2020", "1"),
	} {
		row.Indicator, row.Framework, row.Since = indicator, "plan2016", 1
		d.Targets = append(d.Targets, row)
	}
	d.Targets = sortedTargets(d.Targets...)
	series := totals(map[string][]Figure{
		"REM-COST": figures("2016 9.48699", "2017 8.9", "2019 7.1", "2020 6.4"), "UNEMP": figures("2015 15.2", "2017 15.5", "2019 14.9"),
		"BAND": figures("2015 6", "2019 4.5"), "BROKEN": figures("2015 20", "2017 24", "2018 60", "2019 61"), "COUNTED": figures("2016-01 10", "2018-06 44", "2019-12 41"),
		"MEAN": figures("2015 30", "2016 31", "2017 36"), "STAGE": figures("2015 1", "2019 3"), "SUM": figures("2016-Q1 50", "2016-Q2 70.5", "2019-Q1 12~"), "YESNO": figures("2015 0", "2019 0"),
	})
	series[SeriesKey{Indicator: "BROKEN"}][2].Status = "B"
	for n := range series[SeriesKey{Indicator: "MEAN"}] {
		f := &series[SeriesKey{Indicator: "MEAN"}][n]
		f.Numerator, f.Denominator = Whole(int64(30+n)), Whole(int64(100+10*n))
	}
	return NewDataset(d, changesets("2015-01-01", "2016-01-01", "2018-06-01", "2020-02-01"), series).On(day("2020-03-31"))
}

// The canonical form of each format, as the jalon that brought it wrote it: a snapshot
// that has been taken can be verified for ever.
func TestFormatsStayAsTheyWere(t *testing.T) {
	for format, p := range map[int]*Picture{1: frozenProgramme(), 2: frozenProgramme(Setting{"rules", "2"}), 3: frozenProgramme(Setting{"rules", "2"}), 4: frozenProgramme(Setting{"rules", "2"})} {
		t.Run(fmt.Sprint(format), func(t *testing.T) { staysAsItWas(t, p, format) })
	}
}

func staysAsItWas(t *testing.T, p *Picture, format int) {
	t.Helper()
	snap := Snapshot{Number: "2020-03", Format: format, TakenBy: "a@example.org", TakenAt: time.Date(2020, 4, 3, 8, 0, 0, 0, time.UTC)}
	var got bytes.Buffer
	all := []Observation{{Indicator: "UNEMP", Figure: p.Figures("UNEMP")[1], Review: Published}}
	if format >= completeFormat { // all that it was judged by
		all = nil
		for n := range p.Indicators {
			for _, f := range p.Figures(p.Indicators[n].Code) {
				all = append(all, Observation{Indicator: p.Indicators[n].Code, Figure: f, Review: Published})
			}
		}
		all[0].Comment, all[1].Erased = "Enquête <2017>", Optional(HashOf("à effacer"))
	} else if format == hashedFormat {
		commented, erased := all[0], all[0]
		commented.Comment, erased.Erased = "Enquête <2017>", Optional(HashOf("à effacer"))
		all = append(all, commented, erased)
	}
	for line, err := range Freeze(p, snap, func(yield func(*Observation, error) bool) {
		for n := range all {
			yield(&all[n], nil)
		}
	}) {
		if err != nil {
			t.Fatal(err)
		}
		got.Write(line)
	}
	golden := fmt.Sprintf("testdata/snapshot-format-%d.jsonl", format)
	if *update {
		if err := os.WriteFile(golden, got.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(got.String(), "\n") {
		if lines := strings.Split(string(want), "\n"); n >= len(lines) || line != lines[n] {
			t.Fatalf("line %d is now\n%s", n+1, line)
		}
	}
	if got.Len() != len(want) {
		t.Errorf("%d bytes, want %d", got.Len(), len(want))
	}
}
