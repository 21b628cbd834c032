package indicators

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Setting is one property of the programme: its titles, time zone, licence.
type Setting struct {
	Key   string `db:"key" json:"key"`
	Value string `db:"value" json:"value"`
}

// SettingKeys lists the settings that there are. Any other would do nothing.
func SettingKeys() []string {
	return []string{
		"title_fr",      // the programme's name, as pages head it
		"title_ar",      // in Arabic
		"title_en",      // in English
		"time_zone",     // in which days begin and end, as Africa/Tunis
		"contact",       // whom readers may write to, at the foot of pages
		"publisher",     // the organisation that publishes, by its code: it reports in files of IATI
		"licence",       // on what terms the figures may be used, at the foot of pages
		"demonstration", // yes: the programme is one to try things with
		"reminders",     // yes: mails to those who owe reports, or for whom figures wait
		"webhook",       // yes: another program is told of what becomes public
		"rules",         // edition of the rules of judgement; written by the first import
		"min_coverage",  // share of assessed indicators from which on a score is given, as 0.75
		"stale_years",   // age at which a yearly value is marked as old, as 3
		"stale_periods", // the same of other values, in periods of their own, as 2
		"document_mb",   // size in megabytes up to which files may be attached, as 20
		"four_eyes",     // no: who submits a figure may verify it
		"donors_see",    // from which state on donors see figures of what they fund: verified or submitted

		"provisional_days", // after which a figure that is still provisional is told of, as 365
		"snapshot_day",     // of the month, on which the month before is frozen, as 10; none: by hand only
		"snapshot_grace",   // days after which it is whatever is missing, as 5
		"small_cells",      // persons of whom a part must tell to be shown to the public, as 5; 0: any
		"map_shapes",       // SHA-256 of the file with the governorates' borders; without: squares
	}
}

func (c *checker) settings() {
	for i := range c.d.Settings {
		s := &c.d.Settings[i]
		c.row("settings", s.EntryKey())
		c.code("key", s.Key)
		c.required("value", s.Value)
		if ValidCode(s.Key) && !slices.Contains(SettingKeys(), s.Key) {
			c.unknownSetting(s.Key)
		}
		c.settingValue(s)
	}
}

func (c *checker) settingValue(s *Setting) {
	switch s.Key {
	case "reminders", "webhook":
		c.oneOf("value", s.Value, []string{"yes", "no"})
	case "publisher":
		refers(c, "value", "organisations", s.Value, c.index.organisations)
	case "time_zone":
		if _, err := time.LoadLocation(s.Value); err != nil {
			c.fault("value", "%s is not a time zone: write one such as Africa/Tunis", Quote(s.Value))
		}
	case "rules":
		c.checkRules(s.Value)
	case "min_coverage":
		if d, err := ParseDecimal(s.Value); err != nil || d.Float() < 0 || d.Float() > 1 {
			c.fault("value", "%s is no share: write a number from 0 to 1, such as 0.75", Quote(s.Value))
		}
	case "donors_see":
		c.oneOf("value", s.Value, []string{Verified.String(), Submitted.String()})
	case "four_eyes":
		c.oneOf("value", s.Value, []string{"yes", "no"})
	case "document_mb":
		if n, err := strconv.Atoi(s.Value); err != nil || n < 1 || n > maxDocumentMB {
			c.fault("value", "%s is no size: write a whole number of megabytes from 1 to %d", Quote(s.Value), maxDocumentMB)
		}
	case "stale_years", "stale_periods":
		if n, err := strconv.Atoi(s.Value); err != nil || n < 1 || n > 100 {
			c.fault("value", "%s is no age: write a whole number from 1 to 100", Quote(s.Value))
		}
	case "provisional_days":
		if n, err := strconv.Atoi(s.Value); err != nil || n < 1 || n > 3660 {
			c.fault("value", "%s is no number of days: write a whole number from 1 to 3660", Quote(s.Value))
		}
	case "map_shapes":
		if len(s.Value) != 64 || strings.Trim(s.Value, "0123456789abcdef") != "" {
			c.fault("value", "%s names no map: send its file on the page of the settings", Quote(s.Value))
		}
	case "snapshot_day":
		if n, err := strconv.Atoi(s.Value); err != nil || n < 1 || n > 31 {
			c.fault("value", "%s is no day of a month: write a whole number from 1 to 31, or remove the row for snapshots taken by hand only", Quote(s.Value))
		}
	case "snapshot_grace":
		if n, err := strconv.Atoi(s.Value); err != nil || n < 0 || n > 60 {
			c.fault("value", "%s is no number of days: write a whole number from 0 to 60", Quote(s.Value))
		}
	case "small_cells":
		if n, err := strconv.Atoi(s.Value); err != nil || n < 0 || n > 1000 {
			c.fault("value", "%s is no number of persons: write a whole number from 0, which withholds nothing, to 1000", Quote(s.Value))
		}
	}
}

// Publisher is the organisation that publishes the programme's figures; nil where none is
// named.
func (ds *Dataset) Publisher() *Organisation {
	return ds.Organisation(ds.Setting("publisher", ""))
}

// MinCoverage is the share of assessed indicators from which on a roll-up has a score.
func (d *Definitions) MinCoverage() float64 { return d.number("min_coverage", MinCoverage) }

// StaleAfter is the age from which on a value is marked as old: in years of yearly
// ones, in periods of their own of all others.
func (d *Definitions) StaleAfter() (years, periods int) {
	return int(d.number("stale_years", 3)), int(d.number("stale_periods", 2))
}

// ProvisionalDays is how many days a figure may be provisional without being told of.
func (d *Definitions) ProvisionalDays() int { return int(d.number("provisional_days", 365)) }

// number is a setting that is a number, or a fallback.
func (d *Definitions) number(key string, fallback float64) float64 {
	text := d.Setting(key, "")
	if text == "" {
		return fallback
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil { // never: it is checked when it is set
		return fallback
	}
	return x
}

func (c *checker) unknownSetting(key string) {
	known := SettingKeys()
	all := strings.Join(known, ", ")
	if n := Nearest(strings.ToLower(key), known); n >= 0 {
		c.fault("key", "%s is no setting: did you mean %s? Else write one of %s, or remove the row", Quote(key), known[n], all)
		return
	}
	c.fault("key", "%s is no setting: write one of %s, or remove the row", Quote(key), all)
}
