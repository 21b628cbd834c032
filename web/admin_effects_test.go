package web

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"jalon/indicators"
)

// saysOf is the text of a row of the page before saving, tags left out.
func saysOf(body, of string) string {
	for _, row := range strings.Split(body, "<tr ")[1:] {
		if row, _, _ = strings.Cut(row, "</tr>"); strings.Contains(row, of) {
			return strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(row[strings.Index(row, ">")+1:], " ")), " ")
		}
	}
	return ""
}

// Each form names what it moves, before and after, and what it says comes true.
func TestAFormNamesWhatItMoves(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	for _, tt := range []struct {
		name, edit string
		change     []string
		of         []string // what is named in a row, and what the row says
		lacks      string
		public     [2]string // where the public then finds the status
	}{
		{
			"a changed target", "/fr/admin/targets/edit?key=" + "REM-COST%3Asdg2030%3Atarget%3A2030%3A%3A", []string{"value", "6"},
			[]string{"/indicators/REM-COST", "ODD À surveiller", "/indicators/REM-COST", "Atteint +5,0 · cible 6"}, "Aucune évaluation", [2]string{"/fr/indicators/REM-COST", "Atteint"},
		},
		{
			"a changed method", "/fr/admin/frameworks/edit?key=sdg2030", []string{"method", "achievement_rate on_track=0.99"},
			[]string{"/indicators/THREE", "Progression Open SDG À surveiller 50 %"}, "Aucune évaluation", [2]string{},
		},
		{"a title", "/fr/admin/indicators/edit?key=THREE", []string{"title_en", "Three"}, nil, "évaluation change", [2]string{"/en/indicators/THREE", "Three"}},
	} {
		form := fieldsOf(t, p.page(tt.edit))
		body := expect(t, p.post(tt.edit, form.with(append(tt.change, "do", "preview")...)...), http.StatusOK)
		for n := 0; n < len(tt.of); n += 2 {
			if got := saysOf(body, tt.of[n]); !strings.Contains(got, tt.of[n+1]) {
				t.Errorf("%s: of %s it says %q, want %q", tt.name, tt.of[n], got, tt.of[n+1])
			}
		}
		if strings.Contains(body, tt.lacks) || tt.of == nil && !strings.Contains(body, "Aucune évaluation ne change.") {
			t.Errorf("%s: the page says %q, or does not say that nothing moves", tt.name, tt.lacks)
		}
		expect(t, p.post(tt.edit, form.with(append(tt.change, "do", "save", "reason", "x")...)...), http.StatusSeeOther)
		if tt.public[0] != "" {
			m.signedIn("").served(tt.public[0], tt.public[1])
		}
	}
}

// The least coverage moves no assessment but gives a score; its emptied field takes it back.
func TestSettingsNameWhatTheyMove(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	const settings = "/fr/admin/settings"
	form := fieldsOf(t, p.page(settings))
	body := expect(t, p.post(settings, form.with("min_coverage", "0.1", "do", "preview")...), http.StatusOK)
	if got := saysOf(body, "Part évaluée requise"); !strings.Contains(got, "Sans réglage : 0.75 . 0.1") {
		t.Errorf("the setting is said to change: %q", got)
	}
	if got := saysOf(body, "/groups/1"); !strings.Contains(got, "sans score") || !strings.Contains(got, "%") {
		t.Errorf("the score is said to change: %q", got)
	}
	if !strings.Contains(body, "Aucune évaluation ne change.") {
		t.Error("an assessment is said to change")
	}
	expect(t, p.post(settings, form.with("min_coverage", "2", "do", "preview")...), http.StatusUnprocessableEntity)
	p.lands(settings, settings+"?done=changed&changeset=2", form.with("min_coverage", "0.1", "do", "save", "reason", "x")...)
	form = fieldsOf(t, p.page(settings))
	if got := form.value("min_coverage"); got != "0.1" {
		t.Errorf("it is %q", got)
	}
	for what, fields := range map[string][]string{
		"f-time_zone": form.with("time_zone", "Mars/Olympus", "do", "preview"), "f-rules": form.with("rules", "99", "do", "preview"), "f-stale_years": form.with("stale_years", "0", "do", "save", "reason", "x"),
	} {
		if body := expect(t, p.post(settings, fields...), http.StatusUnprocessableEntity); !strings.Contains(body, `href="#`+what+`"`) {
			t.Errorf("what is wrong with %s is not told there", what)
		}
	}
	if body := expect(t, p.post(settings, form.with("do", "save", "reason", "x")...), http.StatusOK); !strings.Contains(body, "Rien ne diffère") || m.newest(t) != 2 {
		t.Error("settings as they are make a changeset")
	}
	p.lands(settings, settings+"?done=changed&changeset=3", form.with("min_coverage", "", "contact", attack, "do", "save", "reason", "x")...)
	showsAttack(t, p.page(settings), true)
	if d, err := m.store.Definitions(t.Context(), 0); err != nil || d.Setting("min_coverage", "none") != "none" || d.Setting("contact", "") != attack {
		t.Errorf("the settings are %+v, %v", d.Settings, err)
	}
}

