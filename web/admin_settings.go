package web

import (
	"errors"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"jalon/exchange/table"
	"jalon/indicators"
)

// A settingsForm is what somebody has typed of the settings, by their keys.
type settingsForm struct {
	proposal
	typed map[string]string
}

// A settingsPage is the form of all settings.
type settingsPage struct {
	Action   string
	Crumbs   []link
	Drawn    int
	Fields   []formField
	Wrong    []wrong
	Note     string
	Done     template.HTML
	Conflict *conflict
	Map      mapForm
}

// settingsOf are the settings of definitions, by key.
func settingsOf(d *indicators.Definitions) (map[string]string, error) {
	all := make(map[string]string, len(d.Settings))
	for _, s := range d.Settings {
		all[s.Key] = s.Value
	}
	return all, nil
}

func (ps *pages) settings(v *view, _ http.ResponseWriter, r *http.Request) (sheet, error) {
	now, err := settingsOf(v.p.Definitions)
	f := &settingsForm{proposal: proposal{drawn: v.p.Newest().Number}, typed: now}
	return v.settingsSheet(f, settingsPage{Done: v.wasDone(r)}), err
}

func (v *view) settingsSheet(f *settingsForm, page settingsPage) sheet {
	page.Action, page.Crumbs, page.Drawn = v.href("admin", "settings"), v.adminCrumbs(), f.drawn
	if page.Map.Action == "" {
		page.Map = v.mapForm()
	}
	for _, key := range indicators.SettingKeys() {
		page.Fields = append(page.Fields, v.settingField(key, f.typed[key], page.Wrong))
	}
	return sheet{template: "adminsettings", path: "admin/settings", title: v.l.T("table.settings"), main: page}
}

// settingField draws a setting; empty, it is as if it were not set.
func (v *view) settingField(key, value string, all []wrong) formField {
	f := formField{
		Field: table.Field{Name: key, Kind: table.Line}, ID: "f-" + key, Label: v.l.T("setting." + key), Hint: v.l.T("setting." + key + ".words"),
		Value: value, Dir: "auto",
	}
	if standard := indicators.SettingDefault(key); standard != "" {
		f.Hint += " " + v.l.T("setting.default", v.l.Isolate(v.settingWord(key, standard)))
	}
	if words := indicators.SettingWords(key); words != nil {
		f.Kind = table.OneOf
		for _, word := range words {
			f.Options = append(f.Options, option{Value: word, Word: v.settingWord(key, word)})
		}
		f.Options = choose(f.Options, []string{value})
	}
	for _, w := range all {
		if w.ID == f.ID {
			f.Wrong = append(f.Wrong, w)
		}
	}
	return f
}

// settingWord is what a value of a setting means.
func (v *view) settingWord(key, value string) string {
	if !slices.Contains(indicators.SettingWords(key), value) {
		return value
	}
	for _, area := range []string{"setting." + key + ".", "value."} {
		if word := v.l.T(area + value); word != area+value {
			return word
		}
	}
	return value
}

// shownSetting is the value of a setting to whoever reads it; of one that is not set, what
// holds then.
func (v *view) shownSetting(key, value string) template.HTML {
	standard := indicators.SettingDefault(key)
	switch {
	case value != "":
		return phrase{Text: v.settingWord(key, value)}.HTML()
	case standard != "":
		return sentence(v.l, "setting.default", v.settingWord(key, standard))
	}
	return ""
}

// typedSettings reads the form of the settings: what differs from what is becomes a
// change, what was emptied a removal.
func (v *view) typedSettings(r *http.Request) (*settingsForm, error) {
	drawn, err := drawnFrom(r)
	if err != nil {
		return nil, err
	}
	f := &settingsForm{typed: map[string]string{}, proposal: proposal{drawn: drawn, reason: reasonOf(r), state: settingsOf}}
	now, err := settingsOf(v.p.Definitions)
	if err != nil {
		return nil, err
	}
	for n, key := range indicators.SettingKeys() {
		value := strings.TrimSpace(r.PostForm.Get(key))
		f.typed[key] = value
		before, set := now[key]
		if value == before || value == "" && !set {
			continue
		}
		entry := table.Entry{Cells: map[string]string{"key": key, "value": value}, Remove: value == "", Line: n + 1}
		_, problems, err := table.Put(&f.workbook, "settings", entry)
		if err != nil {
			return nil, err
		}
		f.problems = append(f.problems, problems...)
	}
	return f, nil
}

