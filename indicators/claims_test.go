package indicators

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestParseRoleRules(t *testing.T) {
	rules, err := ParseRoleRules(" groups=jalon-admins:administrator ;groups=focal 2:contributor groups=2|1 groups=3 organisations=MIN;; urn:x:role=a=b:donor organisations=DON; ")
	want := RoleRules{
		{"groups", "jalon-admins", Administrator, Scope{}},
		{"groups", "focal 2", Contributor, Scope{Groups: Codes{"1", "2", "3"}, Organisations: Codes{"MIN"}}},
		{"urn:x:role", "a=b", DonorReader, Scope{Organisations: Codes{"DON"}}},
	}
	if err != nil || !reflect.DeepEqual(rules, want) {
		t.Errorf("%+v, %v", rules, err)
	}
	if none, err := ParseRoleRules(" ; "); err != nil || none != nil {
		t.Errorf("no rules: %v, %v", none, err)
	}
	for text, says := range map[string]string{
		"groups=admins":                                 "the role is missing",
		"admins:administrator":                          "no claim with a value",
		"=admins:administrator":                         "no claim with a value",
		"groups=:administrator":                         "no claim with a value",
		"groups=admins:":                                "no role",
		"groups=admins:boss":                            "no role",
		"a=b:auditor; groups=f:contributor":             "rule 2, \"groups=f:contributor\": not valid: a contributor works for",
		"groups=f:contributor teams=2":                  `"teams=2" is no scope`,
		"groups=f:contributor groups":                   `"" is not a code`,
		"groups=f:contributor groups=2||3":              `"" is not a code`,
		"groups=f:contributor groups='; DROP":           `is not a code`,
		"groups=f:auditor groups=2":                     "hold everywhere",
		"groups=f:donor organisations=DON actions=A1":   "and no group or action",
		"groups=f:contributor groups=2:administrator x": `"x" is no scope`,
	} {
		if _, err := ParseRoleRules(text); err == nil || !errors.Is(err, ErrInvalid) || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestRoleOfClaims(t *testing.T) {
	rules, err := ParseRoleRules("groups=a:administrator; groups=f2:contributor groups=2; realm.roles=f3:contributor groups=3; active=true:auditor; level=7:verifier; email=x@y.z:auditor; groups=a:verifier")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		claims string
		role   Role
		groups string
	}{
		{`{"groups": ["x", "a"]}`, Administrator, ""},
		{`{"groups": "a"}`, Administrator, ""},
		{`{"groups": ["f2", "a"]}`, Administrator, ""},
		{`{"groups": ["f2"]}`, Contributor, "2"},
		{`{"groups": ["f2"], "realm": {"roles": ["f3"]}}`, Contributor, "2|3"},
		{`{"realm.roles": ["f3"]}`, Contributor, "3"},
		{`{"realm": {"roles": ["f3"]}}`, Contributor, "3"},
		{`{"realm": "roles"}`, Public, ""},
		{`{"active": true}`, Auditor, ""},
		{`{"level": 7}`, Verifier, ""},
		{`{"level": [7]}`, Verifier, ""},
		{`{"level": null, "groups": [null, {}, ["a"]]}`, Public, ""},
		{`{"groups": ["A", "aa", " a"]}`, Public, ""},
		{`{}`, Public, ""},
	} {
		var claims map[string]any
		if err := json.Unmarshal([]byte(tt.claims), &claims); err != nil {
			t.Fatal(err)
		}
		role, scope, found := rules.Of(claims)
		if role != tt.role || scope.Groups.String() != tt.groups || found != (tt.role != Public) {
			t.Errorf("%s: %q %s %v", tt.claims, role, scope.Groups, found)
		}
	}
	if _, _, found := RoleRules(nil).Of(map[string]any{"groups": "a"}); found {
		t.Error("no rule fits somebody")
	}
}

// What is read gives roles that accounts can have, and reads the same again.
func FuzzParseRoleRules(f *testing.F) {
	for _, seed := range []string{"groups=a:administrator", "a.b=c d:contributor groups=1|2 actions=A1; x=y:auditor", "=:;:=", "a=b:donor organisations=D"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rules, err := ParseRoleRules(text)
		if err != nil {
			if !errors.Is(err, ErrInvalid) {
				t.Errorf("%v", err)
			}
			return
		}
		for _, rule := range rules {
			if rule.Claim == "" || rule.Value == "" || !slices.Contains(Roles(), rule.Role) {
				t.Errorf("%q gives %+v", text, rule)
			}
			if role, _, found := rules.Of(map[string]any{rule.Claim: rule.Value}); !found || !slices.Contains(Roles(), role) {
				t.Errorf("%q: %+v fits nobody", text, rule)
			}
			a := Account{Role: rule.Role, Scope: rule.Scope}
			if err := a.checkScope(); err != nil {
				t.Errorf("%q gives %s: %v", text, a.Rank(), err)
			}
		}
	})
}
