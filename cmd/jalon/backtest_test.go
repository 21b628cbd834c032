package main

import (
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"testing"

	"jalon/sql/sqltest"
)

// remittances are the cost of sending money to Tunisia, in percent, from 2016 on, as
// it was known after each changeset: the last edition is that of the World Bank, of
// the first values of 2020 and 2021 the test is the author.
func remittances() [][]float64 {
	return [][]float64{
		{9.48699, 10.6492, 8.83464, 9.51176, 8.1},
		{9.48699, 10.6492, 8.83464, 9.51176, 8.99019, 10.9},
		{9.48699, 10.6492, 8.83464, 9.51176, 8.99019, 10.28448, 8.9175},
		{9.48699, 10.6492, 8.83464, 9.51176, 8.99019, 10.28448, 8.9175, 5.53667},
	}
}

// unemployment is that of Tunisia, in percent, from 2005 on (ILO, ILOSTAT).
func unemployment() []float64 {
	return []float64{12.872, 12.51, 12.365, 12.444, 13.29, 13.049, 18.334, 17.63, 15.934, 14.259, 15.159, 15.557, 15.33, 15.459, 17.153}
}

// rows are the lines of a table of observations.
func rows(code string, first int, values []float64) (all []string) {
	for n, v := range values {
		all = append(all, fmt.Sprintf("%s,%d,%v,", code, first+n, v))
	}
	return all
}

// projected is a programme with two series that can be projected, one that cannot and
// one without values.
func projected(observations []string) files {
	all := programme()
	all["frameworks.csv"] = "code,kind,title_fr,start,end,baseline\nplan,plan,Plan,2016,2030,2015\n"
	all["indicators.csv"] = "code,title_fr,groups,unit,kind,direction,accumulation,frequency\n" +
		"REM-COST,Coût des envois,1,PERCENT,percent,decrease,level,year\nUNEMP,Chômage,1,PERCENT,percent,decrease,level,year\n" +
		"LAW,Loi,1,NUMBER,binary,increase,level,year\nSILENT,Sans valeur,1,NUMBER,number,increase,level,year\n"
	all["targets.csv"] = "indicator,kind,period,value,framework\nREM-COST,target,2030,3,plan\nUNEMP,target,2030,10,plan\nSILENT,target,2030,1,plan\n"
	law := rows("LAW", 2010, []float64{0, 0, 0, 1, 1, 0, 1, 1, 1, 1})
	all["observations.csv"] = figures(append(observations, law...)...)["observations.csv"]
	return all
}

// A tested model is what the command prints of one as JSON.
type tested struct {
	Model                          string
	Series, Trials, Inside, Scored int
	ByVintages                     int `json:"by_vintages"`
	Rolling                        int `json:"by_rolling_origin"`
	Coverage, Brier                *float64
	squares                        float64
}

// The whole is computed again here, from the formulas: the line of least squares, on
// the scale of the model, Student's interval and probability.
func (m *tested) outcome(known []float64, ahead int, came, limit float64) {
	to := func(v float64) float64 { return v }
	switch m.Model {
	case "loglinear":
		to = math.Log
	case "logit":
		to = func(v float64) float64 { return math.Log(v / (100 - v)) }
	}
	n := float64(len(known))
	if len(known) < 5 || ahead > len(known)-1 {
		return
	}
	var sx, sy, sxx, sxy, sse float64
	for i, v := range known {
		sx, sy = sx+float64(i), sy+to(v)
	}
	for i, v := range known {
		sxx += (float64(i) - sx/n) * (float64(i) - sx/n)
		sxy += (float64(i) - sx/n) * (to(v) - sy/n)
	}
	at := func(x float64) float64 { return sy/n + sxy/sxx*(x-sx/n) }
	for i, v := range known {
		sse += (to(v) - at(float64(i))) * (to(v) - at(float64(i)))
	}
	x := float64(len(known)-1) + float64(ahead)
	se := math.Sqrt(sse/(n-2)) * math.Sqrt(1+1/n+(x-sx/n)*(x-sx/n)/sxx)
	m.Trials++
	if share := student((to(came)-at(x))/se, len(known)-2); share >= 0.1 && share <= 0.9 {
		m.Inside++
	}
	p, met := student((to(limit)-at(x))/se, len(known)-2), 0.0
	if came <= limit {
		met = 1
	}
	m.Scored++
	m.squares += (p - met) * (p - met)
}

// student is the share of Student's distribution up to t, by Simpson's rule: with
// t = √df·tan θ the density is that of cos^(df−1) θ.
func student(t float64, df int) float64 {
	sum := func(to float64) float64 {
		const steps = 2000
		h := (to + math.Pi/2) / steps
		total := 0.0
		for k := range steps + 1 {
			weight := 2.0 + 2*float64(k%2)
			if k == 0 || k == steps {
				weight = 1
			}
			total += weight * math.Pow(math.Cos(-math.Pi/2+float64(k)*h), float64(df-1))
		}
		return total * h / 3
	}
	return sum(math.Atan(t/math.Sqrt(float64(df)))) / sum(math.Pi/2)
}

// wanted is where a value should be in a year: straight to the target of 2030; before
// 2015, or the first value after it, no worse than the last one known.
func wanted(year, from int, base, target, last float64) float64 {
	if year < from {
		return last
	}
	return base + (target-base)*float64(year-from)/float64(2030-from)
}

