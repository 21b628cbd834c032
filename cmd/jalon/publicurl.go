package main

import (
	"net/url"
	"strings"
)

// publicURL is the address at which readers reach the server, without a slash at its end;
// nothing where none is given.
func publicURL(text string) (string, error) {
	if text == "" {
		return "", nil
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.User != nil ||
		strings.TrimRight(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
		return "", usage("--public-url %q is not the address of a site: write it as https://suivi.example.tn, without a path", text)
	}
	return u.Scheme + "://" + u.Host, nil
}
