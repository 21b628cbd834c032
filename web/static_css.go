package web

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// styleSheet joins the files of static/css into the one sheet that pages load: the
// tokens and what every page is made of first, what rearranges the rest last, and the
// components, which do not depend on each other, between them.
func styleSheet(files fs.FS) ([]byte, error) {
	names, err := fs.Glob(files, "css/*.css")
	if err != nil {
		return nil, fmt.Errorf("listing the style sheets: %w", err)
	}
	slices.SortStableFunc(names, func(a, b string) int { return styleRank(a) - styleRank(b) })
	var all bytes.Buffer
	for _, name := range names {
		part, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		all.Write(withoutComments(part))
	}
	return all.Bytes(), nil
}

// styleRank is the place of a file among the style sheets.
func styleRank(name string) int {
	switch strings.TrimSuffix(strings.TrimPrefix(name, "css/"), ".css") {
	case "tokens":
		return 0
	case "base":
		return 1
	case "narrow":
		return 3
	case "print":
		return 4
	}
	return 2
}

// withoutComments leaves out what only we read.
func withoutComments(sheet []byte) []byte {
	var kept []byte
	for {
		before, rest, found := bytes.Cut(sheet, []byte("/*"))
		kept = append(kept, before...)
		if !found {
			return kept
		}
		_, sheet, _ = bytes.Cut(rest, []byte("*/"))
	}
}
