package indicators

import "strings"

// A Framework is what progress is measured against: a five-year plan, the SDGs,
// a strategy. Its Start and End are years.
type Framework struct {
	Code     string   `db:"code" json:"code"`
	Kind     string   `db:"kind" json:"kind"` // one of FrameworkKinds
	Title    Text     `db:"title" json:"title"`
	Start    int      `db:"start" json:"start"`
	End      int      `db:"end" json:"end"`
	Baseline *int     `db:"baseline" json:"baseline"` // year whose observation serves where no baseline is given
	Method   Optional `db:"method" json:"method"`     // by which its indicators are judged
}

// FrameworkKinds lists what a framework can be.
func FrameworkKinds() []string { return []string{"plan", "sdg", "strategy"} }

// A Result is a node of a framework's tree: an axis, a goal, a target of the SDGs.
type Result struct {
	Framework string   `db:"framework" json:"framework"`
	Code      string   `db:"code" json:"code"`
	Parent    Optional `db:"parent" json:"parent"` // code of a result of the same framework
	Title     Text     `db:"title" json:"title"`
	Level     Optional `db:"level" json:"level"`
	Weight    Decimal  `db:"weight" json:"weight"` // share in its parent; absent = 1
}

// Ref names the result in lists: "sdg2030:10.c".
func (r Result) Ref() string { return r.Framework + ":" + r.Code }

// A Link ties an indicator or action to a result, with a weight where one is given.
type Link struct {
	Framework string
	Result    string
	Weight    Decimal // absent = 1
}

// Ref names the linked result: "sdg2030:10.c".
func (l Link) Ref() string { return l.Framework + ":" + l.Result }

// String writes the link as the workbook does: "plan2016:3.2=2".
func (l Link) String() string {
	if l.Weight.IsSet() {
		return l.Ref() + "=" + l.Weight.String()
	}
	return l.Ref()
}

// Links is a list of links, sorted by result.
type Links []Link

// String joins the links as the workbook does.
func (l Links) String() string { return strings.Join(l.texts(), "|") }

// Refs lists the linked results.
func (l Links) Refs() Codes {
	refs := make([]string, len(l))
	for i, link := range l {
		refs[i] = link.Ref()
	}
	return NewCodes(refs)
}

// MarshalJSON writes the list of results, without weights.
func (l Links) MarshalJSON() ([]byte, error) { return l.Refs().MarshalJSON() }

// texts lists the links as the workbook writes them, with their weights.
func (l Links) texts() []string {
	words := make([]string, len(l))
	for i, link := range l {
		words[i] = link.String()
	}
	return words
}

// Scan reads links joined by "|"; NULL is the empty list.
func (l *Links) Scan(src any) error {
	text, err := scanText(src)
	if err != nil || text == "" {
		*l = nil
		return err
	}
	*l, err = ParseLinks(text)
	return err
}

func (c *checker) frameworks() {
	for i := range c.d.Frameworks {
		f := &c.d.Frameworks[i]
		c.row("frameworks", f.EntryKey())
		c.code("code", f.Code)
		c.oneOf("kind", f.Kind, FrameworkKinds())
		c.required("title_fr", string(f.Title.FR))
		c.year("start", f.Start)
		c.year("end", f.End)
		if f.Baseline != nil {
			c.year("baseline", *f.Baseline)
		}
		if f.End < f.Start {
			c.fault("end", "ends in %d, before it starts in %d: correct one of the years", f.End, f.Start)
		}
		c.method(f.Method)
	}
	for i := range c.d.Results {
		r := &c.d.Results[i]
		c.row("results", r.EntryKey())
		c.code("code", r.Code)
		c.required("title_fr", string(r.Title.FR))
		c.required("framework", r.Framework)
		refers(c, "framework", "frameworks", r.Framework, c.index.frameworks)
		if r.Weight.IsSet() && r.Weight.Float() <= 0 {
			c.fault("weight", "%s is no weight: write a number above 0, or leave the cell empty for 1", r.Weight)
		}
		c.parent(r)
	}
}

func (c *checker) year(column string, year int) {
	if year < 1900 || year > 2140 {
		c.fault(column, "%d is not a year: write one such as 2026", year)
	}
}

// parent follows the tree upwards; a walk that comes back to where it began is a
// cycle, and is told once: by the first of its results.
func (c *checker) parent(r *Result) {
	if r.Parent == "" {
		return
	}
	refers(c, "parent", "results", r.Framework+":"+string(r.Parent), c.index.results)
	path, ring := []string{r.Code}, []string{r.Ref()}
	for up := r; up.Parent != "" && len(path) <= len(c.d.Results); {
		next, found := c.index.results[up.Framework+":"+string(up.Parent)]
		if !found {
			return
		}
		path = append(path, next.Code)
		if next == r {
			c.fault("parent", "is its own ancestor (%s): give one of them another parent", strings.Join(path, " → "))
			c.faults[len(c.faults)-1].Ring = ring
			return
		}
		if next.Ref() < r.Ref() {
			return // if this is a cycle, next tells it
		}
		up, ring = next, append(ring, next.Ref())
	}
}
