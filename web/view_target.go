package web

import "jalon/indicators"

// A targetRow is a baseline, milestone or target as it was decided.
type targetRow struct {
	Kind      string
	Framework phrase
	Part      string
	Period    figure
	Value     figure
	Decided   figure
	Source    phrase
	Note      phrase
	InForce   bool
}

// targetRows lists every row of targets, versions of one target side by side.
func (v *view) targetRows(i *indicators.Indicator) (rows []targetRow, decided bool) {
	for n := range v.p.Targets {
		t := &v.p.Targets[n]
		if t.Indicator != i.Code {
			continue
		}
		row := targetRow{
			Kind: v.l.T("target." + t.Kind), Part: v.breakdown(t.Breakdown), Period: v.period(t.Period),
			Value: v.aim(i, t.Value, t.Low, t.High, t.Comparison), Decided: v.date(t.Decided),
			Source: v.original(t.Source), Note: v.original(t.Note), InForce: v.inForce(t),
		}
		if f := v.p.Framework(string(t.Framework)); f != nil {
			row.Framework = v.phrase(f.Title)
		}
		decided = decided || t.Decided != 0
		rows = append(rows, row)
	}
	return rows, decided
}

// inForce tells whether a final target is the one that is judged against.
func (v *view) inForce(t *indicators.Target) bool {
	if t.Kind != indicators.TargetKind {
		return false
	}
	for _, a := range v.p.Of(t.Indicator) {
		if a.Framework == t.Framework && a.Breakdown == t.Breakdown && a.Target.IsSet() {
			return a.Target.Period == t.Period && a.Target.Value.Equal(t.Value) && a.Target.Low.Equal(t.Low) && a.Target.High.Equal(t.High)
		}
	}
	return false
}
