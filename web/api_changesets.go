package web

import (
	"fmt"
	"strconv"
	"strings"

	"jalon/indicators"
)

// A publicChangeset hides people, known by their address or their account: the public
// is told in which role somebody acted.
type publicChangeset struct {
	indicators.Changeset
	Author indicators.Optional `json:"author"`
	Kind   indicators.Optional `json:"kind"`
	Role   indicators.Optional `json:"role"`
}

func public(c indicators.Changeset) publicChangeset {
	p := publicChangeset{c, indicators.Optional(c.Author), indicators.Optional(c.Kind), indicators.Optional(c.Role)}
	if strings.Contains(c.Author, "@") || indicators.AccountOf(c.Author) > 0 {
		p.Author = ""
	}
	return p
}

func listChangesets(g *reading) (any, error) {
	answer, err := page(g, g.Changesets, func(c *indicators.Changeset) string { return fmt.Sprintf("%09d", c.Number) }, all)
	if err != nil {
		return nil, err
	}
	l := answer.(listing)
	known := l.Items.([]*indicators.Changeset)
	shown := make([]publicChangeset, len(known))
	for n := range known {
		shown[n] = public(*known[n])
	}
	return listing{shown, l.Next}, nil
}

func oneChangeset(g *reading) (any, error) {
	number, err := strconv.Atoi(g.part("number"))
	if err != nil || number < 1 || number > len(g.Changesets) {
		return nil, fmt.Errorf("%w: there is no changeset %q", indicators.ErrNotFound, g.part("number"))
	}
	return public(g.Changesets[number-1]), nil
}
