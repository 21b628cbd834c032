package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"jalon/sql"
)

// outboxTimeout is how long a scrape waits for the outbox to be counted.
const outboxTimeout = 2 * time.Second

// An outboxCollector counts the messages of the outbox at each scrape. While the database
// does not answer there are no series of it: an old number would lie.
type outboxCollector struct {
	counts func(context.Context) ([]sql.OutboxCount, error)
	log    *slog.Logger
	desc   *prometheus.Desc
}

func newOutboxCollector(store *sql.Store, log *slog.Logger) *outboxCollector {
	return &outboxCollector{counts: store.OutboxCounts, log: log, desc: prometheus.NewDesc("jalon_outbox_messages",
		"Messages of the outbox: waiting, sent in the last 90 days, or failed for good.", []string{"channel", "state"}, nil)}
}

// Describe names the one metric.
func (c *outboxCollector) Describe(ch chan<- *prometheus.Desc) { ch <- c.desc }

// Collect counts.
func (c *outboxCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), outboxTimeout)
	defer cancel()
	all, err := c.counts(ctx)
	if err != nil {
		c.log.DebugContext(ctx, "the outbox is not counted", "err", err)
		return
	}
	for _, n := range all {
		ch <- prometheus.MustNewConstMetric(c.desc, prometheus.GaugeValue, float64(n.Messages), n.Channel, n.State)
	}
}
