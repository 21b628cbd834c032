package iati

import (
	"testing"
	"time"

	"jalon/indicators"
	"jalon/locale"
)

// attack is a text that would leave its place if it were not escaped.
const attack = `</narrative></title>]]><x a="1">&amp; -- "'` + "\x00\x0b\ufffe\u202e"

func day(text string) indicators.Date {
	d, err := indicators.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func at(text string) indicators.Period {
	p, err := indicators.ParsePeriod(text)
	if err != nil {
		panic(err)
	}
	return p
}

func decimal(text string) indicators.Decimal {
	d, err := indicators.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func serves(text string) indicators.Links {
	l, err := indicators.ParseLinks(text)
	if err != nil {
		panic(err)
	}
	return l
}

func three(fr, ar, en string) indicators.Text {
	return indicators.Text{FR: indicators.Optional(fr), AR: indicators.Optional(ar), EN: indicators.Optional(en)}
}

// programme has an action of each sort: one with everything, one that attacks, one of
// nobody, one that never begins.
func programme() *indicators.Definitions {
	i := func(code, kind, direction, accumulation string, f indicators.Frequency) indicators.Indicator {
		return indicators.Indicator{
			Code: code, Title: three("Titre de "+code, "عنوان "+code, ""), Unit: "PERSONS", UnitShown: three("personnes", "شخص", "persons"),
			Kind: kind, Direction: direction, Accumulation: accumulation, Frequency: f, Actions: indicators.Codes{"FULL"}, ResultType: "output",
		}
	}
	assisted, closed := i("ASSISTED", "number", indicators.Increase, indicators.Cumulative, indicators.Monthly), i("CLOSED", "percent", indicators.Decrease, indicators.Level, indicators.Yearly)
	assisted.Breakdowns, assisted.External = indicators.Codes{"governorate", "sex"}, indicators.Codes{"ari:1", "sdg:10.7.2"}
	assisted.Definition, assisted.Illustrative = three("Personnes accompagnées.", "", "Persons assisted."), true
	kept, stage := i("KEPT", "number", indicators.Maintain, indicators.Flow, indicators.Quarterly), i("STAGE", "scale", indicators.Increase, indicators.Level, indicators.Yearly)
	stage.Actions, stage.ResultType, stage.Min, stage.Max = indicators.Codes{"ATTACK"}, "", decimal("1"), decimal("5")
	stage.Title = three(attack, attack, attack)
	return &indicators.Definitions{
		Settings: []indicators.Setting{{Key: "title_fr", Value: "Programme " + attack}, {Key: "contact", Value: "suivi@example.org"}},
		Categories: []indicators.Category{
			{Dimension: "governorate", Code: "TN-11", Title: three("Tunis", "تونس", "Tunis")}, {Dimension: "governorate", Code: "TN-61", Title: three("Sfax", "صفاقس", "")},
		},
		Organisations: []indicators.Organisation{
			{Code: "MIN", Name: three("Ministère", "وزارة", "Ministry"), Kind: "ministry", IATIID: " TN-COA-1 "},
			{Code: "SDC", Name: three("Coopération", "", "Cooperation"), Kind: "donor", IATIID: "CH-4"},
			{Code: "DON", Name: three(attack, "", ""), Kind: "donor"}, {Code: "ASSO", Name: three("Association", "", ""), Kind: "civil_society"},
		},
		Groups: []indicators.Group{{Code: "1", Title: three("Protection", "الحماية", "Protection")}},
		Frameworks: []indicators.Framework{
			{Code: "plan", Kind: "plan", Title: three("Plan", "", ""), Start: 2026, End: 2030}, {Code: "sdg2030", Kind: "sdg", Title: three("ODD", "", ""), Start: 2016, End: 2030},
		},
		Results: []indicators.Result{
			{Framework: "plan", Code: "D1", Title: three("Axe", "محور", "Axis")}, {Framework: "sdg2030", Code: "10", Title: three("Inégalités", "", "")},
			{Framework: "sdg2030", Code: "10.7", Parent: "10", Title: three("Migrations", "", "")}, {Framework: "sdg2030", Code: "16", Title: three("Paix", "", "")},
		},
		Actions: []indicators.Action{
			{
				Code: "FULL", Group: "1", Title: three("Guichets", "شبابيك", "Desks"), Description: three("Accueil.", "", "Reception."), Lead: "MIN", Partners: indicators.Codes{"ASSO"},
				Status: "ongoing", Start: day("2025-01-01"), End: day("2027-12-31"), ActualStart: day("2025-02-01"), ActualEnd: day("2027-01-01"), Scope: "regional",
				Governorates: indicators.Codes{"TN-11", "TN-61"}, Results: serves("plan:D1|sdg2030:10.7|sdg2030:16"), Illustrative: true,
			},
			{Code: "ATTACK", Group: "1", Title: three(attack, attack, attack), Description: three(attack, "", ""), Lead: "DON", Status: "cancelled", Start: day("2025-01-01"), Scope: "national"},
			{Code: "NOBODY", Group: "1", Title: three("Sans personne", "", ""), Status: "planned", Start: day("2028-01-01")},
			{Code: "NEVER--", Group: "1", Title: three("Sans début", "", ""), Status: "planned"},
		},
		Funding: []indicators.Funding{
			{Action: "FULL", Donor: "SDC", Kind: "commitment", Amount: decimal("900000.50"), Currency: "CHF", Date: day("2025-01-15"), Reference: "CH-4-P1"},
			{Action: "FULL", Donor: "SDC", Kind: "disbursement", Amount: decimal("450000"), Currency: "CHF", Date: day("2026-01-15"), Reference: "CH-4-P1"},
			{Action: "FULL", Donor: "SDC", Kind: "expenditure", Amount: decimal("1000"), Currency: "CHF", Date: day("2026-02-15")},
			{Action: "FULL", Donor: "SDC", Kind: "disbursement", Amount: decimal("7"), Currency: "CHF", Date: day("2027-01-15")},
			{Action: "FULL", Donor: "DON", Kind: "budget", Amount: decimal("100"), Currency: "TND", Date: day("2025-03-01"), Reference: attack},
			{Action: "FULL", Donor: "DON", Kind: "budget", Amount: decimal("50.5"), Currency: "TND", Date: day("2025-06-01")},
			{Action: "ATTACK", Donor: "DON", Kind: "commitment", Amount: decimal("1"), Currency: "EUR", Date: day("2025-03-01")},
		},
		Indicators: []indicators.Indicator{assisted, closed, kept, stage},
		Targets: []indicators.Target{
			{Indicator: "ASSISTED", Kind: "baseline", Period: at("2024-12"), Value: decimal("0"), Since: 1},
			{Indicator: "ASSISTED", Kind: "milestone", Period: at("2026"), Value: decimal("900"), Since: 1},
			{Indicator: "ASSISTED", Kind: "target", Period: at("2027-12"), Value: decimal("1800"), Since: 1},
			{Indicator: "CLOSED", Kind: "baseline", Period: at("2022"), Value: decimal("48.0"), Since: 1},
			{Indicator: "CLOSED", Kind: "target", Period: at("2026-2030"), Value: decimal("30"), Since: 1},
			{Indicator: "KEPT", Kind: "target", Period: at("2026-Q4"), Low: decimal("10"), High: decimal("20"), Since: 1},
			{Indicator: "STAGE", Kind: "target", Period: at("2030"), Value: decimal("4"), Since: 1},
		},
	}
}

// sample is the file of a programme, for all donors, with a document and parts of the whole,
// of which one is withheld.
func sample(t *testing.T, d *indicators.Definitions) *File {
	t.Helper()
	figure := func(period, value, status string) indicators.Figure {
		return indicators.Figure{Period: at(period), Value: decimal(value), Status: status, Source: "Registre", Since: 2}
	}
	withheld := indicators.Figure{Period: at("2026-08"), Status: "Q", Since: 2, Protected: true}
	record := []indicators.Changeset{
		{Number: 1, At: time.Date(2025, 1, 10, 9, 0, 0, 0, time.UTC)}, {Number: 2, At: time.Date(2026, 9, 20, 9, 0, 0, 0, time.UTC)},
	}
	ds := indicators.NewDataset(d, record, map[indicators.SeriesKey][]indicators.Figure{
		{Indicator: "ASSISTED"}: {figure("2026-07", "310", "A"), figure("2026-08", "340", "P")},
		{Indicator: "CLOSED"}:   {figure("2024", "41.50", "B"), {Period: at("2025"), Status: "O", Since: 2}},
		{Indicator: "STAGE"}:    {{Period: at("2025"), Value: decimal("2"), Status: "A", Source: attack, Since: 2}},
	})
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	f := &File{
		Picture: ds.On(day("2026-09-30")), Site: "https://suivi.example.org",
		Parts: map[string]indicators.Parts{"ASSISTED": {
			{Sex: "F"}: {figure("2026-07", "150", "A"), withheld}, {Sex: "M"}: {figure("2026-07", "160", "A"), withheld}, {Governorate: "TN-61"}: {figure("2026-08", "33", "E")},
		}},
		Documents: map[indicators.FigureKey][]indicators.Document{
			{Indicator: "ASSISTED", Period: at("2026-08")}: {{ID: 7, Name: "relevé d’août.pdf", MediaType: "application/pdf"}, {ID: 8, Name: "guichet.webp", MediaType: "image/webp"}, {ID: 9, Name: "gone.pdf", Erased: true}},
		},
	}
	for _, code := range locale.Codes() {
		f.Languages = append(f.Languages, languages[code])
	}
	f.Actions = f.Picture.Select(indicators.Selection{})
	return f
}

// published is the programme with an organisation that publishes.
func published() *indicators.Definitions {
	d := programme()
	d.Settings = append(d.Settings, indicators.Setting{Key: "publisher", Value: "MIN"})
	return d
}
