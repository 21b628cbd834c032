package indicators

// A Setting is one property of the programme: its titles, time zone, licence.
type Setting struct {
	Key   string `db:"key" json:"key"`
	Value string `db:"value" json:"value"`
}
