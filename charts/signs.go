package charts

import (
	"strings"

	"jalon/indicators/progress"
	"jalon/locale"
)

// A glyph is the outline of a sign, and its size in a box of 16 by 16: ECharts
// stretches an outline to whatever size it is given.
type glyph struct {
	path          string
	width, height float64
}

// The signs, none of which has a left and a right.
var (
	checkSign    = glyph{"path://M2,8.6L3.6,7L6.5,9.9L12.4,3.6L14,5.2L6.5,13Z", 12, 9.4}
	upSign       = glyph{"path://M8,2L13.4,7.8H9.3V14H6.7V7.8H2.6Z", 10.8, 12}
	downSign     = glyph{"path://M8,14L2.6,8.2H6.7V2H9.3V8.2H13.4Z", 10.8, 12}
	waveSign     = glyph{"path://M2,9.5C4,4.8 6.7,4.8 8.6,7.3C10,9.2 11.2,9.2 12.4,6.4L14.2,7.4C12.2,12 9.3,12 7.4,9.4C6,7.5 4.9,7.7 3.8,10.5Z", 12.2, 5.2}
	alertSign    = glyph{"path://M6.5,2H9.5L9.1,9.7H6.9ZM6.6,11.3H9.4V14H6.6Z", 3, 12}
	crossSign    = glyph{"path://M4.3,2.7L8,6.4L11.7,2.7L13.3,4.3L9.6,8L13.3,11.7L11.7,13.3L8,9.6L4.3,13.3L2.7,11.7L6.4,8L2.7,4.3Z", 10.6, 10.6}
	questionSign = glyph{"path://M4,6.1C4,3.5 5.7,2 8.1,2C10.5,2 12.2,3.4 12.2,5.6C12.2,7.3 11.2,8.1 10.2,8.9C9.4,9.5 9.2,9.8 9.2,10.5H6.8C6.8,8.9 7.4,8.3 8.4,7.5C9.3,6.8 9.7,6.4 9.7,5.6C9.7,4.7 9.1,4.2 8.1,4.2C7,4.2 6.4,4.9 6.4,6.1ZM6.7,11.7H9.4V14H6.7Z", 8.2, 12}
	peakSign     = glyph{"path://M8,3L14,13H2Z", 12, 10}
)

// statusSign is the sign that the pages give a status, as an outline.
func statusSign(s progress.Status) glyph {
	switch s {
	case progress.Achieved:
		return checkSign
	case progress.OnTrack:
		return upSign
	case progress.Behind:
		return waveSign
	case progress.FarBehind:
		return alertSign
	case progress.Regressed:
		return downSign
	case progress.Missed:
		return crossSign
	}
	return questionSign
}

// mark is the sign at a point, in a box of so many pixels.
func (g glyph) mark(x, y, box float64, colour string) item {
	return item{
		Value: [2]float64{x, y}, Symbol: g.path, SymbolSize: [2]float64{g.width * box / 16, g.height * box / 16},
		ItemStyle: rest(colour, "", 0),
	}
}

// statusWord names a status; one that there is not cannot be assessed.
func statusWord(l *locale.Language, s progress.Status) string {
	if s.Index() < 0 {
		s = progress.NotAssessable
	}
	return l.T("status." + string(s))
}

// cutOut is a square that the sign is cut out of: the square goes round one way, each
// sign the other.
func (g glyph) cutOut() string {
	return "path://M1,1V15H15V1Z" + strings.TrimPrefix(g.path, "path://")
}
