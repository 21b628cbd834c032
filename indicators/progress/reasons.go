package progress

// Why a method has no answer, or no number where its answer has room for one.
// They stand beside the reasons of the product's own assessment.
const (
	TooFewValues       Reason = "too_few_values"        // fewer years than the method needs
	NoDirection        Reason = "no_direction"          // neither increase nor decrease is said to be wanted
	SignChange         Reason = "sign_change"           // values, or base and target, on both sides of zero
	ZeroBase           Reason = "zero_base"             // a rate of growth from zero
	ZeroTarget         Reason = "zero_target"           // a rate of growth to zero
	NotPositive        Reason = "not_positive"          // a logarithm of zero or less
	OutsideScale       Reason = "outside_scale"         // a share at or beyond 0 or the whole
	TargetNotAfterBase Reason = "target_not_after_base" // the target's year is not later than the base's
	NoSpread           Reason = "no_spread"             // all values, or both bounds, are the same
	RangeTarget        Reason = "range_target"          // a band where the method reads one value
	OutOfRange         Reason = "out_of_range"          // larger than numbers are kept
	SpanTarget         Reason = "span_target"           // a mean or sum over years where the method reads one year
	NotMeasured        Reason = "not_measured"          // a yes or no, or a stage: no rate of growth
	UnknownMethod      Reason = "unknown_method"        // asked for by whoever configured it, and not known here
)

// MethodReasons lists them.
func MethodReasons() []Reason {
	return []Reason{
		TooFewValues, NoDirection, SignChange, ZeroBase, ZeroTarget, NotPositive, OutsideScale, TargetNotAfterBase,
		NoSpread, RangeTarget, OutOfRange, SpanTarget, NotMeasured, UnknownMethod,
	}
}
