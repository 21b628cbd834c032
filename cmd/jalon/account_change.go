package main

import (
	"context"
	"fmt"
	"strings"

	"jalon/indicators"
	"jalon/web"
)

// ranked gives an account the role and the scope that were named, which must be there.
func (a accounts) ranked(ctx context.Context, x *indicators.Account) error {
	if a.role == "" {
		return usage("account: --role is missing: write one of administrator, verifier, contributor, donor, auditor")
	}
	x.Role = indicators.Role(a.role)
	x.Scope = indicators.Scope{Groups: codes(a.groups), Organisations: codes(a.organisations), Actions: codes(a.actions)}
	if err := x.Check(); err != nil || a.groups+a.organisations+a.actions == "" {
		return err
	}
	ds, err := a.store.Dataset(ctx, 0)
	if err != nil {
		return err
	}
	return ds.CheckScope(x.Scope)
}

// codes reads a list joined by "|"; nothing is no list.
func codes(text string) indicators.Codes {
	var list []string
	for code := range strings.SplitSeq(text, "|") {
		if code = strings.TrimSpace(code); code != "" {
			list = append(list, code)
		}
	}
	if list == nil {
		return nil
	}
	return indicators.NewCodes(list)
}

func (a accounts) add(ctx context.Context) error {
	if a.fromStdin && a.invited {
		return usage("account add: --password-stdin and --invite exclude each other: who is invited chooses a password")
	}
	email := a.words[0]
	name, _, _ := strings.Cut(email, "@")
	x := indicators.Account{Email: indicators.Optional(email), Name: firstOf(a.name, name), Language: a.language}
	if err := a.ranked(ctx, &x); err != nil {
		return err
	}
	hash := ""
	if a.fromStdin { // before anything is written: it may be refused
		password, err := a.newPassword(ctx, true)
		if err != nil {
			return err
		}
		if hash, err = web.HashPassword(password, email); err != nil {
			return err
		}
	}
	var err error
	if x.ID, err = a.store.AddAccount(ctx, x, a.by); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "account %d: %s, %s\n", x.ID, x.Email, x.Rank())
	switch {
	case a.invited:
		return a.printInvitation(ctx, x)
	case hash != "":
		return a.store.SetPassword(ctx, x.ID, hash, a.by)
	}
	fmt.Fprintf(a.err, "jalon: it has no password yet: jalon account invite %s gives a link to choose one\n", x.Email)
	return nil
}

func (a accounts) changeRole(ctx context.Context) error {
	x, err := a.find(ctx)
	if err != nil {
		return err
	}
	before := x.Rank()
	if err := a.ranked(ctx, &x); err != nil {
		return err
	}
	if err := a.store.ChangeAccount(ctx, x, a.by); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "account %d: %s, %s before\n", x.ID, x.Rank(), before)
	return nil
}

func (a accounts) disable(ctx context.Context, disabled bool) error {
	x, err := a.find(ctx)
	if err != nil {
		return err
	}
	x.Disabled = disabled
	if err := a.store.ChangeAccount(ctx, x, a.by); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "account %d: %s is %s\n", x.ID, x.Email, state(&x))
	return nil
}

func (a accounts) remove(ctx context.Context) error {
	x, err := a.find(ctx)
	if err != nil {
		return err
	}
	if err := a.store.DeleteAccount(ctx, x.ID, a.by); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "account %d: the person is forgotten; what they did stays under this number\n", x.ID)
	return nil
}

func (a accounts) setPassword(ctx context.Context) error {
	x, err := a.find(ctx)
	if err != nil {
		return err
	}
	password, err := a.newPassword(ctx, a.fromStdin)
	if err != nil {
		return err
	}
	hash, err := web.HashPassword(password, string(x.Email))
	if err != nil {
		return err
	}
	if err := a.store.SetPassword(ctx, x.ID, hash, a.by); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "account %d: the password is set, and %s is signed out everywhere\n", x.ID, x.Email)
	return nil
}

func (a accounts) invite(ctx context.Context) error {
	x, err := a.find(ctx)
	if err != nil {
		return err
	}
	return a.printInvitation(ctx, x)
}

// printInvitation prints the link, which works once and for a week.
func (a accounts) printInvitation(ctx context.Context, x indicators.Account) error {
	path, err := web.NewInvitation(ctx, a.store, x, a.by)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, a.publicURL+path)
	if a.publicURL == "" {
		fmt.Fprintln(a.err, "jalon: put the server's address before it, or name that with --public-url")
	}
	return nil
}
