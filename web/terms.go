package web

import (
	"html/template"
	"strconv"

	"jalon/indicators"
	"jalon/locale"
)

// terms is the glossary: in the order of the alphabet, by code, and to be searched.
type terms struct {
	all    []locale.Term
	byCode map[string]*locale.Term
	finder *indicators.Finder
}

func loadTerms() (*terms, error) {
	all, err := locale.Glossary()
	if err != nil {
		return nil, err
	}
	t := &terms{all: all, byCode: map[string]*locale.Term{}}
	findables := make([]indicators.Findable, len(all))
	for n := range all {
		t.byCode[all[n].Code] = &all[n]
		findables[n] = indicators.Findable{
			Kind: indicators.HitTerm, Key: all[n].Code, Codes: []string{all[n].Code}, Title: inAll(all[n].Name), Definition: inAll(all[n].Definition),
		}
	}
	t.finder = indicators.NewFinder(findables)
	return t, nil
}

// inAll is a text of the glossary as one of the programme.
func inAll(text map[string]string) indicators.Text {
	return indicators.Text{FR: indicators.Optional(text["fr"]), AR: indicators.Optional(text["ar"]), EN: indicators.Optional(text["en"])}
}

// explained is a word that leads to the glossary and says, when it is pointed at or reached by
// the keyboard, what it means. A page may show it several times.
func (v *view) explained(code, word string) template.HTML {
	t := v.glossary.find(code)
	if t == nil || t.Definition[v.l.Code] == "" {
		return sentenceOf(word)
	}
	if v.defined == nil {
		v.defined = map[string]int{}
	}
	v.defined[code]++
	id := "def-" + code
	if times := v.defined[code]; times > 1 {
		id += "-" + strconv.Itoa(times)
	}
	escape := template.HTMLEscapeString
	return markup(`<span class="term"><a href="` + escape(v.href("glossary")) + `#` + escape(code) + `" aria-describedby="` + escape(id) + `">` + escape(word) +
		`</a><span class="definition" role="tooltip" id="` + escape(id) + `">` + escape(t.Definition[v.l.Code]) + `</span></span>`)
}

// explainedAll are words of the glossary, each saying what it means. They stand below a
// table: what opens above its headings would be cut off where the table scrolls, and on a
// phone there are no headings.
func (v *view) explainedAll(codes ...string) []template.HTML {
	var all []template.HTML
	for _, code := range codes {
		if t := v.glossary.find(code); t != nil {
			all = append(all, v.explained(code, t.Name[v.l.Code]))
		}
	}
	return all
}

// sentenceOf is a text of ours as it stands.
func sentenceOf(text string) template.HTML { return markup(template.HTMLEscapeString(text)) }

func (t *terms) find(code string) *locale.Term {
	if t == nil {
		return nil
	}
	return t.byCode[code]
}
