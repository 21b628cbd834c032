package web

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jalon/exchange/table"
	"jalon/indicators"
)

// A tried table is one of which an entry is added, changed, refused and ended.
type tried struct {
	table  string
	added  []string // names and cells of a new entry
	key    string   // which it then has
	change [2]string
	bad    [2]string // a cell that stands against the rules
}

func triedTables() []tried {
	return []tried{
		{"categories", []string{"dimension", "milieu", "code", "U", "title_fr", "urbain"}, "milieu=U", [2]string{"title_en", "urban"}, [2]string{"order", "1,5"}},
		{"organisations", []string{"code", "AGE", "name_fr", attack, "kind", "agency"}, "AGE", [2]string{"iati_id", attack}, [2]string{"kind", "club"}},
		{"groups", []string{"code", "3", "title_fr", attack, "coordinator", "MIN"}, "3", [2]string{"title_ar", "الصحة"}, [2]string{"coordinator", "NOBODY"}},
		{"frameworks", []string{"code", "strat", "kind", "strategy", "title_fr", attack, "start", "2020", "end", "2030"}, "strat", [2]string{"end", "2035"}, [2]string{"end", "2010"}},
		{"results", []string{"framework", "plan2016", "code", "3", "title_fr", attack, "level", attack}, "plan2016:3", [2]string{"weight", "2,5"}, [2]string{"parent", "9"}},
		{"actions", []string{"code", "A2", "group", "1", "title_fr", attack, "description_fr", attack, "status", "planned", "partners", "DON", "partners", "MIN"}, "A2", [2]string{"obstacle_fr", attack}, [2]string{"start", "2026-13-45"}},
		{"milestones", []string{"action", "A1", "code", "J2", "title_fr", attack, "due", "2027-01-31"}, "A1:J2", [2]string{"done", "2026-01-31"}, [2]string{"due", ""}},
		{"funding", []string{"action", "A1", "donor", "DON", "kind", "budget", "amount", "12,5", "currency", "TND", "date", "2026-01-01", "reference", "R1"}, "A1:DON:budget:TND:2026-01-01:R1", [2]string{"amount", "1 300"}, [2]string{"amount", "12 TND"}},
		{"indicators", []string{"code", "NEW", "title_fr", attack, "unit", "PERSONS", "kind", "number", "direction", "increase", "accumulation", "level", "frequency", "year",
			"groups", "1", "groups", "2", "results", "sdg2030:10\r\nsdg2030:10.c=2", "external", attack, "source", attack, "definition_fr", attack}, "NEW", [2]string{"method", "achievement_rate"}, [2]string{"method", "guess"}},
		{"targets", []string{"indicator", "DELAY", "kind", "target", "period", "2027-12", "value", "20", "decided", "2026-01-01", "note", attack}, "DELAY::target:2027-12::2026-01-01", [2]string{"value", "25,5"}, [2]string{"value", "-3 jours"}},
	}
}

// Every table by the same form: nothing is written before it was confirmed with a reason.
func TestEveryTableIsAdministered(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	for _, tt := range triedTables() {
		t.Run(tt.table, func(t *testing.T) {
			fresh := "/fr/admin/" + tt.table + "/edit"
			form := slices.Concat([]string{"drawn", hidden(t, p.page(fresh), "drawn")}, tt.added)
			before := m.newest(t)
			body := expect(t, p.post(fresh, append(form, "do", "preview")...), http.StatusOK)
			showsAttack(t, body, slices.Contains(tt.added, attack))
			if m.newest(t) != before || !strings.Contains(body, "Ce qui change") {
				t.Fatal("the look at what changes writes, or does not say")
			}
			if body := expect(t, p.post(fresh, append(form, "do", "save", "reason", "  ")...), http.StatusUnprocessableEntity); !strings.Contains(body, "Donnez une raison") {
				t.Error("no reason is asked for")
			}
			p.lands(fresh, "/fr/admin/"+tt.table+"?changeset="+strconv.Itoa(before+1)+"&done=added", append(form, "do", "save", "reason", "décidé en comité")...)
			if c := m.changeset(t); c.Kind != indicators.Defined || c.Role != indicators.Administrator || c.Author != m.author("admin") || c.Reason != "décidé en comité" {
				t.Errorf("the changeset is %+v", c)
			}
			edit := fresh + "?" + url.Values{"key": {tt.key}}.Encode()
			list := p.page("/fr/admin/" + tt.table + "?q=" + url.QueryEscape(tt.added[1]))
			if !strings.Contains(html.UnescapeString(list), edit) {
				t.Fatalf("the list does not lead to %s", edit)
			}
			showsAttack(t, list, false)
			p.changesEntry(t, tt, edit)
			p.endsEntry(t, tt, edit)
		})
	}
}

