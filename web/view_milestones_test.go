package web

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// The overview, a theme's table of actions, its calendar and the figures of it call the same
// milestones late, though some of the demonstration were left by actions that are over.
func TestEveryPageCallsTheSameMilestonesLate(t *testing.T) {
	s := demoServer(t)
	h := s.Handler()
	v := newPages(s).view(s.live.Picture(), s.languages["en"], nil, nil)
	v.before = func() before { return before{} }
	dropped, number := 0, regexp.MustCompile(`overdue: (\d+)\.`)
	for n := range v.p.Milestones {
		if m := &v.p.Milestones[n]; m.Due < v.p.Day && v.milestone(m).State == "dropped" {
			dropped++
		}
	}
	if dropped == 0 {
		t.Fatal("no action of the demonstration left a milestone behind")
	}
	late, _ := v.openMilestones()
	all := 0
	for _, theme := range v.themes(late) {
		all += theme.Late
		page, err := v.group(theme.Code)
		if err != nil {
			t.Fatal(err)
		}
		rows := 0
		for _, a := range page.Actions {
			rows += a.Steps.Late
		}
		calendar := number.FindStringSubmatch(bodyOf(t, ask(t, h, http.MethodGet, "/charts/en/groups/"+theme.Code+"/actions.svg")))
		figures := bodyOf(t, ask(t, h, http.MethodGet, "/charts/en/groups/"+theme.Code+"/actions.csv"))
		marked := strings.Count(figures, ",late,yes,")
		if calendar == nil || calendar[1] != fmt.Sprint(theme.Late) || rows != theme.Late || marked != theme.Late {
			t.Errorf("theme %s: the card has %d, the table %d, the calendar %v, the figures %d", theme.Code, theme.Late, rows, calendar, marked)
		}
	}
	if all != len(late) || all == 0 {
		t.Errorf("%d late milestones in themes, of %d", all, len(late))
	}
}
