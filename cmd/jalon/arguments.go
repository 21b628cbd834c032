package main

import (
	"flag"
	"fmt"
	"io"
)

// arguments are the flags and further words of one command. Flags may stand
// before, between and after the words.
type arguments struct {
	*flag.FlagSet
	given []string
	words []string

	database, data string
}

func newArguments(cmd command, c *console, given []string) *arguments {
	a := &arguments{FlagSet: flag.NewFlagSet(cmd.name, flag.ContinueOnError), given: given}
	a.SetOutput(io.Discard)
	a.Usage = func() {
		fmt.Fprintf(c.out, "jalon %s [flags] %s\n\n%s\n\n", cmd.name, cmd.arguments, cmd.does)
		a.SetOutput(c.out)
		a.PrintDefaults()
		a.SetOutput(io.Discard)
	}
	return a
}

// withDatabase adds the flags of every command that needs the database.
func (a *arguments) withDatabase(c *console) {
	a.StringVar(&a.database, "database", firstOf(c.env("JALON_DATABASE_URL"), c.env("DATABASE_URL")), "`URL` of a PostgreSQL database; none: a private server")
	a.StringVar(&a.data, "data", c.env("JALON_DATA"), "`folder` of the private server; none: the user's data folder")
}

// parse reads the command line; at least and at most so many words are wanted.
func (a *arguments) parse(least, most int) error {
	rest := a.given
	for {
		if err := a.Parse(rest); err == flag.ErrHelp {
			return err
		} else if err != nil {
			return usage("%s: %v: jalon %s --help shows the flags", a.Name(), err, a.Name())
		}
		if rest = a.Args(); len(rest) == 0 {
			break
		}
		a.words, rest = append(a.words, rest[0]), rest[1:]
	}
	switch {
	case len(a.words) < least:
		return usage("%s: something is missing: jalon %s --help shows what", a.Name(), a.Name())
	case most >= 0 && len(a.words) > most:
		return usage("%s: %q is too much: jalon %s --help shows what is wanted", a.Name(), a.words[most], a.Name())
	}
	return nil
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
