package indicators

// An Organisation is a ministry, an agency, a donor, or whoever else leads, pays
// for or reports something.
type Organisation struct {
	Code   string   `db:"code" json:"code"`
	Name   Text     `db:"name" json:"name"`
	Kind   string   `db:"kind" json:"kind"` // one of OrganisationKinds
	IATIID Optional `db:"iati_id" json:"iati_id"`
}

// OrganisationKinds lists what an organisation can be.
func OrganisationKinds() []string {
	return []string{"ministry", "agency", "local_authority", "donor", "international", "civil_society", "academia", "private"}
}

func (c *checker) organisations() {
	for i := range c.d.Categories {
		g := &c.d.Categories[i]
		c.row("categories", g.EntryKey())
		c.code("dimension", g.Dimension)
		c.code("code", g.Code)
		c.required("title_fr", string(g.Title.FR))
	}
	for i := range c.d.Organisations {
		o := &c.d.Organisations[i]
		c.row("organisations", o.EntryKey())
		c.code("code", o.Code)
		c.required("name_fr", string(o.Name.FR))
		c.oneOf("kind", o.Kind, OrganisationKinds())
	}
	for i := range c.d.Groups {
		g := &c.d.Groups[i]
		c.row("groups", g.EntryKey())
		c.code("code", g.Code)
		c.required("title_fr", string(g.Title.FR))
		refers(c, "coordinator", "organisations", string(g.Coordinator), c.index.organisations)
	}
}
