package web

import (
	"cmp"
	"html/template"
	"strconv"

	"jalon/indicators"
	"jalon/indicators/progress"
)

// findingWords is the sentence of a finding, with its numbers. Of parts of the whole it
// has none but for those who see all: small parts could be worked out from them.
func (v *view) findingWords(f *indicators.Finding, all bool) template.HTML {
	key := "finding." + f.Rule
	i := v.p.Indicator(string(f.Indicator))
	when := v.during(f.Period)
	switch f.Rule {
	case "parts_total", "total_outside_parts":
		if !all {
			return sentence(v.l, key+".bare", when, v.dimension(f.Details.Of("dimension")))
		}
	case "missing":
		missing, _ := f.Details.Of("missing").(int)
		if missing == 1 {
			return sentence(v.l, "finding.missing_one", when)
		}
		return plural(v.l, key, missing, v.part(i, f, "first"), v.part(i, f, "last"))
	case "duplicate_funding":
		amount, _ := f.Details.Of("amount").(indicators.Decimal)
		currency, _ := f.Details.Of("currency").(string)
		return sentence(v.l, key, v.part(i, f, "kind"), v.money(amount, currency), v.part(i, f, "donor"), v.part(i, f, "day"))
	case "out_of_bounds":
		least, _ := f.Details.Of("least").(indicators.Decimal)
		most, _ := f.Details.Of("most").(indicators.Decimal)
		if f.Breakdown.IsTotal() || all {
			return sentence(v.l, key, when, v.part(i, f, "value"), v.between(i, least, most))
		}
	case "baseline_moved":
		before, _ := f.Details.Of("before").(indicators.Aim)
		after, _ := f.Details.Of("after").(indicators.Aim)
		return sentence(v.l, key, v.part(i, f, "before"), v.period(before.Period), v.part(i, f, "after"), v.period(after.Period), v.part(i, f, "changed"))
	}
	if !f.Breakdown.IsTotal() && !all && f.Details.Of("value") != nil {
		return sentence(v.l, "finding.bare", when)
	}
	parts := []any{when}
	for _, d := range f.Details {
		parts = append(parts, v.part(i, f, d.Name))
	}
	return sentence(v.l, key, parts...)
}

// part is one detail of a finding as a sentence takes it.
func (v *view) part(i *indicators.Indicator, f *indicators.Finding, name string) any {
	switch value := f.Details.Of(name).(type) {
	case indicators.Decimal:
		return v.stored(i, value).Shown
	case indicators.Amount:
		return v.optional(i, progress.Num(float64(value)))
	case float64:
		if name == "factor" {
			return figure(v.l.Digits(strconv.FormatFloat(value, 'f', -1, 64)))
		}
		return figure(v.l.Signed(value, 1))
	case int:
		return value
	case indicators.Period:
		return cmp.Or(v.period(value), figure(v.l.T("value.dash")))
	case indicators.Date:
		return cmp.Or(v.date(value), figure(v.l.T("value.dash")))
	case indicators.Aim:
		return v.target(i, &value)
	case string:
		return v.named(f, name, value)
	}
	return ""
}

// named is a code or word of a detail, with a link where it has a page.
func (v *view) named(f *indicators.Finding, name, value string) any {
	switch name {
	case "kind":
		if f.Rule == "duplicate_funding" {
			return v.l.T("funding." + value)
		}
		return v.l.T("target." + value)
	case "donor":
		return v.organisation(value)
	case "dimension":
		return v.dimension(value)
	case "other":
		if i := v.p.Indicator(value); i != nil {
			return v.linkIndicator(i)
		}
	case "framework":
		if framework := v.p.Framework(value); framework != nil {
			return v.linkFramework(framework)
		}
	}
	return value
}

// dimension is what figures are broken down by.
func (v *view) dimension(of any) string {
	code, _ := of.(string)
	switch code {
	case "sex", "age", "governorate":
		return v.l.T("dimension." + code)
	}
	return code
}

// between writes the bounds of an indicator.
func (v *view) between(i *indicators.Indicator, least, most indicators.Decimal) figure {
	switch {
	case !most.IsSet():
		return v.worded("aim.at_least", string(v.stored(i, least).Shown))
	case !least.IsSet():
		return v.worded("aim.at_most", string(v.stored(i, most).Shown))
	}
	return v.aim(i, indicators.Decimal{}, least, most, "")
}

// ruleWords explain a rule, with the numbers that it goes by.
func (v *view) ruleWords(code string) template.HTML {
	years, periods := v.p.StaleAfter()
	switch code {
	case "outlier", "jump":
		return sentence(v.l, "rule."+code+".words", figure(v.l.Number(progress.UnusualZ, 1)))
	case "provisional_long":
		return sentence(v.l, "rule."+code+".words", v.p.ProvisionalDays())
	case "stale":
		return sentence(v.l, "rule."+code+".words", years, periods)
	}
	return sentence(v.l, "rule."+code+".words")
}
