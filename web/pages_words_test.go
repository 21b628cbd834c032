package web

import (
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/indicators/progress"
	"jalon/locale"
)

func TestNoMissingWord(t *testing.T) {
	t.Parallel()
	languages, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`>[^<]*\b[a-z_]+\.[a-z_]+[a-z_.]*\b[^<]*<`)
	for _, l := range languages {
		known := l.Keys()
		for address, body := range htmlPages(crawl(t, apiServer(t, apiDataset(), io.Discard).Handler(), "/"+l.Code+"/")) {
			for _, text := range key.FindAllString(body, -1) {
				word := strings.Trim(text, "<>")
				if slices.Contains(known, word) || regexp.MustCompile(`^(`+keyAreas()+`)\.`).MatchString(word) {
					t.Errorf("%s shows the key %q", address, word)
				}
			}
		}
	}
	for _, key := range keysOfCodes() {
		for _, l := range languages {
			if !l.Has(key) {
				t.Errorf("%s has no text for %q", l.Code, key)
			}
		}
	}
	for _, l := range languages {
		for _, key := range l.Keys() {
			if strings.ContainsAny(l.T(key), "<>&\"") {
				t.Errorf("%s %q holds markup: sentences take it as it is", l.Code, key)
			}
		}
	}
}

// keyAreas are the first words of our keys, for a regular expression.
func keyAreas() string {
	return "page|menu|past|foot|overview|lead|card|tally|indicators|way|tag|value|invented|group|actions?|steps|due|milestone|funding|framework|results?|level|indicator|block|fact|values|targets?|aim|during|why|outlook|methods?|method_kind|problem|reason|chart|beside|working|symbol|projection|track|model|doubt|category|quality|finding|rule|severity|dimension|owed|history|act|revisions|figure_history|documents?|comments|erase|size"
}

// keysOfCodes are the keys that are put together from the codes of the rules.
func keysOfCodes() (keys []string) {
	for _, s := range progress.Statuses() {
		keys = append(keys, "status."+string(s), "methods.when."+string(s))
	}
	for _, r := range slices.Concat(progress.Reasons(), progress.MethodReasons(), progress.ProjectionReasons()) {
		keys = append(keys, "reason."+string(r))
	}
	for _, m := range progress.All() {
		keys = append(keys, "method."+m.Code+".name", "method."+m.Code+".words", "method_kind."+string(m.Kind), "method_kind."+string(m.Kind)+".words")
	}
	for _, m := range progress.Mapping() {
		keys = append(keys, "category."+m.Category)
	}
	for _, w := range indicators.Warnings() {
		keys = append(keys, "doubt."+string(w), "doubt.meaning."+string(w))
	}
	for _, w := range progress.Warnings() {
		keys = append(keys, "projection.warning."+string(w))
	}
	for _, f := range indicators.DocumentFaults() {
		keys = append(keys, "document.fault."+string(f))
	}
	for _, f := range indicators.DocumentTypes() {
		keys = append(keys, "document.type."+documentWord(f.MediaType))
	}
	for _, m := range []progress.Model{progress.Linear, progress.LogLinearRate, progress.LogitShare} {
		keys = append(keys, "model."+string(m), "model."+string(m)+".words")
	}
	for _, kind := range indicators.HitKinds() {
		keys = append(keys, "search.kind."+string(kind), "search.kinds."+string(kind))
	}
	for _, kind := range indicators.IndicatorKinds() {
		keys = append(keys, "indicator.kind."+kind)
	}
	for _, kind := range indicators.Kinds() {
		keys = append(keys, "act."+string(kind))
	}
	for _, table := range indicators.Tables() {
		if table != "observations" {
			keys = append(keys, "history.table."+table)
		}
	}
	for area, words := range map[string][]string{
		"action.status.": indicators.ActionStatuses(), "scope.": indicators.ActionScopes(), "funding.": indicators.FundingKinds(),
		"framework.kind.": indicators.FrameworkKinds(), "framework.tree.": indicators.FrameworkKinds(), "target.": indicators.TargetKinds(),
		"aim.": indicators.Comparisons(), "direction.": indicators.Directions(), "frequency.": indicators.Frequencies(), "result_type.": indicators.ResultTypes(),
		"obs_status.": {"P", "E", "B", "O", "Q"}, "milestone.": {"late", "soon", "later"}, "breakdown.sex.": {"F", "M"},
		"owed.state.": {string(indicators.NotYetDue), string(indicators.DueSoon), string(indicators.Overdue)},
	} {
		for _, word := range words {
			keys = append(keys, area+word)
		}
	}
	return keys
}

// From one thing to another goes the way that one reads.
func TestArrowsGoTheWayOneReads(t *testing.T) {
	_, pages := demoPages(t)
	seen := 0
	for address, body := range htmlPages(pages) {
		switch ar := strings.HasPrefix(address, "/ar/"); {
		case ar && strings.Contains(body, "→"):
			t.Errorf("%s: an arrow goes to the right: %s", address, around(body, "→"))
		case ar && strings.Contains(body, "←"):
			seen++
		}
	}
	if seen == 0 {
		t.Error("no page has an arrow")
	}
}

// around is what stands beside a word in a text.
func around(text, word string) string {
	at := strings.Index(text, word)
	return text[max(0, at-60):min(len(text), at+60)]
}
