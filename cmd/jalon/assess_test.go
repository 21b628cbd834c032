package main

import (
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/sql/sqltest"
)

// What a terminal shows is to be read by people: millions are digits, no powers of ten.
func TestValuesOfATerminal(t *testing.T) {
	for x, want := range map[float64]string{
		22153216: "22153216", 2215321.6: "2215322", 5.202173: "5.20217", 0.0000123: "0.0000123", -43.7: "-43.7", 123456.7: "123457", 0: "0",
	} {
		if got := value(progress.Num(x)); got != want {
			t.Errorf("%v is shown as %s, want %s", x, got, want)
		}
	}
	if got := value(progress.Number{}); got != "-" {
		t.Errorf("nothing is shown as %s", got)
	}
}

// The method that judged is told as a workbook would choose it, options and all.
func TestAssessTellsTheMethodAsItIsChosen(t *testing.T) {
	m := indicators.Method{Code: "opensdg_progress", Version: 1, Options: progress.Options{"limit": 100, "base_year": 2015}}
	if got := method(&m); got != "opensdg_progress@1 base_year=2015 limit=100" {
		t.Errorf("told as %s", got)
	}
	if got := method(&indicators.Method{Code: "opensdg_progress@7"}); got != "opensdg_progress@7" {
		t.Errorf("one that is not known is told as %s", got)
	}
	dsn := sqltest.DSN(t)
	b := programme()
	b["frameworks.csv"] = "code,kind,title_fr,start,end,method\nplan,plan,Plan,2016,2030,achievement_rate on_track=0.8\n"
	b["targets.csv"] = "indicator,framework,kind,period,value\nPEOPLE,plan,target,2030,13000000\n"
	must(t, "import", "--database", dsn, b.in(t))
	jalon(t.Context(), "assess", "--database", dsn, "PEOPLE").check(t, exitDone, "achievement_rate@1 on_track=0.8  ")
}
