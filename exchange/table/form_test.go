package table

import (
	"slices"
	"strings"
	"testing"

	"jalon/indicators"
)

// contract is the workbook as it is promised: columns in their order, the required
// ones with a star.
func contract() map[string]string {
	return map[string]string{
		"settings":      "*key *value",
		"categories":    "*dimension *code *title_fr title_ar title_en order",
		"organisations": "*code *name_fr name_ar name_en *kind iati_id",
		"groups":        "*code *title_fr title_ar title_en coordinator order",
		"frameworks":    "*code *kind *title_fr title_ar title_en *start *end baseline method",
		"results":       "*framework *code parent *title_fr title_ar title_en level weight",
		"actions": "*code *group *title_fr title_ar title_en description_fr description_ar description_en lead partners *status " +
			"start end actual_start actual_end scope governorates results obstacle_fr obstacle_ar obstacle_en illustrative",
		"milestones": "*action *code *title_fr title_ar title_en *due done",
		"funding":    "*action *donor *kind *amount *currency *date reference",
		"indicators": "*code *title_fr title_ar title_en actions groups result_type *unit unit_fr unit_ar unit_en *kind *direction " +
			"*accumulation *frequency decimals min max factor method responsible due_days key breakdowns additive results external source " +
			"definition_fr definition_ar definition_en illustrative",
		"targets":      "*indicator *kind *period value low high comparison framework decided source note sex age governorate breakdown",
		"observations": "*indicator *period value numerator denominator sex age governorate breakdown obs_status partial source comment evidence status",
	}
}

func TestTablesHaveTheColumnsOfTheContract(t *testing.T) {
	for _, name := range indicators.Tables() {
		f := formOf(name)
		var got []string
		for _, h := range f.headings {
			if h.required {
				h.name = "*" + h.name
			}
			got = append(got, h.name)
		}
		if want := contract()[name] + " remove"; f.name != name || strings.Join(got, " ") != want {
			t.Errorf("%s (%s) has the columns\n%s, want\n%s", name, f.name, strings.Join(got, " "), want)
		}
	}
}

func TestEveryHeadingHasOneMeaning(t *testing.T) {
	for _, name := range indicators.Tables() {
		f := formOf(name)
		meaning := map[string]string{}
		for _, h := range f.headings {
			for _, spelling := range []string{h.name, h.french} {
				word := folded(spelling)
				if other, taken := meaning[word]; word == "" || taken && other != h.name {
					t.Errorf("%s: %q is both %s and %s", name, spelling, other, h.name)
				}
				meaning[word] = h.name
			}
		}
	}
}

func TestHeadingsAreKnownInManySpellings(t *testing.T) {
	f := formOf("actions")
	for spelling, want := range map[string]string{
		"title_fr": "title_fr", "TITLE_FR": "title_fr", "title fr": "title_fr", "Intitulé (français)": "title_fr",
		"intitule (francais)": "title_fr", "* Intitulé (Français)": "title_fr", "E\u0301che\u0301ance": "", "Début réel": "actual_start",
		"DEBUT REEL": "actual_start", "supprimer": "remove", "": "", "★code": "code", "titre": "",
	} {
		if got, _ := f.find(spelling); got.name != want {
			t.Errorf("%q is taken for %q, want %q", spelling, got.name, want)
		}
	}
}

func TestHeadingLinesThatAreRefused(t *testing.T) {
	for _, tt := range []struct {
		name, table, heading string
		want                 []string // what each problem contains
	}{
		{"unknown with a near name", "groups", "code,title_fr,cordinator", []string{`t.csv:1:15: "cordinator" is no column of groups: did you mean coordinator?`}},
		{"unknown with a near French name", "milestones", "Action;Code;Intitulé (français);Echeances", []string{`did you mean Échéance?`, "the column due of milestones is missing"}},
		{"unknown without any near name", "groups", "code,title_fr,phone number", []string{`"phone number" is no column of groups: delete it, or name it one of code, title_fr, title_ar, title_en, coordinator, order, remove`}},
		{"required columns missing", "milestones", "code,title_fr", []string{"the column action of milestones is missing", "the column due of milestones is missing"}},
		{"the same column in two languages", "groups", "code,title_fr,ordre,order", []string{`t.csv:1:21: the headings "ordre" and "order" are the same column`}},
		{"the same column twice", "groups", "code,title_fr,Order,order", []string{`the heading "order" stands twice`}},
		{"rows without a heading line", "groups", "G1,Un groupe,,", []string{"this line names no column of groups"}},
		{"wrong separator", "groups", "code:title_fr", []string{"this line names no column of groups"}},
		{"no figure", "observations", "indicator,period,source", []string{"the column value (or numerator and denominator) of observations is missing"}},
		{"half a figure", "observations", "indicator,period,numerator", []string{"the column value (or numerator and denominator)"}},
		{"half a range", "targets", "indicator,kind,period,low", []string{"the column value (or low and high) of targets"}},
		{"key missing even to remove", "targets", "indicator,kind,remove", []string{"the column period of targets is missing"}},
		{"more cells than any table has", "groups", "code,title_fr" + strings.Repeat(",x", 500_000), []string{"t.csv:1:1: this line has 500002 cells, more than any table has columns"}},
		{"very long name", "groups", "code,title_fr," + strings.Repeat("é", 5000), []string{`"` + strings.Repeat("é", 59) + `…" is no column`}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			files := map[string]string{"t.csv": tt.heading + "\n"}
			got := headingProblems(t, tt.table, files["t.csv"])
			if len(got) != len(tt.want) {
				t.Fatalf("problems %q, want %q", got, tt.want)
			}
			for n := range got {
				if !strings.Contains(got[n], tt.want[n]) {
					t.Errorf("problem %q, want it to say %q", got[n], tt.want[n])
				}
			}
		})
	}
}

func TestHeadingLinesThatAreEnough(t *testing.T) {
	for _, tt := range []struct{ table, heading string }{
		{"observations", "indicator,period,value"},
		{"observations", "indicator;period;denominator;numerator"},
		{"observations", "Indicateur;Période;Valeur"},
		{"observations", "indicator,period,remove"},
		{"targets", "low,high,period,kind,indicator"},
		{"milestones", "remove,code,action"},
	} {
		if got := headingProblems(t, tt.table, tt.heading+"\n"); len(got) > 0 {
			t.Errorf("%s with %q: problems %q", tt.table, tt.heading, got)
		}
	}
}

// headingProblems is what is wrong with the heading line of a table.
func headingProblems(t *testing.T, table, text string) []string {
	t.Helper()
	_, problems := opened(t, map[string]string{table + ".csv": text}, table+".csv")
	var told []string
	for _, p := range problems {
		p.File = "t.csv"
		told = append(told, p.String())
	}
	return slices.Clip(told)
}

func TestNearest(t *testing.T) {
	words := []string{"value", "valeur", "period", "période", "indicator"}
	for word, want := range map[string]string{"valu": "value", "Valuer": "value", "periode": "période", "indicateur_code": "", "x": "", "": "", strings.Repeat("v", 200): ""} {
		if got := nearest(word, words); got != want {
			t.Errorf("nearest to %q is %q, want %q", word, got, want)
		}
	}
}
