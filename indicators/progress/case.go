package progress

// A Case is what an assessment reads: where the value began, where it is and
// where it should be.
type Case struct {
	Direction   Direction
	Baseline    Point
	HasBaseline bool
	Latest      Point // the value that is judged
	HasLatest   bool
	Target      Target
	HasTarget   bool
	Milestones  []Point // of the path, by month

	Over     bool // the target's period has ended
	Final    bool // Latest is the whole value of the target's own period
	Stale    bool // Latest is too old to stand in for a final value
	Partial  bool // Latest is the figure so far of a target's period that is summed or averaged
	Averaged bool // the target is a mean: it is asked for from the first period on

	// Covered is the share of the target's period that Latest is the sum of, where
	// the baseline is the sum of another period: v ÷ Covered is then held against
	// it. Else 0; a sum that begins at zero follows the path as it is.
	Covered float64

	// Stages says that the levels are reached or not, such as yes and no, or stages of
	// a scale: there is no share of a way between them.
	Stages bool
	// Broken says that baseline and value are of different definitions.
	Broken bool

	// Course is what the yearly methods read. Off says why none of them applies, Scale
	// is the whole that shares are of, 0 where the values are no shares.
	Course Course
	Off    Reason
	Scale  float64

	// Ceiling is the same share where a sum that begins at zero must stay below the
	// target: by now it may be T × Ceiling. Else 0.
	Ceiling float64
}
