// Package charts turns indicators and their assessments into options for Apache
// ECharts, and has the same options drawn as SVG where no script runs: on paper, in
// mail, without a browser's help. It knows neither database nor web pages, and
// never lets a text of the programme become a script.
package charts
