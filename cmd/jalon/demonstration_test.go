package main

import (
	"context"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// The demonstration is loaded by the built program, once; the rest looks at it.
func TestTheDemonstration(t *testing.T) {
	dsn := sqltest.DSN(t)
	w := visit(t, "--database", dsn, "--demo")
	ds, err := opened(t, dsn).Dataset(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("is loaded step by step", func(t *testing.T) {
		steps, err := demoSteps()
		if err != nil || len(steps) != 39 || len(ds.Changesets) != 44 {
			t.Fatalf("%d steps (%v), %d changesets, want 39 and 44", len(steps), err, len(ds.Changesets))
		}
		for _, c := range ds.Changesets[len(steps):] {
			if c.Kind != indicators.Froze && c.Kind != indicators.Worded && c.Kind != indicators.Issued {
				t.Errorf("after the steps: %+v", c)
			}
		}
		for n, c := range ds.Changesets[:len(steps)] {
			if !c.At.Equal(steps[n].moment) || c.Recorded == nil {
				t.Errorf("changeset %d is of %s, not marked as carried over from %s", c.Number, c.At, steps[n].moment)
			}
		}
	})
	t.Run("has real indicators over all groups", func(t *testing.T) { hasRealIndicators(t, ds) })
	t.Run("has illustrative actions in all groups", func(t *testing.T) { hasIllustrativeActions(t, ds) })
	t.Run("says on each page what is invented", func(t *testing.T) {
		for n := range ds.Actions {
			text := page(t, w, "/fr/actions/"+ds.Actions[n].Code)
			if !strings.Contains(text, "Cette action est illustrative") {
				t.Errorf("the page of %s does not say that it is invented", ds.Actions[n].Code)
			}
		}
	})
	t.Run("asks for decisions that say that they are made up", func(t *testing.T) {
		for lang, want := range map[string]string{"fr": "<li><bdi>(démonstration) Signer ", "ar": "<li><bdi>(للعرض) إمضاء ", "en": "<li><bdi>(demonstration) Sign "} {
			if !strings.Contains(page(t, w, "/"+lang+"/"), want) {
				t.Errorf("the overview has no %q", want)
			}
		}
	})
	t.Run("is not loaded twice", func(t *testing.T) {
		before := len(ds.Changesets)
		visit(t, "--database", dsn, "--demo").stop(t).check(t, exitDone)
		if n := newest(t, dsn); n != before {
			t.Errorf("%d changesets, want %d", n, before)
		}
	})
	t.Run("imported from its export, it is unchanged", func(t *testing.T) {
		dir := t.TempDir()
		must(t, "export", "--database", dsn, "--out", dir)
		jalon(t.Context(), "import", "--database", dsn, dir).check(t, exitDone, "unchanged")
		copied := sqltest.DSN(t)
		must(t, "import", "--database", copied, dir)
		if a, b := content(t, dsn), content(t, copied); a != b {
			t.Error("another database that has imported it exports something else")
		}
	})
	t.Run("assesses REM-COST by figures that are published", func(t *testing.T) { assessesRemittances(t, dsn) })
	t.Run("holds against the rules of quality", func(t *testing.T) { checksTheDemonstration(t, dsn) })
	t.Run("has snapshots that verify", func(t *testing.T) { hasSnapshots(t, dsn) })
	w.stop(t).check(t, exitDone)
}

func hasRealIndicators(t *testing.T, ds *indicators.Dataset) {
	perGroup, goals, count := map[string]int{}, map[string]bool{}, 0
	for n := range ds.Indicators {
		i := &ds.Indicators[n]
		switch {
		case i.Illustrative:
			continue
		case i.Source == "":
			t.Errorf("%s names no source", i.Code)
		case len(i.Actions) > 0:
			t.Errorf("%s is real and belongs to an invented action", i.Code)
		}
		if len(ds.Figures(i.Code)) == 0 {
			continue
		}
		count++
		for _, group := range ds.GroupsOf(i) {
			perGroup[group]++
		}
		for _, link := range i.Results {
			if goal, _, _ := strings.Cut(link.Result, "."); link.Framework == "sdg2030" {
				goals[goal] = true
			}
		}
	}
	groups := slices.Sorted(maps.Keys(perGroup))
	if count < 40 || !slices.Equal(groups, []string{"1", "2", "3", "4", "5"}) || len(goals) < 12 {
		t.Errorf("%d real indicators with series, by group %v, for %d goals", count, perGroup, len(goals))
	}
	governorates := 0
	for _, c := range ds.Categories {
		if c.Dimension == "governorate" && strings.HasPrefix(c.Code, "TN-") {
			governorates++
		}
	}
	tops := 0
	for n := range ds.Results {
		if r := &ds.Results[n]; r.Framework == "sdg2030" && r.Parent == "" {
			tops++
			if r.Title.AR == "" || r.Title.EN == "" {
				t.Errorf("goal %s is not titled in three languages", r.Code)
			}
		}
	}
	if governorates != 24 || tops != 17 {
		t.Errorf("%d governorates and %d goals, want 24 and 17", governorates, tops)
	}
}

func hasIllustrativeActions(t *testing.T, ds *indicators.Dataset) {
	perGroup, milestones, funded := map[string]int{}, map[string]int{}, map[string]int{}
	for _, m := range ds.Milestones {
		milestones[m.Action]++
	}
	for _, f := range ds.Funding {
		funded[f.Action]++
		if donor := ds.Organisation(f.Donor); !strings.Contains(string(donor.Name.FR), "fictif") {
			t.Errorf("invented money of %s, which does not say that it is invented", donor.Name.FR)
		}
	}
	own := map[string]int{}
	for n := range ds.Indicators {
		i := &ds.Indicators[n]
		if len(i.Actions) > 0 && (!i.Illustrative || i.Frequency != indicators.Monthly && i.Frequency != indicators.Quarterly) {
			t.Errorf("%s is not marked as illustrative, or is reported by the %s", i.Code, i.Frequency)
		}
		for _, action := range i.Actions {
			own[action] += len(ds.Figures(i.Code))
		}
	}
	for n := range ds.Actions {
		a := &ds.Actions[n]
		perGroup[a.Group]++
		refs := a.Results.String()
		if !a.Illustrative || milestones[a.Code] == 0 || funded[a.Code] == 0 || own[a.Code] < 8 {
			t.Errorf("%s: illustrative %t, %d milestones, %d times funded, %d figures of its own", a.Code, a.Illustrative, milestones[a.Code], funded[a.Code], own[a.Code])
		}
		if !strings.Contains(refs, "sdg2030:") || !strings.Contains(refs, "plan20") {
			t.Errorf("%s serves %s: no goal, or no plan", a.Code, refs)
		}
	}
	for group := range 5 {
		if code := string(rune('1' + group)); perGroup[code] < 5 {
			t.Errorf("%d actions in group %s, want at least 5", perGroup[code], code)
		}
	}
}

// The figures are the World Bank's for Tunisia: 9.48699 % in 2016, 5.53667 % in 2023.
func assessesRemittances(t *testing.T, dsn string) {
	out := must(t, "assess", "REM-COST", "--json", "--as-of", "2026-10-31", "--database", dsn)
	var got []map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil || len(got) != 1 {
		t.Fatalf("%v, %d assessments:\n%s", err, len(got), out)
	}
	want := map[string]any{
		"indicator": "REM-COST", "framework": "sdg2030", "breakdown": nil,
		"as_of.date":      "2026-10-31",
		"baseline.period": "2016", "baseline.value": 9.48699, "baseline.given": false,
		"target.period": "2030", "target.value": 3.0, "target.low": nil, "target.high": nil,
		"latest.period": "2023", "latest.value": 5.53667, "latest.obs_status": "A",
		"achievement": 0.6089603961159182, "expected": 0.5, "expected_value": 6.243495, "on_schedule": 1.2179207922318365,
		"status": "behind", "reason": "pace_short", "stale": false, "agree": false, "rules": 2.0,
		"method.code": "opensdg_progress", "method.version": 1.0, "method.category": "moderate_progress", "method.value": 0.9379569225931318,
		"projection.model": "logit", "projection.probability": 0.08230966007839842, "projection.points": 8.0,
	}
	for path, value := range want {
		var at any = got[0]
		for part := range strings.SplitSeq(path, ".") {
			at = at.(map[string]any)[part]
		}
		if at != value {
			t.Errorf("%s = %v, want %v", path, at, value)
		}
	}
}

func hasSnapshots(t *testing.T, dsn string) {
	var list []indicators.Snapshot
	if err := json.Unmarshal([]byte(must(t, "snapshot", "list", "--json", "--database", dsn)), &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != 2 || list[0].Number != "2026-09" || list[1].Number != "2026-08" || list[0].Changeset <= list[1].Changeset {
		t.Fatalf("snapshots = %+v", list)
	}
	out := must(t, "snapshot", "verify", "--database", dsn)
	for _, snap := range list {
		if !strings.Contains(out, snap.Number+" equal (sha256 "+snap.SHA256+")") {
			t.Errorf("%s is not equal:\n%s", snap.Number, out)
		}
	}
	shown := must(t, "snapshot", "show", "2026-09", "--database", dsn)
	if !strings.Contains(shown, "judged on 2026-09-30") || !regexp.MustCompile(`(?m)^actions +30$`).MatchString(shown) {
		t.Errorf("show 2026-09:\n%s", shown)
	}
	jalon(t.Context(), "snapshot", "show", "2020-01", "--database", dsn).check(t, exitRefused, "2020-01")
	jalon(t.Context(), "snapshot", "take", "--month", "2099-01", "--database", dsn).check(t, exitRefused, "not over")
	jalon(t.Context(), "snapshot", "take", "--month", "2026", "--database", dsn).check(t, exitUsage, "write a month")

	// Whoever owns the tables and changes the past behind our back is found out.
	db := connectTo(t, dsn)
	if _, err := db.ExecContext(t.Context(), `ALTER TABLE indicator DISABLE TRIGGER USER; UPDATE indicator SET title_fr = 'CHANGED BEHIND OUR BACK' WHERE code = 'REM-COST'`); err != nil {
		t.Fatal(err)
	}
	jalon(t.Context(), "snapshot", "verify", "2026-08", "--database", dsn).check(t, exitRefused, "2026-08 differs", "indicators REM-COST", "CHANGED BEHIND OUR BACK", "1 of 1 snapshots")
}

// Whoever stops the first start half-way finds all of the demonstration at the next.
func TestADemonstrationThatWasInterruptedGoesOn(t *testing.T) {
	dsn := sqltest.DSN(t)
	db := connectTo(t, dsn)
	cmd := built(t.Context(), "serve", "--listen", "127.0.0.1:0", "--demo", "--database", dsn)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	until(t, time.Minute, "the fifth step", func() bool { return ask(t, db, `SELECT count(*) >= 5 FROM changeset`) == "true" })
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if n := newest(t, dsn); n < 5 || n >= 39 {
		t.Fatalf("%d changesets: it was not stopped half-way", n)
	}
	visit(t, "--database", dsn, "--demo").stop(t).check(t, exitDone)
	if n := newest(t, dsn); n != 44 { // two snapshots, each taken and published, one with a text
		t.Errorf("%d changesets, want 44", n)
	}
	jalon(t.Context(), "snapshot", "verify", "--database", dsn).check(t, exitDone, "2026-08 equal", "2026-09 equal")
}

// A demonstration goes into an empty database only.
func TestTheDemonstrationKeepsOutOfAProgramme(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	before := content(t, dsn)
	store := opened(t, dsn)
	if err := loadDemonstration(context.WithoutCancel(t.Context()), &console{}, store); err != nil {
		t.Fatal(err)
	}
	if content(t, dsn) != before {
		t.Error("the demonstration was loaded over a programme")
	}
}
