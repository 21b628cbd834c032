package progress

// A Mapped category of a method is what a reader is told for it. Where what is reached
// already, or lost, makes a difference, the category stands more than once.
type Mapped struct {
	Method   string
	Category string
	Status   Status
}

// Mapping is the table by which every method's categories become statuses, method by
// method, best first. Before the target's period is over, that is: afterwards its own
// value decides, achieved or missed.
func Mapping() []Mapped {
	var all []Mapped
	add := func(method, category string, s Status) { all = append(all, Mapped{method, category, s}) }
	add("achievement_rate", string(AttainmentMet), Achieved)
	for _, s := range []Status{OnTrack, Behind, FarBehind} {
		add("achievement_rate", string(AttainmentInProgress), s)
	}
	add("achievement_rate", string(AttainmentRegressed), Regressed)

	add("opensdg_progress", string(OpenSDGAchieved), Achieved)
	add("opensdg_progress", string(OpenSDGSubstantial), OnTrack)
	add("opensdg_progress", string(OpenSDGModerate), Behind)
	add("opensdg_progress", string(OpenSDGLimited), FarBehind)
	add("opensdg_progress", string(OpenSDGDeterioration), Regressed)

	add("eurostat_cagr_target", string(EurostatAchieved), Achieved)
	add("eurostat_cagr_target", string(EurostatSignificant), OnTrack)
	add("eurostat_cagr_target", string(EurostatModerate), Behind)
	add("eurostat_cagr_target", string(EurostatInsufficient), FarBehind)
	add("eurostat_cagr_target", string(EurostatAway), Regressed)
	add("eurostat_cagr_no_target", string(EurostatSignificant), OnTrack)
	add("eurostat_cagr_no_target", string(EurostatModerate), Behind)
	add("eurostat_cagr_no_target", string(EurostatModerateAway), Regressed)
	add("eurostat_cagr_no_target", string(EurostatSignificantAway), Regressed)

	add("escap_api_gap", string(EscapOnTrack), Achieved)
	add("escap_api_gap", string(EscapOnTrack), OnTrack)
	add("escap_api_gap", string(EscapAccelerate), Behind)
	add("escap_api_gap", string(EscapReverse), Regressed)

	add("unsd_progress_chart_2023", string(UNSDOnTrack), Achieved)
	add("unsd_progress_chart_2023", string(UNSDOnTrack), OnTrack)
	add("unsd_progress_chart_2023", string(UNSDModerate), Behind)
	add("unsd_progress_chart_2023", string(UNSDStagnation), FarBehind)
	add("unsd_progress_chart_2023", string(UNSDStagnation), Regressed)

	add("dns_weather", string(Sun), Achieved)
	add("dns_weather", string(Sun), OnTrack)
	add("dns_weather", string(SunCloud), Behind)
	add("dns_weather", string(Cloud), FarBehind)
	add("dns_weather", string(Thunderstorm), Regressed)
	return all
}
