package web

import (
	"os"
	"runtime/debug"
	"testing"

	"jalon/sql/sqltest"
)

// TestMain lets the rubbish of servers that are over lie a little longer: a third of the time
// went into looking for it.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(sqltest.Main(m))
}
