package indicators

import (
	"fmt"
	"testing"
)

// Of three periods the first was revised twice, once in time for its third month; the
// second never; the third was withdrawn.
func TestRevisions(t *testing.T) {
	version := func(year int, value string, since, until int) Version {
		v := Version{Figure: Figure{Period: Year(year), Status: "A", Since: since}, Until: until}
		if value != "" {
			v.Value = decimal(value)
		} else {
			v.Status = "O"
		}
		return v
	}
	versions := []Version{
		version(2018, "10", 1, 2), version(2018, "11", 2, 4), version(2018, "9", 4, 0),
		version(2019, "20", 2, 0),
		version(2020, "", 3, 4), version(2020, "5", 4, 5), // said to be missing at first
		version(2021, "", 3, 0),
	}
	ds := NewDataset(&Definitions{}, changesets("2019-01-31", "2019-04-15", "2021-01-10", "2021-06-01", "2021-06-02"), nil)
	r := ds.On(day("2021-06-30")).Revisions(versions)
	if len(r.Periods) != 3 || r.Count != 2 {
		t.Fatalf("%d periods, %d with both values: %+v", len(r.Periods), r.Count, r.Periods)
	}
	var got string
	for _, p := range r.Periods {
		got += fmt.Sprintf("%s on %s: %s, %s, latest %q, %d times, %v %v\n", p.Period, p.On, p.First.Value, p.After, p.Latest, p.Times, p.Difference, p.Relative)
	}
	const want = `2020 on 2021-06-01: 5, [  ], latest "", 0 times, {0 false} {0 false}
2019 on 2019-04-15: 20, [20 20 20], latest "20", 0 times, {0 true} {0 true}
2018 on 2019-01-31: 10, [10 11 11], latest "9", 2 times, {-1 true} {-0.1 true}
`
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if r.Mean.Value != -0.5 || r.Absolute.Value != 0.5 || r.Relative.Value != 1.0/30 {
		t.Errorf("mean %v, absolute %v, relative %v", r.Mean, r.Absolute, r.Relative)
	}
	if none := ds.On(day("2021-06-30")).Revisions(nil); none.Mean.Valid || none.Relative.Valid || len(none.Periods) > 0 {
		t.Errorf("of nothing: %+v", none)
	}
}

func TestCellsAreThoseOfTheWorkbook(t *testing.T) {
	decimals := 1
	before := Indicator{Code: "A", Title: Text{FR: "Avant"}, Unit: "PERSONS", Groups: Codes{"1", "2"}, Decimals: &decimals, Key: true}
	after := before
	after.Title.AR, after.Groups, after.Decimals, after.Key = "بعد", nil, nil, false
	after.Results = Links{{Framework: "plan", Result: "1", Weight: decimal("2.50")}}
	got := fmt.Sprint(EntryChange{Table: "indicators", Before: before, After: after}.Cells())
	if want := "[{title_ar  بعد} {groups 1|2 } {decimals 1 } {key yes } {results  plan:1=2.50}]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	target := Target{Indicator: "A", Kind: "target", Period: Year(2030), Low: decimal("1"), High: decimal("2"), Decided: 20260131, Breakdown: Breakdown{Sex: "F", Other: "milieu=U"}, Since: 4}
	later := target
	later.Since, later.Breakdown.Sex = 9, "M"
	if got := fmt.Sprint(EntryChange{Before: target, After: later}.Cells()); got != "[{sex F M}]" {
		t.Errorf("got %s", got)
	}
	if got := fmt.Sprint(EntryChange{After: target}.Cells()); got != "[{indicator  A} {kind  target} {period  2030} {low  1} {high  2} {decided  2026-01-31} {sex  F} {breakdown  milieu=U}]" {
		t.Errorf("of a new one: %s", got)
	}
}
