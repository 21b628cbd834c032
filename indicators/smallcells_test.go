package indicators

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

// cellOf reads a cell: its part as in a key ("sex=F|age=15-24", nothing for the total),
// its value, "Q" for a withheld one, and from which changeset to which it was known.
func cellOf(part, value string, since, until int) Cell {
	c := Cell{Version: Version{Figure: Figure{Period: Year(2025), Status: "A", Since: since}, Until: until}}
	var others []string
	for word := range strings.SplitSeq(part, "|") {
		switch dimension, category, _ := strings.Cut(word, "="); dimension {
		case "sex":
			c.Breakdown.Sex = category
		case "age":
			c.Breakdown.Age = category
		case "governorate":
			c.Breakdown.Governorate = category
		case "":
		default:
			others = append(others, word)
		}
	}
	c.Breakdown.Other = strings.Join(others, "|")
	if value == "Q" {
		c.Status = "Q"
		return c
	}
	above, below, quotient := strings.Cut(value, "/")
	number := func(text string) Decimal {
		d, err := ParseDecimal(text)
		if err != nil {
			panic(err)
		}
		return d
	}
	if quotient {
		c.Numerator, c.Denominator = number(above), number(below)
		c.Value, _ = DecimalOf(100 * c.Numerator.Float() / c.Denominator.Float())
		return c
	}
	c.Value = number(above)
	return c
}

// cellsOf reads "sex=F 3, sex=M 97, 100": what is known from the first changeset on.
func cellsOf(text string) []Cell {
	var all []Cell
	for entry := range strings.SplitSeq(text, ", ") {
		part, value, found := strings.Cut(entry, " ")
		if !found {
			part, value = "", part
		}
		all = append(all, cellOf(part, value, 1, 0))
	}
	return all
}

// hiddenOf lists what is withheld, the total as "total".
func hiddenOf(hidden map[Breakdown]bool) string {
	var keys []string
	for b := range hidden {
		keys = append(keys, max(b.Key(), map[bool]string{true: "total"}[b.IsTotal()]))
	}
	slices.Sort(keys)
	return strings.Join(keys, ", ")
}

func counted() *Indicator {
	return &Indicator{Code: "A", Kind: "number", Unit: "PERSONS", Breakdowns: Codes{"age", "governorate", "sex"}}
}

func TestSmallCells(t *testing.T) {
	for name, tt := range map[string]struct{ cells, hidden string }{
		"nothing is small":                        {"100, sex=F 40, sex=M 60", ""},
		"the threshold itself is shown":           {"100, sex=F 5, sex=M 95", ""},
		"the other sex would tell":                {"100, sex=F 3, sex=M 97", "sex=F, sex=M"},
		"no total, nothing to subtract from":      {"sex=F 3, sex=M 97", "sex=F"},
		"a zero is nobody":                        {"97, sex=F 0, sex=M 97", ""},
		"only a zero is left to protect":          {"3, sex=F 0, sex=M 3", "sex=F, sex=M"},
		"a small total is no part":                {"4", ""},
		"a small total keeps its parts to itself": {"4, sex=F 1, sex=M 3", "sex=F, sex=M"},
		"the least of the others goes along":      {"60, governorate=TN-11 3, governorate=TN-12 30, governorate=TN-13 20, governorate=TN-21 7", "governorate=TN-11, governorate=TN-21"},
		"two ones with a sum of two tell": {"62, governorate=TN-11 1, governorate=TN-12 1, governorate=TN-13 40, governorate=TN-21 20",
			"governorate=TN-11, governorate=TN-12, governorate=TN-21"},
		"two ones among zeros": {"2, governorate=TN-11 1, governorate=TN-12 1, governorate=TN-13 0, governorate=TN-21 0",
			"governorate=TN-11, governorate=TN-12, governorate=TN-13"},
		"parts that do not add up are not subtracted": {"100, governorate=TN-11 3, governorate=TN-12 30", "governorate=TN-11"},
		"what the source withholds is not found out":  {"100, sex=F Q, sex=M 97", "sex=M"},
		"what the source withholds, with company":     {"100, sex=F Q, sex=M Q", ""},
		"a part of a part": {"200, sex=F 100, sex=M 100, sex=F|age=15-24 3, sex=F|age=25+ 97, sex=M|age=15-24 50, sex=M|age=25+ 50, age=15-24 53, age=25+ 147",
			"sex=F|age=15-24, sex=F|age=25+, sex=M|age=15-24, sex=M|age=25+"},
		"classes of ages within one another": {"100, age=15-24 3, age=25+ 97, age=15+ 100", "age=15-24, age=25+"},
		"classes that only a difference shows": {"100, age=15+ 60, age=25+ 57, age=15-24 3, age=<15 40",
			"age=15-24, age=25+"},
		"other dimensions": {"100, milieu=U 98, milieu=R 2", "milieu=R, milieu=U"},
		"a part that is not published itself": {"60, sex=M 50, governorate=TN-11 10, sex=F|governorate=TN-11 3, sex=M|governorate=TN-12 43",
			"governorate=TN-11, sex=F|governorate=TN-11"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := hiddenOf(counted().SmallCells(cellsOf(tt.cells), Confidence{Threshold: 5})); got != tt.hidden {
				t.Errorf("withheld: %s; want %s", got, tt.hidden)
			}
		})
	}
}

