package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
	"jalon/web"
)

func TestAccountsAreKeptByTheCommandLine(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	account := func(words ...string) outcome {
		return jalon(t.Context(), append([]string{"account", "--database", dsn}, words...)...)
	}
	account("list").check(t, exitDone, "E-MAIL")
	o := jalonReads(t.Context(), "une phrase qui se retient\nanother line\n",
		"account", "add", "amel@example.tn", "--role", "administrator", "--name", "Amel B.", "--password-stdin", "--database", dsn)
	o.check(t, exitDone, "account 1: amel@example.tn, administrator")
	id, hash, err := opened(t, dsn).Password(t.Context(), "Amel@example.tn")
	if err != nil || id != 1 || !strings.HasPrefix(hash, "$argon2id$") {
		t.Errorf("the password of account %d is %q (%v)", id, hash, err)
	}
	account("add", "focal@example.tn", "--role", "contributor", "--groups", " 2 | 1", "--language", "ar").check(t, exitDone,
		"contributor groups=1|2", "no password yet")

	account("role", "focal@example.tn", "--role", "donor", "--organisations", "DON").check(t, exitDone, "donor organisations=DON, contributor groups=1|2 before")
	account("disable", "focal@example.tn").check(t, exitDone, "is disabled")
	account("list").check(t, exitDone, "disabled", "Amel B.", "active")
	account("invite", "focal@example.tn").check(t, exitRefused, "disabled or deleted")
	account("enable", "focal@example.tn").check(t, exitDone, "is active")
	account("delete", "focal@example.tn").check(t, exitDone, "account 2: the person is forgotten")
	var listed []indicators.Account
	if o := account("list", "--json"); json.Unmarshal([]byte(o.out), &listed) != nil || len(listed) != 2 || strings.Contains(o.out, "focal") {
		t.Errorf("the list is %s", o.out)
	}
}

// The first administrator comes before any programme, by a link that is an address.
func TestTheFirstAdministratorIsInvited(t *testing.T) {
	dsn := sqltest.DSN(t)
	o := jalon(t.Context(), "account", "add", "amel@example.tn", "--role", "administrator", "--invite", "--public-url", "https://suivi.example.tn/", "--database", dsn)
	o.check(t, exitDone, "https://suivi.example.tn/fr/invitation/")
	again := must(t, "account", "invite", "AMEL@example.tn", "--database", dsn)
	if !strings.HasPrefix(again, "/fr/invitation/") {
		t.Errorf("without a public address the link is %q", again)
	}
	w := visit(t, "--database", dsn)
	if status, body := w.get(t, strings.TrimSpace(again)); status != http.StatusOK || !strings.Contains(body, "amel@example.tn") {
		t.Errorf("the invitation: %d\n%s", status, body)
	}
	_, first, _ := strings.Cut(o.out, "https://suivi.example.tn")
	if status, _ := w.get(t, strings.TrimSpace(first)); status != http.StatusNotFound {
		t.Errorf("an invitation still holds after the next: %d", status)
	}
}

func TestAccountRefuses(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	must(t, "account", "add", "amel@example.tn", "--role", "administrator", "--database", dsn)
	for _, tt := range []struct {
		name, line, input string
		code              int
		says              string
	}{
		{"an unknown verb", "frobnicate x@example.tn", "", exitUsage, "write add EMAIL, list"},
		{"nobody", "add", "", exitUsage, "write jalon account add EMAIL"},
		{"a password as an argument", "password amel@example.tn secret-of-hers", "", exitUsage, "write jalon account password EMAIL"},
		{"a flag of another verb", "disable amel@example.tn --role auditor", "", exitUsage, "--role says nothing to jalon account disable"},
		{"no role", "add b@example.tn", "", exitUsage, "--role is missing"},
		{"a role that there is not", "add b@example.tn --role boss", "", exitRefused, `"boss" is not a role`},
		{"an address that is none", "add bexample --role auditor", "", exitRefused, "is not an e-mail address"},
		{"an address with a header in it", "add b@example.tn\nBcc:x@y.z --role auditor", "", exitRefused, "is not an e-mail address"},
		{"an address that is taken, in capitals", "add AMEL@EXAMPLE.TN --role auditor", "", exitRefused, "there is an account of"},
		{"a contributor without a scope", "add b@example.tn --role contributor", "", exitRefused, "name at least one"},
		{"a group that there is not", "add b@example.tn --role contributor --groups 9", "", exitRefused, `there is no group "9"`},
		{"a donor of an organisation that there is not", "add b@example.tn --role donor --organisations NIX", "", exitRefused, `there is no organisation "NIX"`},
		{"an auditor with a scope", "add b@example.tn --role auditor --groups 1", "", exitRefused, "hold everywhere"},
		{"a weak password", "add b@example.tn --role auditor --password-stdin", "short\n", exitRefused, "at least 12 characters"},
		{"no password at all", "password amel@example.tn --password-stdin", "", exitRefused, "at least 12 characters"},
		{"no terminal to ask on", "password amel@example.tn", "", exitUsage, "give it by --password-stdin"},
		{"invited and given a password", "add b@example.tn --role auditor --invite --password-stdin", "", exitUsage, "exclude each other"},
		{"nobody of this address", "disable nobody@example.tn", "", exitRefused, "jalon account list shows"},
		{"the last administrator", "delete amel@example.tn", "", exitRefused, "make another one first"},
		{"the last administrator becomes something else", "role amel@example.tn --role auditor", "", exitRefused, "make another one first"},
		{"an address of no site", "invite amel@example.tn --public-url ftp://x", "", exitUsage, "is not the address of a site"},
		{"a token without a name", "token add amel@example.tn", "", exitRefused, "a token has a name"},
		{"a token for ever", "token add amel@example.tn --name x --days 367", "", exitRefused, "from 1 to 366 days"},
		{"a token that there is not", "token revoke 9", "", exitRefused, "token 9"},
		{"a token by no number", "token revoke all", "", exitUsage, "write the number"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			words := append([]string{"account", "--database", dsn}, strings.Split(tt.line, " ")...)
			jalonReads(t.Context(), tt.input, words...).check(t, tt.code, tt.says)
		})
	}
	all, err := opened(t, dsn).Accounts(t.Context())
	if err != nil || len(all) != 1 || all[0].Role != indicators.Administrator || all[0].Disabled {
		t.Errorf("the accounts are now %+v (%v)", all, err)
	}
}

