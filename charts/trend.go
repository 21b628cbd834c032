package charts

import (
	"strings"

	"jalon/indicators"
	"jalon/locale"
)

// trends lists them from best to worst.
func trends() []indicators.Trend {
	return []indicators.Trend{indicators.Arriving, indicators.Advancing, indicators.Stalling, indicators.Receding, indicators.Missing}
}

// arrow is the sign of a tile's trend. It leans forward, which in Arabic is to the left.
func (t Tile) arrow(l *locale.Language) string { return TrendArrow(l, t.Trend) }

// TrendArrow is the sign of a trend, an arrow while it goes on; nothing for none.
func TrendArrow(l *locale.Language, t indicators.Trend) string {
	switch rtl := l.Dir == "rtl"; t {
	case indicators.Arriving:
		return "↑"
	case indicators.Advancing:
		if rtl {
			return "↖"
		}
		return "↗"
	case indicators.Stalling:
		if rtl {
			return "←"
		}
		return "→"
	case indicators.Receding:
		return "↓"
	case indicators.Missing: // no arrow: it goes nowhere any more
		return "×"
	}
	return ""
}

// describeTrends counts the tiles of each trend, with its arrow and word; nothing without any.
func describeTrends(l *locale.Language, tiles []Tile) string {
	var parts []string
	for _, trend := range trends() {
		n := 0
		for _, t := range tiles {
			if t.Trend == trend {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, l.T("chart.list_item", TrendArrow(l, trend)+" "+l.T("trend."+string(trend)), l.Integer(n)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return " " + l.T("chart.goal_matrix.trends", strings.Join(parts, l.T("chart.list_comma")))
}
