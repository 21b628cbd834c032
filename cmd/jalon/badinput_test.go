package main

import (
	"path/filepath"
	"strings"
	"testing"

	"jalon/sql/sqltest"
)

// A refusal is one bad input: tables to import on top of the programme, what file,
// line and column the problem stands at, and words of the sentence.
type refusal struct {
	name string
	files
	at   string // file:line:column, below the folder that is imported; "" for the folder
	says []string
}

func refusals() []refusal {
	observed := func(name, rows, at string, says ...string) refusal {
		return refusal{name, files{"observations.csv": rows}, "observations.csv:" + at, says}
	}
	const heading = "indicator,period,value\n"
	return []refusal{
		observed("another separator", "indicator|period|value\nPEOPLE|2024|1\n", "1:1", "separate the cells by , or ; or tab"),
		observed("another separator than the heading's", heading+"PEOPLE;2024;1\n", "2:1", "the row is one cell, the heading has 3", "separate them by , as the heading does"),
		observed("a cell too few", heading+"PEOPLE,2024\n", "2:1", "the row has 2 cells, the heading has 3"),
		observed("a cell too much", heading+"PEOPLE,2024,1,2\n", "2:15", "the row has 4 cells, the heading has 3"),
		observed("an unknown heading", "indicator,period,valeu\nPEOPLE,2024,1\n", "1:18", `"valeu" is no column of observations`, "did you mean Valeur?"),
		observed("a missing required column", "period,value\n2024,1\n", "1:1", "the column indicator of observations is missing"),
		observed("a missing required cell", heading+",2024,1\n", "2:1", "indicator is required"),
		observed("a missing value", heading+"PEOPLE,2024,\n", "2:13", "a value is required"),
		observed("text in a number", heading+"PEOPLE,2024,beaucoup\n", "2:13", `"beaucoup" is text where a number belongs`),
		observed("a decimal comma between commas", heading+"PEOPLE,2024,12,5\n", "2:16", "write a number with a point (12.5)"),
		observed("a quoted decimal comma between commas", heading+"PEOPLE,2024,\"12,5\"\n", "2:13", "write 12.5"),
		observed("NaN", heading+"PEOPLE,2024,NaN\n", "2:13", `"NaN" is no value`, "obs_status to O"),
		observed("Infinity", heading+"PEOPLE,2024,Infinity\n", "2:13", `"Infinity" is no value`),
		observed("less than nothing can be", heading+"PEOPLE,2024,-Infinity\n", "2:13", "is no value"),
		observed("40 digits", heading+"PEOPLE,2024,"+strings.Repeat("1234567890", 4)+"\n", "2:13", "more than 18 digits"),
		observed("an exponent", heading+"PEOPLE,2024,1e3\n", "2:13", "scientific notation"),
		observed("an unknown indicator", heading+"NOBODY,2024,1\n", "2:1", `"NOBODY" is not in indicators`),
		observed("a figure twice", heading+"PEOPLE,2024,1\nPEOPLE,2024,2\n", "3:1", "given twice", "line 2"),
		observed("a thirteenth month", heading+"PEOPLE,2026-13,1\n", "2:8", "2026-13"),
		observed("a fifth quarter", heading+"PEOPLE,2026-Q5,1\n", "2:8", "2026-Q5"),
		observed("a period of another length", heading+"PEOPLE,2024-03,1\n", "2:8", "2024-03 is not a year"),
		observed("a period to come", heading+"PEOPLE,2101,1\n", "2:8", "has not begun"),
		observed("below min", heading+"PEOPLE,2024,-1\n", "2:13", "-1 lies outside what PEOPLE can be", "at least 0"),
		observed("beyond what a percentage can be", heading+"SHARE,2024,100.1\n", "2:12", "100.1 lies outside", "0 to 100"),
		observed("a breakdown that the indicator does not have", "indicator,period,value,governorate\nPEOPLE,2024,1,TN-11\n", "2:15", "governorate"),
		observed("an empty file", "", "1:1", "the file is empty"),
		observed("a binary file", "\x89PNG\r\n\x1a\n\x00\x00", "1:1", "picture"),
		observed("a workbook", "PK\x03\x04\x14\x00", "1:1", "save each sheet as CSV UTF-8"),
		observed("NUL bytes", heading+"PEOPLE,2024,\x001\n", "2:13", "NUL byte"),
		observed("a file cut within a row", heading+"PEOPLE,2024,1\nPEOPLE,20", "3:1", "the row has 2 cells"),
		observed("a file cut within a quote", heading+"PEOPLE,2024,1\nPEOPLE,2022,\"1", "3:13", "never closed"),
		observed("invalid UTF-8", "indicator,period,value,source\nPEOPLE,2024,1,Enquête ménages réalisée\nPEOPLE,2022,1,Enqu\xeate\n", "3:19", "not UTF-8"),
		observed("no heading", "PEOPLE,2024,1\n", "1:1", "the first line must be the heading"),
		{"a duplicate code", files{"groups.csv": "code,title_fr\n7,Un\n7,Deux\n"}, "groups.csv:3:1", []string{"7 is given twice, first on line 2"}},
		{"a code that differs in capitals", files{"indicators.csv": strings.Replace(programme()["indicators.csv"], "\nPEOPLE", "\nPeople", 1)}, "indicators.csv:2:1", []string{"only in capital letters"}},
		{"a code that is none", files{"groups.csv": "code,title_fr\n<script>,Un\n"}, "groups.csv:2:1", []string{`"<script>" is not a code`}},
		{"an unknown code in a list", files{"indicators.csv": "code,title_fr,groups,unit,kind,direction,accumulation,frequency\nX,X,1|9,N,number,increase,level,year\n"}, "indicators.csv:2:5", []string{`"9" is not in groups`}},
		{"a sum of percentages", files{"indicators.csv": "code,title_fr,groups,unit,kind,direction,accumulation,frequency\nX,X,1,PCT,percent,increase,flow,year\n"}, "indicators.csv:2:28", []string{"values of the kind percent never add up over time", "write level"}},
		{"a scale without a last stage", files{"indicators.csv": "code,title_fr,groups,unit,kind,direction,accumulation,frequency,min,max\nX,X,1,LEVEL,scale,increase,level,year,1,\n"}, "indicators.csv:2:41", []string{"a first and a last stage", "such as 1 and 5"}},
		{"a target between two stages", files{
			"indicators.csv": "code,title_fr,groups,unit,kind,direction,accumulation,frequency,min,max\nX,X,1,LEVEL,scale,increase,level,year,1,5\n",
			"targets.csv":    "indicator,kind,period,value\nX,target,2030,4.5\n",
		}, "targets.csv:2:15", []string{"4.5 lies between two levels of X"}},
		{"a cycle in the tree", files{"results.csv": "framework,code,parent,title_fr\nplan,1,1.1.1,Axe\n"}, "results.csv:2:8", []string{"is its own ancestor", "1.1"}},
		{"an action that ends before it starts", files{"actions.csv": "code,group,title_fr,status,start,end\nA2,1,X,planned,2026-05-01,2026-04-30\n"}, "actions.csv:2:27", []string{"before"}},
		{"a framework that ends before it starts", files{"frameworks.csv": "code,kind,title_fr,start,end\nf,plan,F,2030,2016\n"}, "frameworks.csv:2:15", []string{"before it starts in 2030"}},
		{"a day that does not exist", files{"milestones.csv": "action,code,title_fr,due\nA1,M2,X,2026-02-30\n"}, "milestones.csv:2:9", []string{"2026-02-30"}},
		{"a target equal to its baseline", files{"targets.csv": "indicator,kind,period,value,framework\nPEOPLE,target,2030,100.0,plan\n"}, "targets.csv:2:20", []string{"equals the baseline"}},
		{"a target on the wrong side", files{"targets.csv": "indicator,kind,period,value,framework\nSHARE,target,2030,50,plan\n"}, "targets.csv:2:19", []string{"wrong side of the baseline", "comparison"}},
		{"a target outside min and max", files{"targets.csv": "indicator,kind,period,value,framework\nSHARE,target,2030,-5,plan\n"}, "targets.csv:2:19", []string{"outside what SHARE can be"}},
		{"removing what others need", files{"groups.csv": "code,remove\n1,yes\n"}, "groups.csv:2:3", []string{"cannot be removed", "still needs it"}},
		{"an unknown setting", files{"settings.csv": "key,value\ntimezone,Africa/Tunis\n"}, "settings.csv:2:1", []string{`"timezone" is no setting`, "did you mean time_zone?"}},
		{"a character for the terminal", files{"groups.csv": "code,title_fr\n8,Un\x1b[2Jdeux\n"}, "groups.csv:2:3", []string{"U+001B (ESC)"}},
		{"a text turned around", files{"groups.csv": "code,title_fr\n8,Un\u202edeux\n"}, "groups.csv:2:3", []string{"U+202E (override of the direction)"}},
		{"removing what never was there", files{"groups.csv": "code,remove\n8,yes\n"}, "groups.csv:2:3", []string{"not there to be removed"}},
		{"removing a figure that never was there", files{"observations.csv": "indicator,period,remove\nPEOPLE,2001,yes\n"}, "observations.csv:2:1", []string{"not there to be removed"}},
		{"a folder without tables", files{"notes.txt": "none"}, "", []string{"there is no table in this folder"}},
		{"a table misspelt", files{"observation.csv": heading}, "observation.csv", []string{"did you mean observations.csv?"}},
	}
}

func TestBadInputIsRefusedWithASentence(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	before := content(t, dsn)
	for _, tt := range refusals() {
		t.Run(tt.name, func(t *testing.T) {
			dir := tt.in(t)
			o := jalon(t.Context(), "import", "--database", dsn, dir)
			at := filepath.Join(dir, tt.at) + ": "
			o.check(t, exitRefused, append(tt.says, at, "nothing was imported")...)
			if after := newest(t, dsn); after != 1 {
				t.Errorf("%d changesets, want 1", after)
			}
		})
	}
	if after := content(t, dsn); after != before {
		t.Errorf("the content is\n%s\nand was\n%s", after, before)
	}
}
