package charts

import (
	"embed"
	"io/fs"
)

// The folder always holds a README.txt; the rest comes with "make assets".
//
//go:embed bundle
var bundle embed.FS

// Script is the name of ECharts within the bundle.
const Script = "echarts.min.js"

// Bundle is ECharts, its texts in French and Arabic, and its licences.
func Bundle() fs.FS {
	files, err := fs.Sub(bundle, "bundle")
	if err != nil {
		panic(err) // "bundle" is a valid path: the compiler embedded it
	}
	return files
}

// HasBundle tells whether ECharts was there when the program was built. Without
// it browsers show the pictures that Renderer draws.
func HasBundle() bool {
	_, err := fs.Stat(Bundle(), Script)
	return err == nil
}
