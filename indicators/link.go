package indicators

import (
	"slices"
	"strings"
)

// ParseLinks reads "plan2016:3.2|sdg2030:10.7=2".
func ParseLinks(text string) (Links, error) {
	var links Links
	for _, word := range strings.Split(text, "|") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		ref, weight, weighted := strings.Cut(word, "=")
		framework, result, found := strings.Cut(ref, ":")
		if !found || !ValidCode(framework) || !ValidCode(result) {
			return nil, Say("%s is not a result: write framework:code, such as plan2016:3.2", Quote(word))
		}
		link := Link{Framework: framework, Result: result}
		if weighted {
			w, err := ParseDecimal(weight)
			if err != nil || w.Float() <= 0 {
				return nil, Say("%s has no valid weight: write a number above 0 after the =", Quote(word))
			}
			link.Weight = w
		}
		links = append(links, link)
	}
	slices.SortFunc(links, func(a, b Link) int { return strings.Compare(a.Ref(), b.Ref()) })
	for i := 1; i < len(links); i++ {
		if links[i].Ref() == links[i-1].Ref() {
			return nil, Say("%s is given twice: keep one", links[i].Ref())
		}
	}
	return links, nil
}
