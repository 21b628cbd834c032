package charts

// longSeries is from how many points on a reader may want to look at a part of them.
const longSeries = 48

// zoomRoom is the height of what a part of the time is chosen with, in pixels.
const zoomRoom = 30

// zooming lets whoever has scripts look at a part of the time: a slider over the legend,
// which takes below pixels. A still picture has its room, so that nothing moves when the
// slider comes.
func zooming(below float64) map[string]any {
	return map[string]any{
		"dataZoom": []map[string]any{{
			"type": "slider", "xAxisIndex": 0, "filterMode": "none", "bottom": below + 4, "height": zoomRoom - 10,
			"left": 40, "right": 40, "showDetail": false, "brushSelect": false,
			"backgroundColor": sheet, "fillerColor": veil, "borderColor": line,
			"dataBackground":         map[string]any{"lineStyle": map[string]any{"color": soft}, "areaStyle": map[string]any{"color": pale}},
			"selectedDataBackground": map[string]any{"lineStyle": map[string]any{"color": accent}, "areaStyle": map[string]any{"color": pale}},
			"handleStyle":            map[string]any{"color": sheet, "borderColor": accent}, "moveHandleStyle": map[string]any{"color": line},
		}},
	}
}
