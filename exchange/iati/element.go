package iati

import "encoding/xml"

// The elements of the standard that are written, each with its children in the order that
// the schema demands. What is empty is left out, unless the schema asks for it.

type activity struct {
	XMLName      xml.Name          `xml:"iati-activity"`
	Language     string            `xml:"xml:lang,attr"`
	Currency     string            `xml:"default-currency,attr"`
	Updated      string            `xml:"last-updated-datetime,attr"`
	Identifier   string            `xml:"iati-identifier"`
	Reporter     organisation      `xml:"reporting-org"`
	Title        text              `xml:"title"`
	Descriptions []typedText       `xml:"description"`
	Participants []organisation    `xml:"participating-org"`
	Others       []otherIdentifier `xml:"other-identifier"`
	Status       coded             `xml:"activity-status"`
	Dates        []typedDate       `xml:"activity-date"`
	Contact      *contact          `xml:"contact-info"`
	Scope        *coded            `xml:"activity-scope"`
	Country      coded             `xml:"recipient-country"`
	Locations    []location        `xml:"location"`
	Sectors      []classification  `xml:"sector"`
	Tags         []classification  `xml:"tag"`
	Budgets      []budget          `xml:"budget"`
	Transactions []transaction     `xml:"transaction"`
	Documents    []documentLink    `xml:"document-link"`
	Results      []result          `xml:"result"`
}

// A text is one thing said in one language or more.
type text struct {
	Narratives []narrative `xml:"narrative"`
}

type narrative struct {
	Language string `xml:"xml:lang,attr,omitempty"` // empty: that of the activity
	Words    string `xml:",chardata"`
}

type typedText struct {
	Type string `xml:"type,attr"`
	text
}

type organisation struct {
	Role       string `xml:"role,attr,omitempty"`
	Ref        string `xml:"ref,attr,omitempty"`
	ActivityID string `xml:"activity-id,attr,omitempty"`
	ProviderID string `xml:"provider-activity-id,attr,omitempty"`
	Type       string `xml:"type,attr,omitempty"`
	text
}

type otherIdentifier struct {
	Ref   string        `xml:"ref,attr"`
	Type  string        `xml:"type,attr"`
	Owner *organisation `xml:"owner-org"`
}

type coded struct {
	Code string `xml:"code,attr"`
}

type typedDate struct {
	Type string `xml:"type,attr"`
	Date string `xml:"iso-date,attr"`
}

type dated struct {
	Date string `xml:"iso-date,attr"`
}

type contact struct {
	Type  string `xml:"type,attr"`
	Email string `xml:"email"`
}

type location struct {
	Ref            string         `xml:"ref,attr"`
	Reach          coded          `xml:"location-reach"`
	Name           text           `xml:"name"`
	Administrative administrative `xml:"administrative"`
	Exactness      coded          `xml:"exactness"`
	Class          coded          `xml:"location-class"`
}

type administrative struct {
	Vocabulary string `xml:"vocabulary,attr"`
	Level      int    `xml:"level,attr"`
	Code       string `xml:"code,attr"`
}

type classification struct {
	Vocabulary string `xml:"vocabulary,attr"`
	URI        string `xml:"vocabulary-uri,attr,omitempty"`
	Code       string `xml:"code,attr"`
	text
}

type budget struct {
	Type   string `xml:"type,attr"`
	Status string `xml:"status,attr"`
	Start  dated  `xml:"period-start"`
	End    dated  `xml:"period-end"`
	Value  money  `xml:"value"`
}

type money struct {
	Currency string `xml:"currency,attr"`
	Date     string `xml:"value-date,attr"`
	Amount   string `xml:",chardata"`
}

type transaction struct {
	Type     coded        `xml:"transaction-type"`
	Date     dated        `xml:"transaction-date"`
	Value    money        `xml:"value"`
	Provider organisation `xml:"provider-org"`
}

type documentLink struct {
	Format   string `xml:"format,attr"`
	URL      string `xml:"url,attr"`
	Title    text   `xml:"title"`
	Category coded  `xml:"category"`
	Language *coded `xml:"language"`
}

type result struct {
	Type        string    `xml:"type,attr"`
	Aggregation string    `xml:"aggregation-status,attr"`
	Title       text      `xml:"title"`
	Indicator   indicator `xml:"indicator"`
}

type indicator struct {
	Measure     string      `xml:"measure,attr"`
	Ascending   string      `xml:"ascending,attr,omitempty"`
	Aggregation string      `xml:"aggregation-status,attr"`
	Title       text        `xml:"title"`
	Description *text       `xml:"description"`
	References  []reference `xml:"reference"`
	Baseline    *baseline   `xml:"baseline"`
	Periods     []period    `xml:"period"`
}

type reference struct {
	Vocabulary string `xml:"vocabulary,attr"`
	Code       string `xml:"code,attr"`
	URI        string `xml:"indicator-uri,attr,omitempty"`
}

type baseline struct {
	Year  int    `xml:"year,attr"`
	Date  string `xml:"iso-date,attr"`
	Value string `xml:"value,attr"`
}

type period struct {
	Start   dated    `xml:"period-start"`
	End     dated    `xml:"period-end"`
	Targets []amount `xml:"target"`
	Actuals []amount `xml:"actual"`
}

// An amount is a target or a value of a period, of the whole where it has no dimension.
type amount struct {
	Value      string         `xml:"value,attr"`
	Dimensions []dimension    `xml:"dimension"`
	Comment    *text          `xml:"comment"`
	Documents  []documentLink `xml:"document-link"`
}

type dimension struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}
