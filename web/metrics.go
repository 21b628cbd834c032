package web

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"jalon/indicators"
	"jalon/sql"
)

// metrics is what /metrics shows: the live picture, and the server's own state.
type metrics struct {
	handler  http.Handler
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge

	snapshotFailures prometheus.Counter
}

// newMetrics makes a registry of the server's own. Without a store there is no
// pool to watch.
func newMetrics(cfg Config, store *sql.Store, live *Live) *metrics {
	m := &metrics{
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total", Help: "Requests answered, by pattern of the address.",
		}, []string{"route", "method", "code"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "http_request_duration_seconds", Help: "Time from request to answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10},
		}, []string{"route"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "http_requests_in_flight", Help: "Requests being answered now.",
		}),
		snapshotFailures: newSnapshotFailures(),
	}
	registry := prometheus.NewRegistry()
	registry.MustRegister(m.requests, m.duration, m.inFlight,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		newCollector(cfg, live.Picture))
	if store != nil {
		registry.MustRegister(collectors.NewDBStatsCollector(store.DB(), "jalon"), newOutboxCollector(store, cfg.Log),
			newSnapshotCollector(store, cfg.Log), m.snapshotFailures)
	}
	m.handler = promhttp.HandlerFor(registry, promhttp.HandlerOpts{
		Registry: registry, EnableOpenMetrics: true, MaxRequestsInFlight: 4,
	})
	return m
}

// served counts an answer. Its labels are bounded: patterns, not addresses; the
// methods that HTTP knows; the codes that this server gives.
func (m *metrics) served(r *http.Request, status int, took time.Duration) {
	route, method := r.Pattern, r.Method
	if route == "" {
		route = "none"
	}
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
	default:
		method = "other"
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(route).Observe(took.Seconds())
}

// A collector shows a picture as metrics, those of the moment of the scrape. What
// a picture gives does not change: it is made once and sent again until another
// picture takes its place, so that a withdrawn indicator leaves no trace.
type collector struct {
	picture func() *indicators.Picture // nil until there is one
	build   prometheus.Metric
	made    atomic.Pointer[madeSeries]
}

type madeSeries struct {
	of  *indicators.Picture
	all []prometheus.Metric
}

func newCollector(cfg Config, picture func() *indicators.Picture) *collector {
	build := prometheus.NewDesc("jalon_build_info", "The running build.", []string{"version", "revision"}, nil)
	return &collector{picture: picture, build: prometheus.MustNewConstMetric(build, prometheus.GaugeValue, 1, cfg.Version, cfg.Revision)}
}

// Describe says nothing: which currencies are in use, only the data tell.
func (c *collector) Describe(chan<- *prometheus.Desc) {}

// Collect sends the series of the present picture.
func (c *collector) Collect(ch chan<- prometheus.Metric) {
	ch <- c.build
	p := c.picture()
	if p == nil {
		return
	}
	made := c.made.Load()
	if made == nil || made.of != p {
		made = &madeSeries{p, newSeries(p)}
		c.made.Store(made)
	}
	for _, m := range made.all {
		ch <- m
	}
}
