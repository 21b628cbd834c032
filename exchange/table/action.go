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
			text("group", "Groupe", func(a *row) *string { return &a.Group }).must().of("groups"),
		},
		titled("title", "Intitulé", func(a *row) *indicators.Text { return &a.Title }),
		prose("description", "Description", func(a *row) *indicators.Text { return &a.Description }),
		[]column[row]{
			text("lead", "Structure pilote", func(a *row) *indicators.Optional { return &a.Lead }).of("organisations"),
			codes("partners", "Partenaires", func(a *row) *indicators.Codes { return &a.Partners }).of("organisations"),
			text("status", "Statut", func(a *row) *string { return &a.Status }).must().oneOf(indicators.ActionStatuses()),
			day("start", "Début prévu", func(a *row) *indicators.Date { return &a.Start }),
			day("end", "Fin prévue", func(a *row) *indicators.Date { return &a.End }),
			day("actual_start", "Début réel", func(a *row) *indicators.Date { return &a.ActualStart }),
			day("actual_end", "Fin réelle", func(a *row) *indicators.Date { return &a.ActualEnd }),
			text("scope", "Portée", func(a *row) *indicators.Optional { return &a.Scope }).oneOf(indicators.ActionScopes()),
			codes("governorates", "Gouvernorats", func(a *row) *indicators.Codes { return &a.Governorates }).of("governorates"),
			links("results", "Résultats", func(a *row) *indicators.Links { return &a.Results }),
		},
		prose("obstacle", "Obstacle", func(a *row) *indicators.Text { return &a.Obstacle }),
		[]column[row]{yes("illustrative", "Démonstration", func(a *row) *bool { return &a.Illustrative })},
	)}
}

func milestones() table[indicators.Milestone] {
	type row = indicators.Milestone
	return table[row]{name: "milestones", columns: slices.Concat(
		[]column[row]{
			text("action", "Action", func(m *row) *string { return &m.Action }).must().keyed().of("actions"),
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
		text("action", "Action", func(f *row) *string { return &f.Action }).must().keyed().of("actions"),
		text("donor", "Bailleur de fonds", func(f *row) *string { return &f.Donor }).must().keyed().of("organisations"),
		text("kind", "Type", func(f *row) *string { return &f.Kind }).must().keyed().oneOf(indicators.FundingKinds()),
		number("amount", "Montant", func(f *row) *indicators.Decimal { return &f.Amount }).must(),
		text("currency", "Devise", func(f *row) *string { return &f.Currency }).must().keyed(),
		day("date", "Date", func(f *row) *indicators.Date { return &f.Date }).must().keyed(),
		text("reference", "Référence du bailleur", func(f *row) *indicators.Optional { return &f.Reference }).keyed(),
	}}
}
