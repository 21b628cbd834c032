// Package web is what leaves over the network: pages, API and metrics, all of them
// drawn from the live Dataset. It holds no SQL and decides nothing that
// package indicators could decide.
package web

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"jalon/locale"
	"jalon/sql"
)

// Config is what the command line says about the server.
type Config struct {
	Version  string // of the program, for the metric of the build
	Revision string
	// Build tells this executable from any other, in letters and digits, for ETags.
	// Where it is not known, every start counts as another build.
	Build string
	// PublicURL is where readers reach the server, where a proxy stands before it:
	// https://suivi.example.tn. Empty: the address that it listens on.
	PublicURL string
	Issuer    Issuer // by which people may sign in, too
	// SnapshotKey signs the snapshots that are published; nil: they are not signed.
	SnapshotKey ed25519.PrivateKey
	// WriteWait is how long a form or a program waits for another writer, such as a long
	// import, before it is told to come again. Zero stands for 5 s.
	WriteWait time.Duration
	Now       func() time.Time
	Log       *slog.Logger
}

// A Server answers requests from the newest published state.
type Server struct {
	cfg       Config
	store     *sql.Store
	live      *Live
	languages map[string]*locale.Language
	assets    assets
	terms     *terms
	metrics   *metrics
	doorman   *doorman
	inspected *inspected
	takings   *takings
	issuer    *issuerDoor // nil: there is none
	addresses []string    // patterns of all that is answered; Handler fills it

	// errorPage answers a page's request that failed; pageRoutes sets it.
	errorPage func(http.ResponseWriter, *http.Request, Problem)
}

// New makes a server over a store and the live picture of it, which somebody
// else keeps running.
func New(cfg Config, store *sql.Store, live *Live) (*Server, error) {
	languages, err := locale.Load()
	if err != nil {
		return nil, fmt.Errorf("loading the languages: %w", err)
	}
	assets, err := loadAssets()
	if err != nil {
		return nil, fmt.Errorf("loading the static files: %w", err)
	}
	terms, err := loadTerms()
	if err != nil {
		return nil, fmt.Errorf("loading the glossary: %w", err)
	}
	if cfg.WriteWait == 0 {
		cfg.WriteWait = 5 * time.Second
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Build == "" {
		cfg.Build = rand.Text()
	}
	s := &Server{cfg: cfg, doorman: newDoorman(), inspected: newInspected(), takings: &takings{}, store: store, live: live, languages: languages, assets: assets, terms: terms, errorPage: plainError}
	if cfg.Issuer.URL != "" {
		s.issuer = newIssuerDoor(cfg.Issuer)
	}
	s.metrics = newMetrics(cfg, store, live)
	return s, nil
}

// Handler is the whole site: the API under /api/, everything else beside it. Two
// multiplexers, because a page's pattern with a language for its first word
// would overlap the API's.
func (s *Server) Handler() http.Handler {
	api, site := register{http.NewServeMux(), s}, register{http.NewServeMux(), s}
	s.addresses = nil
	s.apiRoutes(api)

	site.Handle("GET /metrics", s.metrics.handler)
	site.Handle("GET /healthz", s.machine(s.healthz))
	site.Handle("GET /readyz", s.machine(s.readyz))
	s.pageRoutes(site)

	return s.around(s.sameOrigin(s.identified(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/api/") {
			if readerOf(r) == nil {
				open(w.Header())
			}
			api.mux.ServeHTTP(w, r)
			return
		}
		site.mux.ServeHTTP(w, r)
	}))))
}

// sameOrigin refuses what another site has a reader's browser send here.
func (s *Server) sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	if s.cfg.PublicURL != "" {
		if err := guard.AddTrustedOrigin(s.cfg.PublicURL); err != nil {
			s.cfg.Log.Error("the public address is none: forms are taken from the address of the request alone", "err", err)
		}
	}
	guard.SetDenyHandler(s.page(func(http.ResponseWriter, *http.Request) error { return errForeign }))
	return guard.Handler(next)
}

// apiRoutes adds the reads and writes of the API, listed in api.go and api_write.go, and an
// answer in the API's own form to every other address under it.
func (s *Server) apiRoutes(mux register) {
	mux.Handle("/", s.machine(noSuchAddress))
	mux.Handle("/api/v1/openapi.json", s.machine(s.openAPI))
	mux.Handle("/api/v1/account", s.machine(s.ownSelf))
	for _, route := range s.reads() {
		mux.Handle(route.path, s.machine(s.read(route)))
	}
	for _, act := range s.writes() {
		mux.Handle("POST "+act.path, s.machine(s.write(act)))
	}
}
