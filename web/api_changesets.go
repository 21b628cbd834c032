package web

import (
	"fmt"
	"strconv"

	"jalon/indicators"
)

// A publicChangeset hides people, known by their address, their account or the name by which
// they are signed in to a machine: the public is told in which role somebody acted.
type publicChangeset struct {
	indicators.Changeset
	Author indicators.Optional `json:"author"`
	Kind   indicators.Optional `json:"kind"`
	Role   indicators.Optional `json:"role"`
}

func public(c indicators.Changeset) publicChangeset {
	p := publicChangeset{Changeset: c, Kind: indicators.Optional(c.Kind), Role: indicators.Optional(c.Role)}
	if c.Author == "jalon" { // by itself
		p.Author = "jalon"
	}
	return p
}

// shownTo is a changeset as a reader is shown it: with its author to those who read the
// audit trail.
func shownTo(c indicators.Changeset, reader *indicators.Account) publicChangeset {
	p := public(c)
	if reader.Has(indicators.ReadTrail) {
		p.Author = indicators.Optional(c.Author)
	}
	return p
}

func listChangesets(g *reading) (any, error) {
	reader := readerOf(g.r)
	answer, err := page(g, g.Changesets, func(c *indicators.Changeset) string { return fmt.Sprintf("%09d", c.Number) }, reader.SeesChangeset)
	if err != nil {
		return nil, err
	}
	l := answer.(listing)
	known := l.Items.([]*indicators.Changeset)
	all := make([]publicChangeset, len(known))
	for n := range known {
		all[n] = shownTo(*known[n], reader)
	}
	return listing{all, l.Next}, nil
}

func oneChangeset(g *reading) (any, error) {
	c := changesetOf(g.Picture, g.part("number"), readerOf(g.r))
	if c == nil {
		return nil, fmt.Errorf("%w: there is no changeset %q", indicators.ErrNotFound, g.part("number"))
	}
	return shownTo(*c, readerOf(g.r)), nil
}

// changesetOf finds a changeset that a reader may see, by its number; else nil.
func changesetOf(p *indicators.Picture, number string, reader *indicators.Account) *indicators.Changeset {
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > len(p.Changesets) || !reader.SeesChangeset(&p.Changesets[n-1]) {
		return nil
	}
	return &p.Changesets[n-1]
}
