package paper

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
)

func svg(t *testing.T, option string) string {
	t.Helper()
	drawn, err := SVG(Picture{Option: json.RawMessage(option), Width: 200, Height: 100, Title: `a "title" & more`, Description: "<b>"})
	if err != nil {
		t.Fatal(err)
	}
	return string(drawn)
}

const plot = `"backgroundColor":"#fff","textStyle":{"fontFamily":"serif"},"grid":[{"left":"20","right":"20","top":"10","height":"80"}],
	"xAxis":[{"type":"value","min":0,"max":16}],"yAxis":[{"type":"value","min":0,"max":8}],`

func TestSeries(t *testing.T) {
	for name, tt := range map[string]struct{ option, want string }{
		"words":    {`"series":[]`, `role="img"><title>a &#34;title&#34; &amp; more</title><desc>&lt;b&gt;</desc>`},
		"point":    {`"series":[{"type":"scatter","symbol":"circle","symbolSize":6,"itemStyle":{"color":"#123"},"data":[[8,4]]}]`, `<circle cx="100" cy="50" r="3" fill="#123" opacity="0.8"/>`},
		"gap":      {`"series":[{"type":"line","symbol":"none","lineStyle":{"color":"#123","width":3,"type":"dashed"},"data":[[0,0],[4,8],[4,null],[8,0],[16,8]]}]`, `d="M20 90L60 10M100 90L180 10" fill="none" stroke-linejoin="bevel" stroke="#123" stroke-width="3" stroke-dasharray="12 6"/>`},
		"outside":  {`"series":[{"type":"line","lineStyle":{"color":"#123"},"data":[[0,0],[4,80]]}]`, `clip-path="url(#within-20-10-160-80)"`},
		"overhang": {`"series":[{"type":"line","clip":false,"lineStyle":{"color":"#123"},"data":[[0,0],[4,80]]}]`, `stroke-width="2"/>`},
		"rule":     {`"series":[{"type":"line","data":[],"markLine":{"z":1,"data":[{"yAxis":4,"lineStyle":{"color":"#777","width":1},"label":{"show":true,"formatter":"four","color":"#000","fontSize":12,"distance":8}}]}}]`, `<path d="M20 49.5L180 49.5"`},
		"at rule":  {`"series":[{"type":"line","data":[],"markLine":{"data":[{"yAxis":4,"lineStyle":{"color":"#777","width":1},"label":{"show":true,"formatter":"four","color":"#000","fontSize":12,"distance":8}}]}}]`, `<text x="12" y="49.5" text-anchor="end" dominant-baseline="central" font-size="12" fill="#000">four</text>`},
		"pieces":   {`"series":[{"type":"scatter","symbolSize":0.01,"data":[{"value":[8,4],"label":{"show":true,"position":"inside","color":"#000","fontSize":10,"formatter":"{b|4 %} of","rich":{"b":{"fontWeight":"600","color":"#c00"}}}}]}]`, `<tspan font-size="10" font-weight="600" fill="#c00">4 %</tspan><tspan font-size="10" fill="#000"> of</tspan>`},
		"stretch":  {`"series":[{"type":"scatter","symbol":"path://M0,0H10V5Z","symbolSize":[20,20],"itemStyle":{"color":"#123","opacity":1},"data":[[8,4]]}]`, `<path d="M0,0H10V5Z" transform="matrix(2 0 0 4 90 40)" fill="#123"/>`},
		"legend":   {`"series":[{"type":"scatter","name":"one","data":[],"itemStyle":{"color":"#123"}}],"legend":[{"left":"4","bottom":"0","align":"left","padding":4,"itemWidth":22,"itemHeight":12,"data":[{"name":"one","icon":"roundRect"}],"textStyle":{"color":"#000","fontSize":12}}]`, `<rect x="8" y="84" width="22" height="12" rx="3" fill="#123"/>`},
		"pointer":  {`"series":[{"type":"scatter","id":"pointer","data":[[8,4]]}]`, `<rect width="200" height="100" fill="#fff"/>` + "\n</svg>"},
	} {
		if got := svg(t, "{"+plot+tt.option+"}"); !strings.Contains(got, tt.want) {
			t.Errorf("%s: want %s in\n%s", name, tt.want, got)
		}
	}
}

