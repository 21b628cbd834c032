package table

import (
	"slices"

	"jalon/indicators"
)

func actions() table[indicators.Action] {
	type row = indicators.Action
	return table[row]{name: "actions", columns: slices.Concat(
		[]column[row]{
			text("code", "Code", func(a *row) *string { return &a.Code }).must().keyed(),
			text("group", "Groupe", func(a *row) *string { return &a.Group }).must(),
		},
		titled("title", "Intitulé", func(a *row) *indicators.Text { return &a.Title }),
		texts("description", "Description", func(a *row) *indicators.Text { return &a.Description }),
		[]column[row]{
			text("lead", "Structure pilote", func(a *row) *indicators.Optional { return &a.Lead }),
			codes("partners", "Partenaires", func(a *row) *indicators.Codes { return &a.Partners }),
			text("status", "Statut", func(a *row) *string { return &a.Status }).must(),
			day("start", "Début prévu", func(a *row) *indicators.Date { return &a.Start }),
			day("end", "Fin prévue", func(a *row) *indicators.Date { return &a.End }),
			day("actual_start", "Début réel", func(a *row) *indicators.Date { return &a.ActualStart }),
			day("actual_end", "Fin réelle", func(a *row) *indicators.Date { return &a.ActualEnd }),
			text("scope", "Portée", func(a *row) *indicators.Optional { return &a.Scope }),
			codes("governorates", "Gouvernorats", func(a *row) *indicators.Codes { return &a.Governorates }),
			links("results", "Résultats", func(a *row) *indicators.Links { return &a.Results }),
		},
		texts("obstacle", "Obstacle", func(a *row) *indicators.Text { return &a.Obstacle }),
		[]column[row]{yes("illustrative", "Démonstration", func(a *row) *bool { return &a.Illustrative })},
	)}
}

func milestones() table[indicators.Milestone] {
	type row = indicators.Milestone
	return table[row]{name: "milestones", columns: slices.Concat(
		[]column[row]{
			text("action", "Action", func(m *row) *string { return &m.Action }).must().keyed(),
			text("code", "Code", func(m *row) *string { return &m.Code }).must().keyed(),
		},
		titled("title", "Intitulé", func(m *row) *indicators.Text { return &m.Title }),
		[]column[row]{
			day("due", "Échéance", func(m *row) *indicators.Date { return &m.Due }).must(),
			day("done", "Réalisé le", func(m *row) *indicators.Date { return &m.Done }),
		},
	)}
}

func funding() table[indicators.Funding] {
	type row = indicators.Funding
	return table[row]{name: "funding", columns: []column[row]{
		text("action", "Action", func(f *row) *string { return &f.Action }).must().keyed(),
		text("donor", "Bailleur de fonds", func(f *row) *string { return &f.Donor }).must().keyed(),
		text("kind", "Type", func(f *row) *string { return &f.Kind }).must().keyed(),
		number("amount", "Montant", func(f *row) *indicators.Decimal { return &f.Amount }).must(),
		text("currency", "Devise", func(f *row) *string { return &f.Currency }).must().keyed(),
		day("date", "Date", func(f *row) *indicators.Date { return &f.Date }).must().keyed(),
		text("reference", "Référence du bailleur", func(f *row) *indicators.Optional { return &f.Reference }).keyed(),
	}}
}
