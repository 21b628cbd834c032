package indicators

// A Category is one value of a dimension of breakdown: milieu U, "urban".
type Category struct {
	Dimension string `db:"dimension" json:"dimension"`
	Code      string `db:"code" json:"code"`
	Title     Text   `db:"title" json:"title"`
	Order     *int   `db:"order" json:"order"`
}
