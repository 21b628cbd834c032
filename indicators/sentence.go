package indicators

import "jalon/indicators/progress"

// A Sentence says what a rule refuses or doubts, in parts that can be said in other
// languages. See progress.Sentence.
type Sentence = progress.Sentence

// Say makes a sentence of a literal English format.
func Say(format string, args ...any) Sentence { return progress.Say(format, args...) }

// SentenceOf is the sentence that an error is or wraps, else its own text.
func SentenceOf(err error) Sentence { return progress.SentenceOf(err) }

// Plain is a text that is said in English everywhere.
func Plain(text string) Sentence { return progress.Plain(text) }

// Quoted is a word as it was given, which a sentence puts in quotes.
type Quoted = progress.Quoted

// Quote takes so much of a word as a sentence can bear.
func Quote(word string) Quoted { return progress.Quote(word) }
