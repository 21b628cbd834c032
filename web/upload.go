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

// What a form with a file may have beside it, in fields and in bytes, and how long it may
// take on a slow line.
const (
	uploadFields = 20
	uploadWords  = 256 << 10
	uploadTime   = 10 * time.Minute
)

// A received file lies in a temporary place until it is closed. Of the Document, name,
// media type, size and hash are set.
type received struct {
	indicators.Document
	content *os.File
}

// Close gives the temporary place up.
func (f *received) Close() error { return f.content.Close() }

// readUpload reads a form with one file at most, nil where none was chosen. Of the request
// no more is read than the limit of a file and a little: whoever sends a gigabyte is
// answered at once. The caller closes the file.
func readUpload(w http.ResponseWriter, r *http.Request, limit int64) (fields url.Values, file *received, err error) {
	if r.ContentLength > limit+uploadWords {
		return nil, nil, &http.MaxBytesError{Limit: limit}
	}
	patience := http.NewResponseController(w)
	_ = patience.SetReadDeadline(time.Now().Add(uploadTime)) // where it cannot be set, that of the server holds
	_ = patience.SetWriteDeadline(time.Now().Add(uploadTime + time.Minute))
	r.Body = http.MaxBytesReader(w, r.Body, limit+uploadWords)
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, nil, unreadable(err)
	}
	defer func() {
		if err != nil && file != nil {
			file.Close()
			file = nil
		}
	}()
	fields = url.Values{}
	var fault error // of a file; what was typed is read all the same
	for words := int64(uploadWords); ; {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return fields, file, fault
		case err != nil:
			return fields, file, unreadable(err)
		case isFile(part) && part.FileName() == "": // none was chosen
		case isFile(part) && file != nil, !isFile(part) && len(fields) == uploadFields:
			return fields, file, unreadable(errLabel)
		case isFile(part):
			if file, err = receive(part, limit); errors.Is(err, indicators.ErrInvalid) && !isTooLarge(err) {
				fault = err
			} else if err != nil {
				return fields, nil, err
			}
		default:
			text, err := io.ReadAll(io.LimitReader(part, words))
			if words -= int64(len(text)); err != nil || words == 0 {
				return fields, file, unreadable(err)
			}
			fields.Add(part.FormName(), strings.ToValidUTF8(string(text), ""))
		}
	}
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
