package web

import (
	"io"
	"strings"
	"testing"

	"jalon/indicators"
)

// attacks are texts that would be run if they were not shown as text.
func attacks() []string {
	return []string{
		`</script><script>alert(1)</script>`, `__f__alert(1)__f__`, `"><img src=x onerror=alert(1)>`, `=cmd|' /C calc'!A0`,
		`</title></style><svg onload=alert(1)>`, `{{.}} {0} {1} ${alert(1)}`, `javascript:alert(1)`,
	}
}

// attacked is the tests' programme with an attack for each text that people enter.
func attacked(text string) *indicators.Dataset {
	d := apiDefinitions()
	all := indicators.Text{FR: indicators.Optional(text), AR: indicators.Optional(text), EN: indicators.Optional(text)}
	some := indicators.Optional(text)
	for n := range d.Groups {
		d.Groups[n].Title, d.Groups[n].Coordinator = all, "MIN"
	}
	for n := range d.Organisations {
		d.Organisations[n].Name = all
	}
	for n := range d.Frameworks {
		d.Frameworks[n].Title = all
	}
	for n := range d.Results {
		d.Results[n].Title, d.Results[n].Level = all, some
	}
	for n := range d.Actions {
		a := &d.Actions[n]
		a.Title, a.Description, a.Obstacle, a.Partners, a.Governorates = all, all, all, indicators.Codes{"MIN"}, indicators.Codes{"TN-11"}
	}
	for n := range d.Milestones {
		d.Milestones[n].Title = all
	}
	for n := range d.Funding {
		d.Funding[n].Reference = some
	}
	for n := range d.Indicators {
		i := &d.Indicators[n]
		i.Title, i.UnitShown, i.Definition, i.Source, i.Responsible, i.External = all, all, all, some, "MIN", indicators.Codes{text}
		i.Key = true
	}
	for n := range d.Targets {
		d.Targets[n].Source, d.Targets[n].Note = some, some
	}
	d.Categories = []indicators.Category{{Dimension: "governorate", Code: "TN-11", Title: all}}
	d.Settings = append(d.Settings, indicators.Setting{Key: "title_fr", Value: text}, indicators.Setting{Key: "licence", Value: text}, indicators.Setting{Key: "contact", Value: text})
	figures := apiFigures()
	for key := range figures {
		for n := range figures[key] {
			figures[key][n].Source = some
		}
	}
	return indicators.NewDataset(d, apiChangesets(), figures)
}

// Quotes, angle brackets and ampersands of a text must not survive in markup; in
// the options of charts they are escaped as JSON.
func TestAttacksAreShownAsText(t *testing.T) {
	for _, text := range attacks() {
		h := apiServer(t, attacked(text), io.Discard).Handler()
		for address, body := range htmlPages(crawl(t, h, "/fr/")) {
			for _, live := range []string{"<script>alert", "<img src=x", "<svg onload", `href="javascript:`, "__f__\"alert", "</style>"} {
				if strings.Contains(body, live) {
					t.Errorf("%s with %q: the page holds %q", address, text, live)
				}
			}
			if strings.Contains(body, "ZgotmplZ") {
				t.Errorf("%s with %q: the template refused a value", address, text)
			}
		}
		page := bodyOf(t, ask(t, h, "GET", "/fr/indicators/REM-COST"))
		if shown := `<h1><bdi>` + htmlEscaped(text); !strings.Contains(page, shown) {
			t.Errorf("the title %q is not shown as text", text)
		}
	}
}

func htmlEscaped(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;").Replace(text)
}
