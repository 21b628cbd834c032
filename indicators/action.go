package indicators

import "strings"

// An Action is what somebody does within a group's action plan.
type Action struct {
	Code         string   `db:"code" json:"code"`
	Group        string   `db:"group" json:"group"`
	Title        Text     `db:"title" json:"title"`
	Description  Text     `db:"description" json:"description"`
	Lead         Optional `db:"lead" json:"lead"`         // an organisation
	Partners     Codes    `db:"partners" json:"partners"` // organisations
	Status       string   `db:"status" json:"status"`     // one of ActionStatuses
	Start        Date     `db:"start" json:"start"`
	End          Date     `db:"end" json:"end"`
	ActualStart  Date     `db:"actual_start" json:"actual_start"`
	ActualEnd    Date     `db:"actual_end" json:"actual_end"`
	Scope        Optional `db:"scope" json:"scope"` // one of ActionScopes
	Governorates Codes    `db:"governorates" json:"governorates"`
	Results      Links    `db:"results" json:"results"`
	Obstacle     Text     `db:"obstacle" json:"obstacle"` // filled: the action is blocked
	Illustrative bool     `db:"illustrative" json:"illustrative"`
}

// Late tells whether the action should have begun or be over before a day, and is not.
func (a *Action) Late(day Date) bool {
	before := func(due Date) bool { return due != 0 && due < day }
	switch {
	case a.Over():
		return false
	case a.Status == "planned":
		return before(a.Start) || before(a.End)
	}
	return before(a.End)
}

// Over tells whether nothing of the action is to come any more.
func (a *Action) Over() bool { return a.Status == "completed" || a.Status == "cancelled" }

// ActionStatuses lists the states of an action's life.
func ActionStatuses() []string {
	return []string{"planned", "ongoing", "completed", "suspended", "cancelled"}
}

// ActionScopes lists how far an action reaches.
func ActionScopes() []string { return []string{"national", "regional", "local"} }

// A Milestone is a dated step of an action.
type Milestone struct {
	Action string `db:"action" json:"action"`
	Code   string `db:"code" json:"code"`
	Title  Text   `db:"title" json:"title"`
	Due    Date   `db:"due" json:"due"`
	Done   Date   `db:"done" json:"done"` // absent: not reached
}

// Reached tells whether the milestone is done by a day.
func (m *Milestone) Reached(day Date) bool { return m.Done != 0 && m.Done <= day }

// Awaited tells whether the milestone, one of an action, is still to be reached on a day:
// nobody waits for what is left of an action that is over.
func (m *Milestone) Awaited(of *Action, day Date) bool {
	return !m.Reached(day) && of != nil && !of.Over()
}

// Late tells whether the milestone, one of an action, was due before a day and is still
// waited for.
func (m *Milestone) Late(of *Action, day Date) bool { return m.Due < day && m.Awaited(of, day) }

// Funding is money for an action from a donor. Currencies are never added up.
type Funding struct {
	Action    string   `db:"action" json:"action"`
	Donor     string   `db:"donor" json:"donor"` // an organisation
	Kind      string   `db:"kind" json:"kind"`   // one of FundingKinds
	Amount    Decimal  `db:"amount" json:"amount"`
	Currency  string   `db:"currency" json:"currency"` // ISO 4217: TND, EUR, CHF
	Date      Date     `db:"date" json:"date"`
	Reference Optional `db:"reference" json:"reference"` // the donor's
}

// FundingKinds lists what an amount of money can be.
func FundingKinds() []string { return []string{"budget", "commitment", "disbursement", "expenditure"} }

func (c *checker) actions() {
	for i := range c.d.Actions {
		a := &c.d.Actions[i]
		c.row("actions", a.EntryKey())
		c.code("code", a.Code)
		c.required("title_fr", string(a.Title.FR))
		c.required("group", a.Group)
		refers(c, "group", "groups", a.Group, c.index.groups)
		refers(c, "lead", "organisations", string(a.Lead), c.index.organisations)
		for _, partner := range a.Partners {
			refers(c, "partners", "organisations", partner, c.index.organisations)
		}
		c.oneOf("status", a.Status, ActionStatuses())
		c.optional("scope", a.Scope, ActionScopes())
		c.order("end", a.Start, a.End)
		c.order("actual_end", a.ActualStart, a.ActualEnd)
		for _, code := range a.Governorates {
			if message := c.index.checkGovernorate(code); !message.IsZero() {
				c.lacks("governorates", "categories governorate="+code, message)
			}
		}
		c.links("results", a.Results)
	}
	c.actionParts()
}

func (c *checker) actionParts() {
	for i := range c.d.Milestones {
		m := &c.d.Milestones[i]
		c.row("milestones", m.EntryKey())
		c.code("code", m.Code)
		c.required("title_fr", string(m.Title.FR))
		c.required("action", m.Action)
		refers(c, "action", "actions", m.Action, c.index.actions)
		c.required("due", m.Due.String())
	}
	for i := range c.d.Funding {
		f := &c.d.Funding[i]
		c.row("funding", f.EntryKey())
		c.required("action", f.Action)
		refers(c, "action", "actions", f.Action, c.index.actions)
		c.required("donor", f.Donor)
		refers(c, "donor", "organisations", f.Donor, c.index.organisations)
		c.required("amount", f.Amount.String())
		c.required("date", f.Date.String())
		c.oneOf("kind", f.Kind, FundingKinds())
		if len(f.Currency) != 3 || strings.Trim(f.Currency, capitals) != "" {
			c.fault("currency", "%s is not a currency: write its three letters, such as TND", Quote(f.Currency))
		}
	}
}

func (c *checker) order(column string, start, end Date) {
	if start != 0 && end != 0 && end < start {
		c.fault(column, "%s lies before the start, %s: correct one of the days", end, start)
	}
}
