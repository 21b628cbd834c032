package iati

import (
	"strconv"

	"jalon/indicators"
)

// The codes of the standard's lists that stand for jalon's words.

// organisationType is from the list OrganisationType; empty where none surely fits: a donor
// may be a state, a bank or a foundation.
func organisationType(kind string) string {
	switch kind {
	case "ministry":
		return "10"
	case "local_authority":
		return "11"
	case "agency":
		return "15"
	case "civil_society":
		return "22"
	case "international":
		return "40"
	case "private":
		return "70"
	case "academia":
		return "80"
	case "donor":
		return ""
	}
	return "90"
}

// activityStatus is from the list ActivityStatus.
func activityStatus(status string) string {
	switch status {
	case "planned":
		return "1"
	case "completed":
		return "4"
	case "cancelled":
		return "5"
	case "suspended":
		return "6"
	}
	return "2"
}

// activityScope is from the list ActivityScope: national, or the governorates counted; empty
// where neither is known.
func activityScope(a *indicators.Action) string {
	switch {
	case a.Scope == "national":
		return "4"
	case len(a.Governorates) > 1:
		return "5"
	case len(a.Governorates) == 1:
		return "6"
	}
	return ""
}

// transactionType is from the list TransactionType, as whoever receives the money sees it;
// empty for a budget, which is none.
func transactionType(kind string) string {
	switch kind {
	case "commitment":
		return "11"
	case "disbursement":
		return "1"
	case "expenditure":
		return "4"
	}
	return ""
}

// resultType is from the list ResultType.
func resultType(of indicators.Optional) string {
	switch of {
	case "output":
		return "1"
	case "outcome":
		return "2"
	case "impact":
		return "3"
	}
	return "9"
}

// measure is from the list IndicatorMeasure: a unit, a percentage, an order.
func measure(kind string) string {
	switch kind {
	case "percent":
		return "2"
	case "scale":
		return "4"
	}
	return "1"
}

// ascending tells whether more is better; empty where it is not to move.
func ascending(direction string) string {
	switch direction {
	case indicators.Increase:
		return "1"
	case indicators.Decrease:
		return "0"
	}
	return ""
}

// aggregation tells whether values of several activities may be added up: counts and amounts
// that add up over time may, levels may not.
func aggregation(i *indicators.Indicator) string {
	if (i.Kind == "number" || i.Kind == "amount") && i.Accumulation != indicators.Level {
		return "1"
	}
	return "0"
}

// fileFormat is from the list FileFormat, which lacks one sort of picture.
func fileFormat(mediaType string) string {
	if mediaType == "image/webp" {
		return "application/octet-stream"
	}
	return mediaType
}

// isGoal tells whether a code is that of a goal of the SDGs.
func isGoal(code string) bool {
	n, err := strconv.Atoi(code)
	return err == nil && n >= 1 && n <= 17 && strconv.Itoa(n) == code
}
