package indicators

// A Document is a file attached to a figure, as what it rests on. The same content is
// kept once, however often it is attached; whether the public may have it is said anew
// at each figure.
type Document struct {
	ID           int    `db:"id"` // of the attachment: the file at one figure
	SHA256       string `db:"sha256"`
	Name         string `db:"name"`       // a safe one: see FileName
	MediaType    string `db:"media_type"` // of the content, whatever the browser said
	Size         int64  `db:"size"`       // in bytes
	Confidential bool   `db:"confidential"`
	Erased       bool   `db:"erased"` // the content is gone, its hash stays

	FigureKey
	// Review is how far the figure has come since the document was attached: Published
	// once whoever publishes has seen both, or has let the document out by itself.
	Review   Review `db:"review"`
	Attached int    `db:"attached"` // changeset that attached it
	Ended    bool   `db:"ended"`    // detached since
}

// Reads tells whether the account may have a document. The public has what is public and
// was published, as long as it is attached: detaching it, or making it confidential, is to
// hold for days gone by, too. Beyond that it takes the right to read work over the figure;
// donor readers have it from a state of review on.
func (a *Account) Reads(d *Document, s Subject, donorsFrom Review) bool {
	switch {
	case d.Review == Published && !d.Confidential && !d.Ended:
		return true
	case a.role() == DonorReader && (d.Ended || d.Review < donorsFrom):
		return false
	}
	return a.May(ReadWork, s)
}

// maxDocumentMB bounds the setting: every backup holds all documents.
const maxDocumentMB = 200

// DocumentLimit is the most bytes that a document may have.
func (d *Definitions) DocumentLimit() int64 { return int64(d.number("document_mb", 20)) << 20 }