func TestStackedBarsFollowEachOther(t *testing.T) {
	bar := func(n string) string {
		return `{"type":"bar","stack":"s","barWidth":"20","data":[` + n + `],"itemStyle":{"color":"#00` + n + `"}}`
	}
	got := svg(t, `{"grid":{"left":"0","right":"0","top":"0","bottom":"0"},"xAxis":[{"type":"value","min":0,"max":10}],"yAxis":[{"type":"category","data":[0],"inverse":true}],"series":[`+bar("2")+","+bar("3")+`]}`)
	for _, want := range []string{`<rect x="0" y="40" width="40" height="20" fill="#002"/>`, `<rect x="40" y="40" width="60" height="20" fill="#003"/>`} {
		if !strings.Contains(got, want) {
			t.Errorf("want %s in\n%s", want, got)
		}
	}
}

func TestRibbonsDoNotCrossAtANode(t *testing.T) {
	got := svg(t, `{"series":[{"type":"sankey","left":0,"right":0,"top":0,"height":100,"nodeWidth":10,"pixelsPerUnit":10,
		"data":[{"name":"a","localX":0,"localY":0},{"name":"b","localX":0.95,"localY":0.5},{"name":"c","localX":0.95,"localY":0}],
		"links":[{"source":"a","target":"b","value":2,"lineStyle":{"color":"#0b0"}},{"source":"a","target":"c","value":3,"lineStyle":{"color":"#0c0"}}]}]}`)
	for _, want := range []string{`d="M10 30C100 30 100 50 190 50L190 70C100 70 100 50 10 50Z" fill="#0b0"`, `d="M10 0C100 0 100 0 190 0L190 30C100 30 100 30 10 30Z" fill="#0c0"`} {
		if !strings.Contains(got, want) {
			t.Errorf("want %s in\n%s", want, got)
		}
	}
}

func TestUnknownIsRefused(t *testing.T) {
	for _, option := range []string{`{"series":[{"type":"pie"}]}`, `{"grid":[{"left":"x"}]}`, `{"series":[{"type":"scatter","data":[["x",1]]}]}`, `[]`, ``} {
		if drawn, err := SVG(Picture{Option: json.RawMessage(option)}); err == nil {
			t.Errorf("%s is drawn as %s", option, drawn)
		}
	}
}

func TestExtent(t *testing.T) {
	for path, want := range map[string]rectangle{
		"M2,3L10,3L10,9Z": {2, 3, 8, 6}, "M1,1V15H15V1Z": {1, 1, 14, 14}, "M0,0C0,8 8,8 8,0Z": {0, 0, 8, 6}, "": {},
	} {
		got := extent(path)
		if math.Abs(got.x-want.x)+math.Abs(got.y-want.y)+math.Abs(got.width-want.width)+math.Abs(got.height-want.height) > 1e-9 {
			t.Errorf("extent of %q = %v, want %v", path, got, want)
		}
	}
}

// Whatever stands in an option, the picture is either refused or whole and free of scripts.
func FuzzSVG(f *testing.F) {
	f.Add("circle", "<script>alert(1)</script>", "inside", 4.5)
	f.Add("path://M0,0LxZ", `"}]}{b|`, "insideTopLeft", -1e300)
	f.Add("path://", "{name|a}{b|c}\n{", "top", 0.0)
	f.Fuzz(func(t *testing.T, symbol, text, position string, v float64) {
		option, err := json.Marshal(map[string]any{
			"grid":  map[string]any{"left": "20", "right": "20", "top": "10", "height": "80"},
			"xAxis": []any{map[string]any{"type": "value", "min": 0, "max": v}}, "yAxis": []any{map[string]any{"type": "category", "data": []any{text}}},
			"series": []any{map[string]any{
				"type": "scatter", "name": text, "symbol": symbol, "itemStyle": map[string]any{"color": text, "decal": map[string]any{"color": text}},
				"data": []any{map[string]any{"value": []any{v, 0}, "label": map[string]any{
					"show": true, "formatter": text, "position": position, "rich": map[string]any{"b": map[string]any{"padding": 2, "backgroundColor": text}},
				}}},
			}},
			"legend": []any{map[string]any{"data": []any{map[string]any{"name": text, "icon": symbol}}}},
		})
		if err != nil {
			return // no number of JSON
		}
		drawn, err := SVG(Picture{Option: option, Width: 200, Height: 100, Title: text, Description: text})
		if err != nil {
			return
		}
		for d := xml.NewDecoder(strings.NewReader(string(drawn))); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatalf("%v in %s", err, drawn)
			}
			if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
				t.Fatalf("a script in %s", drawn)
			}
		}
	})
}
