package indicators

import (
	"slices"
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
		"licence",       // on what terms the figures may be used, at the foot of pages
		"demonstration", // yes: the programme is one to try things with
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
		if s.Key == "time_zone" {
			if _, err := time.LoadLocation(s.Value); err != nil {
				c.fault("value", "%q is not a time zone: write one such as Africa/Tunis", s.Value)
			}
		}
	}
}

func (c *checker) unknownSetting(key string) {
	known := SettingKeys()
	hint := ""
	if n := Nearest(strings.ToLower(key), known); n >= 0 {
		hint = "did you mean " + known[n] + "? Else "
	}
	c.fault("key", "%q is no setting: %swrite one of %s, or remove the row", key, hint, strings.Join(known, ", "))
}
