package main

import (
	"errors"
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
	help  func()

	database, data string // as given; the environment stands in for what is not
	kept           bool   // a private server that dies while it is used is started again
}

func newArguments(cmd command, c *console, given []string) *arguments {
	a := &arguments{FlagSet: flag.NewFlagSet(cmd.name, flag.ContinueOnError), given: given}
	a.SetOutput(io.Discard)
	a.Usage = func() {} // a mistake is told in one line
	a.help = func() {
		fmt.Fprintf(c.out, "jalon %s [flags] %s\n\n%s\n\n", cmd.name, cmd.arguments, cmd.does)
		a.SetOutput(c.out)
		a.PrintDefaults()
	}
	return a
}

// withDatabase adds the flags of every command that needs the database. What the
// environment says is no default of theirs: the help shows those, and a URL may hold
// a password.
func (a *arguments) withDatabase() {
	a.StringVar(&a.database, "database", "", "`URL` of a PostgreSQL database; none: JALON_DATABASE_URL, DATABASE_URL, a private server")
	a.StringVar(&a.data, "data", "", "`folder` of the private server; none: JALON_DATA, the user's data folder")
}

// parse reads the command line; at least and at most so many words are wanted.
func (a *arguments) parse(least, most int) error {
	rest := a.given
	for {
		if err := a.Parse(rest); errors.Is(err, flag.ErrHelp) {
			a.help()
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
