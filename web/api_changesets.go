package web

import (
	"fmt"
	"strconv"
	"strings"

	"jalon/indicators"
)

// A publicChangeset hides authors who are known by their address: who writes what
// is for the people with an account.
type publicChangeset struct {
	indicators.Changeset
	Author indicators.Optional `json:"author"`
}

func public(c indicators.Changeset) publicChangeset {
	if strings.Contains(c.Author, "@") {
		return publicChangeset{Changeset: c}
	}
	return publicChangeset{c, indicators.Optional(c.Author)}
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
