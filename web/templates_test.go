package web

import (
	"io/fs"
	"regexp"
	"testing"
)

// A table that scrolls is a group: as a landmark it would stand beside that of its section,
// and whoever goes from landmark to landmark would stop at each twice.
func TestScrollingTablesAreNoLandmarks(t *testing.T) {
	landmark := regexp.MustCompile(`class="scroll[^>]*role="region"`)
	err := fs.WalkDir(templateFiles, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(templateFiles, path)
		if found := landmark.Find(body); found != nil {
			t.Errorf("%s: write role=\"group\" in %s", path, found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
