package web

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"

	"jalon/indicators"
)

// A bareCollector makes const metrics of what it is given, at each scrape: what
// anybody writes first.
type bareCollector []bareSeries

type bareSeries struct {
	desc   *prometheus.Desc
	value  float64
	labels []string
}

func (c bareCollector) Describe(chan<- *prometheus.Desc) {}

func (c bareCollector) Collect(ch chan<- prometheus.Metric) {
	for _, s := range c {
		ch <- prometheus.MustNewConstMetric(s.desc, prometheus.GaugeValue, s.value, s.labels...)
	}
}

// bareOf copies the series of a picture.
func bareOf(b *testing.B, all []prometheus.Metric) bareCollector {
	b.Helper()
	descs, bare := map[*prometheus.Desc]*prometheus.Desc{}, make(bareCollector, 0, len(all))
	for _, m := range all {
		var d dto.Metric
		if err := m.Write(&d); err != nil {
			b.Fatal(err)
		}
		var names, values []string
		for _, l := range d.Label {
			names, values = append(names, l.GetName()), append(values, l.GetValue())
		}
		desc := descs[m.Desc()]
		if desc == nil {
			_, name, _ := strings.Cut(m.Desc().String(), `fqName: "`)
			name, _, _ = strings.Cut(name, `"`)
			desc = prometheus.NewDesc(name, "help", names, nil)
			descs[m.Desc()] = desc
		}
		bare = append(bare, bareSeries{desc, d.GetGauge().GetValue(), values})
	}
	return bare
}

// tenThousandSeries is a programme of about as many series.
func tenThousandSeries() *indicators.Dataset {
	d := apiDefinitions()
	figures := map[indicators.SeriesKey][]indicators.Figure{}
	d.Indicators, d.Targets = nil, nil
	for n := range 650 {
		i := indicators.Indicator{Code: fmt.Sprintf("IND-%04d", n), Title: french("Indicateur de la population concernée"), Unit: "PERSONS",
			Kind: "number", Direction: indicators.Increase, Accumulation: indicators.Level, Frequency: indicators.Yearly, Groups: indicators.Codes{"1"}}
		d.Indicators = append(d.Indicators, i)
		d.Targets = append(d.Targets, indicators.Target{Indicator: i.Code, Kind: "target", Framework: "sdg2030", Period: period("2030"), Value: number("200"), Since: 1})
		figures[indicators.SeriesKey{Indicator: i.Code}] = []indicators.Figure{
			{Period: period("2016"), Value: number("100"), Status: "A", Since: 1}, {Period: period("2024"), Value: number("140.5"), Status: "A", Since: 2},
		}
	}
	return indicators.NewDataset(d, apiChangesets(), figures)
}

// A sink is a response nobody reads.
type sink struct {
	header http.Header
	bytes  int
	status int
}

func (s *sink) Header() http.Header         { return s.header }
func (s *sink) Write(p []byte) (int, error) { s.bytes += len(p); return len(p), nil }
func (s *sink) WriteHeader(status int)      { s.status = status }

// BenchmarkMetrics holds /metrics against a bare collector of the same series.
func BenchmarkMetrics(b *testing.B) {
	ds := tenThousandSeries()
	series := newSeries(ds.On(20261031))
	registry := prometheus.NewRegistry()
	registry.MustRegister(bareOf(b, series))
	for _, tt := range []struct {
		name    string
		handler http.Handler
	}{
		{"jalon", apiServer(b, ds, io.Discard).Handler()},
		{"bare", promhttp.HandlerFor(registry, promhttp.HandlerOpts{EnableOpenMetrics: true})},
	} {
		b.Run(tt.name, func(b *testing.B) {
			r := httptest.NewRequestWithContext(b.Context(), "GET", "/metrics", nil)
			b.ReportAllocs()
			b.ReportMetric(float64(len(series)), "series")
			for b.Loop() {
				w := &sink{header: http.Header{}}
				tt.handler.ServeHTTP(w, r)
				if w.bytes < 50*len(series) {
					b.Fatalf("%d bytes", w.bytes)
				}
			}
		})
	}
}

// BenchmarkNotModified holds a 304 of the API against a bare one, through real
// connections, sixteen at two processors.
func BenchmarkNotModified(b *testing.B) {
	s := apiServer(b, apiDataset(), io.Discard)
	tag := s.etag(s.live.Picture())
	bare := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	for _, tt := range []struct {
		name    string
		handler http.Handler
	}{{"jalon", s.Handler()}, {"bare", bare}} {
		b.Run(tt.name, func(b *testing.B) { benchmarkRequests(b, tt.handler, "/api/v1/assessments", tag, "304 Not Modified") })
	}
}

// benchmarkRequests asks again and again through connections that stay open, by a
// client that does next to nothing.
func benchmarkRequests(b *testing.B, h http.Handler, path, tag, want string) {
	site := httptest.NewServer(h)
	defer site.Close()
	request := []byte("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: " + tag + "\r\n\r\n")
	b.SetParallelism(8)
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		conn, err := (&net.Dialer{}).DialContext(b.Context(), "tcp", site.Listener.Addr().String())
		if err != nil {
			b.Error(err)
			return
		}
		defer conn.Close()
		answer := bufio.NewReader(conn)
		for pb.Next() {
			if _, err := conn.Write(request); err != nil {
				b.Error(err)
				return
			}
			first := true
			for {
				line, err := answer.ReadSlice('\n')
				if err != nil || first && !bytes.Contains(line, []byte(want)) {
					b.Errorf("%q, %v", line, err)
					return
				}
				first = false
				if len(line) == 2 {
					break // a 304 has no body
				}
			}
		}
	})
}
