package charts

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"jalon/indicators"
)

// shapesLimit is how many bytes a file of shapes may have. Shapes for a map of this
// size have a tenth of that; what is finer than a pixel is not drawn anyway.
const shapesLimit = 4 << 20

// A shape is a territory by its borders, in degrees east and north (WGS 84).
type shape struct {
	code  string
	rings [][][2]float64 // islands and holes, each closed
}

// CheckShapes reads a GeoJSON file of territories and gives their codes. Each must be
// a Polygon or MultiPolygon in WGS 84 that names its territory in one of the properties
// code, shapeISO, iso_3166_2 or iso.
func CheckShapes(geojson []byte) (codes []string, err error) {
	all, err := readShapes(geojson)
	for _, s := range all {
		codes = append(codes, s.code)
	}
	return codes, err
}

func refused(format string, args ...any) error {
	return fmt.Errorf("%w: "+format, append([]any{indicators.ErrInvalid}, args...)...)
}

func readShapes(geojson []byte) ([]shape, error) {
	if len(geojson) > shapesLimit {
		return nil, refused("the shapes have %d bytes, %d are allowed: simplify them before", len(geojson), shapesLimit)
	}
	var file struct {
		Type     string
		CRS      json.RawMessage
		Features []struct {
			Type       string
			Properties map[string]any
			Geometry   struct {
				Type        string
				Coordinates json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(geojson, &file); err != nil {
		return nil, refused("the shapes are not GeoJSON: %v", err)
	}
	switch crs := string(file.CRS); {
	case file.Type != "FeatureCollection":
		return nil, refused("the shapes are a %q: GeoJSON of the type FeatureCollection is needed", file.Type)
	case crs != "" && crs != "null" && !strings.Contains(crs, "CRS84") && !strings.Contains(crs, "4326"):
		return nil, refused("the shapes are not in WGS 84: export them in EPSG:4326")
	case len(file.Features) == 0:
		return nil, refused("the file has no shapes")
	}
	var all []shape
	for n, f := range file.Features {
		code, err := shapeCode(f.Properties)
		if err != nil {
			return nil, refused("shape %d %w", n+1, err)
		}
		if slices.ContainsFunc(all, func(s shape) bool { return s.code == code }) {
			return nil, refused("shape %d: %s stands twice", n+1, code)
		}
		rings, err := shapeRings(f.Geometry.Type, f.Geometry.Coordinates)
		if err != nil {
			return nil, refused("shape %d, %s, %w", n+1, code, err)
		}
		all = append(all, shape{code, rings})
	}
	return all, nil
}

// shapeCode finds the code of a territory among the properties of its shape.
func shapeCode(properties map[string]any) (string, error) {
	for _, name := range []string{"code", "shapeISO", "iso_3166_2", "iso"} {
		for key, value := range properties {
			code, isText := value.(string)
			if !strings.EqualFold(key, name) || !isText || code == "" {
				continue
			}
			if len(code) > 40 || strings.ContainsFunc(code, func(r rune) bool { return !unicode.IsPrint(r) }) {
				return "", fmt.Errorf("has the code %.60q: forty printable characters at most", code)
			}
			return code, nil
		}
	}
	return "", fmt.Errorf("has no code: write one such as TN-11 in its property code, shapeISO or iso_3166_2")
}

func shapeRings(kind string, coordinates json.RawMessage) ([][][2]float64, error) {
	var parts [][][][]float64
	var err error
	switch kind {
	case "Polygon":
		parts = make([][][][]float64, 1)
		err = json.Unmarshal(coordinates, &parts[0])
	case "MultiPolygon":
		err = json.Unmarshal(coordinates, &parts)
	default:
		return nil, fmt.Errorf("is a %.40q: a Polygon or a MultiPolygon is needed", kind)
	}
	if err != nil {
		return nil, fmt.Errorf("has coordinates that are not those of a %s", kind)
	}
	var rings [][][2]float64
	for _, part := range parts {
		for _, points := range part {
			ring, err := shapeRing(points)
			if err != nil {
				return nil, err
			}
			rings = append(rings, ring)
		}
	}
	if len(rings) == 0 {
		return nil, fmt.Errorf("has no borders")
	}
	return rings, nil
}

func shapeRing(points [][]float64) ([][2]float64, error) {
	if len(points) < 4 {
		return nil, fmt.Errorf("has a border of %d points: four at least, of which the last is the first", len(points))
	}
	ring := make([][2]float64, len(points))
	for n, p := range points {
		if len(p) < 2 || p[0] < -180 || p[0] > 180 || p[1] < -90 || p[1] > 90 {
			return nil, fmt.Errorf("has the point %v, which is not in degrees east and north: export the shapes in WGS 84 (EPSG:4326)", p[:min(len(p), 3)])
		}
		ring[n] = [2]float64{p[0], p[1]}
	}
	if ring[0] != ring[len(ring)-1] {
		return nil, fmt.Errorf("has a border that does not end where it begins")
	}
	return ring, nil
}
