package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/schollz/progressbar/v3"
)

// A bar shows on a terminal how far a long piece of work is; elsewhere nothing.
type bar struct{ drawn *progressbar.ProgressBar }

// What a bar counts.
const (
	volume = true // in bytes
	lines  = false
)

func (c *console) bar(doing string, bytes bool) *bar {
	if !c.bars {
		return &bar{}
	}
	return &bar{progressbar.NewOptions64(1, progressbar.OptionSetWriter(c.err), progressbar.OptionSetDescription(doing),
		progressbar.OptionShowBytes(bytes), progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())}
}

// at says how much of how much is done.
func (b *bar) at(done, total int64) {
	if b.drawn == nil {
		return
	}
	if b.drawn.GetMax64() != total {
		b.drawn.ChangeMax64(total)
	}
	_ = b.drawn.Set64(done) // a terminal that is gone is no reason to stop
}

func (b *bar) end() {
	if b.drawn != nil {
		_ = b.drawn.Finish()
	}
}

// json prints a report for programs.
func (c *console) json(value any) error {
	e := json.NewEncoder(c.out)
	e.SetIndent("", "  ")
	if err := e.Encode(value); err != nil {
		return fmt.Errorf("printing the report: %w", err)
	}
	return nil
}
