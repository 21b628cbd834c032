package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"jalon/indicators"
)

// maxPasswordLine is how many bytes of the standard input are read for a password.
const maxPasswordLine = 4096

// newPassword reads a password from the standard input, or asks for it twice on the
// terminal. It is never a word of the command line, which others can read.
func (c *console) newPassword(ctx context.Context, fromStdin bool) (string, error) {
	if fromStdin {
		line, err := bufio.NewReader(io.LimitReader(c.in, maxPasswordLine)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("reading the password: %w", err)
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	if c.secret == nil {
		return "", usage("there is no terminal to ask for the password: give it by --password-stdin")
	}
	first, err := c.ask(ctx, "New password: ")
	if err != nil {
		return "", err
	}
	again, err := c.ask(ctx, "The same again: ")
	if err == nil && first != again {
		err = fmt.Errorf("%w: the two passwords differ: nothing was changed", indicators.ErrInvalid)
	}
	return first, err
}

func (c *console) ask(ctx context.Context, words string) (string, error) {
	fmt.Fprint(c.err, words)
	secret, err := c.secret(ctx)
	fmt.Fprintln(c.err)
	return secret, err
}

// hidden reads a line of a terminal without showing it. Who is interrupted gets the
// terminal back as it was.
func hidden(ctx context.Context, terminal *os.File) (string, error) {
	fd := int(terminal.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", fmt.Errorf("looking at the terminal: %w", err)
	}
	type line struct {
		text []byte
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := term.ReadPassword(fd)
		read <- line{text, err}
	}()
	select {
	case l := <-read:
		if l.err != nil {
			return "", fmt.Errorf("reading the password: %w", l.err)
		}
		return string(l.text), nil
	case <-ctx.Done():
		if err := term.Restore(fd, before); err != nil {
			return "", fmt.Errorf("giving the terminal back: %w", err)
		}
		return "", ctx.Err()
	}
}
