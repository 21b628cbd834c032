package web

import (
	"cmp"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"jalon/charts"
	"jalon/indicators"
	"jalon/indicators/progress"
)

// Movements are what became other since the state that the page is compared with.
type movements struct {
	Since  template.HTML // nothing where there is no earlier state
	Risen  []moverRow
	Fallen []moverRow
	Slopes chart  // chart C
	All    string // where everything that changed is told; empty: there is no snapshot to compare with
}

// A moverRow is an indicator that came forward or fell back, and why it did.
type moverRow struct {
	link
	From, To figure // of one way; nothing where it became another, or is not known
	Status   status
	Why      template.HTML
}

// moversShown is how many of those that moved most are shown, each way.
const moversShown = 5

func (v *view) movements() movements {
	then := v.before()
	if then.Picture == nil {
		return movements{}
	}
	risen, fallen := indicators.Movers(then.Picture, v.p, moversShown)
	m := movements{Since: v.since(), Slopes: v.picture("moves", v.slopesPlate(risen, fallen))}
	m.Risen, m.Fallen = v.moverRows(then.Picture, risen), v.moverRows(then.Picture, fallen)
	if then.Snapshot != "" {
		m.All = v.href("snapshots", then.Snapshot+between+nowEnd)
	}
	return m
}

// turned says how many statuses turned, and which way; nothing where none did.
func (v *view) turned(t indicators.Turns) template.HTML {
	var words []string
	for _, turn := range []struct {
		key   string
		count int
	}{{"card.better", t.Better}, {"card.worse", t.Worse}, {"card.lost", t.Lost}, {"card.gained", t.Gained}} {
		if turn.count > 0 {
			words = append(words, string(plural(v.l, turn.key, turn.count)))
		}
	}
	return markup(strings.Join(words, v.l.T("text.comma")))
}

// since names the state that the page is compared with.
func (v *view) since() template.HTML {
	then := v.before()
	switch {
	case then.Picture == nil:
		return ""
	case then.Snapshot != "":
		return sentence(v.l, "since.snapshot", figure(then.Snapshot), v.date(then.Day))
	}
	return sentence(v.l, "since.day", v.date(then.Day))
}

func (v *view) moverRows(then *indicators.Picture, moves []indicators.Move) []moverRow {
	var rows []moverRow
	t := telling{v, then}
	for _, e := range indicators.Explain(then, v.p, moves) {
		row := moverRow{link: v.linkIndicator(v.p.Indicator(e.Indicator)), Status: v.status(e.After.Status), Why: sentenceOf(t.explain(&e))}
		if _, known := e.Change(); known {
			row.From, row.To = v.share(e.Before.Achievement), v.share(e.After.Achievement)
		}
		rows = append(rows, row)
	}
	return rows
}

func findSlopes(v *view, _ *http.Request) (plate, error) {
	then := v.before()
	if then.Picture == nil {
		return plate{address: "overview/moves"}, nil
	}
	return v.slopesPlate(indicators.Movers(then.Picture, v.p, moversShown)), nil
}

// slopesPlate is chart C: what moved most since the state of before.
func (v *view) slopesPlate(risen, fallen []indicators.Move) plate {
	p := v.slopes(risen, fallen, v.before().Day)
	p.address = "overview/moves"
	return p
}

// slopes draws what moved most since a day, of which it is known how far: a status may turn
// on the spot, or because the path asks for more.
func (v *view) slopes(risen, fallen []indicators.Move, since indicators.Date) plate {
	risen, fallen = further(risen, 1), further(fallen, -1)
	if len(risen)+len(fallen) == 0 {
		return plate{}
	}
	slopes := func(moves []indicators.Move) (all []charts.Slope) {
		for _, m := range moves {
			title := v.phrase(v.p.Indicator(m.Indicator).Title).Text
			all = append(all, charts.Slope{Title: title, Before: m.Before.Achievement.Value, Now: m.After.Achievement.Value, Status: m.After.Status})
		}
		return all
	}
	var moved []*indicators.Assessment
	for _, m := range append(risen[:len(risen):len(risen)], fallen...) {
		moved = append(moved, m.After)
	}
	from, to := string(v.date(since)), string(v.date(v.p.Day))
	return plate{
		unit: phrase{Text: v.l.T("chart.unit.way")}, sources: v.sourcesAmong(moved), invented: v.inventing(v.indicatorsOf(moved), nil),
		build: func(f charts.Format) (charts.Chart, error) {
			return charts.Slopes(v.l, slopes(risen), slopes(fallen), from, to, f)
		},
		table: func() figures {
			t := figures{heading: v.words("figures.", "code", "title", "before", "now", "status")}
			for _, m := range append(risen[:len(risen):len(risen)], fallen...) {
				t.rows = append(t.rows, []string{
					m.Indicator, v.phrase(v.p.Indicator(m.Indicator).Title).Text, raw(m.Before.Achievement), raw(m.After.Achievement), string(m.After.Status),
				})
			}
			return t
		},
	}
}

