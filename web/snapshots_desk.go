package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"jalon/indicators"
)

// A snapshotDeskPage is a snapshot to those who prepare it: how far it is, the texts beside
// it, and what can be done with it.
type snapshotDeskPage struct {
	Action   string
	Number   figure
	Month    figure
	Prepared bool
	Reason   phrase // of a correction
	Taken    figure
	By       string
	At       figure // of the publication
	Change   link   // the changeset that it knows
	SHA256   string
	Chain    string
	Report   string
	Look     string
	Whole    []textForm  // of the programme
	Themes   []themeForm // those of each
	Others   []readText  // that the reader does not write
	Publish  *publishForm
	Take     string // where it is taken again; empty for who does not
	Of       string // the month to take
	Done     string
	Wrong    string
}

// A themeForm is the texts of a theme that the reader may write.
type themeForm struct {
	Name  link
	Texts []textForm
	Open  bool
}

// A textForm is a text in three languages, as it stands or as it was typed.
type textForm struct {
	Action          string
	ID, Kind, Group string
	Title, Hint     string
	Since           int // the version that was seen
	FR, AR, EN      string
	Written         bool
	Wrong           string
	Theirs          []phrase // the version that somebody else has written meanwhile
	Open            bool
}

// A readText is a text that others write.
type readText struct {
	Title string
	Group *link
	Text  phrase
}

// A publishForm asks whether a snapshot is to be published, once it is pressed.
type publishForm struct {
	Sure       bool // it has been pressed: this is the question
	SHA256     string
	Correction bool
	Reason     string
	Wrong      string
}

// snapshotAt is the snapshot that an address names, of which the reader is shown the work.
func (ps *pages) snapshotAt(v *view, r *http.Request) (indicators.Snapshot, error) {
	if !v.reader.SeesPrepared() {
		return indicators.Snapshot{}, indicators.ErrRight
	}
	number := r.PathValue("number")
	if _, _, err := indicators.ParseSnapshotNumber(number); err != nil {
		return indicators.Snapshot{}, notFound("snapshot", number)
	}
	snap, err := ps.server.store.Snapshot(r.Context(), number)
	if errors.Is(err, indicators.ErrNotFound) {
		err = notFound("snapshot", number)
	}
	return snap, err
}

func (ps *pages) snapshotDesk(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	snap, err := ps.snapshotAt(v, r)
	if err != nil {
		return sheet{}, err
	}
	return ps.snapshotSheet(v, r, &snap, snapshotDeskPage{Done: v.done(r, "freeze", "word", "issue")}, nil)
}

// snapshotSheet draws the page; typed, if there is one, takes the place of a text that stands.
func (ps *pages) snapshotSheet(v *view, r *http.Request, snap *indicators.Snapshot, page snapshotDeskPage, typed *textForm) (sheet, error) {
	texts, err := ps.server.store.SnapshotTexts(r.Context(), snap.Number)
	if err != nil {
		return sheet{}, err
	}
	names, err := ps.names(v, r)
	if err != nil {
		return sheet{}, err
	}
	page.Action, page.Number, page.Month, page.Prepared = v.snapshotDeskHref(snap.Number), figure(snap.Number), v.monthOf(snap), !snap.IsPublished()
	page.Reason, page.Taken, page.SHA256, page.Chain = v.original(snap.Reason), v.moment(snap.TakenAt), snap.SHA256, string(snap.Chain)
	page.Change = link{Href: v.href("history", strconv.Itoa(snap.Changeset)), Name: phrase{Text: "#" + strconv.Itoa(snap.Changeset)}}
	page.Report = v.reportOf(snap)
	page.By = v.l.T("snapshots.by.itself")
	if snap.TakenBy != "jalon" {
		page.By = (&desk{view: v, names: names}).who(snap.TakenBy, "")
	}
	if !page.Prepared {
		page.At, page.Look = v.moment(*snap.PublishedAt), v.lookOf(snap)
	}
	v.fillTexts(&page, texts, typed)
	if v.reader.Has(indicators.Publish) {
		page.Take, page.Of = "/"+v.l.Code+"/desk/snapshots", indicators.Monthly.Containing(snap.Judged).String()
		if page.Publish == nil && page.Prepared {
			page.Publish = &publishForm{}
		}
		if page.Publish != nil {
			page.Publish.SHA256, page.Publish.Correction = snap.SHA256, snap.Reason != ""
		}
	}
	return sheet{template: "snapshot", path: "desk/snapshots/" + snap.Number, title: v.l.T("snapshots.one", v.l.Isolate(snap.Number)), main: page}, nil
}

// fillTexts sorts the texts into forms for those who write them, and plain ones for others.
func (v *view) fillTexts(page *snapshotDeskPage, texts []indicators.SnapshotText, typed *textForm) {
	place := func(kind indicators.TextKind, group string) *textForm {
		at := slices.IndexFunc(texts, func(t indicators.SnapshotText) bool { return t.Kind == kind && string(t.Group) == group })
		var text indicators.SnapshotText
		if at >= 0 {
			text = texts[at]
		}
		if !page.Prepared || !v.reader.MayWord(kind, group) {
			if at >= 0 {
				page.Others = append(page.Others, v.readText(&text))
			}
			return nil
		}
		f := v.textForm(kind, group, &text)
		f.Action = page.Action
		if typed != nil && typed.ID == f.ID {
			f.FR, f.AR, f.EN, f.Wrong, f.Theirs, f.Since, f.Open = typed.FR, typed.AR, typed.EN, typed.Wrong, typed.Theirs, typed.Since, true
		}
		return &f
	}
	for _, kind := range indicators.TextKinds() {
		if f := place(kind, ""); f != nil {
			page.Whole = append(page.Whole, *f)
		}
	}
	for _, g := range v.groups() {
		theme := themeForm{Name: v.linkGroup(g)}
		for _, kind := range indicators.TextKinds() {
			if !kind.OfGroup() {
				continue
			}
			if f := place(kind, g.Code); f != nil {
				theme.Texts = append(theme.Texts, *f)
				theme.Open = theme.Open || f.Open
			}
		}
		if theme.Texts != nil {
			page.Themes = append(page.Themes, theme)
		}
	}
}

func (v *view) textForm(kind indicators.TextKind, group string, t *indicators.SnapshotText) textForm {
	id := "t-" + string(kind)
	if group != "" {
		id += "-" + group
	}
	return textForm{
		ID: id, Kind: string(kind), Group: group, Title: v.l.T("snapshots.text." + string(kind)), Hint: v.l.T("snapshots.text." + string(kind) + ".words"),
		Since: t.Since, FR: string(t.Text.FR), AR: string(t.Text.AR), EN: string(t.Text.EN), Written: t.Since != 0,
	}
}

func (v *view) readText(t *indicators.SnapshotText) readText {
	text := readText{Title: v.l.T("snapshots.text." + string(t.Kind)), Text: v.phrase(t.Text)}
	if g := v.p.Group(string(t.Group)); g != nil {
		name := v.linkGroup(g)
		text.Group = &name
	}
	return text
}

func (p snapshotDeskPage) above(v *view) []link {
	return []link{v.crumb("snapshots", "snapshots.title")}
}
