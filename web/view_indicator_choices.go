package web

import (
	"html/template"
	"net/url"

	"jalon/indicators"
)

// indicatorChoices are the parameters by which an indicator's page shows something else:
// governorates in another period, the trajectory of a part, the judgement of another method.
func indicatorChoices() []string { return []string{"period", "breakdown", "method"} }

// A byMethod says that a block is judged by another method than the one in force.
type byMethod struct {
	Words template.HTML
	Back  string
}

// fillChoices puts what the address asks for on an indicator's page, beside the parts that
// are always there.
func (v *view) fillChoices(page *indicatorPage, i *indicators.Indicator, params url.Values) error {
	principal := v.p.Principal(i.Code)
	var parts indicators.Parts
	if v.parts != nil {
		parts = v.parts(i)
	}
	at := escaped("indicators", i.Code)
	chosen, err := chosenPart(parts, params.Get("breakdown"))
	if err != nil {
		return v.unlessBusy(err)
	}
	page.Parts = v.partChoices(i, parts, chosen, params)
	if principal != nil {
		page.Plainly = v.plainly(i, principal)
		v.fillCourse(page, i, principal, parts, chosen)
		if err := v.fillMethod(page, i, principal, params); err != nil {
			return err
		}
	}
	s, err := v.spread(i, parts, params.Get("period"))
	if err != nil {
		return v.unlessBusy(err)
	}
	page.Places = v.places(s, at, parts, params)
	if page.Pairs = v.pairRows(i, parts); len(page.Pairs) > 0 {
		page.PairChart = v.picture("sex", v.pairsPlate(i, parts))
	}
	page.Tables = v.partTables(i, parts)
	return nil
}

// fillCourse shows the trajectory and the values of the total, or of the part chosen.
func (v *view) fillCourse(page *indicatorPage, i *indicators.Indicator, a *indicators.Assessment, parts indicators.Parts, chosen indicators.Breakdown) {
	known := v.p.Figures(i.Code)
	if !chosen.IsTotal() {
		page.Part, known = v.breakdown(chosen), parts[chosen]
		a = v.p.Part(i, chosen, known)
	}
	page.Trajectory = v.picture("trajectory", v.trajectoryPlate(i, a, known))
	page.Values, page.HasPath = v.values(i, a, known)
	if chosen.IsTotal() {
		page.Documents = v.fillDocuments(page.Values, i)
	}
}

// fillMethod leads from each method in the first block to the same block by that method,
// and shows the one that is asked for.
func (v *view) fillMethod(page *indicatorPage, i *indicators.Indicator, a *indicators.Assessment, params url.Values) error {
	first, at := &page.Blocks[0], escaped("indicators", i.Code)
	rows := first.Beside
	for n := range rows {
		code := rows[n].Code
		if rows[n].Main {
			code = ""
		}
		rows[n].Href = v.hrefWith(at, instead(params, "method", code))
		rows[n].Shown = rows[n].Code == params.Get("method") || rows[n].Main && params.Get("method") == ""
	}
	asked := params.Get("method")
	if asked == "" || asked == a.Method.Code {
		return nil
	}
	other := a.By(asked)
	if other == nil {
		return notFound("method", asked)
	}
	differ := first.Differ
	*first = v.block(i, other)
	first.Beside, first.Differ = rows, differ
	first.By = &byMethod{
		Words: sentence(v.l, "method.shown", v.methodName(asked).Name, v.methodName(a.Method.Code).Name),
		Back:  v.hrefWith(at, instead(params, "method", "")),
	}
	return nil
}
