package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestIssuerFromTheEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte("hush\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	of := func(pairs ...string) func(string) string {
		given := map[string]string{}
		for n := 0; n < len(pairs); n += 2 {
			given["JALON_OIDC_"+pairs[n]] = pairs[n+1]
		}
		return func(name string) string { return given[name] }
	}
	if cfg, err := issuer(of()); err != nil || cfg.URL != "" {
		t.Errorf("nothing is set: %+v, %v", cfg, err)
	}
	cfg, err := issuer(of("ISSUER", "https://id.example.tn/realms/jalon", "CLIENT_ID", "jalon", "CLIENT_SECRET_FILE", file, "ROLES", "groups=a:administrator"))
	if err != nil || cfg.ClientSecret != "hush" || cfg.Name != "id.example.tn" || len(cfg.Roles) != 1 {
		t.Errorf("%+v, %v", cfg, err)
	}
	if cfg, err := issuer(of("ISSUER", "http://127.0.0.1:9000", "CLIENT_ID", "jalon", "CLIENT_SECRET", "x", "NAME", "Essai")); err != nil || cfg.ClientSecret != "x" || cfg.Name != "Essai" {
		t.Errorf("%+v, %v", cfg, err)
	}
	for says, env := range map[string]func(string) string{
		"JALON_OIDC_ROLES is set, but JALON_OIDC_ISSUER is not": of("ROLES", "x"),
		"is not the address of an identity service":             of("ISSUER", "http://id.example.tn", "CLIENT_ID", "x"),
		"write it as https://":                                  of("ISSUER", "id.example.tn", "CLIENT_ID", "x"),
		"JALON_OIDC_CLIENT_ID is missing":                       of("ISSUER", "https://id.example.tn"),
		"are both set":                                          of("ISSUER", "https://id.example.tn", "CLIENT_ID", "x", "CLIENT_SECRET", "a", "CLIENT_SECRET_FILE", file),
		"CLIENT_SECRET_FILE cannot be read":                     of("ISSUER", "https://id.example.tn", "CLIENT_ID", "x", "CLIENT_SECRET_FILE", file+"x"),
		"JALON_OIDC_ROLES: not valid: rule 1":                   of("ISSUER", "https://id.example.tn", "CLIENT_ID", "x", "ROLES", "groups=x"),
	} {
		if _, err := issuer(env); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", says, err)
		}
	}
}
