package main

import (
	"context"
	"fmt"
	"strconv"
	"text/tabwriter"
	"time"

	"jalon/indicators"
	"jalon/web"
)

// addToken prints the token alone on the standard output, so that a script can take it.
func (a accounts) addToken(ctx context.Context) error {
	x, err := a.find(ctx)
	if err != nil {
		return err
	}
	t, err := indicators.NewToken(x.ID, a.name, a.writes, a.days, time.Now())
	if err != nil {
		return err
	}
	secret, id, err := web.IssueToken(ctx, a.store, t, a.by)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, secret)
	fmt.Fprintf(a.err, "jalon: token %d acts for %s until %s: keep it, it is not shown again\n", id, x.Email, t.ExpiresAt.Format(time.DateOnly))
	return nil
}

func (a accounts) listTokens(ctx context.Context) error {
	account := 0
	if len(a.words) > 0 {
		x, err := a.find(ctx)
		if err != nil {
			return err
		}
		account = x.ID
	}
	all, err := a.store.Tokens(ctx, account)
	if err != nil {
		return err
	}
	if a.asJSON {
		if all == nil {
			all = []indicators.Token{}
		}
		return a.json(all)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tACCOUNT\tNAME\tRIGHTS\tEXPIRES\tLAST USE\tSTATE")
	for n := range all {
		t := &all[n]
		rights, used := "read", "never"
		if t.Writes {
			rights = "read, write"
		}
		if t.UsedAt != nil {
			used = t.UsedAt.Format(time.DateOnly)
		}
		fmt.Fprintf(w, "%d\t%d\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.Account, t.Name, rights, t.ExpiresAt.Format(time.DateOnly), used, tokenState(t))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("printing the tokens: %w", err)
	}
	return nil
}

// tokenState is a word for whether a token still opens anything.
func tokenState(t *indicators.Token) string {
	switch {
	case t.RevokedAt != nil:
		return "revoked"
	case !t.Works(time.Now()):
		return "expired"
	}
	return "works"
}

func (a accounts) revokeToken(ctx context.Context) error {
	id, err := strconv.Atoi(a.words[0])
	if err != nil || id < 1 {
		return usage("account token revoke %s: write the number that jalon account token list shows", a.words[0])
	}
	if err := a.store.RevokeToken(ctx, id, 0, a.by); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "token %d opens nothing any more\n", id)
	return nil
}