func TestTokensAreKeptByTheCommandLine(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	must(t, "account", "add", "amel@example.tn", "--role", "administrator", "--database", dsn)
	secret := strings.TrimSpace(must(t, "account", "token", "add", "amel@example.tn", "--name", "Entrepôt", "--days", "30", "--database", dsn))
	if !strings.HasPrefix(secret, "jalon_") || strings.ContainsAny(secret, " \n") {
		t.Fatalf("the token is %q", secret)
	}
	must(t, "account", "token", "add", "amel@example.tn", "--name", "Saisie", "--write", "--database", dsn)
	list := must(t, "account", "token", "list", "amel@example.tn", "--database", dsn)
	for _, want := range []string{"Entrepôt", "never", "works", "read, write"} {
		if !strings.Contains(list, want) {
			t.Errorf("the list lacks %q:\n%s", want, list)
		}
	}
	if strings.Contains(list, secret) {
		t.Errorf("the list shows a token:\n%s", list)
	}
	must(t, "account", "token", "revoke", "1", "--database", dsn)
	if list := must(t, "account", "token", "list", "--json", "--database", dsn); !strings.Contains(list, `"revoked_at": "2`) {
		t.Errorf("the list is %s", list)
	}
}

// Who imports and has an account is named by its number and role, so that the person can
// be forgotten; whoever has none is named as before.
func TestAnImportIsByAnAccount(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "account", "add", "amel@example.tn", "--role", "administrator", "--database", dsn)
	must(t, "import", "--by", "Amel@example.tn", "--database", dsn, programme().in(t))
	must(t, "import", "--by", "import@elsewhere.tn", "--database", dsn, figures("PEOPLE,2024,310,Registre").in(t))
	all, err := opened(t, dsn).Changesets(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("the changesets are %+v (%v)", all, err)
	}
	if c := all[0]; c.Author != "account-1" || c.Role != indicators.Administrator || c.Kind != indicators.Imported {
		t.Errorf("the first changeset is %+v", c)
	}
	if c := all[1]; c.Author != "import@elsewhere.tn" || c.Role != "" {
		t.Errorf("the second changeset is %+v", c)
	}
}

// On a terminal the password is asked for twice; nothing is written if they differ.
func TestAPasswordIsAskedForTwice(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "account", "add", "amel@example.tn", "--role", "administrator", "--database", dsn)
	typed := func(answers ...string) outcome {
		var out, messages strings.Builder
		c := &console{out: &out, err: &messages, env: environment}
		c.secret = nextOf(answers)
		return outcome{c.run(t.Context(), []string{"account", "password", "amel@example.tn", "--database", dsn}), out.String(), messages.String()}
	}
	typed("une phrase qui se retient", "une phrase qui s'oublie").check(t, exitRefused, "the two passwords differ")
	if _, _, err := opened(t, dsn).Password(t.Context(), "amel@example.tn"); err == nil {
		t.Error("there is a password")
	}
	o := typed("une phrase qui se retient", "une phrase qui se retient")
	o.check(t, exitDone, "the password is set")
	if strings.Contains(o.out+o.err, "phrase") {
		t.Errorf("the password is shown:\n%s%s", o.out, o.err)
	}
	if _, err := web.HashPassword("une phrase qui se retient", "amel@example.tn"); err != nil {
		t.Error(err)
	}
}

func TestServeRefusesAnAddressThatIsNone(t *testing.T) {
	for _, address := range []string{"suivi.example.tn", "ftp://x", "https://", "https://x/path", "https://a:b@x", "https://x?y", "://"} {
		jalon(t.Context(), "serve", "--public-url", address, "--data", "/dev/null/nowhere").check(t, exitUsage, "write it as https://suivi.example.tn")
	}
}

// nextOf answers what is asked for with one text after the other.
func nextOf(answers []string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) {
		answer := answers[0]
		answers = answers[1:]
		return answer, nil
	}
}
