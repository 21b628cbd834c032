package web

import (
	"encoding/json"
	"fmt"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

// A ToldDifference is what became other between two states, as the API and the command line
// answer: what moved is told in sentences, too.
type ToldDifference struct {
	Before  ToldEnd     `json:"before"`
	After   ToldEnd     `json:"after"`
	Entered []string    `json:"entered"`
	Left    []string    `json:"left"`
	Moved   []ToldMove  `json:"moved"`
	Values  []toldValue `json:"values"`

	Targets     []toldChange `json:"targets"`
	Definitions []toldChange `json:"definitions"`
	Settings    []toldChange `json:"settings"`

	Actions    []indicators.ActionChange `json:"actions"`
	Milestones []toldMilestone           `json:"milestones"`
}

// A ToldEnd is one of the two states.
type ToldEnd struct {
	Snapshot indicators.Optional `json:"snapshot"` // its number; null: none
	AsOf     indicators.AsOf     `json:"as_of"`
}

// A ToldMove is an assessment that moved. Points are percentage points of the way from baseline
// to target, with two decimals; the parts add up to them. They are null where there was no
// share, or is none.
type ToldMove struct {
	Indicator string               `json:"indicator"`
	Breakdown indicators.Breakdown `json:"breakdown"`
	Framework indicators.Optional  `json:"framework"`
	Before    *toldState           `json:"before"` // null: nothing was judged
	After     *toldState           `json:"after"`
	Points    *json.Number         `json:"points"`
	Parts     []toldPart           `json:"parts"`
	Sentence  map[string]string    `json:"sentence"` // by language
}

type toldState struct {
	Status      progress.Status   `json:"status"`
	Reason      progress.Reason   `json:"reason"`
	Achievement progress.Number   `json:"achievement"`
	Expected    progress.Number   `json:"expected"`
	Latest      indicators.Latest `json:"latest"`
	Target      indicators.Aim    `json:"target"`
}

type toldPart struct {
	Cause  indicators.Cause    `json:"cause"`
	Points *json.Number        `json:"points"`
	From   indicators.Optional `json:"from"` // status; null: nothing was judged
	To     indicators.Optional `json:"to"`
}

type toldValue struct {
	Indicator string               `json:"indicator"`
	Breakdown indicators.Breakdown `json:"breakdown"`
	Period    indicators.Period    `json:"period"`
	Kind      indicators.ValueKind `json:"kind"`
	Before    indicators.Decimal   `json:"before"`
	After     indicators.Decimal   `json:"after"`
}

type toldChange struct {
	Table string     `json:"table"`
	Key   string     `json:"key"`
	Came  bool       `json:"came"`
	Gone  bool       `json:"gone"`
	Cells []toldCell `json:"cells"`
}

type toldCell struct {
	Column string `json:"column"`
	Before string `json:"before"`
	After  string `json:"after"`
}

type toldMilestone struct {
	Action string                   `json:"action"`
	Code   string                   `json:"code"`
	Kind   indicators.MilestoneTurn `json:"kind"`
	Due    indicators.Date          `json:"due"`
}

// TellDifference words a difference in each of some languages. The numbers are those of the
// snapshots at its ends, empty where an end is none.
func TellDifference(d *indicators.Difference, before, after string, languages map[string]*locale.Language) ToldDifference {
	end := func(number string, p *indicators.Picture) ToldEnd {
		return ToldEnd{indicators.Optional(number), indicators.AsOf{Date: p.Day, Changeset: p.Newest().Number}}
	}
	told := ToldDifference{
		Before: end(before, d.Before), After: end(after, d.After),
		Entered: append([]string{}, d.Entered...), Left: append([]string{}, d.Left...),
		Moved: make([]ToldMove, 0, len(d.Moved)), Values: make([]toldValue, 0, len(d.Values)),
		Targets: toldChanges(d.Targets), Definitions: toldChanges(d.Definitions), Settings: toldChanges(d.Settings),
		Actions: append([]indicators.ActionChange{}, d.Actions...), Milestones: make([]toldMilestone, 0, len(d.Milestones)),
	}
	for n := range d.Moved {
		told.Moved = append(told.Moved, tellMove(d, &d.Moved[n], languages))
	}
	for _, c := range d.Values {
		told.Values = append(told.Values, toldValue{c.Indicator, c.Breakdown, c.Period, c.Kind, c.Before.Value, c.After.Value})
	}
	for _, c := range d.Milestones {
		told.Milestones = append(told.Milestones, toldMilestone{c.Action, c.Code, c.Kind, c.Due})
	}
	return told
}

func tellMove(d *indicators.Difference, e *indicators.Explanation, languages map[string]*locale.Language) ToldMove {
	told := ToldMove{
		Indicator: e.Indicator, Breakdown: e.Breakdown, Framework: e.Framework,
		Before: toldStateOf(e.Before), After: toldStateOf(e.After), Parts: []toldPart{}, Sentence: map[string]string{},
	}
	status := func(s *toldState) indicators.Optional {
		if s == nil {
			return ""
		}
		return indicators.Optional(s.Status)
	}
	whole, points, known := e.Points(2)
	if known {
		told.Points = hundredths(whole)
	}
	for n, p := range e.Parts {
		part := toldPart{Cause: p.Cause, From: status(toldStateOf(p.From)), To: status(toldStateOf(p.To))}
		if known {
			part.Points = hundredths(points[n])
		}
		told.Parts = append(told.Parts, part)
	}
	for code, l := range languages {
		told.Sentence[code] = telling{&view{p: d.After, l: l}, d.Before}.explain(e)
	}
	return told
}

func toldStateOf(a *indicators.Assessment) *toldState {
	if a == nil {
		return nil
	}
	return &toldState{a.Status, a.Reason, a.Achievement, a.Expected, a.Latest, a.Target}
}

// hundredths writes a number of hundredths with both decimals.
func hundredths(n int64) *json.Number {
	sign := ""
	if n < 0 {
		sign, n = "-", -n
	}
	number := json.Number(fmt.Sprintf("%s%d.%02d", sign, n/100, n%100))
	return &number
}

func toldChanges(changes []indicators.EntryChange) []toldChange {
	all := make([]toldChange, 0, len(changes))
	for _, c := range changes {
		told := toldChange{Table: c.Table, Key: c.Key, Came: c.Before == nil, Gone: c.After == nil, Cells: []toldCell{}}
		for _, cell := range c.Cells() {
			told.Cells = append(told.Cells, toldCell(cell))
		}
		all = append(all, told)
	}
	return all
}
