package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"jalon/indicators"
)

// An Issuer is an OpenID Connect service by which people may sign in. Without a URL there
// is none.
type Issuer struct {
	URL          string // as the service writes it in its tokens
	ClientID     string
	ClientSecret string // empty for a client that has none
	Name         string // for the button
	Roles        indicators.RoleRules
	Client       *http.Client // nil: one that waits no longer than issuerTimeout
}

// How long the service is waited for, and how long after a failure it is not asked again.
const (
	issuerTimeout = 10 * time.Second
	issuerRest    = 5 * time.Second
)

// errIssuer is an issuer that cannot be reached, or makes no sense.
var errIssuer = errors.New("the identity service does not answer")

// An issuerDoor knows how the service is reached. It asks when the first person comes, so
// that the server starts while the service is down, and again after a failure.
type issuerDoor struct {
	Issuer
	turn   chan struct{} // holds one: whoever asks
	found  *oidc.Provider
	failed time.Time
}

func newIssuerDoor(cfg Issuer) *issuerDoor {
	if cfg.Client == nil {
		cfg.Client = &http.Client{Timeout: issuerTimeout}
	}
	return &issuerDoor{Issuer: cfg, turn: make(chan struct{}, 1)}
}

// provider is the service, once it has said where its parts are.
func (d *issuerDoor) provider(ctx context.Context) (*oidc.Provider, error) {
	select {
	case d.turn <- struct{}{}:
		defer func() { <-d.turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if d.found != nil {
		return d.found, nil
	}
	if time.Since(d.failed) < issuerRest {
		return nil, fmt.Errorf("%w: it was asked a moment ago", errIssuer)
	}
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, d.Client), d.URL)
	if err != nil {
		d.failed = time.Now()
		return nil, fmt.Errorf("%w: %w", errIssuer, err)
	}
	d.found = found
	return found, nil
}

// client is how the service knows us, and where it sends people back to.
func (d *issuerDoor) client(p *oidc.Provider, back string) (*oauth2.Config, error) {
	var says struct {
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := p.Claims(&says); err != nil {
		return nil, fmt.Errorf("%w: what it says of itself cannot be read: %w", errIssuer, err)
	}
	endpoint := p.Endpoint()
	// Trying the one after the other would use the code up.
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if d.ClientSecret == "" || len(says.Methods) > 0 && !slices.Contains(says.Methods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &oauth2.Config{
		ClientID: d.ClientID, ClientSecret: d.ClientSecret, Endpoint: endpoint, RedirectURL: back,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}, nil
}

// redeem takes a code to the service and gives what it says of the person: signed, for us,
// not expired, and in answer to this attempt.
func (d *issuerDoor) redeem(ctx context.Context, a attempt, code, back string) (claims map[string]any, subject string, err error) {
	p, err := d.provider(ctx)
	if err != nil {
		return nil, "", err
	}
	client, err := d.client(p, back)
	if err != nil {
		return nil, "", err
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, d.Client), issuerTimeout)
	defer cancel()
	token, err := client.Exchange(ctx, code, oauth2.VerifierOption(a.verifier()))
	if err != nil {
		if errors.As(err, new(*oauth2.RetrieveError)) {
			return nil, "", fmt.Errorf("exchanging the code: %w", err)
		}
		return nil, "", fmt.Errorf("%w: exchanging the code: %w", errIssuer, err)
	}
	raw, _ := token.Extra("id_token").(string)
	signed, err := p.Verifier(&oidc.Config{ClientID: d.ClientID}).Verify(ctx, raw)
	if err != nil {
		return nil, "", fmt.Errorf("verifying the identity: %w", err)
	}
	if !same(signed.Nonce, a.nonce()) {
		return nil, "", errors.New("verifying the identity: it answers another attempt")
	}
	if err := signed.Claims(&claims); err != nil {
		return nil, "", fmt.Errorf("reading the identity: %w", err)
	}
	return claims, signed.Subject, d.complete(ctx, p, token, signed.Subject, claims)
}

// complete asks the service for what the identity does not say, where it keeps the address
// apart.
func (d *issuerDoor) complete(ctx context.Context, p *oidc.Provider, token *oauth2.Token, subject string, claims map[string]any) error {
	if _, given := claims["email"]; given || p.UserInfoEndpoint() == "" {
		return nil
	}
	info, err := p.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return fmt.Errorf("asking for the address: %w", err)
	}
	if info.Subject != subject {
		return errors.New("asking for the address: it is somebody else's")
	}
	more := map[string]any{}
	if err := info.Claims(&more); err != nil {
		return fmt.Errorf("reading the address: %w", err)
	}
	for name, claim := range more {
		if _, given := claims[name]; !given {
			claims[name] = claim
		}
	}
	return nil
}
