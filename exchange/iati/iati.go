// Package iati writes what is funded and what came of it as the International Aid
// Transparency Initiative wants it: a file of IATI 2.03, an activity for each action. It
// knows of no page and no database: what it writes is given to it, by whom it may be read
// is decided before.
//
// The rules that the standard leaves open, or jalon does not know enough for:
//
//   - The reporting organisation is the one that the programme's setting publisher names,
//     under its IATI identifier. Where either is missing the file is a draft: it says so, and
//     reports as DraftReporter.
//   - An activity is named by the reporting organisation and the action's code:
//     TN-COA-1-A1-03. Organisations without an IATI identifier are given by name only.
//   - An action without any day on which it begins is left out, for the standard wants one: a
//     comment at the head of the file names it.
//   - Commitments, disbursements and expenditures are transactions of their own days, which
//     add up to what the portfolio shows. A budget is that of the calendar year of its day.
//   - The sector is always MigrationSector: the programme is about migration. Themes are
//     sectors of a vocabulary of its own. Goals and targets of the SDGs are tags, results of
//     plans tags of a vocabulary of its own.
//   - A governorate is a location under its ISO 3166-2 code, which no vocabulary of the
//     standard has.
//   - A target for a longer period than the indicator is reported by stands, of what adds up
//     from the start, in the last of them: two periods of an indicator do not overlap then.
//   - A value that is missing or withheld is not there, nor is anything in its place.
package iati

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"

	"jalon/indicators"
	"jalon/locale"
)

// DraftReporter is who reports in a draft: no organisation has this identifier.
const DraftReporter = "JALON-DRAFT"

// MigrationSector is the purpose code of the OECD's DAC for orderly, safe, regular and
// responsible migration and mobility.
const MigrationSector = "15190"

// A File is what is to be written.
type File struct {
	Picture   *indicators.Picture
	Actions   []*indicators.Action // an activity each, in this order
	Donor     string               // whose money is told; empty: that of all
	Site      string               // public address of the pages, without a slash; empty: there are no links to them
	Languages []*locale.Language   // of the texts, the first being that of the file

	// Parts are figures by one dimension each, by indicator: withheld ones have no value.
	Parts map[string]indicators.Parts
	// Documents are the public files behind a figure.
	Documents map[indicators.FigureKey][]indicators.Document
}

// IsDraft tells whether the file has no organisation that could report.
func (f *File) IsDraft() bool { return reporter(f.Picture) == DraftReporter }

// LeftOut lists the actions that the file cannot hold, for no day is known on which they
// begin.
func (f *File) LeftOut() []*indicators.Action {
	var all []*indicators.Action
	for _, a := range f.Actions {
		if !f.begins(a) {
			all = append(all, a)
		}
	}
	return all
}

// begins tells whether a beginning of the action can be told: a planned one, or one that
// was by the day of judgement.
func (f *File) begins(a *indicators.Action) bool {
	return a.Start != 0 || a.ActualStart != 0 && a.ActualStart <= f.Picture.Day
}

// Write writes the file, an activity at a time. The same content is always written in the
// same bytes. Without any activity, which the standard does not allow, it is ErrNotFound.
func (f *File) Write(to io.Writer) error {
	if len(f.LeftOut()) == len(f.Actions) {
		return fmt.Errorf("%w: no action to write in a file of IATI: each must have a day on which it begins", indicators.ErrNotFound)
	}
	if _, err := io.WriteString(to, xml.Header); err != nil {
		return fmt.Errorf("beginning a file of IATI: %w", err)
	}
	out := xml.NewEncoder(to)
	out.Indent("", "  ")
	at := f.Picture.Newest().At.UTC().Format(time.RFC3339)
	root := xml.StartElement{Name: xml.Name{Local: "iati-activities"}, Attr: []xml.Attr{
		{Name: xml.Name{Local: "version"}, Value: "2.03"}, {Name: xml.Name{Local: "generated-datetime"}, Value: at},
	}}
	for _, token := range []xml.Token{root, f.remark()} {
		if err := out.EncodeToken(token); err != nil {
			return fmt.Errorf("beginning a file of IATI: %w", err)
		}
	}
	for _, a := range f.Actions {
		if !f.begins(a) {
			continue
		}
		if err := out.Encode(f.activity(a, at)); err != nil {
			return fmt.Errorf("writing the activity %s: %w", a.Code, err)
		}
	}
	if err := out.EncodeToken(root.End()); err != nil {
		return fmt.Errorf("ending a file of IATI: %w", err)
	}
	if err := out.Close(); err != nil {
		return fmt.Errorf("ending a file of IATI: %w", err)
	}
	return nil
}

// remark says, in each language, of when the file is, and what is to be known about it.
func (f *File) remark() xml.Comment {
	var lines []string
	day := f.Picture.Day
	var left []string
	for _, a := range f.LeftOut() {
		left = append(left, a.Code)
	}
	for _, l := range f.Languages {
		lines = append(lines, l.T("iati.of", l.Date(day.Time()), f.Picture.Newest().Number))
		if f.IsDraft() {
			lines = append(lines, l.T("iati.draft"))
		}
		if len(left) > 0 {
			lines = append(lines, l.T("iati.left_out", strings.Join(left, ", ")))
		}
	}
	text := strings.Join(lines, "\n  ")
	for strings.Contains(text, "--") { // which no comment may hold
		text = strings.ReplaceAll(text, "--", "- -")
	}
	return xml.Comment(plain("\n  " + text + "\n"))
}

// reporter is the identifier of the organisation that reports.
func reporter(p *indicators.Picture) string {
	if o := p.Publisher(); o != nil {
		if id := identifier(o); id != "" {
			return id
		}
	}
	return DraftReporter
}