func TestSmallCellsOfShares(t *testing.T) {
	share := &Indicator{Code: "A", Kind: "percent", Unit: "PERCENT", Breakdowns: Codes{"sex"}}
	for name, tt := range map[string]struct{ cells, hidden string }{
		"of many, few have it":     {"100/400, sex=F 3/200, sex=M 97/200", "sex=F, sex=M"},
		"of many, few have it not": {"300/400, sex=F 198/200, sex=M 102/200", "sex=F, sex=M"},
		"of few":                   {"101/204, sex=F 0/4, sex=M 101/200", "sex=F, sex=M"},
		"of many, none":            {"97/400, sex=F 0/200, sex=M 97/200", ""},
		"estimates count nobody":   {"45, sex=F 3, sex=M 97", ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := hiddenOf(share.SmallCells(cellsOf(tt.cells), Confidence{Threshold: 5})); got != tt.hidden {
				t.Errorf("withheld: %s; want %s", got, tt.hidden)
			}
		})
	}
}

func TestSmallCellsAreWithheldInAllVersions(t *testing.T) {
	for name, tt := range map[string]struct {
		cells  []Cell
		hidden string
	}{
		"small later":  {[]Cell{cellOf("", "109", 1, 2), cellOf("", "100", 2, 0), cellOf("sex=F", "12", 1, 2), cellOf("sex=F", "3", 2, 0), cellOf("sex=M", "97", 1, 0)}, "sex=F, sex=M"},
		"small before": {[]Cell{cellOf("", "100", 1, 2), cellOf("", "109", 2, 0), cellOf("sex=F", "3", 1, 2), cellOf("sex=F", "12", 2, 0), cellOf("sex=M", "97", 1, 0)}, "sex=F, sex=M"},
		"withdrawn, and the total less by as much": {[]Cell{cellOf("", "100", 1, 2), cellOf("", "97", 2, 0), cellOf("sex=F", "3", 1, 2), cellOf("sex=M", "97", 1, 0)}, "sex=F, sex=M, total"},
		"the total comes later":                    {[]Cell{cellOf("", "100", 2, 0), cellOf("sex=F", "3", 1, 0), cellOf("sex=M", "97", 1, 0)}, "sex=F, sex=M"},
		"the source lets go of it":                 {[]Cell{cellOf("", "100", 1, 0), cellOf("sex=F", "Q", 1, 2), cellOf("sex=F", "40", 2, 0), cellOf("sex=M", "Q", 1, 2), cellOf("sex=M", "60", 2, 0)}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := hiddenOf(counted().SmallCells(tt.cells, Confidence{Threshold: 5})); got != tt.hidden {
				t.Errorf("withheld: %s; want %s", got, tt.hidden)
			}
		})
	}
}