// further picks the moves that went on a known part of the way, or back if by is -1.
func further(moves []indicators.Move, by int) []indicators.Move {
	return slices.DeleteFunc(slices.Clone(moves), func(m indicators.Move) bool {
		share, _ := m.Change()
		return cmp.Compare(share, 0) != by
	})
}

// keyAssessments are those of the key indicators that speak for them, by code.
func (v *view) keyAssessments() []*indicators.Assessment {
	var list []*indicators.Indicator
	for n := range v.p.Indicators {
		if i := &v.p.Indicators[n]; i.Key {
			list = append(list, i)
		}
	}
	return byCode(v.p.ForIndicators(list))
}

// keysPlate is chart B: the key indicators on their way, then and now. Those without a
// share of a way stand in the table alone.
func (v *view) keysPlate(keys []*indicators.Assessment) plate {
	p := plate{address: "overview/keys"}
	then := map[string]*indicators.Assessment{}
	if b := v.before(); b.Picture != nil {
		for _, a := range keys {
			for _, was := range b.Of(a.Indicator) {
				if was.Framework == a.Framework && was.Breakdown == a.Breakdown {
					then[a.Indicator] = was
				}
			}
		}
	}
	var bells []charts.Dumbbell
	var shown []*indicators.Assessment
	var rows [][]string
	for _, a := range keys {
		if !a.Achievement.Valid {
			continue
		}
		d := charts.Dumbbell{
			Title: v.phrase(v.p.Indicator(a.Indicator).Title).Text, Now: pointer(a.Achievement), Expected: pointer(a.Expected),
			Status: a.Status, Period: string(v.period(a.Latest.Period)),
		}
		was := progress.Number{}
		if b := then[a.Indicator]; b != nil {
			was = b.Achievement
		}
		d.Before = pointer(was)
		bells, shown = append(bells, d), append(shown, a)
		rows = append(rows, []string{a.Indicator, d.Title, raw(was), raw(a.Achievement), raw(a.Expected), string(a.Status), a.Latest.Period.String()})
	}
	if len(bells) == 0 {
		return p
	}
	p.unit, p.sources, p.invented = phrase{Text: v.l.T("chart.unit.way")}, v.sourcesAmong(shown), v.inventing(v.indicatorsOf(shown), nil)
	p.build = func(f charts.Format) (charts.Chart, error) {
		return charts.Dumbbells(v.l, bells, len(keys)-len(bells), f)
	}
	p.table = func() figures {
		return figures{v.words("figures.", "code", "title", "before", "now", "expected", "status", "period"), rows}
	}
	return p
}

func pointer(n progress.Number) *float64 {
	if !n.Valid {
		return nil
	}
	return &n.Value
}

// A blockedRow is an action that does not go on, and what is in its way.
type blockedRow struct {
	link
	Group    link
	Obstacle phrase
}

// blocked lists the actions that something keeps from going on.
func (v *view) blocked() []blockedRow {
	var rows []blockedRow
	for n := range v.p.Actions {
		a := &v.p.Actions[n]
		if !a.Blocked() {
			continue
		}
		row := blockedRow{link: v.linkAction(a), Obstacle: v.phrase(a.Obstacle)}
		if g := v.p.Group(a.Group); g != nil {
			row.Group = v.linkGroup(g)
		}
		rows = append(rows, row)
	}
	return rows
}
