package web

import (
	"html"
	"regexp"
	"strings"
	"testing"

	"jalon/exchange/table"
	"jalon/indicators"
	"jalon/locale"
)

// The words of a column are those of the template and stand in every language.
func TestEveryColumnHasAName(t *testing.T) {
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	plain := strings.NewReplacer("’", "'")
	for code, l := range languages {
		v := &view{l: l, p: apiDataset().On(0)}
		for _, name := range administered() {
			fields, err := table.Fields(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range fields {
				label := v.columnName(name, f.Name)
				if label == "column."+f.Name || code == "fr" && plain.Replace(label) != f.French {
					t.Errorf("%s: %s of %s is called %q, in the template %q", code, f.Name, name, label, f.French)
				}
				for _, word := range f.Words {
					if !l.Has(wordArea(name, f.Name) + word) {
						t.Errorf("%s: the word %s of %s of %s has no text", code, word, f.Name, name)
					}
				}
			}
			for _, key := range []string{"table." + name, "table." + name + ".words", "admin.add." + name} {
				if !l.Has(key) {
					t.Errorf("%s has no text for %s", code, key)
				}
			}
		}
		for _, key := range indicators.SettingKeys() {
			if !l.Has("setting."+key) || !l.Has("setting."+key+".words") {
				t.Errorf("%s has no text for the setting %s", code, key)
			}
		}
	}
}

// Every link of the administration leads somewhere, in every language; no page shows the
// key of a text, holds an id twice, or has a field without a label.
func TestTheAdministrationHoldsTogether(t *testing.T) {
	t.Parallel()
	m := newMinistry(t)
	p := m.signedIn("admin")
	key := regexp.MustCompile(`\b(admin|table|column|hint|change|conflict|person|setting|uses|shift|list|accumulation|comparison)\.[a-z_]+(\.[a-z_]+)*\b`)
	for _, code := range locale.Codes() {
		waiting, seen := []string{"/" + code + "/admin"}, map[string]bool{}
		for len(waiting) > 0 {
			address := waiting[0]
			if waiting = waiting[1:]; seen[address] {
				continue
			}
			seen[address] = true
			body := p.page(address)
			if !strings.Contains(address, "/admin") {
				continue
			}
			if found := key.FindString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(body, " ")); found != "" {
				t.Errorf("%s shows the key %s", address, found)
			}
			ids := map[string]bool{}
			for _, found := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(body, -1) {
				if ids[found[1]] {
					t.Errorf("%s has %s twice", address, found[1])
				}
				ids[found[1]] = true
			}
			for _, found := range regexp.MustCompile(`<(?:select|textarea|input)[^>]* id="(f-[^"]*)"`).FindAllStringSubmatch(body, -1) {
				if !strings.Contains(body, `for="`+found[1]+`"`) {
					t.Errorf("%s: the field %s has no label", address, found[1])
				}
			}
			for _, found := range regexp.MustCompile(`(?:href)="(/`+code+`/[^"]*)"`).FindAllStringSubmatch(body, -1) {
				waiting = append(waiting, html.UnescapeString(found[1]))
			}
		}
		if len(seen) < 60 {
			t.Errorf("%s: only %d pages", code, len(seen))
		}
	}
}
