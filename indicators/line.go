package indicators

// A Line is one row of the table of observations as it streams by: only until the
// next one. With Problems it is of no other use.
type Line struct {
	Observation Observation
	Number      int                       // of the line in its file, from 1
	Remove      bool                      // ends the figure
	Problems    []Problem                 // of its cells
	At          func(column string) Place // where the cell of a column stands
}

// Lines streams the observations of one file. It can be run again from the start.
type Lines struct {
	File string
	Has  func(column string) bool            // tells whether the file has a column: one it lacks changes nothing
	Each func(yield func(*Line, error) bool) // an error ends the stream
}
