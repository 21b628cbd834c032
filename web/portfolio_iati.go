package web

import (
	"io"

	"jalon/exchange/iati"
	"jalon/indicators"
	"jalon/locale"
)

// activities is a portfolio as a file of IATI.
func (v *view) activities(f *portfolio) *iati.File {
	file := &iati.File{
		Picture: v.p, Actions: f.actions(), Donor: f.donor, Site: v.origin, Parts: f.parts,
		Documents: map[indicators.FigureKey][]indicators.Document{},
	}
	for _, code := range locale.Codes() {
		file.Languages = append(file.Languages, v.spoken[code])
	}
	for _, d := range f.documents {
		file.Documents[d.FigureKey] = append(file.Documents[d.FigureKey], d)
	}
	return file
}

func (v *view) writeActivities(f *portfolio, to io.Writer) error { return v.activities(f).Write(to) }
