package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"jalon/indicators"
	"jalon/sql"
)

// accounts are the verbs of the command, with what was said to them.
type accounts struct {
	*console
	store  *sql.Store
	by     string // who uses the command line
	words  []string
	asJSON bool

	role, name, language           string
	groups, organisations, actions string
	fromStdin, invited             bool
	publicURL                      string
	writes                         bool
	days                           int
}

// An accountVerb is one thing that can be done, with the flags that it takes.
type accountVerb struct {
	name  string
	words string // behind the name; in brackets what may be left out
	flags string
	do    func(accounts, context.Context) error
}

const scopeFlags = "role groups organisations actions"

func accountVerbs() []accountVerb {
	return []accountVerb{
		{"add", "EMAIL", scopeFlags + " name language password-stdin invite public-url", accounts.add},
		{"list", "", "json", accounts.list},
		{"role", "EMAIL", scopeFlags, accounts.changeRole},
		{"disable", "EMAIL", "", func(a accounts, ctx context.Context) error { return a.disable(ctx, true) }},
		{"enable", "EMAIL", "", func(a accounts, ctx context.Context) error { return a.disable(ctx, false) }},
		{"delete", "EMAIL", "", accounts.remove},
		{"password", "EMAIL", "password-stdin", accounts.setPassword},
		{"invite", "EMAIL", "public-url", accounts.invite},
		{"token add", "EMAIL", "name write days", accounts.addToken},
		{"token list", "[EMAIL]", "json", accounts.listTokens},
		{"token revoke", "ID", "", accounts.revokeToken},
	}
}

func runAccount(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	said := accounts{console: c, by: author("")}
	a.StringVar(&said.role, "role", "", "`role`: administrator, verifier, contributor, donor or auditor")
	a.StringVar(&said.name, "name", "", "`name` of the person; of a token, what it is for")
	a.StringVar(&said.language, "language", "fr", "`language` that the person reads: fr, ar or en")
	a.StringVar(&said.groups, "groups", "", "`codes` of the groups that a contributor works for, as 1|2")
	a.StringVar(&said.organisations, "organisations", "", "`codes` of the organisations that a contributor works for, or whose money a donor follows")
	a.StringVar(&said.actions, "actions", "", "`codes` of the actions that a contributor works for")
	a.BoolVar(&said.fromStdin, "password-stdin", false, "read the password from the first line of the standard input")
	a.BoolVar(&said.invited, "invite", false, "print a link by which the person chooses a password, once")
	a.StringVar(&said.publicURL, "public-url", "", "`address` at which readers reach the server, for links; none: JALON_PUBLIC_URL")
	a.BoolVar(&said.writes, "write", false, "let the token write, too")
	a.IntVar(&said.days, "days", indicators.TokenDays, "how many `days` the token lasts")
	a.BoolVar(&said.asJSON, "json", false, "print a list as JSON")
	if err := a.parse(1, -1); err != nil {
		return err
	}
	verb, rest, err := chosenVerb(a.words)
	if err != nil {
		return err
	}
	said.words = rest
	if err := verb.takes(rest, a.FlagSet); err != nil {
		return err
	}
	if said.publicURL, err = publicURL(firstOf(said.publicURL, c.env("JALON_PUBLIC_URL"))); err != nil {
		return err
	}
	store, end, err := a.openMigrated(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	said.store = store
	return verb.do(said, ctx)
}

// chosenVerb finds the verb that a command line begins with, and the words behind it.
func chosenVerb(words []string) (accountVerb, []string, error) {
	var known []string
	for _, verb := range accountVerbs() {
		name := strings.Fields(verb.name)
		if len(words) >= len(name) && slices.Equal(name, words[:len(name)]) {
			return verb, words[len(name):], nil
		}
		known = append(known, verb.String())
	}
	return accountVerb{}, nil, usage("account %s: write %s", words[0], strings.Join(known, ", "))
}

// String is how the verb is written.
func (v accountVerb) String() string { return strings.TrimSpace(v.name + " " + v.words) }

// takes refuses words and flags that would say nothing to the verb, or too little.
func (v accountVerb) takes(words []string, flags *flag.FlagSet) error {
	most := len(strings.Fields(v.words))
	if len(words) > most || len(words) < most && v.words[0] != '[' {
		return usage("account: write jalon account %s", v)
	}
	var wrong error
	flags.Visit(func(f *flag.Flag) {
		if !slices.Contains(strings.Fields(v.flags+" database data"), f.Name) {
			wrong = usage("account: --%s says nothing to jalon account %s", f.Name, v)
		}
	})
	return wrong
}

// find is the account of the address that was given.
func (a accounts) find(ctx context.Context) (indicators.Account, error) {
	found, err := a.store.AccountByEmail(ctx, a.words[0])
	if errors.Is(err, indicators.ErrNotFound) {
		err = fmt.Errorf("%w: jalon account list shows those that there are", err)
	}
	return found, err
}

// state is a word for whether an account can sign in.
func state(a *indicators.Account) string {
	switch {
	case a.Email == "":
		return "deleted"
	case a.Disabled:
		return "disabled"
	}
	return "active"
}

func (a accounts) list(ctx context.Context) error {
	all, err := a.store.Accounts(ctx)
	if err != nil {
		return err
	}
	if a.asJSON {
		if all == nil {
			all = []indicators.Account{}
		}
		return a.json(all)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tE-MAIL\tNAME\tROLE\tSTATE")
	for n := range all {
		x := &all[n]
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\n", x.ID, x.Email, x.Name, x.Rank(), state(x))
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("printing the accounts: %w", err)
	}
	return nil
}
