package web

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

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

// BenchmarkMetrics holds the time of /metrics against a bare collector of the same
// series, turn by turn.
func BenchmarkMetrics(b *testing.B) {
	ds := tenThousandSeries()
	series := newSeries(ds.On(20261031))
	registry := prometheus.NewRegistry()
	registry.MustRegister(bareOf(b, series))
	r := httptest.NewRequestWithContext(b.Context(), "GET", "/metrics", nil)
	scrape := func(h http.Handler) time.Duration {
		began, w := time.Now(), &sink{header: http.Header{}}
		h.ServeHTTP(w, r)
		if w.bytes < 50*len(series) {
			b.Fatalf("%d bytes", w.bytes)
		}
		return time.Since(began)
	}
	jalon := apiServer(b, ds, io.Discard).Handler()
	bare := promhttp.HandlerFor(registry, promhttp.HandlerOpts{EnableOpenMetrics: true})
	var ours, theirs time.Duration
	for b.Loop() {
		ours += scrape(jalon)
		theirs += scrape(bare)
	}
	b.ReportMetric(0, "ns/op") // of both together
	b.ReportMetric(float64(len(series)), "series")
	b.ReportMetric(ours.Seconds()*1000/float64(b.N), "jalon-ms")
	b.ReportMetric(theirs.Seconds()*1000/float64(b.N), "client_golang-ms")
	b.ReportMetric(ours.Seconds()/theirs.Seconds(), "ratio") // of the times
	b.ReportMetric(1.5, "at-most")
}
