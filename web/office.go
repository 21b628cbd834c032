package web

import (
	"archive/zip"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"jalon/indicators"
)

// How much of an office file is looked at, and how much it may unfold to. Spreadsheets
// shrink to a tenth, seldom to a fiftieth.
const (
	zipEntries   = 5000
	zipDirectory = 1 << 20 // bytes
	zipLabel     = 1 << 20 // bytes of the entry that says what the file is, unpacked
	zipRatio     = 100
	zipSmall     = 10 << 20 // bytes that any file may unfold to
)

// officeType tells what an office file is by its own label. A file that is a zip, and no
// more than that, is application/zip. Nothing is unpacked but the label; the directory is
// read only if it is small and stands where it should, so that nothing hides beside it.
func officeType(file io.ReaderAt, size int64) (string, indicators.DocumentFault) {
	if !plainZip(file, size) {
		return "", indicators.FileBroken
	}
	z, err := zip.NewReader(file, size)
	if err != nil || len(z.File) == 0 || len(z.File) > zipEntries {
		return "", indicators.FileBroken
	}
	if fault := contents(z.File, uint64(size)); fault != "" {
		return "", fault
	}
	if first := z.File[0]; first.Name == "mimetype" && first.Method == zip.Store {
		label, err := labelOf(first)
		if err != nil {
			return "", indicators.FileBroken
		}
		return string(label), ""
	}
	n := slices.IndexFunc(z.File, func(f *zip.File) bool { return f.Name == "[Content_Types].xml" })
	if n < 0 {
		return "application/zip", ""
	}
	label, err := labelOf(z.File[n])
	if err != nil {
		return "", indicators.FileBroken
	}
	return mainPart(label)
}

// plainZip tells whether the end of the file is the end of a small directory that stands
// right before it: no comment, no second disk, no sizes beyond 32 bits, nothing in between.
func plainZip(file io.ReaderAt, size int64) bool {
	const length, signature = 22, 0x06054b50
	end := make([]byte, length)
	if _, err := file.ReadAt(end, size-length); size < length || err != nil {
		return false
	}
	little := binary.LittleEndian
	disks, here, all := little.Uint32(end[4:]), little.Uint16(end[8:]), little.Uint16(end[10:])
	directory, offset, comment := int64(little.Uint32(end[12:])), int64(little.Uint32(end[16:])), little.Uint16(end[20:])
	return little.Uint32(end) == signature && disks == 0 && here == all && comment == 0 &&
		directory <= zipDirectory && offset+directory == size-length
}

// contents looks through the directory for what no document needs.
func contents(files []*zip.File, size uint64) indicators.DocumentFault {
	var packed, unfolded uint64
	for _, f := range files {
		const encrypted = 1
		name := strings.ToLower(f.Name)
		switch {
		case !filepath.IsLocal(strings.TrimSuffix(f.Name, "/")) || strings.Contains(f.Name, `\`), f.Flags&encrypted != 0:
			return indicators.FileBroken
		case runs(name):
			return indicators.FileMacros
		case f.UncompressedSize64 > 1<<40 || f.CompressedSize64 > size: // else the sums might run over
			return indicators.FileBomb
		}
		packed, unfolded = packed+f.CompressedSize64, unfolded+f.UncompressedSize64
	}
	if packed > size || unfolded > zipSmall && unfolded > zipRatio*size { // entries that share their bytes, too
		return indicators.FileBomb
	}
	return ""
}

// runs tells whether an entry is a program, for the office program or for the machine.
func runs(name string) bool {
	programs := []string{
		".exe", ".dll", ".com", ".scr", ".msi", ".js", ".jse", ".vbs", ".vbe", ".wsf", ".hta", ".bat", ".cmd", ".ps1", ".jar", ".lnk",
		".docm", ".dotm", ".xlsm", ".xltm", ".xlam", ".xlsb", ".pptm", ".potm", ".ppsm",
	}
	switch base := path.Base(name); {
	case strings.HasPrefix(base, "vbaproject") || base == "vbadata.xml" || slices.Contains(programs, path.Ext(base)):
		return true
	}
	return strings.Contains("/"+name, "/macrosheets/") || strings.Contains("/"+name, "/activex/") ||
		strings.HasPrefix(name, "basic/") || strings.HasPrefix(name, "scripts/")
}

var errLabel = errors.New("there is more than belongs there")

// labelOf unpacks the entry that says what a file is, and not more of it than a label has,
// whatever size it claims.
func labelOf(f *zip.File) ([]byte, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	label, err := io.ReadAll(io.LimitReader(in, zipLabel+1))
	if err == nil && len(label) > zipLabel {
		err = errLabel
	}
	return label, err
}

// mainPart is what the list of the types of all parts says of the main one.
func mainPart(list []byte) (string, indicators.DocumentFault) {
	var types struct {
		Parts []struct {
			Type string `xml:"ContentType,attr"`
		} `xml:",any"`
	}
	if err := xml.Unmarshal(list, &types); err != nil {
		return "", indicators.FileBroken
	}
	found := "application/zip"
	for _, part := range types.Parts {
		name := strings.ToLower(part.Type)
		if strings.Contains(name, "macroenabled") || strings.Contains(name, "vbaproject") || strings.Contains(name, "activex") {
			return "", indicators.FileMacros
		}
		main := strings.TrimSuffix(name, ".main+xml")
		if main == name || !strings.HasPrefix(name, "application/vnd.openxmlformats-officedocument.") {
			continue
		}
		if found != "application/zip" { // two documents in one
			return "", indicators.FileBroken
		}
		found = main
	}
	return found, ""
}
