package progress

import "slices"

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
// another figure for the same input. Formulas are in the symbols of its doc comment,
// Source says where the method comes from.
type Described struct {
	Code     string   `json:"code"`
	Version  int      `json:"version"`
	Kind     Kind     `json:"kind"`
	Formulas []string `json:"formulas"`
	Source   string   `json:"source"`
}

// The formulas that several methods share.
const (
	observedGrowth = "g = (v ÷ b)^(1 ÷ n) − 1"
	requiredGrowth = "r = (T ÷ b)^(1 ÷ m) − 1"
)

// All lists every method, by kind.
func All() []Described {
	of := func(code string, version int, kind Kind, source string, formulas ...string) Described {
		return Described{code, version, kind, formulas, source}
	}
	return slices.Concat([]Described{
		of("achievement_rate", attainmentVersion, Assessing, "World Bank, UNDP, EU SFC2014 (table 2C)", "A = (v − b) ÷ (T − b)", "E = (e − b) ÷ (T − b)", "S = A ÷ E"),
		of("range_target", attainmentVersion, Assessing, "Open SDG (0.97–1.03)", "D = max(0, low − v, v − high)", "A = 1 − D ÷ D0"),
		of("opensdg_progress", openSDGVersion, Assessing, "sdg-build 2.4.0, ProgressMeasure.py (139fede); Statistics Canada", observedGrowth, requiredGrowth, "p = d × g ÷ |r|"),
		of("eurostat_cagr_target", eurostatVersion, Assessing, "Eurostat, EU SDG monitoring report (sdg-build 44027ae, 6d3d128)", observedGrowth, requiredGrowth, "R = d × g ÷ |r|"),
		of("eurostat_cagr_no_target", eurostatVersion, Assessing, "Eurostat, EU SDG monitoring report (sdg-build 44027ae)", observedGrowth, "p = d × g"),
		of("escap_csi", escapVersion, Assessing, "UN ESCAP, SD/WP/05 (2017)", "CSI = 10 × d × (v − b) ÷ |T − b|"),
		of("escap_api_gap", escapVersion, Assessing, "UN ESCAP, SD/WP/05 (2017); UNECE technical notes", "P = 100 × |T − x| ÷ |T − b|"),
		of("escap_csi_ap_unicef", escapVersion, Assessing, "UNICEF MENA, SDG-MENARO (8eae780)", "x = s ÷ (1 + e^−(logit(v ÷ s) + a × h))", "CSI = 10 × d × (v − b) ÷ |T − b|"),
		of("unsd_progress_chart_2023", unsdVersion, Assessing, "UN Statistics Division, progress chart 2023 (EUSTAT 10f3c70)", observedGrowth, "x = v × (1 + g)^h", "R = d × (x − b) ÷ |T − b|"),
		of("dns_weather", weatherVersion, Assessing, "Deutsche Nachhaltigkeitsstrategie (dns-indicators 06bd473)", "a = (v − u) ÷ n", "x = v + a × h", "M = max(0, d × (T − x)) ÷ |T − v|"),
		of("as_of_snapshot", snapshotVersion, Assessing, "achievement_rate", "A = (v − b) ÷ (T − b)"),
		of("linear_trajectory", trajectoryVersion, PathFinding, "WHO billionaiRe (ecb82c4), calculate_fixed_target", "e = b + (T − b) × (t − t0) ÷ (tT − t0)"),
		of("geometric_trajectory", trajectoryVersion, PathFinding, "WHO billionaiRe (ecb82c4), calculate_aarc", "e = b × (T ÷ b)^((t − t0) ÷ (tT − t0))"),
	}, projections(of), []Described{
		of("rollup_mean_score", rollupVersion, RollingUp, "sdg-build 2.4.0 (139fede)", "mean(s)"),
		of("rollup_rule", rollupVersion, RollingUp, "OECD, ESCAP, Eurostat", "Σ w × s ÷ Σ w"),
		of("rollup_equal_goals", rollupVersion, RollingUp, "SDSN, SDG Index 2023", "mean(s)"),
		of("sdsn_normalise", worldVersion, Verification, "SDSN, SDG Index", "s = 100 × (v − low) ÷ (best − low)"),
		of("sdsn_trend", worldVersion, Verification, "SDSN, SDG Index", "R = a ÷ max(0, (green − u) ÷ (tT − t0))"),
		of("oecd_distance", worldVersion, Verification, "OECD, Measuring Distance to the SDG Targets (2019)", "z = max(0, d × (T − v) ÷ sd)"),
	})
}

// projections lists the methods that extend a trend or test for one.
func projections(of func(code string, version int, kind Kind, source string, formulas ...string) Described) []Described {
	const line, logLine, logitLine = "y = α + β × t", "ln y = α + β × t", "logit(y ÷ s) = α + β × t"
	return []Described{
		of("extrapolate_geometric", extrapolateVersion, Projecting, "UN ESCAP, SD/WP/05 (2017)", "x = v × (v ÷ u)^(h ÷ n)"),
		of("extrapolate_logit_ols", extrapolateVersion, Projecting, "UN ESCAP, SD/WP/05 (2017)", logitLine),
		of("extrapolate_logit_timeweighted", extrapolateVersion, Projecting, "UN ESCAP, SD/WP/05 (2017)", logitLine, "w = (tp − t1) ÷ (tp − t)"),
		of("project_ols", olsVersion, Projecting, "R lm, predict.lm", line, "SE = σ × √(1 + 1 ÷ n + (tp − t̄)² ÷ Sxx)"),
		of("project_loglinear", logLinearVersion, Projecting, "R lm, predict.lm", logLine),
		of("project_logit_ols", logitVersion, Projecting, "R lm, predict.lm", logitLine),
		of("project_wls_time", wlsVersion, Projecting, "UN ESCAP, SD/WP/05 (2017); R lm", line, "w = (tp − t1) ÷ (tp − t)"),
		of("project_theil_sen", theilSenVersion, Projecting, "Sen (1968); scipy theilslopes", "β = median((yj − yi) ÷ (tj − ti))"),
		of("project_holt_fixed", holtVersion, Projecting, "Holt (1957); R HoltWinters", "l′ = α × y + (1 − α) × (l + β)", "x = l + h × β"),
		of("trend_mann_kendall", mannKendallVersion, Testing, "Mann (1945), Kendall (1970); R cor.test", "S = Σ sign(yj − yi)"),
		of("trend_spearman", spearmanVersion, Testing, "OECD (2022); R cor.test", "ρ = corr(rank t, rank y)"),
		of("aarr_regression", aarrVersion, Testing, "UNICEF, technical note on the AARR", "AARR = 100 × (1 − e^β)"),
	}
}
