package web

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
)

// everywhere puts texts, one after the other, in every place of a programme that takes one.
func everywhere(texts ...string) (*indicators.Definitions, map[indicators.SeriesKey][]indicators.Figure) {
	d, figures := apiDefinitions(), apiFigures()
	n := 0
	next := func() indicators.Optional { n++; return indicators.Optional(texts[n%len(texts)]) }
	fill := func(list reflect.Value) {
		for i := range list.Len() {
			for _, f := range reflect.VisibleFields(list.Type().Elem()) {
				switch field := list.Index(i).FieldByIndex(f.Index); field.Interface().(type) {
				case indicators.Text:
					text := next()
					field.Set(reflect.ValueOf(indicators.Text{FR: text, AR: text, EN: text}))
				case indicators.Optional:
					if slices.Contains([]string{"Source", "Note", "Reference", "Level"}, f.Name) {
						field.Set(reflect.ValueOf(next()))
					}
				}
			}
		}
	}
	d.Categories = []indicators.Category{{Dimension: "governorate", Code: "TN-11"}, {Dimension: "sex", Code: "F"}}
	all := reflect.ValueOf(d).Elem()
	for i := range all.NumField() {
		fill(all.Field(i))
	}
	for i := range d.Groups {
		d.Groups[i].Coordinator = "MIN"
	}
	for i := range d.Actions {
		d.Actions[i].Partners, d.Actions[i].Governorates = indicators.Codes{"MIN"}, indicators.Codes{"TN-11"}
	}
	for i := range d.Indicators {
		d.Indicators[i].Responsible, d.Indicators[i].External, d.Indicators[i].Key = "MIN", indicators.Codes{string(next())}, true
	}
	for _, key := range []string{"title_fr", "title_ar", "title_en", "licence", "contact"} {
		d.Settings = append(d.Settings, indicators.Setting{Key: key, Value: string(next())})
	}
	parts := indicators.SeriesKey{Indicator: "THREE", Breakdown: indicators.Breakdown{Sex: "F"}}
	figures[parts] = []indicators.Figure{{Period: period("2024"), Value: number("70"), Status: "A", Since: 2}}
	for key := range figures {
		for i := range figures[key] {
			figures[key][i].Source = next()
		}
	}
	return d, figures
}

// odd adds what is seldom: an indicator of 10,000 values, one of one, one of none; a group and
// a framework of nothing; an action of nobody; results without end.
func odd(d *indicators.Definitions, figures map[indicators.SeriesKey][]indicators.Figure) *indicators.Dataset {
	long := indicators.Text{FR: indicators.Optional(strings.Repeat("x", 10_000))}
	model := d.Indicators[len(d.Indicators)-1]
	for _, code := range []string{"ZZ-MANY", "ZZ-ONE", "ZZ-NONE"} {
		i := model
		i.Code, i.Title, i.Frequency, i.Groups, i.Actions, i.Key = code, long, indicators.Monthly, indicators.Codes{"1"}, indicators.Codes{"A1"}, true
		d.Indicators = append(d.Indicators, i)
		d.Targets = append(d.Targets, indicators.Target{Indicator: code, Kind: "target", Framework: "plan2026", Period: period("2030"), Value: number("200"), Since: 1})
	}
	for _, sex := range []string{"", "F", "M", "_O"} {
		key := indicators.SeriesKey{Indicator: "ZZ-MANY", Breakdown: indicators.Breakdown{Sex: sex}}
		for at := indicators.Monthly.Containing(20261031).Back(2499); len(figures[key]) < 2500; at = at.Back(-1) {
			figures[key] = append(figures[key], indicators.Figure{Period: at, Value: number(fmt.Sprint(100 + len(figures[key])%90)), Status: "A", Since: 2})
		}
	}
	figures[indicators.SeriesKey{Indicator: "ZZ-ONE"}] = []indicators.Figure{{Period: period("2026-09"), Value: number("-0.000001"), Status: "A", Since: 2}}
	d.Groups = append(d.Groups, indicators.Group{Code: "Z", Title: long})
	d.Frameworks = append(d.Frameworks, indicators.Framework{Code: "void", Kind: "strategy", Title: long, Start: 2026, End: 2030})
	d.Results = append(d.Results, indicators.Result{Framework: "plan2026", Code: "Z", Title: long, Level: "axis"})
	d.Actions = append(d.Actions, indicators.Action{Code: "ZZ", Group: "2", Title: long, Status: "planned"})
	d.Organisations = append(d.Organisations, indicators.Organisation{Code: "ZZ-DON", Name: long, Kind: "donor"})
	return indicators.NewDataset(d, apiChangesets(), figures)
}

