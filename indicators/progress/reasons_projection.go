package progress

// Why a projection, or a test for a trend, has no number, no interval or no
// probability.
const (
	OnePeriod      Reason = "one_period"       // all values are of one period: no line
	RepeatedPeriod Reason = "repeated_period"  // two values of one period, where the order counts
	UnevenPeriods  Reason = "uneven_periods"   // gaps, where each value counts as one step
	NoScatter      Reason = "no_scatter"       // the values lie exactly on the line: no measure of error
	BadOption      Reason = "bad_option"       // an option that the method has no meaning for
	TooManyValues  Reason = "too_many_values"  // pairs are compared: the cost is the square of their number
	HorizonTooLong Reason = "horizon_too_long" // longer than the past that is known
	BeyondLimits   Reason = "beyond_limits"    // the line leaves what the indicator can be
)

// ProjectionReasons lists them.
func ProjectionReasons() []Reason {
	return []Reason{
		OnePeriod, RepeatedPeriod, UnevenPeriods, NoScatter, BadOption, TooManyValues, HorizonTooLong, BeyondLimits,
	}
}
