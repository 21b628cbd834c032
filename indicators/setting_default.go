package indicators

import "strconv"

// SettingDefault is what holds where a setting is not set; empty: nothing, or what the
// pages say of themselves.
func SettingDefault(key string) string {
	switch key {
	case "time_zone":
		return "Africa/Tunis"
	case "demonstration", "reminders", "webhook":
		return "no"
	case "document_mb":
		return "20"
	case "small_cells":
		return "5"
	case "snapshot_grace":
		return "0"
	case "rules":
		return "1"
	case "min_coverage":
		return strconv.FormatFloat(MinCoverage, 'f', -1, 64)
	case "stale_years":
		return "3"
	case "stale_periods":
		return "2"
	case "provisional_days":
		return "365"
	case "four_eyes":
		return "yes"
	case "donors_see":
		return Verified.String()
	}
	return ""
}

// SettingWords lists the words that a setting may be; nil where it may be others.
func SettingWords(key string) []string {
	switch key {
	case "demonstration", "four_eyes", "reminders", "webhook":
		return []string{"yes", "no"}
	case "donors_see":
		return []string{Verified.String(), Submitted.String()}
	case "rules":
		words := []string{}
		for _, book := range rulebooks() {
			words = append(words, strconv.Itoa(book.edition))
		}
		return words
	}
	return nil
}
