package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jalon/sql"
)

// A snapshotCollector tells, at each scrape, when a snapshot was taken last, by whichever
// server or person. There is no series before the first, nor while the database is away.
type snapshotCollector struct {
	takenAt func(context.Context) (time.Time, error)
	log     *slog.Logger
	desc    *prometheus.Desc
}

func newSnapshotCollector(store *sql.Store, log *slog.Logger) *snapshotCollector {
	return &snapshotCollector{takenAt: store.SnapshotTakenAt, log: log, desc: prometheus.NewDesc("jalon_snapshot_last_success_timestamp_seconds",
		"When a monthly snapshot was taken last, by itself or by hand.", nil, nil)}
}

// newSnapshotFailures counts what could not be taken.
func newSnapshotFailures() prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{
		Name: "jalon_snapshot_failures_total", Help: "Tries of this server to take a monthly snapshot that failed.",
	})
}

// Describe names the one metric.
func (c *snapshotCollector) Describe(ch chan<- *prometheus.Desc) { ch <- c.desc }

// Collect asks the database.
func (c *snapshotCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), outboxTimeout)
	defer cancel()
	at, err := c.takenAt(ctx)
	switch {
	case err != nil:
		c.log.DebugContext(ctx, "it is not known when a snapshot was taken last", "err", err)
	case !at.IsZero():
		ch <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, float64(at.UnixMilli())/1000)
	}
}
