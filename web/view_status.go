package web

import (
	"html/template"
	"math"
	"strconv"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// A status is shown by colour, sign and word together.
type status struct {
	Code string // names the colour's class
	Sign string // the path of the sign, in a box of 16 by 16
	Word string
}

func (v *view) status(s progress.Status) status {
	return status{string(s), sign(s), v.l.T("status." + string(s))}
}

// sign draws without left and right, so that it reads the same in Arabic.
func sign(s progress.Status) string {
	switch s {
	case progress.Achieved: // check mark
		return "M3 8.5 6.5 12 13 4.5"
	case progress.OnTrack: // upwards
		return "M8 13V3.5M4 7.5l4-4 4 4"
	case progress.Behind: // wave
		return "M2.5 9c2-3.5 3.8-3.5 5.5-1s3.5 2.5 5.5-1"
	case progress.FarBehind: // exclamation mark
		return "M8 3v6.5M8 12.5v.6"
	case progress.Regressed: // downwards
		return "M8 3v9.5M4 8.5l4 4 4-4"
	case progress.Missed: // cross
		return "M4 4l8 8M12 4l-8 8"
	}
	return "M5.5 6a2.5 2.5 0 1 1 3.3 2.400c-.6.3-.8.7-.8 1.400M8 12.700v.4" // question mark
}

// A tally is a roll-up as shown: a bar with one piece per status, and its words.
type tally struct {
	indicators.Rollup
	Parts []part // of the statuses that occur, best first
	Good  int    // achieved or on track
	Poor  int    // behind, far behind, regressed or missed
	Score figure // empty under the coverage threshold
	// ScoreName says what the score is the mean of.
	ScoreName string
	// Assessing and Scoring are the words for the coverage and the score, with what they mean,
	// where a page is about the tally.
	Assessing, Scoring template.HTML
}

// A part is one piece of a bar. X and Width are percentages of the bar.
type part struct {
	status
	Count    int
	X, Width string
}

func (v *view) tally(r indicators.Rollup) tally {
	t := tally{Rollup: r, ScoreName: v.l.T("tally.score." + string(r.Measure))}
	before := 0
	for n, s := range progress.Statuses() {
		count := t.Counts[n]
		switch {
		case count == 0:
			continue
		case s == progress.Achieved || s == progress.OnTrack:
			t.Good += count
		case s != progress.NotAssessable:
			t.Poor += count
		}
		t.Parts = append(t.Parts, part{v.status(s), count, percent(before, t.Total), percent(count, t.Total)})
		before += count
	}
	t.Score = v.share(r.Score)
	if r.Measure == indicators.MeanScore {
		t.Score = v.score(r.Score)
	}
	return t
}

// explain says what the words of a tally mean.
func (v *view) explain(t *tally) {
	t.Assessing, t.Scoring = v.explained("coverage", v.l.T("tally.assessed")), v.explained("score", t.ScoreName)
}

func percent(n, of int) string {
	return strconv.FormatFloat(100*float64(n)/float64(of), 'f', 2, 64) + "%"
}

// A way is the share of the way from baseline to target as a small bar: how far,
// and where the path says it should be.
type way struct {
	status
	Done     string // percentage of the bar, cut to 0..100; empty: no share
	Expected string
	Words    template.HTML
}

func (v *view) way(a *indicators.Assessment) way {
	w := way{status: v.status(a.Status)}
	if !a.Achievement.Valid {
		return w
	}
	w.Done = cut(a.Achievement.Value)
	if a.Expected.Valid {
		w.Expected = cut(a.Expected.Value)
		w.Words = sentence(v.l, "way.expected", v.share(a.Achievement), v.share(a.Expected))
	} else {
		w.Words = sentence(v.l, "way.done", v.share(a.Achievement))
	}
	return w
}

func cut(share float64) string {
	return strconv.FormatFloat(100*math.Min(math.Max(share, 0), 1), 'f', 1, 64) + "%"
}
