package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"jalon/indicators"
	"jalon/sql/sqltest"
)

// A snapshot that this program cannot judge does not keep it from the others.
func TestVerifyGoesOnAfterASnapshotOfAnotherFormat(t *testing.T) {
	dsn := sqltest.DSN(t)
	must(t, "import", "--database", dsn, programme().in(t))
	for _, month := range []string{"2025-01", "2025-02", "2025-03"} {
		must(t, "snapshot", "take", "--month", month, "--database", dsn)
	}
	const alter = `
		SET session_replication_role = replica; -- as a superuser can
		UPDATE snapshot SET format = 7 WHERE number = '2025-02'`

	if _, err := connectTo(t, dsn).ExecContext(t.Context(), alter); err != nil {
		t.Fatal(err)
	}
	jalon(t.Context(), "snapshot", "verify", "--database", dsn).check(t, exitRefused,
		"2025-01 equal", "2025-02 differs\n  format 7, which this jalon does not know", "2025-03 equal", "1 of 3 snapshots")

	o := jalon(t.Context(), "snapshot", "verify", "--json", "--database", dsn)
	o.check(t, exitRefused, "1 of 3 snapshots")
	var all []indicators.Verification
	if err := json.Unmarshal([]byte(o.out), &all); err != nil || len(all) != 3 {
		t.Fatalf("%d results, %v", len(all), err)
	}
	for _, v := range all {
		if v.Equal != (v.Number != "2025-02") {
			t.Errorf("result = %+v", v)
		}
	}
}

func TestExportOfAnEmptyDatabaseSaysSo(t *testing.T) {
	o := jalon(t.Context(), "export", "--database", sqltest.DSN(t), "--out", t.TempDir())
	o.check(t, exitRefused, "not found", "nothing to export", "import a programme first")
	if o.out != "" {
		t.Errorf("it reports %q", o.out)
	}
}

// A month is prepared, published, corrected and proved, with the database and without.
func TestASnapshotFromItsTakingToItsProof(t *testing.T) {
	dsn, dir := sqltest.DSN(t), t.TempDir()
	must(t, "import", "--database", dsn, programme().in(t))
	on := func(args ...string) string {
		return must(t, append(append([]string{"snapshot"}, args...), "--database", dsn)...)
	}
	refused := func(says string, args ...string) {
		t.Helper()
		jalon(t.Context(), append(append([]string{"snapshot"}, args...), "--database", dsn)...).check(t, exitRefused, says)
	}
	private, public := keys(t, dir, "ours")
	_, others := keys(t, dir, "others")
	contains := func(text string, wants ...string) {
		t.Helper()
		for _, want := range wants {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in\n%s", want, text)
			}
		}
	}

	contains(on("take", "--month", "2025-01"), "prepared: jalon snapshot publish 2025-01")
	contains(on("take", "--month", "2025-01"), "snapshot 2025-01 of changeset 2")
	contains(on("list"), "STATE", "prepared")
	contains(on("verify"), "it is prepared, not published")
	contains(on("publish", "2025-01", "--by", "a@example.org"), "is published", "by a@example.org", "chain ")
	refused("published and never altered", "publish", "2025-01")
	refused("published and never altered", "drop", "2025-01")
	refused("give the reason", "take", "--month", "2025-01")
	contains(on("take", "--month", "2025-01", "--reason", "Une erreur de saisie"), "2025-01-rev1")
	contains(on("drop", "2025-01-rev1"), "dropped")
	contains(on("take", "--month", "2025-01", "--reason", "Une erreur de saisie"), "2025-01-rev1")

	signing := func(args ...string) outcome {
		var out, messages bytes.Buffer
		c := &console{out: &out, err: &messages, env: func(name string) string {
			if name == "JALON_SNAPSHOT_KEY_FILE" {
				return private
			}
			return environment(name)
		}}
		code := c.run(t.Context(), append(args, "--database", dsn))
		return outcome{code, out.String(), messages.String()}
	}
	o := signing("snapshot", "publish", "2025-01-rev1")
	o.check(t, exitDone)
	contains(o.out, "after 2025-01\n", "public key ", "signature ")
	contains(on("show", "latest"), "snapshot 2025-01-rev1", "reason Une erreur de saisie", "public key ", "state published")
	contains(on("verify", "latest", "--key", public), "equal", "signed by the key ")
	refused("1 of 1 snapshots", "verify", "latest", "--key", others)
	refused("the key cannot be read", "verify", "latest", "--key", filepath.Join(dir, "none"))

	file := filepath.Join(dir, "january.zip")
	on("export", "latest", "--out", file)
	contains(must(t, "snapshot", "verify", file, "--key", private), "2025-01-rev1 equal (sha256 ", "signed by the key ")
	jalon(t.Context(), "snapshot", "verify", file, "--key", others).check(t, exitRefused, "it is not signed by the key")
	jalon(t.Context(), "snapshot", "verify", public).check(t, exitRefused, "no ZIP")
	jalon(t.Context(), "snapshot", "verify", filepath.Join(dir, "none")).check(t, exitRefused, "neither the number of a snapshot nor a file")
	jalon(t.Context(), "snapshot", "export", "latest", "--out", file, "--format", "docx").check(t, exitUsage, "only json")
	jalon(t.Context(), "snapshot", "export", "latest").check(t, exitUsage, "--out is missing")

	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	text[len(text)/3] ^= 1
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if o := jalon(t.Context(), "snapshot", "verify", file); o.code != exitRefused {
		t.Errorf("a bit was turned: %+v", o)
	}
}

// keys makes a pair of files, as openssl does.
func keys(t *testing.T, dir, name string) (private, public string) {
	t.Helper()
	pub, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	one, errOne := x509.MarshalPKCS8PrivateKey(key)
	two, errTwo := x509.MarshalPKIXPublicKey(pub)
	private, public = filepath.Join(dir, name+".pem"), filepath.Join(dir, name+".pub")
	err = errors.Join(errOne, errTwo,
		os.WriteFile(private, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: one}), 0o600),
		os.WriteFile(public, pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: two}), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	return private, public
}
