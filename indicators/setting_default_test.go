package indicators

import (
	"slices"
	"testing"
)

// What holds without a setting is a value that the setting may have, and one that changes
// nothing.
func TestDefaultsOfSettings(t *testing.T) {
	bare := &Definitions{}
	for _, key := range SettingKeys() {
		standard := SettingDefault(key)
		if words := SettingWords(key); words != nil && !slices.Contains(words, standard) {
			t.Errorf("%s is %q where it is not set, which is none of %q", key, standard, words)
		}
		if standard == "" {
			continue
		}
		d := &Definitions{Settings: []Setting{{key, standard}}}
		if faults := d.Check(); len(faults) > 0 {
			t.Errorf("%s = %s is refused: %v", key, standard, faults)
		}
		years, periods := d.StaleAfter()
		bareYears, barePeriods := bare.StaleAfter()
		if d.MinCoverage() != bare.MinCoverage() || years != bareYears || periods != barePeriods || d.Rules() != bare.Rules() ||
			d.FourEyes() != bare.FourEyes() || d.DonorsSee() != bare.DonorsSee() || d.ProvisionalDays() != bare.ProvisionalDays() || d.Zone().String() != bare.Zone().String() {
			t.Errorf("%s = %s is not what holds without it", key, standard)
		}
	}
}
