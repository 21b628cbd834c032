package main

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"os"

	"jalon/indicators"
)

// signingKey reads the key that publications are signed with, of a file in PEM (PKCS #8), as
// openssl genpkey -algorithm ed25519 makes it; nil where no file is named. No message shows
// what is in the file.
func signingKey(file string) (ed25519.PrivateKey, error) {
	if file == "" {
		return nil, nil
	}
	key, err := readKey(file)
	if err != nil {
		return nil, err
	}
	if private, is := key.(ed25519.PrivateKey); is {
		return private, nil
	}
	return nil, fmt.Errorf("%w: %s holds a public key: signing needs the private one", indicators.ErrInvalid, file)
}

// expectedKey is the public key of a file that holds it, or the private one, as snapshots
// name it; "" where no file is named.
func expectedKey(file string) (indicators.Optional, error) {
	if file == "" {
		return "", nil
	}
	key, err := readKey(file)
	if err != nil {
		return "", err
	}
	public, is := key.(ed25519.PublicKey)
	if !is {
		public = key.(ed25519.PrivateKey).Public().(ed25519.PublicKey) //nolint:forcetypeassert // readKey gives no other
	}
	return indicators.Optional(base64.StdEncoding.EncodeToString(public)), nil
}

// readKey gives an ed25519.PrivateKey or an ed25519.PublicKey.
func readKey(file string) (any, error) {
	text, err := os.ReadFile(file) //nolint:gosec // whoever runs the program names the file
	if err != nil {
		return nil, fmt.Errorf("%w: the key cannot be read: %w", indicators.ErrInvalid, err)
	}
	block, _ := pem.Decode(text)
	if block != nil {
		if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
			if private, is := key.(ed25519.PrivateKey); is {
				return private, nil
			}
		}
		if key, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
			if public, is := key.(ed25519.PublicKey); is {
				return public, nil
			}
		}
	}
	return nil, fmt.Errorf("%w: %s holds no Ed25519 key in PEM: make one with openssl genpkey -algorithm ed25519 -out %s", indicators.ErrInvalid, file, file)
}