// everything is all that the public reaches: pages, tables, the feed, charts in every form.
// Pictures are drawn in French only, for they take longest.
func everything(t *testing.T, h http.Handler) map[string]string {
	t.Helper()
	all := crawl(t, h, "/fr/")
	for _, lang := range []string{"fr", "ar", "en"} {
		for _, more := range []string{"/donors", "/complementarities", "/complementarities?by=result", "/indicators.csv", "/feed.atom", "/search?q=alert", "/glossary", "/quality"} {
			all["/"+lang+more] = bodyOf(t, ask(t, h, "GET", "/"+lang+more))
		}
		for pattern, sample := range samplePlates() {
			for _, ending := range []string{".json", ".csv", "", ".svg"} {
				if ending == ".svg" && lang != "fr" {
					continue
				}
				at := "/charts/" + lang + "/" + strings.ReplaceAll(sample, "DELAY", "THREE") + ending
				answer := ask(t, h, "GET", at)
				if answer.StatusCode >= 500 {
					t.Errorf("%s (%s) answers %d", at, pattern, answer.StatusCode)
				}
				all[at] = bodyOf(t, answer)
			}
		}
	}
	return all
}

// A programme full of odd things: every page stays whole, in every language.
func TestOddProgrammesStayWhole(t *testing.T) {
	t.Parallel()
	mixed := "Taux التشغيل 12,5 % (2026–2030) \u200fنسبة\u200e de 3/4 \u202eenversé\u202c"
	for name, texts := range map[string][]string{
		"endless words": {strings.Repeat("ش", 10_000), strings.Repeat("W", 10_000)},
		"odd words": append([]string{
			mixed, "\u2067عربي", "\u202e", "a\u200fb", "…",
			" ", "\u200b", "&", "&amp;", "<", "%", "%s", "{0}", "\\", "'", `"`, "\n\n", "🇹🇳",
		}, attacks()...),
	} {
		t.Run(name, func(t *testing.T) {
			ds := odd(everywhere(texts...))
			h := apiServer(t, ds, io.Discard).Handler()
			for address, body := range everything(t, h) {
				if strings.HasPrefix(body, "<!doctype") {
					if why := broken(body); why != "" {
						t.Errorf("%s is not whole: %s", address, why)
					}
				}
				if !strings.HasPrefix(body, "<") && !strings.HasSuffix(address, ".json") {
					continue // no markup
				}
				for _, never := range append(lively(), "NaN", "%!", "ZgotmplZ", "&lt;nil&gt;", "Inf&") {
					if strings.Contains(body, never) {
						t.Errorf("%s holds %q", address, never)
					}
				}
			}
		})
	}
}

// lively is markup of attacks that would be run.
func lively() []string {
	return []string{"<script>alert", "<img src=x", "<svg onload", `href="javascript:`, "__f__\"alert", "</style>"}
}

// What is missing is said, in the reader's language.
func TestWhatIsMissingIsSaid(t *testing.T) {
	s := apiServer(t, odd(apiDefinitions(), apiFigures()), io.Discard)
	h := s.Handler()
	for path, keys := range map[string][]string{
		"groups/Z":            {"card.empty", "group.no_actions"},
		"actions/ZZ":          {"action.no_milestones", "action.no_indicators", "action.no_funding"},
		"frameworks/void":     {"framework.no_indicators"},
		"frameworks/plan2026": {"results.none"},
		"indicators/ZZ-NONE":  {"indicator.no_values"},
	} {
		for lang, l := range s.languages {
			answer := ask(t, h, "GET", "/"+lang+"/"+path)
			body := bodyOf(t, answer)
			for _, key := range keys {
				if answer.StatusCode != http.StatusOK || !strings.Contains(body, htmlEscaped(l.T(key))) {
					t.Errorf("/%s/%s answers %d and does not say %q", lang, path, answer.StatusCode, l.T(key))
				}
			}
		}
	}
}

