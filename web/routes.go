package web

import "net/http"

// A register is a multiplexer that remembers what it answers to, so that a test can go
// through every address there is.
type register struct {
	mux  *http.ServeMux
	site *Server
}

// Handle adds an address.
func (t register) Handle(pattern string, h http.Handler) {
	t.mux.Handle(pattern, h)
	t.site.addresses = append(t.site.addresses, pattern)
}