func TestWhatIsWithheldStays(t *testing.T) {
	cells := cellsOf("60, governorate=TN-11 3, governorate=TN-12 30, governorate=TN-13 20, governorate=TN-21 7")
	before := map[Breakdown]bool{{Governorate: "TN-13"}: true}
	if got := hiddenOf(counted().SmallCells(cells, Confidence{Threshold: 5, Hidden: before})); got != "governorate=TN-11, governorate=TN-13" {
		t.Errorf("withheld: %s; one that is withheld already serves", got)
	}
	if len(before) != 1 {
		t.Error("what was given has changed")
	}
	if got := hiddenOf(counted().SmallCells(cells, Confidence{Threshold: 5, Preferred: before})); got != "governorate=TN-11, governorate=TN-13" {
		t.Errorf("withheld: %s; one that was withheld before serves first", got)
	}
	if got := counted().SmallCells(cells, Confidence{Hidden: before}); len(got) != 0 {
		t.Errorf("withheld without a threshold: %v", maps.Keys(got))
	}
	amount := counted()
	amount.Kind = "amount"
	if got := hiddenOf(amount.SmallCells(cells, Confidence{Threshold: 5})); got != "" {
		t.Errorf("withheld of an amount: %s", got)
	}
}

func TestCountsPersons(t *testing.T) {
	one, none := 1, 0
	for name, tt := range map[string]struct {
		i    Indicator
		want bool
	}{
		"persons":                   {Indicator{Kind: "number", Unit: "PERSONS"}, true},
		"persons, in French":        {Indicator{Kind: "number", Unit: "U", UnitShown: Text{FR: "personnes formées"}}, true},
		"persons, in Arabic":        {Indicator{Kind: "number", Unit: "U", UnitShown: Text{AR: "عدد الأشخاص"}}, true},
		"files":                     {Indicator{Kind: "number", Unit: "FILES"}, false},
		"projects of women and men": {Indicator{Kind: "number", Unit: "PROJECTS", Breakdowns: Codes{"sex"}}, true},
		"files by age":              {Indicator{Kind: "number", Unit: "FILES", Breakdowns: Codes{"age"}, Decimals: &none}, true},
		"years of schooling":        {Indicator{Kind: "number", Unit: "YEARS", Breakdowns: Codes{"sex"}}, false},
		"what has decimals":         {Indicator{Kind: "number", Unit: "SCORE", Breakdowns: Codes{"sex"}, Decimals: &one}, false},
		"thousands of persons":      {Indicator{Kind: "number", Unit: "THOUSAND_PERSONS", Breakdowns: Codes{"sex"}}, false},
		"kilowatt hours per person": {Indicator{Kind: "number", Unit: "KWH_PER_PERSON"}, false},
		"a share of women":          {Indicator{Kind: "percent", Unit: "PERCENT", Breakdowns: Codes{"sex"}}, true},
		"a share of rural communes": {Indicator{Kind: "percent", Unit: "PERCENT", Breakdowns: Codes{"milieu"}}, false},
		"a rate by age":             {Indicator{Kind: "rate", Unit: "PER_1000", Breakdowns: Codes{"age"}}, true},
		"an amount by sex":          {Indicator{Kind: "amount", Unit: "TND", Breakdowns: Codes{"sex"}}, false},
		"an index by sex":           {Indicator{Kind: "index", Unit: "INDEX", Breakdowns: Codes{"sex"}}, false},
	} {
		if got := tt.i.CountsPersons(); got != tt.want {
			t.Errorf("%s: %t, want %t", name, got, tt.want)
		}
	}
}
