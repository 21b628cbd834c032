package progress

// A Kind is what a method is for.
type Kind string

// The kinds.
const (
	Assessing    Kind = "assessment"   // tells how far an indicator has come: a status can be read from it
	PathFinding  Kind = "trajectory"   // tells where a value should be
	Projecting   Kind = "projection"   // tells where a trend leads; stands beside a status, never in it
	Testing      Kind = "trend"        // tells whether there is a trend
	RollingUp    Kind = "roll-up"      // brings many to one
	Verification Kind = "verification" // needs data of the whole world: to verify published scores
)

// A Described method is one that there is. Its version rises whenever it would give
// another figure for the same input.
type Described struct {
	Code    string `json:"code"`
	Version int    `json:"version"`
	Kind    Kind   `json:"kind"`
}

// All lists every method, by kind.
func All() []Described {
	return []Described{
		{"achievement_rate", attainmentVersion, Assessing},
		{"range_target", attainmentVersion, Assessing},
		{"opensdg_progress", openSDGVersion, Assessing},
		{"eurostat_cagr_target", eurostatVersion, Assessing},
		{"eurostat_cagr_no_target", eurostatVersion, Assessing},
		{"escap_csi", escapVersion, Assessing},
		{"escap_api_gap", escapVersion, Assessing},
		{"escap_csi_ap_unicef", escapVersion, Assessing},
		{"unsd_progress_chart_2023", unsdVersion, Assessing},
		{"dns_weather", weatherVersion, Assessing},
		{"as_of_snapshot", snapshotVersion, Assessing},
		{"linear_trajectory", trajectoryVersion, PathFinding},
		{"geometric_trajectory", trajectoryVersion, PathFinding},
		{"extrapolate_geometric", extrapolateVersion, Projecting},
		{"extrapolate_logit_ols", extrapolateVersion, Projecting},
		{"extrapolate_logit_timeweighted", extrapolateVersion, Projecting},
		{"project_ols", olsVersion, Projecting},
		{"project_loglinear", logLinearVersion, Projecting},
		{"project_logit_ols", logitVersion, Projecting},
		{"project_wls_time", wlsVersion, Projecting},
		{"project_theil_sen", theilSenVersion, Projecting},
		{"project_holt_fixed", holtVersion, Projecting},
		{"trend_mann_kendall", mannKendallVersion, Testing},
		{"trend_spearman", spearmanVersion, Testing},
		{"aarr_regression", aarrVersion, Testing},
		{"rollup_mean_score", rollupVersion, RollingUp},
		{"rollup_rule", rollupVersion, RollingUp},
		{"rollup_equal_goals", rollupVersion, RollingUp},
		{"sdsn_normalise", worldVersion, Verification},
		{"sdsn_trend", worldVersion, Verification},
		{"oecd_distance", worldVersion, Verification},
	}
}
