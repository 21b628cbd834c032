package indicators

import (
	"fmt"
	"slices"
	"strings"
)

// A DocumentType is a sort of file that may be attached.
type DocumentType struct {
	Extension string // of its names, with the dot
	MediaType string
	Declared  []string // what browsers call such files beside their media type
	Looks     []string // what the content may look like beside it
}

// DocumentTypes lists what may be attached: nothing that runs, on our pages or in the
// programs that open it. Pictures as SVG, pages and documents with macros are left out.
func DocumentTypes() []DocumentType {
	const office, open = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
	tables := []string{"text/plain", "text/tab-separated-values"}
	return []DocumentType{
		{Extension: ".pdf", MediaType: "application/pdf"},
		{Extension: ".png", MediaType: "image/png"},
		{Extension: ".jpg", MediaType: "image/jpeg"},
		{Extension: ".jpeg", MediaType: "image/jpeg"},
		{Extension: ".webp", MediaType: "image/webp"},
		{Extension: ".docx", MediaType: office + "wordprocessingml.document"},
		{Extension: ".xlsx", MediaType: office + "spreadsheetml.sheet"},
		{Extension: ".pptx", MediaType: office + "presentationml.presentation"},
		{Extension: ".odt", MediaType: open + "text"},
		{Extension: ".ods", MediaType: open + "spreadsheet"},
		{Extension: ".odp", MediaType: open + "presentation"},
		{Extension: ".csv", MediaType: "text/csv", Declared: []string{"text/plain", "application/csv", "application/vnd.ms-excel"}, Looks: tables},
		{Extension: ".txt", MediaType: "text/plain", Looks: []string{"text/csv", "text/tab-separated-values"}},
	}
}

// A DocumentFault is what is wrong with a file that was to be attached.
type DocumentFault string

// The faults of files.
const (
	FileEmpty   DocumentFault = "empty"
	FileLarge   DocumentFault = "large"
	FileUnknown DocumentFault = "unknown" // of a sort that is not taken
	FileLies    DocumentFault = "lies"    // its content is not what its name says
	FileSentAs  DocumentFault = "sent_as" // it was sent as something else than it is
	FileMacros  DocumentFault = "macros"
	FileBomb    DocumentFault = "bomb" // it would unfold to far more than it is
	FileBroken  DocumentFault = "broken"
	FileThere   DocumentFault = "there"  // it is attached to the figure already
	FileErased  DocumentFault = "erased" // an administrator has taken it out for good
)

// DocumentFaults lists them.
func DocumentFaults() []DocumentFault {
	return []DocumentFault{FileEmpty, FileLarge, FileUnknown, FileLies, FileSentAs, FileMacros, FileBomb, FileBroken, FileThere, FileErased}
}

// A DocumentError refuses a file. It is of the kind ErrInvalid.
type DocumentError struct {
	Fault  DocumentFault
	Name   string    // of the file, a safe one
	Found  string    // what it was found to be, or sent as
	Figure FigureKey // that it was to be attached to, where that is known
}

// Error says it in English; pages have words of their own for each fault.
func (e *DocumentError) Error() string {
	words := map[DocumentFault]string{
		FileEmpty:   "the file %s is empty: choose another",
		FileLarge:   "the file %s is too large: make it smaller, or attach it in parts",
		FileUnknown: "files such as %s are not taken: save it as one of " + strings.Join(documentExtensions(), ", "),
		FileLies:    "the content of %s is not what its name says, but %s: attach the file under its own name",
		FileSentAs:  "the file %s was sent as %s, which it is not: save it anew and attach that",
		FileMacros:  "the file %s holds macros or programs: save it without them",
		FileBomb:    "the file %s would unfold to far more than it is: save it anew from the program that made it",
		FileBroken:  "the file %s is damaged, or protected by a password: save it anew without one",
		FileThere:   "the file %s is attached to the figure already: leave it out",
		FileErased:  "the file %s was erased by an administrator: attach another version of it",
	}[e.Fault]
	if strings.Count(words, "%s") == 2 {
		return fmt.Sprintf(words, Quote(e.Name), Quote(e.Found))
	}
	return fmt.Sprintf(words, Quote(e.Name))
}

// Unwrap is the kind of the error.
func (e *DocumentError) Unwrap() error { return ErrInvalid }

func documentExtensions() []string {
	var all []string
	for _, t := range DocumentTypes() {
		all = append(all, t.Extension)
	}
	return all
}

// DocumentTypeOf is the sort of file that a name claims to be.
func DocumentTypeOf(name string) (DocumentType, error) {
	extension := ""
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		extension = strings.ToLower(name[dot:])
	}
	types := DocumentTypes()
	if n := slices.IndexFunc(types, func(t DocumentType) bool { return t.Extension == extension }); n >= 0 {
		return types[n], nil
	}
	return DocumentType{}, &DocumentError{Fault: FileUnknown, Name: name}
}

// Agrees holds what the content of a file was found to be, and what a browser declared
// it, against what its name claims. A browser that knows nothing declares nothing.
func (t DocumentType) Agrees(name, found, declared string) error {
	switch {
	case found != t.MediaType && !slices.Contains(t.Looks, found):
		return &DocumentError{Fault: FileLies, Name: name, Found: found}
	case declared != "" && declared != "application/octet-stream" && declared != t.MediaType && !slices.Contains(t.Declared, declared):
		return &DocumentError{Fault: FileSentAs, Name: name, Found: declared}
	}
	return nil
}
