package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"

	"jalon/indicators"
	"jalon/web"
)

// issuer reads from the environment by which identity service people may sign in, too:
// none where JALON_OIDC_ISSUER is not set. The secret is in a variable or in a file.
func issuer(env func(string) string) (web.Issuer, error) {
	cfg := web.Issuer{
		URL: env("JALON_OIDC_ISSUER"), ClientID: env("JALON_OIDC_CLIENT_ID"),
		ClientSecret: env("JALON_OIDC_CLIENT_SECRET"), Name: env("JALON_OIDC_NAME"),
	}
	if cfg.URL == "" {
		for _, name := range []string{"JALON_OIDC_CLIENT_ID", "JALON_OIDC_CLIENT_SECRET", "JALON_OIDC_CLIENT_SECRET_FILE", "JALON_OIDC_NAME", "JALON_OIDC_ROLES"} {
			if env(name) != "" {
				return cfg, fmt.Errorf("%w: %s is set, but JALON_OIDC_ISSUER is not: set both, or neither", indicators.ErrInvalid, name)
			}
		}
		return cfg, nil
	}
	u, err := url.Parse(cfg.URL)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())) {
		return cfg, fmt.Errorf("%w: JALON_OIDC_ISSUER is not the address of an identity service: write it as https://id.example.tn/realms/jalon", indicators.ErrInvalid)
	}
	if cfg.ClientID == "" {
		return cfg, fmt.Errorf("%w: JALON_OIDC_CLIENT_ID is missing: it is the name under which the identity service knows jalon", indicators.ErrInvalid)
	}
	if cfg.Name == "" {
		cfg.Name = u.Hostname()
	}
	if cfg.ClientSecret, err = secretOf(cfg.ClientSecret, env("JALON_OIDC_CLIENT_SECRET_FILE")); err != nil {
		return cfg, err
	}
	if cfg.Roles, err = indicators.ParseRoleRules(env("JALON_OIDC_ROLES")); err != nil {
		return cfg, fmt.Errorf("JALON_OIDC_ROLES: %w", err)
	}
	return cfg, nil
}

// secretOf is a secret that is given, or stands in a file.
func secretOf(given, file string) (string, error) {
	if file == "" {
		return given, nil
	}
	if given != "" {
		return "", fmt.Errorf("%w: JALON_OIDC_CLIENT_SECRET and JALON_OIDC_CLIENT_SECRET_FILE are both set: keep one", indicators.ErrInvalid)
	}
	text, err := os.ReadFile(file) //nolint:gosec // whoever runs the server names the file
	if err != nil {
		return "", fmt.Errorf("%w: JALON_OIDC_CLIENT_SECRET_FILE cannot be read: %w", indicators.ErrInvalid, err)
	}
	return strings.TrimSpace(string(text)), nil
}

// isLoopback tells whether a host is this machine.
func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