// changesEntry sends the form of an entry unchanged, badly and changed.
func (p *person) changesEntry(t *testing.T, tt tried, edit string) {
	t.Helper()
	m := p.m
	page := p.page(edit)
	showsAttack(t, page, slices.Contains(tt.added, attack))
	form := fieldsOf(t, page)
	before := m.newest(t)
	if body := expect(t, p.post(edit, form.with("do", "save", "reason", "x")...), http.StatusOK); !strings.Contains(body, "Rien ne diffère") || m.newest(t) != before {
		t.Error("the form as it was changes something")
	}
	body := expect(t, p.post(edit, form.with(tt.bad[0], tt.bad[1], "do", "preview")...), http.StatusUnprocessableEntity)
	if !strings.Contains(body, `href="#f-`+tt.bad[0]+`"`) || !regexp.MustCompile(`id="f-`+tt.bad[0]+`"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*e-f-`+tt.bad[0]).MatchString(body) {
		t.Errorf("%s = %q is not told at its field", tt.bad[0], tt.bad[1])
	}
	if !strings.Contains(body, `value="`+html.EscapeString(tt.bad[1])+`"`) {
		t.Errorf("%q is lost", tt.bad[1])
	}
	showsAttack(t, expect(t, p.post(edit, form.with(tt.change[0], tt.change[1], "do", "preview")...), http.StatusOK), tt.change[1] == attack)
	p.lands(edit, "/fr/admin/"+tt.table+"?changeset="+strconv.Itoa(before+1)+"&done=changed", form.with(tt.change[0], tt.change[1], "do", "save", "reason", "corrigé")...)
	if got := fieldsOf(t, p.page(edit)).value(tt.change[0]); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(tt.change[1], " ", "") {
		t.Errorf("%s is %q, want %q", tt.change[0], got, tt.change[1])
	}
}

// endsEntry removes the entry, which stays in the past.
func (p *person) endsEntry(t *testing.T, tt tried, edit string) {
	t.Helper()
	m := p.m
	before := m.newest(t)
	form := []string{"drawn", strconv.Itoa(before), "remove", "yes"}
	if body := expect(t, p.post(edit, append(form, "do", "preview")...), http.StatusOK); !strings.Contains(body, "Ce qui prend fin") || m.newest(t) != before {
		t.Error("the look at what ends does not say, or writes")
	}
	p.lands(edit, "/fr/admin/"+tt.table+"?changeset="+strconv.Itoa(before+1)+"&done=removed", append(form, "do", "save", "reason", "en double")...)
	expect(t, p.get(edit), http.StatusNotFound)
	then, err := m.store.Definitions(t.Context(), before)
	if err != nil {
		t.Fatal(err)
	}
	if _, found, err := table.Cells(tt.table, then, tt.key); err != nil || !found {
		t.Errorf("the past has lost it: %v", err)
	}
}

// What others still need is not ended, and the page says who needs it.
func TestWhatIsNeededIsNotEnded(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	for edit, needs := range map[string]string{
		"/fr/admin/groups/edit?key=1": "A1, dans actions, en a encore besoin", "/fr/admin/indicators/edit?key=THREE": ", dans targets, en a encore besoin",
		"/fr/admin/organisations/edit?key=DON": ", dans funding, en a encore besoin", "/fr/admin/results/edit?key=sdg2030%3A10": "sdg2030:10.c, dans results, en a encore besoin",
	} {
		for _, do := range []string{"preview", "save"} {
			body := expect(t, p.post(edit, "drawn", strconv.Itoa(m.newest(t)), "remove", "yes", "reason", "x", "do", do), http.StatusUnprocessableEntity)
			if !strings.Contains(body, needs) {
				t.Errorf("%s: the answer lacks %q", edit, needs)
			}
		}
	}
}

