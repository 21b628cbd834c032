package indicators

// Definitions is everything of a programme but the observations: what is to be
// measured, by whom, for what. Each slice is sorted by key.
type Definitions struct {
	Settings      []Setting
	Categories    []Category
	Organisations []Organisation
	Groups        []Group
	Frameworks    []Framework
	Results       []Result
	Actions       []Action
	Milestones    []Milestone
	Funding       []Funding
	Indicators    []Indicator
	Targets       []Target
}

// Setting is the value of a setting, or a fallback where it is not set.
func (d *Definitions) Setting(key, fallback string) string {
	if value, set := d.setting(key); set {
		return value
	}
	return fallback
}

func (d *Definitions) setting(key string) (value string, set bool) {
	for i := range d.Settings {
		if d.Settings[i].Key == key && d.Settings[i].Value != "" {
			return d.Settings[i].Value, true
		}
	}
	return "", false
}

// WithRules are the definitions with the edition of their rules written down, which
// an import elsewhere would else take for the newest.
func (d *Definitions) WithRules() *Definitions {
	if _, set := d.setting("rules"); set {
		return d
	}
	written := *d
	written.Settings = append([]Setting{{"rules", "1"}}, d.Settings...)
	SortEntries(written.Settings)
	return &written
}

// Tables lists the tables of the workbook in the order in which one may refer to
// another: later ones to earlier ones.
func Tables() []string {
	return []string{
		"settings", "categories", "organisations", "groups", "frameworks", "results",
		"actions", "milestones", "funding", "indicators", "targets", "observations",
	}
}

// An index finds definitions by key.
type index struct {
	categories    map[string]*Category
	organisations map[string]*Organisation
	groups        map[string]*Group
	frameworks    map[string]*Framework
	results       map[string]*Result // by Ref
	actions       map[string]*Action
	indicators    map[string]*Indicator

	dimensions map[string]bool // that the table categories names
}

func newIndex(d *Definitions) index {
	i := index{
		categories:    byKey(d.Categories),
		organisations: byKey(d.Organisations),
		groups:        byKey(d.Groups),
		frameworks:    byKey(d.Frameworks),
		results:       byKey(d.Results),
		actions:       byKey(d.Actions),
		indicators:    byKey(d.Indicators),
	}
	i.dimensions = map[string]bool{}
	for _, c := range d.Categories {
		i.dimensions[c.Dimension] = true
	}
	return i
}

func byKey[T Entry](rows []T) map[string]*T {
	found := make(map[string]*T, len(rows))
	for i := range rows {
		found[rows[i].EntryKey()] = &rows[i]
	}
	return found
}

// hasDimension tells whether values may be broken down by a dimension.
func (i *index) hasDimension(name string) bool {
	return name == "sex" || name == "age" || name == "governorate" || i.dimensions[name]
}
