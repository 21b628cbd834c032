package indicators

import (
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"slices"

	"jalon/indicators/progress"
)

// A MethodVersion names a method in one of its versions.
type MethodVersion struct {
	Code    string `json:"code"`
	Version int    `json:"version"`
}

// projectionMethod is how projections are named among the methods.
const projectionMethod = "projection"

// firstMethods are those that there were before snapshots wrote them down.
func firstMethods() []MethodVersion {
	return []MethodVersion{
		{"achievement_rate", 1}, {"opensdg_progress", 1}, {"eurostat_cagr_target", 1}, {"eurostat_cagr_no_target", 1},
		{"escap_api_gap", 1}, {"unsd_progress_chart_2023", 1}, {"dns_weather", 1}, {projectionMethod, 1},
	}
}

// Methods are the versions by which a Dataset is judged and projected: first of each method
// that has an opinion, in the order of the opinions, then others that programme and
// indicators ask for.
func (ds *Dataset) Methods() []MethodVersion {
	var all []MethodVersion
	for _, r := range ds.rules.beside {
		all = append(all, MethodVersion{r.Code, r.Version})
	}
	all = append(all, MethodVersion{projectionMethod, ds.rules.projection})
	var asked []MethodVersion
	for n := range ds.goals {
		if r := ds.goals[n].rule; r != nil && !slices.Contains(all, MethodVersion{r.Code, r.Version}) {
			asked = append(asked, MethodVersion{r.Code, r.Version})
		}
	}
	slices.SortFunc(asked, func(a, b MethodVersion) int { return cmpMethods(a, b) })
	return append(all, slices.Compact(asked)...)
}

// Pinned is the Dataset judged by the methods of another day, in their versions: by others
// that came later, and by later versions, nothing becomes another one. Methods that are not
// here make an error of the kind ErrInvalid. Which method judges an indicator, and in which
// version, its definitions say in any case.
func (ds *Dataset) Pinned(methods []MethodVersion) (*Dataset, error) {
	next := *ds
	next.rules.beside, next.rules.projection = nil, 0
	known := make(map[string]bool, len(methods))
	for _, m := range methods {
		if m.Code == projectionMethod {
			if !progress.KnowsProjection(m.Version) {
				return nil, notHere(m)
			}
			next.rules.projection = m.Version
			continue
		}
		rule, err := progress.NewRule(m.Code, m.Version, nil)
		if err != nil {
			return nil, notHere(m)
		}
		if !known[m.Code] { // another version of it is one that an indicator asks for
			next.rules.beside = append(next.rules.beside, &rule)
		}
		known[m.Code] = true
	}
	if next.rules.projection == 0 {
		return nil, fmt.Errorf("%w: the version of the projections is not among the methods", ErrInvalid)
	}
	return &next, nil
}

// PinnedAs is the Dataset pinned to the methods that the lines of a snapshot name at their
// beginning, or that its format stands for.
func (ds *Dataset) PinnedAs(format int, lines iter.Seq2[[]byte, error]) (*Dataset, error) {
	if format < completeFormat {
		return ds.Pinned(firstMethods())
	}
	var methods []MethodVersion
	count := 0
	for line, err := range lines {
		if err != nil {
			return nil, err
		}
		var frozen FrozenLine
		if err := json.Unmarshal(line, &frozen); err != nil {
			return nil, fmt.Errorf("%w: line %d cannot be read", ErrInvalid, count+1)
		}
		if count++; frozen.Table != "methods" && count > 1 {
			break
		} else if count == 1 {
			continue
		}
		var m MethodVersion
		if err := json.Unmarshal(frozen.Row, &m); err != nil {
			return nil, fmt.Errorf("%w: line %d names no method", ErrInvalid, count)
		}
		methods = append(methods, m)
	}
	return ds.Pinned(methods)
}

func notHere(m MethodVersion) error {
	return fmt.Errorf("%w: the method %s version %d, which this jalon does not know", ErrInvalid, Quote(m.Code), m.Version)
}

func cmpMethods(a, b MethodVersion) int {
	return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Version, b.Version))
}
