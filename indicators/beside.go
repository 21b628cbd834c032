package indicators

import (
	"encoding/json"
	"sync"

	"jalon/indicators/progress"
)

// A lazy is what stands beside the status of an assessment. It takes many times as
// long as the status, and few assessments are looked at so closely: it is computed
// when it is first asked for, and by whoever asks, always the same.
type lazy struct {
	ds *Dataset

	opinions   sync.Once
	others     []Opinion
	agree      *bool
	projected  sync.Once
	projection *progress.Projection
}

// An Opinion is what another method says of the same goal.
type Opinion struct {
	Code    string          `json:"code"`
	Version int             `json:"version"`
	Value   progress.Number `json:"value"`         // the number that decides
	Status  Optional        `json:"status"`        // the method's own category; null where the level at the horizon decided
	Reader  progress.Status `json:"reader_status"` // what that is in the words of all
	Reason  progress.Reason `json:"-"`
}

// OtherMethods are the opinions of all other methods that have one, in the order of
// progress.Judging.
func (a *Assessment) OtherMethods() []Opinion {
	if a.lazy == nil {
		return []Opinion{}
	}
	a.lazy.opinions.Do(a.confer)
	return a.lazy.others
}

// Agree tells whether no two methods, the one that judges included, disagree. Nil
// where there are no two.
func (a *Assessment) Agree() *bool {
	a.OtherMethods()
	if a.lazy == nil {
		return nil
	}
	return a.lazy.agree
}

// confer asks the other methods.
func (a *Assessment) confer() {
	workings := a.workings(false)
	others, statuses := make([]Opinion, 0, len(workings)), make([]progress.Status, 0, 8)
	if a.Status != progress.NotAssessable {
		statuses = append(statuses, a.Status)
	}
	for n := range workings {
		w := &workings[n]
		if w.rule == a.rule || a.rule != nil && w.rule.Code == a.rule.Code || w.Reader == progress.NotAssessable {
			continue
		}
		others = append(others, w.Opinion)
		statuses = append(statuses, w.Reader)
	}
	a.lazy.others = others
	if len(statuses) < 2 {
		return
	}
	agree := true
	for n := range statuses {
		for m := range n {
			agree = agree && !progress.Disagree(statuses[n], statuses[m])
		}
	}
	a.lazy.agree = &agree
}

// A Working is one method's judgement of a goal with its arithmetic.
type Working struct {
	Opinion
	progress.Working
	Latest   Latest   // the value that the method judges
	Baseline Baseline // where it starts from
	rule     *progress.Rule
}

// Workings are those of every method, the one that judges first, those that have no
// answer with the reason.
func (a *Assessment) Workings() []Working { return a.workings(true) }

func (a *Assessment) workings(shown bool) []Working {
	rules := make([]*progress.Rule, 0, 8)
	if a.rule != nil {
		rules = append(rules, a.rule)
	}
	for _, r := range a.lazy.ds.rules.beside {
		if a.rule != nil && r.Code == a.rule.Code || r.Code == "eurostat_cagr_no_target" && a.Target.IsSet() {
			continue
		}
		rules = append(rules, r)
	}
	j := newJudge(a.lazy.ds, a.AsOf)
	target := inForce(a.goal.finals, a.AsOf.Date)
	all := make([]Working, 0, len(rules))
	var scratch Assessment
	filled := -1
	for _, r := range rules {
		if kind := kindOf(r); kind != filled { // those that read the same are judged one after the other
			scratch = Assessment{}
			j.fill(a.goal, target, r.Yearly, &scratch)
			filled = kind
		}
		v := r.Judge(&j.c)
		w := Working{
			Opinion: Opinion{r.Code, r.Version, v.Value, Optional(v.Category), v.Status, v.Reason},
			Latest:  scratch.Latest, Baseline: scratch.Baseline, rule: r,
		}
		if shown {
			w.Working = r.Work(&j.c)
		}
		all = append(all, w)
	}
	return all
}

func kindOf(r *progress.Rule) int {
	if r.Yearly {
		return 1
	}
	return 0
}

// MarshalJSON writes the assessment with all that stands beside it.
func (a Assessment) MarshalJSON() ([]byte, error) {
	type fields Assessment
	return json.Marshal(struct {
		fields
		Projection   *progress.Projection `json:"projection"`
		OtherMethods []Opinion            `json:"other_methods"`
		Agree        *bool                `json:"agree"`
		Warnings     []Warning            `json:"warnings"`
	}{fields(a), a.Projection(), a.OtherMethods(), a.Agree(), a.Warnings()})
}

// asInTheFirstFormat is the assessment as snapshots of format 1 hold it: the
// achievement rate alone, beside which nothing stood.
func (a *Assessment) asInTheFirstFormat() any {
	type fields Assessment
	type method struct {
		Code    string           `json:"code"`
		Version int              `json:"version"`
		Options progress.Options `json:"options"`
	}
	return struct {
		*fields
		Method       method     `json:"method"`
		Rules        *int       `json:"rules,omitempty"`
		Projection   *struct{}  `json:"projection"`
		OtherMethods []struct{} `json:"other_methods"`
		Agree        *bool      `json:"agree"`
	}{fields: (*fields)(a), Method: method{a.Method.Code, a.Method.Version, a.Method.Options}, OtherMethods: []struct{}{}}
}
