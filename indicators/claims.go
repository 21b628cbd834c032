package indicators

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A RoleRule gives a role to whoever an identity service says something of.
type RoleRule struct {
	Claim, Value string // what it must say: groups, focal-2; a dot leads into an object
	Role         Role
	Scope        Scope
}

// RoleRules are rules in their order: the first that fits decides the role.
type RoleRules []RoleRule

// ParseRoleRules reads rules apart by ";", each a claim with its value, behind the last
// colon the role and its scope: "groups=admins:administrator; groups=f2:contributor groups=2|3".
func ParseRoleRules(text string) (RoleRules, error) {
	var rules RoleRules
	for part := range strings.SplitSeq(text, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		rule, err := parseRoleRule(part)
		if err != nil {
			return nil, fmt.Errorf("%w: rule %d, %s: %w", ErrInvalid, len(rules)+1, Quote(part), err)
		}
		rules = append(rules, rule)
	}
	return rules, nil
}

func parseRoleRule(text string) (RoleRule, error) {
	var rule RoleRule
	at := strings.LastIndexByte(text, ':')
	if at < 0 {
		return rule, errors.New("the role is missing: write claim=value:role, such as groups=admins:administrator")
	}
	var given bool
	rule.Claim, rule.Value, given = strings.Cut(text[:at], "=")
	rule.Claim, rule.Value = strings.TrimSpace(rule.Claim), strings.TrimSpace(rule.Value)
	if !given || rule.Claim == "" || rule.Value == "" {
		return rule, errors.New("before the last colon stands no claim with a value: write claim=value:role, such as groups=admins:administrator")
	}
	rank := strings.Fields(text[at+1:])
	if len(rank) == 0 || !slices.Contains(Roles(), Role(rank[0])) {
		return rule, fmt.Errorf("behind the last colon stands no role: write one of %s", words(Roles()))
	}
	rule.Role = Role(rank[0])
	for _, word := range rank[1:] {
		if err := rule.Scope.add(word); err != nil {
			return rule, err
		}
	}
	return rule, (&Account{Role: rule.Role, Scope: rule.Scope}).checkScope()
}

// add takes a word such as groups=1|2 into the scope.
func (s *Scope) add(word string) error {
	name, list, _ := strings.Cut(word, "=")
	of := map[string]*Codes{"groups": &s.Groups, "organisations": &s.Organisations, "actions": &s.Actions}[name]
	if of == nil {
		return fmt.Errorf("%s is no scope: write groups=…, organisations=… or actions=…, with | between codes", Quote(word))
	}
	codes := strings.Split(list, "|")
	for _, code := range codes {
		if !ValidCode(code) {
			return fmt.Errorf("%s is not a code: write %s=1|2", Quote(code), name)
		}
	}
	*of = NewCodes(slices.Concat(*of, codes))
	return nil
}

// Of is the role of whoever these things are said of, in the scope of all rules that fit
// and give that role; found is false where none fits.
func (rules RoleRules) Of(claims map[string]any) (role Role, scope Scope, found bool) {
	for _, rule := range rules {
		if found && rule.Role != role || !claimed(claims, rule.Claim, rule.Value) {
			continue
		}
		role, found = rule.Role, true
		scope.Groups = joined(scope.Groups, rule.Scope.Groups)
		scope.Organisations = joined(scope.Organisations, rule.Scope.Organisations)
		scope.Actions = joined(scope.Actions, rule.Scope.Actions)
	}
	return role, scope, found
}

func joined(a, b Codes) Codes {
	if len(a)+len(b) == 0 {
		return nil
	}
	return NewCodes(slices.Concat(a, b))
}

// claimed tells whether a claim, or one of a list of them, has a value.
func claimed(claims map[string]any, name, value string) bool {
	claim, found := claims[name]
	if !found {
		first, rest, deeper := strings.Cut(name, ".")
		inner, isObject := claims[first].(map[string]any)
		return deeper && isObject && claimed(inner, rest, value)
	}
	if list, isList := claim.([]any); isList {
		return slices.ContainsFunc(list, func(item any) bool { return claimText(item) == value })
	}
	return claimText(claim) == value
}

// claimText is a claim as a text: what is neither text, number nor truth says nothing.
func claimText(claim any) string {
	switch claim := claim.(type) {
	case string:
		return claim
	case bool:
		return strconv.FormatBool(claim)
	case float64:
		return strconv.FormatFloat(claim, 'f', -1, 64)
	}
	return ""
}
