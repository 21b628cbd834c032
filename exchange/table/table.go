// Package table is the workbook as files: its tables read from and written to CSV.
// It knows neither database nor network.
package table