// changeSettings answers what was typed as changeEntry does.
func (ps *pages) changeSettings(v *view, w http.ResponseWriter, r *http.Request) (sheet, error) {
	f, err := v.typedSettings(r)
	if err != nil {
		return sheet{}, err
	}
	then, err := ps.then(r.Context(), v, &f.proposal)
	if err != nil {
		return sheet{}, err
	}
	if late, err := f.overtaken(then, v.p.Definitions); late || err != nil {
		return v.settingsConflict(f, then), err
	}
	weighed := v.weigh(&f.proposal)
	switch do := r.PostForm.Get("do"); {
	case do == "change":
		return v.settingsSheet(f, settingsPage{}), nil
	case len(weighed.problems) > 0:
		return refusedSheet(v.settingsSheet(f, settingsPage{Wrong: v.settingsWrong(weighed.problems)})), nil
	case weighed.unchanged:
		return v.settingsSheet(f, settingsPage{Note: v.l.T("admin.unchanged")}), nil
	case do == "save" && f.reason != "":
		return ps.saveSettings(v, w, r, f, weighed)
	default:
		return ps.previewSettings(v, r, f, weighed, previewPage{NoReason: do == "save"})
	}
}

func (ps *pages) saveSettings(v *view, w http.ResponseWriter, r *http.Request, f *settingsForm, weighed weighing) (sheet, error) {
	report, err := ps.record(r.Context(), v, &f.proposal)
	switch {
	case errors.Is(err, indicators.ErrBusy):
		again, err := ps.previewSettings(v, r, f, weighed, previewPage{Busy: true})
		w.Header().Set("Retry-After", "5")
		again.status = http.StatusServiceUnavailable
		return again, err
	case errors.Is(err, indicators.ErrConflict):
		then, err := ps.then(r.Context(), v, &f.proposal)
		if err = errors.Join(err, ps.server.live.Refresh(r.Context())); err != nil {
			return sheet{}, err
		}
		v.p = ps.server.live.Picture()
		return v.settingsConflict(f, then), nil
	case err != nil && report != nil && report.Refused():
		return refusedSheet(v.settingsSheet(f, settingsPage{Wrong: v.settingsWrong(report.Problems)})), nil
	case err != nil:
		return sheet{}, err
	}
	return sheet{goOn: v.href("admin", "settings") + "?done=changed&changeset=" + strconv.Itoa(report.Changeset)}, nil
}

func (ps *pages) previewSettings(v *view, r *http.Request, f *settingsForm, w weighing, page previewPage) (sheet, error) {
	before, _ := settingsOf(w.before)
	after, _ := settingsOf(w.after)
	for _, key := range indicators.SettingKeys() {
		page.Sent = append(page.Sent, shownCell{Name: key, Value: f.typed[key]})
		if a, b := before[key], after[key]; a != b {
			page.Changes = append(page.Changes, changedCell{v.l.T("setting." + key), v.shownSetting(key, a), v.shownSetting(key, b)})
		}
	}
	var err error
	if page.effects, err = ps.effects(r.Context(), v, w); err != nil {
		return sheet{}, err
	}
	page.Title, page.Action = phrase{Text: v.l.T("table.settings")}.HTML(), v.href("admin", "settings")
	page.Drawn, page.Reason, page.Crumbs = f.drawn, f.reason, v.adminCrumbs()
	return v.preview(page, w, "admin/settings"), nil
}

// settingsConflict shows the settings that somebody else has changed, above the form.
func (v *view) settingsConflict(f *settingsForm, then *indicators.Definitions) sheet {
	was, _ := settingsOf(then)
	now, _ := settingsOf(v.p.Definitions)
	c := &conflict{}
	for _, key := range indicators.SettingKeys() {
		if a, b, t := was[key], now[key], f.typed[key]; a != b || b != t {
			c.Rows = append(c.Rows, conflictRow{v.l.T("setting." + key), v.shownSetting(key, a), v.shownSetting(key, b), v.shownSetting(key, t), a != b})
			if a == t { // theirs alone
				f.typed[key] = b
			}
		}
	}
	f.drawn = v.p.Newest().Number
	again := v.settingsSheet(f, settingsPage{Conflict: c})
	again.status = http.StatusConflict
	return again
}

// settingsWrong are problems at their settings: each has a line of its own.
func (v *view) settingsWrong(problems []indicators.Problem) []wrong {
	keys := indicators.SettingKeys()
	var all []wrong
	for _, p := range problems[:min(len(problems), mostWrong)] {
		w := wrong{Text: v.said(p.Message)}
		if p.File == "settings" && p.Line > 0 && p.Line <= len(keys) {
			w.ID, w.Label = "f-"+keys[p.Line-1], v.l.T("setting."+keys[p.Line-1])
		}
		all = append(all, w)
	}
	return all
}
