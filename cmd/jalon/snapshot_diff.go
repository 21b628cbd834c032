package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"jalon/indicators"
	"jalon/locale"
	"jalon/sql"
	"jalon/web"
)

// diff tells what became other between two states, each the number of a snapshot, now, or a
// WHEN, and why each assessment moved.
func (s snapshots) diff(ctx context.Context, from, to string) error {
	before, first, err := stateAt(ctx, s.store, from)
	if err != nil {
		return err
	}
	after, second, err := stateAt(ctx, s.store, to)
	if err != nil {
		return err
	}
	languages, err := locale.Load()
	if err != nil {
		return err
	}
	d := indicators.Compare(before, after)
	told := web.TellDifference(&d, first, second, languages)
	if s.asJSON {
		return s.json(told)
	}
	fmt.Fprintf(s.out, "from %s, judged on %s as of changeset %d\nto   %s, judged on %s as of changeset %d\n",
		from, before.Day, before.Newest().Number, to, after.Day, after.Newest().Number)
	s.different(&d, told.Moved)
	return nil
}

// stateAt is what a word of the command line names: the number of a snapshot, now, or a WHEN. A
// month of which there is a snapshot is that one.
func stateAt(ctx context.Context, store *sql.Store, word string) (p *indicators.Picture, number string, err error) {
	if word == "now" {
		p, err = picture(ctx, store, "")
		return p, "", err
	}
	if _, _, err := indicators.ParseSnapshotNumber(word); err == nil {
		snap, err := store.Snapshot(ctx, word)
		if err == nil {
			ds, err := store.Dataset(ctx, snap.Changeset)
			if err != nil {
				return nil, "", err
			}
			return ds.On(snap.Judged), snap.Number, nil
		}
		if !errors.Is(err, indicators.ErrNotFound) || strings.Contains(word, "-rev") {
			return nil, "", err
		}
	}
	p, err = picture(ctx, store, word)
	return p, "", err
}

// different prints a difference, the moves in English sentences.
func (s snapshots) different(d *indicators.Difference, moved []web.ToldMove) {
	if d.IsEmpty() {
		fmt.Fprintln(s.out, "nothing is different")
		return
	}
	s.listed("entered", d.Entered)
	s.listed("left", d.Left)
	var lines []string
	for _, m := range moved {
		name := strings.Join(strings.Fields(strings.Join([]string{m.Indicator, string(m.Framework), m.Breakdown.Key()}, " ")), " ")
		lines = append(lines, name+": "+m.Sentence["en"])
	}
	s.listed("moved", lines)
	lines = nil
	for _, c := range d.Values {
		if c.Kind == indicators.NewValue {
			continue
		}
		name := strings.TrimSpace(fmt.Sprintf("%s %s %s", c.Indicator, c.Period, c.Breakdown.Key()))
		lines = append(lines, fmt.Sprintf("%s: %s → %s (%s)", name, known(&c.Before), known(&c.After), c.Kind))
	}
	s.listed("values", lines)
	if fresh := len(d.Values) - len(lines); fresh > 0 {
		fmt.Fprintf(s.out, "new values: %d\n", fresh)
	}
	s.listed("targets", changed(d.Targets))
	s.listed("definitions", changed(d.Definitions))
	s.listed("settings", changed(d.Settings))
	lines = nil
	for _, c := range d.Actions {
		lines = append(lines, c.Action+" "+string(c.Kind))
	}
	for _, c := range d.Milestones {
		lines = append(lines, c.EntryKey()+" "+string(c.Kind))
	}
	s.listed("actions and milestones", lines)
}

func (s snapshots) listed(name string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(s.out, "%s: %d\n", name, len(lines))
	for _, line := range lines {
		fmt.Fprintf(s.out, "  %s\n", line)
	}
}

func known(f *indicators.Figure) string {
	if !f.Value.IsSet() {
		return "-"
	}
	return f.Value.String()
}

// changed writes rows of definitions with the columns that differ.
func changed(changes []indicators.EntryChange) []string {
	var lines []string
	for _, c := range changes {
		line := c.Table + " " + c.Key
		switch {
		case c.Before == nil:
			line += " entered"
		case c.After == nil:
			line += " left"
		default:
			for _, cell := range c.Cells() {
				line += fmt.Sprintf(", %s: %s → %s", cell.Column, indicators.Quote(cell.Before).Plain(), indicators.Quote(cell.After).Plain())
			}
		}
		lines = append(lines, line)
	}
	return lines
}
