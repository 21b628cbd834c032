package indicators

import (
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"
)

// Check holds an account against the rules: an address, a name in one line, a role with
// the scope that it needs.
func (a *Account) Check() error {
	switch {
	case !isAddress(string(a.Email)):
		return invalid("%s is not an e-mail address: write one such as amel@example.tn", Quote(string(a.Email)))
	case strings.TrimSpace(a.Name) == "" || strings.ContainsFunc(a.Name, unicode.IsControl) || len(a.Name) > 200:
		return invalid("a name is required, in one line of 200 bytes at most")
	case !slices.Contains(Roles(), a.Role):
		return invalid("%s is not a role: write one of %s", Quote(string(a.Role)), words(Roles()))
	case !slices.Contains([]string{"fr", "ar", "en"}, a.Language):
		return invalid("%s is not a language: write fr, ar or en", Quote(a.Language))
	}
	return a.checkScope()
}

func (a *Account) checkScope() error {
	s := a.Scope
	none := len(s.Groups)+len(s.Organisations)+len(s.Actions) == 0
	switch {
	case a.Role == Contributor && none:
		return invalid("a contributor works for a group, an organisation or an action: name at least one")
	case a.Role == DonorReader && (len(s.Organisations) == 0 || len(s.Groups)+len(s.Actions) > 0):
		return invalid("a donor reader follows the money of organisations: name at least one, and no group or action")
	case a.Role != Contributor && a.Role != DonorReader && !none:
		return invalid("the rights of the role %s hold everywhere: leave groups, organisations and actions out", a.Role)
	}
	return nil
}

// CheckScope refuses a scope that names what there is not.
func (ds *Dataset) CheckScope(s Scope) error {
	for _, code := range s.Groups {
		if ds.Group(code) == nil {
			return invalid("there is no group %s", Quote(code))
		}
	}
	for _, code := range s.Organisations {
		if ds.Organisation(code) == nil {
			return invalid("there is no organisation %s", Quote(code))
		}
	}
	for _, code := range s.Actions {
		if ds.Action(code) == nil {
			return invalid("there is no action %s", Quote(code))
		}
	}
	return nil
}

// invalid is an error of the kind ErrInvalid whose sentence can be said in other languages.
func invalid(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrInvalid, Say(format, args...))
}

// isAddress tells whether a text is a bare e-mail address.
func isAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Address == text && len(text) <= 254 && !strings.ContainsFunc(text, unicode.IsControl)
}

func words[T ~string](list []T) string {
	all := make([]string, len(list))
	for n, word := range list {
		all[n] = string(word)
	}
	return strings.Join(all, ", ")
}

// Rank is the role with its scope in a line, without the person: "contributor groups=2|3".
func (a *Account) Rank() string {
	text := string(a.Role)
	for _, part := range []struct {
		name  string
		codes Codes
	}{{"groups", a.Scope.Groups}, {"organisations", a.Scope.Organisations}, {"actions", a.Scope.Actions}} {
		if len(part.codes) > 0 {
			text += " " + part.name + "=" + part.codes.String()
		}
	}
	return text
}