// A code that nothing has is answered by a page that helps, in the reader's language: with a
// search for what was meant and ways that go on.
func TestUnknownCodesAreHelped(t *testing.T) {
	t.Parallel()
	s := apiServer(t, apiDataset(), io.Discard)
	h := s.Handler()
	paths := []string{"/LANG/groups/%s", "/LANG/actions/%s", "/LANG/indicators/%s", "/LANG/frameworks/%s", "/LANG/frameworks/sdg2030/%s", "/LANG/donors/%s", "/LANG/%s"}
	for pattern := range samplePlates() {
		if strings.Contains(pattern, "{") {
			at := regexp.MustCompile(`\{\w+\}`).ReplaceAllString(pattern, "%s")
			for _, ending := range []string{"", ".svg", ".json", ".csv"} {
				paths = append(paths, "/charts/LANG/"+at+ending)
			}
		}
	}
	for _, code := range []string{"NONE", "rem_cost", "ا", strings.Repeat("x", 5000), attack, "..%2f", "%", "null", "' OR 1=1"} {
		for _, path := range paths {
			for lang := range s.languages {
				at := strings.ReplaceAll(strings.ReplaceAll(path, "LANG", lang), "%s", url.PathEscape(code))
				answer := ask(t, h, "GET", at)
				body := bodyOf(t, answer)
				if answer.StatusCode != http.StatusNotFound || !strings.Contains(body, `<html lang="`+lang+`"`) || !strings.Contains(body, `role="search"`) {
					t.Errorf("%.100s answers %d, without a search or in another language", at, answer.StatusCode)
				}
				if why := broken(body); why != "" {
					t.Errorf("%.100s is not whole: %s", at, why)
				}
				for _, live := range lively() {
					if strings.Contains(body, live) {
						t.Errorf("%.100s holds %q", at, live)
					}
				}
			}
		}
	}
}

// Whatever a browser or a script says of languages and parameters, each page answers, whole.
func TestAbsurdRequests(t *testing.T) {
	h := apiServer(t, apiDataset(), io.Discard).Handler()
	long := strings.Repeat("a", 10_000)
	queries := []string{
		"?", "?%zz", "?as-of=%ff", "?as-of=", "?as-of=99999999999999999999", "?as-of=2026-02-30", "?as-of=c-1", "?as-of=a&as-of=b", "?q=" + long, "?" + long + "=1",
		"?q=%00", "?q=a&q=b", "?page=-1", "?page=1e9", "?page=99999999999999999999", "?format=%2e%2e", "?theme=" + long, "?by=%27", "?currency=%3Cscript%3E", "?;;;&&&===",
		"?severity=none&rule=" + long, "?q=" + url.QueryEscape(attack), "?kind=" + url.QueryEscape(attack) + "&status=x&group=&sort=x&donor=x", strings.Repeat("?a", 500),
	}
	languages := []string{"", "*", "xx", "de-CH-1996", "ar;q=0", "fr;q=a,en;q=", ",,,;;;", "zh-Hant-TW, *;q=0.1", strings.Repeat("fr-FR,", 2000), "\u202e", "../../etc", "en-\x01"}
	for _, path := range []string{
		"/", "/fr/", "/xx/", "/fr-CA/indicators", "/AR/", "/fr//", "/fr/indicators", "/ar/indicators/REM-COST", "/en/search", "/fr/actions", "/fr/donors", "/ar/donors/DON",
		"/fr/complementarities", "/en/frameworks/sdg2030", "/fr/quality", "/fr/groups/1", "/ar/glossary", "/fr/methods", "/charts/fr/overview/status",
		"/charts/xx/overview/status.svg", "/charts/ar/indicators/REM-COST/trajectory.json", "/fr/indicators.csv", "/fr/feed.atom", "/fr/donors/DON/portfolio.csv",
		"/fr/donors/DON/portfolio.xlsx", "/ar/donors/DON/portfolio.xml", "/fr/donors/MIN",
	} {
		odd := func(address, accepted string) {
			answer := ask(t, h, "GET", address, "Accept-Language", accepted)
			body := bodyOf(t, answer)
			if answer.StatusCode >= 500 {
				t.Errorf("%.100s in %.30q answers %d", address, accepted, answer.StatusCode)
			}
			if !strings.HasPrefix(body, "<!doctype") {
				return
			}
			if why := broken(body); why != "" {
				t.Errorf("%.100s in %.30q is not whole: %s", address, accepted, why)
			}
			for _, live := range lively() {
				if strings.Contains(body, live) {
					t.Errorf("%.100s holds %q", address, live)
				}
			}
		}
		for _, query := range queries {
			odd(path+query, "")
		}
		for _, accepted := range languages {
			odd(path, accepted)
		}
	}
}