// byHand are the three models over the editions of the remittances and, by rolling
// origin, unemployment.
func byHand(editions [][]float64, unemployment []float64) []tested {
	all := []tested{{Model: "linear"}, {Model: "loglinear"}, {Model: "logit"}}
	for k := range all {
		m := &all[k]
		if len(editions) > 0 {
			final := editions[len(editions)-1]
			for _, known := range editions {
				for n := len(known); n < len(final); n++ {
					m.outcome(known, n-len(known)+1, final[n], wanted(2016+n, 2016, final[0], 3, known[len(known)-1]))
				}
			}
		}
		for o := 1; o < len(unemployment); o++ {
			known := unemployment[:o]
			for n := o; n < len(unemployment); n++ {
				m.outcome(known, n-o+1, unemployment[n], wanted(2005+n, 2015, unemployment[10], 10, known[o-1]))
			}
		}
	}
	return all
}

// prefixes are the editions that a rolling origin makes of one.
func prefixes(values []float64) (all [][]float64) {
	for n := range values {
		all = append(all, values[:n+1])
	}
	return all
}

func backtested(t *testing.T, args ...string) []tested {
	t.Helper()
	var got []tested
	out := must(t, append([]string{"methods", "backtest", "--json"}, args...)...)
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got) != 3 {
		t.Fatalf("%v:\n%s", err, out)
	}
	return got
}

// sameAs holds what the command says against what was computed here.
func sameAs(t *testing.T, name string, got, want []tested, vintages, rolling int) {
	t.Helper()
	for n := range want {
		g, w := got[n], want[n]
		if g.Model != w.Model || g.Trials != w.Trials || g.Inside != w.Inside || g.Scored != w.Scored ||
			g.Series != vintages+rolling || g.ByVintages != vintages || g.Rolling != rolling || g.Coverage == nil || g.Brier == nil ||
			*g.Coverage != float64(w.Inside)/float64(w.Trials) || math.Abs(*g.Brier-w.squares/float64(w.Scored)) > 1e-9 {
			t.Errorf("%s: %+v, want %+v of %d and %d series", name, g, w, vintages, rolling)
		}
	}
}

func TestBacktestOfASeriesThatWasRevised(t *testing.T) {
	dsn, editions := sqltest.DSN(t), remittances()
	at := func(moment string, table files) {
		must(t, "import", "--database", dsn, "--moment", moment, table.in(t))
	}
	at("2021-06-30", projected(append(rows("REM-COST", 2016, editions[0]), rows("UNEMP", 2005, unemployment())...)))
	for n, moment := range []string{"2022-06-30", "2023-06-30", "2024-06-30"} {
		at(moment, figures(rows("REM-COST", 2016, editions[n+1])...))
	}
	until := func(when string) []tested { return backtested(t, "--database", dsn, "--as-of", when) }
	sameAs(t, "all four editions", until("2024-12-31"), byHand(editions, unemployment()), 1, 1)
	sameAs(t, "of three, what came later counts for nothing", until("#3"), byHand(editions[:3], unemployment()), 1, 1)
	sameAs(t, "one edition of five values bears no trial", until("#1"), byHand(editions[:1], unemployment()), 0, 1)

	const lines = "2 of 4 indicators tested: 1 by vintages (what was known after each changeset), 1 by rolling origin (the values known now)\n" +
		"the outcomes of one series overlap: they are no independent trials\njudged on 2024-12-31, as of changeset 4\n"
	got, out := until("2024-12-31")[0], must(t, "methods", "backtest", "--database", dsn, "--as-of", "2024-12-31")
	row := fmt.Sprintf("linear 2 %d %.1f %% %d %.6g\n", got.Trials, 100**got.Coverage, got.Scored, *got.Brier)
	if words := strings.Join(strings.Fields(strings.Split(out, "\n")[1]), " ") + "\n"; words != row || !strings.HasSuffix(out, lines) || !strings.HasPrefix(out, "MODEL ") {
		t.Errorf("%s\nwant %s%s", out, row, lines)
	}

	// The values of now, given at once, are tested by rolling origin: with the values
	// that 2020 and 2021 were revised to.
	once := sqltest.DSN(t)
	must(t, "import", "--database", once, "--moment", "2024-06-30", projected(rows("REM-COST", 2016, editions[3])).in(t))
	rolling := backtested(t, "--database", once, "--as-of", "2024-12-31")
	sameAs(t, "by rolling origin", rolling, byHand(prefixes(editions[3]), nil), 0, 1)
	if vintages := byHand(editions, nil); vintages[0].Trials != rolling[0].Trials || math.Abs(vintages[0].squares/6-*rolling[0].Brier) < 1e-3 {
		t.Errorf("the revisions make no difference: %+v, %+v", vintages[0], rolling[0])
	}
}

func TestBacktestOfNothing(t *testing.T) {
	dsn := sqltest.DSN(t)
	out := must(t, "methods", "backtest", "--database", dsn)
	if !strings.Contains(out, "0 of 0 indicators tested") || strings.Join(strings.Fields(strings.Split(out, "\n")[3]), " ") != "logit 0 0 - 0 -" {
		t.Errorf("%s", out)
	}
	for _, m := range backtested(t, "--database", dsn) {
		if m.Coverage != nil || m.Brier != nil || m.Trials != 0 || m.Series != 0 {
			t.Errorf("%+v", m)
		}
	}
	jalon(t.Context(), "methods", "backtest", "--database", dsn, "--as-of", "2024-12-31").check(t, exitRefused, "nothing has been recorded yet")
	jalon(t.Context(), "methods", "backtest", "x").check(t, exitUsage, "write list, backtest, or check")
	jalon(t.Context(), "methods", "backtest", "--database", "postgres://nobody@127.0.0.1:1/none").check(t, exitDatabase)
}
