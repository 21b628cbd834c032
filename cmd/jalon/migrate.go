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
	if err := a.parse(1, 1); err != nil {
		return err
	}
	if a.words[0] != "status" && a.words[0] != "up" {
		return usage("migrate %s: write status or up", a.words[0])
	}
	store, end, err := a.open(ctx, c)
	if err != nil {
		return err
	}
	defer end()
	if a.words[0] == "up" {
		if err := store.Migrate(ctx); err != nil {
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
