package indicators

import (
	"errors"
	"strings"
	"testing"
)

func TestWhoReadsADocument(t *testing.T) {
	of := Subject{Groups: Codes{"1"}, Actions: Codes{"A"}, Organisations: Codes{"MIN"}, Donors: Codes{"DON"}}
	people := map[string]*Account{
		"public": nil, "disabled": {Role: Administrator, Disabled: true}, "admin": {Role: Administrator}, "auditor": {Role: Auditor},
		"own": {Role: Contributor, Scope: Scope{Groups: Codes{"1"}}}, "foreign": {Role: Contributor, Scope: Scope{Groups: Codes{"2"}}},
		"donor": {Role: DonorReader, Scope: Scope{Organisations: Codes{"DON"}}},
		// A ministry among the donors' organisations is no donor of what it leads.
		"other": {Role: DonorReader, Scope: Scope{Organisations: Codes{"MIN"}}},
	}
	const work, all = "admin auditor own", "admin auditor disabled donor foreign other own public"
	for name, tt := range map[string]struct {
		d    Document
		from Review
		want string
	}{
		"public and published":       {Document{Review: Published}, Verified, all},
		"public, detached since":     {Document{Review: Published, Ended: true}, Verified, work},
		"confidential and published": {Document{Review: Published, Confidential: true}, Verified, "admin auditor donor own"},
		"public and verified":        {Document{Review: Verified}, Verified, "admin auditor donor own"},
		"public and submitted":       {Document{Review: Submitted}, Verified, work},
		"submitted, for donors, too": {Document{Review: Submitted}, Submitted, "admin auditor donor own"},
		"a draft":                    {Document{Review: Draft}, Submitted, work},
	} {
		t.Run(name, func(t *testing.T) {
			for who, a := range people {
				want := strings.Contains(" "+tt.want+" ", " "+who+" ")
				if got := a.Reads(&tt.d, of, tt.from); got != want {
					t.Errorf("%s reads it: %v, want %v", who, got, want)
				}
			}
		})
	}
}

// Every fault is worded, with the name of the file and what was found where that helps.
func TestFaultsOfFilesAreWorded(t *testing.T) {
	for _, fault := range DocumentFaults() {
		err := &DocumentError{Fault: fault, Name: "bilan.docx", Found: "text/html"}
		text := err.Error()
		if !errors.Is(err, ErrInvalid) || !strings.Contains(text, `"bilan.docx"`) || strings.Contains(text, "%!") || !strings.Contains(text, ": ") {
			t.Errorf("%s: %s", fault, text)
		}
	}
}

// A comment stands in for its hash in no other way than as the very same text.
func TestSameButErased(t *testing.T) {
	line := func(o Observation, format int) []byte {
		var text []byte
		f := freezer{format: format, named: map[int]bool{}, yield: func(line []byte, err error) bool {
			if err != nil {
				t.Fatal(err)
			}
			text = line
			return true
		}}
		f.observation(&o)
		return text
	}
	said := Observation{Indicator: "A", Comment: "é <b> & \u2028", Figure: Figure{Period: period("2020"), Value: decimal("7.690"), Status: "A"}}
	erased, other := said, said
	erased.Comment, erased.Erased = "", Optional(HashOf(string(said.Comment)))
	other.Value = decimal("7.69")
	silent := said
	silent.Comment = ""
	for name, tt := range map[string]struct {
		stored, recomputed []byte
		want               bool
	}{
		"the text of the hash": {line(said, 2), line(erased, 2), true},
		"in the first format":  {line(said, 1), line(erased, 1), true},
		"another digit":        {line(other, 2), line(erased, 2), false},
		"no text":              {line(silent, 2), line(erased, 2), false},
		"no erasure":           {line(said, 2), line(silent, 2), false},
		"both the other way":   {line(erased, 2), line(said, 2), false},
		"no line":              {[]byte("{"), line(erased, 2), false},
	} {
		if got := SameButErased(tt.stored, tt.recomputed); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}
