// Package paper draws the options that package charts writes for Apache ECharts as SVG,
// where no script runs: in a report, in mail, for a reader without scripts. It knows the
// few kinds of series, axes and labels that those options are made of, all laid out to
// the pixel before; it knows neither indicators nor languages. A kind of series that it
// does not know is an error, so that no picture silently lacks a part.
//
// ECharts itself would need a JavaScript machine and a tenth of a second or more for
// each picture; this takes a few milliseconds. What both draw must look the same:
// whoever adds to the options of package charts adds it here, too.
package paper
