// Package indicators is the language of jalon: what is measured, from which
// baseline, towards which target, by which action, for which result, and what is
// known about it at a changeset. It knows neither database nor browser, neither
// clock nor language of the reader, and imports only the standard library and
// indicators/progress.
package indicators
