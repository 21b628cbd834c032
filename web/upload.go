package web

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"jalon/indicators"
)

// uploadTime is how long a form with files may take on a slow line.
const uploadTime = 10 * time.Minute

// An uploadRule is what a form with files may bring.
type uploadRule struct {
	fields int   // how many fields beside the files
	words  int64 // bytes in them
	files  int   // how many files
	file   int64 // bytes of one
	total  int64 // bytes of all that is sent
}

// oneFile is the rule for a form with a few fields and one file.
func oneFile(limit int64) uploadRule {
	const words = 256 << 10
	return uploadRule{fields: 20, words: words, files: 1, file: limit, total: limit + words}
}

// An upload is a form with files as it came.
type upload struct {
	fields url.Values
	files  []*received
	faults []fileFault
	words  int64 // bytes of the fields
}

// A fileFault is what is wrong with a file, which was left out.
type fileFault struct {
	field string
	error
}

// errManyFiles is a form with more files than it takes.
var errManyFiles = fmt.Errorf("%w: there are too many files in the form: send fewer at a time", indicators.ErrInvalid)

// Close gives up the temporary places of the files.
func (u *upload) Close() {
	for _, f := range u.files {
		f.Close()
	}
	u.files = nil
}

// A received file lies in a temporary place until it is closed. Of the Document, name,
// media type, size and hash are set.
type received struct {
	indicators.Document
	field   string // of the form
	content *os.File
}

// Close gives the temporary place up.
func (f *received) Close() error { return f.content.Close() }

// readUpload reads a form with files. Of the request no more is read than the rule allows:
// whoever sends a gigabyte is answered at once. With an error there are no files, but what
// was typed before it. The caller closes the upload.
func readUpload(w http.ResponseWriter, r *http.Request, rule uploadRule) (u *upload, err error) {
	u = &upload{fields: url.Values{}}
	if r.ContentLength > rule.total {
		return u, &http.MaxBytesError{Limit: rule.total}
	}
	patience := http.NewResponseController(w)
	_ = patience.SetReadDeadline(time.Now().Add(uploadTime)) // where it cannot be set, that of the server holds
	_ = patience.SetWriteDeadline(time.Now().Add(uploadTime + time.Minute))
	r.Body = http.MaxBytesReader(w, r.Body, rule.total)
	parts, err := r.MultipartReader()
	if err != nil {
		return u, unreadable(err)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return u, nil
		}
		if err == nil {
			err = u.take(part, rule)
		} else {
			err = unreadable(err)
		}
		if err != nil {
			u.Close()
			return u, err
		}
	}
}

// take reads a field or a file. What is wrong with a file is kept as its fault: the rest of
// the form is read all the same.
func (u *upload) take(part *multipart.Part, rule uploadRule) error {
	name := part.FormName()
	if !isFile(part) {
		if len(u.fields) == rule.fields {
			return unreadable(errLabel)
		}
		text, err := io.ReadAll(io.LimitReader(part, rule.words-u.words))
		if u.words += int64(len(text)); err != nil || u.words == rule.words {
			return unreadable(err)
		}
		u.fields.Add(name, strings.ToValidUTF8(string(text), ""))
		return nil
	}
	switch {
	case part.FileName() == "": // none was chosen
		return nil
	case len(u.files) == rule.files:
		u.faults = append(u.faults, fileFault{name, errManyFiles})
		return nil
	}
	file, err := receive(part, rule.file)
	switch {
	case errors.Is(err, indicators.ErrInvalid):
		u.faults = append(u.faults, fileFault{name, err})
	case err != nil:
		return err
	default:
		file.field = name
		u.files = append(u.files, file)
	}
	return nil
}

func isTooLarge(err error) bool { return errors.As(err, new(*http.MaxBytesError)) }

// isFile tells a field for a file from one for words: it names a file, if only by nothing.
func isFile(part *multipart.Part) bool {
	_, params, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	_, named := params["filename"]
	return err == nil && named
}

// receive lays a file down, hashing it, and finds out what it is. What is too large, or not
// what it says it is, is refused with a DocumentError.
func receive(part *multipart.Part, limit int64) (*received, error) {
	content, err := os.CreateTemp("", "jalon-document-")
	if err != nil {
		return nil, fmt.Errorf("making room for a file: %w", err)
	}
	// Without a name nobody else opens it, and nothing is left should we be killed.
	if err := os.Remove(content.Name()); err != nil {
		return nil, errors.Join(fmt.Errorf("making room for a file: %w", err), content.Close())
	}
	f := &received{content: content}
	f.Name = indicators.FileName(part.FileName())
	declared, _, _ := mime.ParseMediaType(part.Header.Get("Content-Type")) // what cannot be read says nothing
	if err := f.fill(part, limit); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := f.judge(declared); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// fill streams the content in.
func (f *received) fill(from io.Reader, limit int64) error {
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(f.content, sum), io.LimitReader(from, limit+1))
	switch {
	case size > limit, isTooLarge(err):
		return errors.Join(&indicators.DocumentError{Fault: indicators.FileLarge, Name: f.Name}, &http.MaxBytesError{Limit: limit})
	case errors.As(err, new(*os.PathError)):
		return fmt.Errorf("laying down the file %s: %w", f.Name, err)
	case err != nil:
		return unreadable(err)
	case size == 0:
		return &indicators.DocumentError{Fault: indicators.FileEmpty, Name: f.Name}
	}
	if _, err := f.content.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("laying down the file %s: %w", f.Name, err)
	}
	f.Size, f.SHA256 = size, hex.EncodeToString(sum.Sum(nil))
	return nil
}

// judge finds out what the content is and holds it against what the name and the browser
// say.
func (f *received) judge(declared string) error {
	claimed, err := indicators.DocumentTypeOf(f.Name)
	if err != nil {
		return err
	}
	sniffed, err := mimetype.DetectReader(io.NewSectionReader(f.content, 0, f.Size))
	if err != nil {
		return fmt.Errorf("looking at the file %s: %w", f.Name, err)
	}
	found, _, _ := strings.Cut(sniffed.String(), ";")
	switch {
	case found == "application/pdf" && !f.begins("%PDF-"):
		found = "application/octet-stream" // something else comes first, such as a page with a PDF in it
	case isZip(sniffed):
		var fault indicators.DocumentFault
		if found, fault = officeType(f.content, f.Size); fault != "" {
			return &indicators.DocumentError{Fault: fault, Name: f.Name}
		}
	}
	f.MediaType = claimed.MediaType
	return claimed.Agrees(f.Name, found, declared)
}

func (f *received) begins(with string) bool {
	head := make([]byte, len(with))
	_, err := f.content.ReadAt(head, 0)
	return err == nil && string(head) == with
}

func isZip(m *mimetype.MIME) bool {
	for ; m != nil; m = m.Parent() {
		if m.Is("application/zip") {
			return true
		}
	}
	return false
}
