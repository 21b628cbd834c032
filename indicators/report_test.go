package indicators

import (
	"fmt"
	"strings"
	"testing"
)

func problemAt(line, column int, message string) Problem {
	return Problem{Place{"t.csv", line, column}, Plain(message)}
}

func about(table, message string) Problem { return Problem{Place{File: table}, Plain(message)} }

func TestReportListsAThousandAndCountsTheRest(t *testing.T) {
	var r Report
	if r.Refused() || r.Rows("t.csv") != 0 {
		t.Error("an empty report says something")
	}
	for line := range 2500 {
		r.Refuse(problemAt(line+1, 1, fmt.Sprint("first of ", line)), problemAt(line+1, 5, "second"))
	}
	if len(r.Problems) != listed || r.More != 4000 || r.Rows("t.csv") != 2500 || r.Rows("u.csv") != 0 {
		t.Errorf("%d listed, %d more, %d rows", len(r.Problems), r.More, r.Rows("t.csv"))
	}
}

func TestReportListsAHundredWarningsAndCountsTheRest(t *testing.T) {
	var r Report
	for line := range 150 {
		r.Warn(problemAt(line+1, 1, strings.Repeat("é", 1000)))
	}
	if len(r.Warnings) != doubted || r.MoreWarnings != 50 || len(r.Warnings[0].Message.String()) > longest+10 || r.Refused() {
		t.Errorf("%d listed, %d more, refused %t", len(r.Warnings), r.MoreWarnings, r.Refused())
	}
}

func TestReportTellsOfACellOnce(t *testing.T) {
	var r Report
	r.Refuse(problemAt(2, 1, "code is required"), problemAt(2, 4, "one"), problemAt(2, 4, "another of the same step"))
	r.Refuse(problemAt(2, 1, `"" is not a code`), problemAt(3, 1, "new"), about("groups", "stored before"), about("groups", "also stored before"))
	var told []string
	for _, p := range r.Problems {
		told = append(told, p.Message.String())
	}
	if got, want := strings.Join(told, "; "), "code is required; one; another of the same step; new; stored before; also stored before"; got != want {
		t.Errorf("told are %q, want %q", got, want)
	}
	if r.Rows("t.csv") != 2 || len(r.Problems) != 6 {
		t.Errorf("%d rows, %d problems; want 2 and 6", r.Rows("t.csv"), len(r.Problems))
	}
}

func TestReportCutsLongMessagesInTheMiddle(t *testing.T) {
	var r Report
	r.Refuse(problemAt(1, 1, strings.Repeat("é", 100_000)+": shorten it"))
	got := r.Problems[0].Message.String()
	if len(got) > longest+10 || !strings.HasPrefix(got, "éé") || !strings.HasSuffix(got, "é: shorten it") || strings.ContainsRune(got, '\ufffd') {
		t.Errorf("the message is %d bytes, %q", len(got), got)
	}
}