// A target for women is judged by the figures of women, which nothing has asked for before.
func TestATargetOfABreakdownIsJudgedByItsFigures(t *testing.T) {
	m := newMinistry(t)
	women := reported("THREE", "2024", "140")
	women.Breakdown.Sex = "F"
	earlier := reported("THREE", "2016", "50")
	earlier.Breakdown.Sex = "F"
	record(t, m.store, nil, women, earlier)
	p := m.signedIn("admin")
	const fresh = "/fr/admin/targets/edit?indicator=THREE"
	p.served(fresh, `name="drawn" value="2"`)
	form := fieldsOf(t, p.page(fresh))
	if form.value("indicator") != "THREE" {
		t.Errorf("the form holds %q", form)
	}
	body := expect(t, p.post(fresh, form.with("kind", "target", "period", "2030", "value", "100", "framework", "sdg2030", "sex", "F", "do", "preview")...), http.StatusOK)
	if got := saysOf(body, "/indicators/THREE"); !strings.Contains(got, "femmes") || !strings.Contains(got, "non évalué Atteint") {
		t.Errorf("the page says %q", got)
	}
}

// What refers to an entry is counted: entries, figures, accounts.
func TestWhatRefersToAnEntryIsCounted(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	for edit, wants := range map[string][]string{
		"/fr/admin/indicators/edit?key=THREE": {"4 références, jalons ou cibles", "2 chiffres, publiés"},
		"/fr/admin/groups/edit?key=1":         {"1 action", "2 indicateurs", "1 compte dont"},
	} {
		form := fieldsOf(t, p.page(edit))
		body := expect(t, p.post(edit, form.with("title_en", "Another", "do", "preview")...), http.StatusOK)
		text := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, "")
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the page lacks %q", edit, want)
			}
		}
	}
}

// A list is searched whatever the accents, and comes in pages.
func TestLists(t *testing.T) {
	m := newMinistry(t)
	var all []indicators.Organisation
	for n := range 120 {
		all = append(all, indicators.Organisation{Code: "O-" + strconv.Itoa(n), Name: french("Éco n° " + strconv.Itoa(n)), Kind: "agency"})
	}
	record(t, m.store, &indicators.Workbook{Organisations: edits(all)})
	p := m.signedIn("admin")
	p.served("/fr/admin/organisations", "122")
	first := p.page("/fr/admin/organisations?q=eco")
	if !strings.Contains(first, "O-49") || strings.Contains(first, "O-50") || strings.Contains(first, ">DON<") {
		t.Error("the first page holds others than the first fifty")
	}
	next := regexp.MustCompile(`href="([^"]*)" rel="next"`).FindStringSubmatch(first)
	if next == nil {
		t.Fatal("nothing leads to the next page")
	}
	if second := p.page(strings.ReplaceAll(next[1], "&amp;", "&")); !strings.Contains(second, "O-50") || !strings.Contains(second, `rel="prev"`) {
		t.Error("the second page does not go on")
	}
	if none := p.page("/fr/admin/organisations?q=" + "introuvable"); !strings.Contains(none, "Rien ne correspond") {
		t.Error("an empty list does not say so")
	}
}
