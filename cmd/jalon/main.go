// Command jalon keeps the indicators and targets of public action plans and tells
// how far they have come. This package puts the others together; it knows no rule
// of its own.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // time zones for machines that have none

	"golang.org/x/term"

	"jalon/sql"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	c := &console{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, bars: term.IsTerminal(int(os.Stderr.Fd()))}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		c.secret = func(ctx context.Context) (string, error) { return hidden(ctx, os.Stdin) }
	}
	code := c.run(ctx, os.Args[1:])
	stop()
	os.Exit(code)
}

// A console is what a command talks to.
type console struct {
	in   io.Reader // a password, where one is asked for
	out  io.Writer // reports
	err  io.Writer // messages, logs, progress bars
	env  func(string) string
	bars bool // err is a terminal
	// secret asks for a line that is not shown; nil where in is no terminal.
	secret func(context.Context) (string, error)
}

// A command does one thing and says in a line what.
type command struct {
	name, arguments, does string
	run                   func(context.Context, *console, *arguments) error
}

func commands() []command {
	return []command{
		{"serve", "", "migrates the database and serves pages, API and metrics", runServe},
		{"import", "PATH…", "imports a folder of tables, or single ones, as one changeset", runImport},
		{"export", "", "writes the published content as files", runExport},
		{"assess", "[CODE…]", "shows how far indicators have come", runAssess},
		{"check", "", "lists what the rules of quality doubt, and reports that are overdue", runCheck},
		{"snapshot", "take|publish|drop|list|show|export|verify [NUMBER…|FILE…]", "freezes a month, publishes it and proves it", runSnapshot},
		{"methods", "list|check|backtest [FILE]", "lists the methods, runs reference vectors through them, or tests projections on the past", runMethods},
		{"generate", "", "writes a synthetic programme, for load tests", runGenerate},
		{"account", "add|list|role|disable|enable|delete|password|invite|token …", "keeps the accounts of people and the tokens of programs", runAccount},
		{"migrate", "status|up|grant ROLE", "shows or updates the schema of the database, or grants a role its use", runMigrate},
		{"version", "", "shows the version", runVersion},
	}
}

// Exit codes, as scripts rely on them.
const (
	exitDone     = 0
	exitRefused  = 1 // the input or the state was refused
	exitUsage    = 2
	exitDatabase = 3 // could not reach or use the database
)

// usageError is a command line that cannot be understood.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usage(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// run finds the command and turns its error into a line and an exit code.
func (c *console) run(ctx context.Context, args []string) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		c.help()
		if len(args) == 0 {
			return exitUsage
		}
		return exitDone
	}
	for _, cmd := range commands() {
		if cmd.name == args[0] {
			return c.exit(cmd.run(ctx, c, newArguments(cmd, c, args[1:])))
		}
	}
	return c.exit(usage("there is no command %q: jalon help lists them", args[0]))
}

func (c *console) exit(err error) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitDone
	case errors.As(err, new(usageError)):
		fmt.Fprintln(c.err, "jalon:", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.err, "jalon: interrupted: what was not finished is not written")
		return exitRefused
	}
	fmt.Fprintln(c.err, "jalon:", err)
	if errors.Is(err, errDatabase) || errors.Is(err, sql.ErrUnavailable) {
		return exitDatabase
	}
	return exitRefused
}

func (c *console) help() {
	fmt.Fprint(c.out, "jalon COMMAND [flags] [arguments]\n\n")
	for _, cmd := range commands() {
		fmt.Fprintf(c.out, "  %-9s %s\n", cmd.name, cmd.does)
	}
	fmt.Fprint(c.out, "\njalon COMMAND --help shows the flags of a command.\n")
}
