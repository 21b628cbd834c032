package sql_test

import (
	"os"
	"testing"

	"jalon/sql/sqltest"
)

func TestMain(m *testing.M) { os.Exit(sqltest.Main(m)) }
