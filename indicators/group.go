package indicators

// A Group is one of the thematic groups whose focal points report.
type Group struct {
	Code        string   `db:"code" json:"code"`
	Title       Text     `db:"title" json:"title"`
	Coordinator Optional `db:"coordinator" json:"coordinator"` // an organisation
	Order       *int     `db:"order" json:"order"`             // place in lists
}
