package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"jalon/sql"
)

func runMigrate(ctx context.Context, c *console, a *arguments) error {
	a.withDatabase()
	if err := a.parse(1, 2); err != nil {
		return err
	}
	grant := a.words[0] == "grant"
	switch {
	case !grant && a.words[0] != "status" && a.words[0] != "up":
		return usage("migrate %s: write status, up or grant ROLE", a.words[0])
	case grant && len(a.words) == 1:
		return usage("migrate grant: name the role that jalon serve is to run under")
	case !grant && len(a.words) == 2:
		return usage("migrate %s takes nothing more: leave %q out", a.words[0], a.words[1])
	}
	store, end, err := a.open(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	if a.words[0] != "status" {
		if err := store.Migrate(ctx); err != nil {
			return err
		}
	}
	if grant {
		if err := store.Grant(ctx, a.words[1]); err != nil {
			return err
		}
	}
	current, newest, err := store.Schema(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "schema %d of %d\n", current, newest)
	return nil
}

// version is set by the build; a plain go build leaves it as it is.
const version = "0.1.0"

// revision is the commit that the program was built from, where the build knows it.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value
		}
	}
	return "unknown"
}

func runVersion(_ context.Context, c *console, a *arguments) error {
	if err := a.parse(0, 0); err != nil {
		return err
	}
	fmt.Fprintf(c.out, "jalon %s\ncommit %s\n%s\nschema %d\n", version, revision(), runtime.Version(), sql.NewestSchema())
	return nil
}