func TestAddressesThatAreRefused(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	for address, status := range map[string]int{
		"/fr/admin/observations": 404, "/fr/admin/nothing": 404, "/fr/admin/groups/edit?key=nothing": 404, "/fr/admin/settings/edit": 404,
		"/fr/admin/groups/edit?like=nothing": 404, "/fr/admin/accounts/edit?id=999": 404, "/fr/admin/accounts/edit?id=1+OR+1": 404, "/fr/admin/accounts/edit?id=-1": 404,
		"/fr/admin/groups?page=999": 200, "/fr/admin/groups?page=-1&q=%27+OR+1=1--": 200, "/fr/admin/groups?as-of=c1": 400,
	} {
		expect(t, p.get(address), status)
	}
	expect(t, p.post("/fr/admin/groups/edit?key=1", "title_fr", "X"), http.StatusBadRequest) // from no state
	expect(t, p.post("/fr/admin/groups/edit?key=1", "drawn", "-1", "title_fr", "X"), http.StatusBadRequest)
	expect(t, p.post("/fr/admin/groups/edit?key=nothing", "drawn", strconv.Itoa(m.newest(t)), "title_fr", "X"), http.StatusNotFound)
	taken := expect(t, p.post("/fr/admin/groups/edit", "drawn", strconv.Itoa(m.newest(t)), "code", "1", "title_fr", "X", "do", "save", "reason", "x"), http.StatusUnprocessableEntity)
	if !strings.Contains(taken, "porte déjà cette identification") {
		t.Error("a new entry may take the place of another")
	}
}

// What a browser would never send is answered, too.
func TestReasonsAndCellsThatNobodyTypes(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	const edit = "/fr/admin/groups/edit?key=1"
	form := fieldsOf(t, p.page(edit))
	expect(t, p.post(edit, form.with("title_en", "a\x00b", "do", "preview")...), http.StatusBadRequest)
	expect(t, p.post(edit, form.with("title_en", "\xff", "do", "save", "reason", "x")...), http.StatusBadRequest)
	expect(t, p.post(edit, form.with("title_en", strings.Repeat("x", 100_000), "do", "preview")...), http.StatusUnprocessableEntity)
	expect(t, p.post(edit, form.with("title_en", strings.Repeat("x", 5<<20), "do", "preview")...), http.StatusRequestEntityTooLarge)
	expect(t, p.post(edit, form.with("title_en", "New", "do", "save", "reason", " \x07")...), http.StatusUnprocessableEntity) // no reason is left
	expect(t, p.post(edit, form.with("title_en", "New", "do", "save", "reason", "vu\x07 le 1er"+strings.Repeat("é", 9000))...), http.StatusSeeOther)
	if c := m.changeset(t); !strings.HasPrefix(c.Reason, "vu le 1eré") || len(c.Reason) > longestReason {
		t.Errorf("the reason is %.40q, of %d bytes", c.Reason, len(c.Reason))
	}
}

// A key that is sent along does not change which entry the form is about.
func TestTheKeyOfAnEntryCannotBeTyped(t *testing.T) {
	m := newMinistry(t)
	p := m.signedIn("admin")
	drawn := strconv.Itoa(m.newest(t))
	p.lands("/fr/admin/groups/edit?key=1", "/fr/admin/groups?changeset=2&done=changed", "drawn", drawn, "code", "2", "title_fr", "Autre", "do", "save", "reason", "x")
	for key, want := range map[string]string{"1": "Autre", "2": "Investissement"} {
		if got := fieldsOf(t, p.page("/fr/admin/groups/edit?key="+key)).value("title_fr"); got != want {
			t.Errorf("group %s is called %q, want %q", key, got, want)
		}
	}
}
