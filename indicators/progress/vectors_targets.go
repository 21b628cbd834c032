package progress

import (
	"encoding/json"
	"errors"
)

// targetAdapters are the adapters of the methods that read single values.
func targetAdapters() map[string]adapter {
	return map[string]adapter{
		"achievement_rate":     runAttain,
		"range_target":         runAttainRange,
		"linear_trajectory":    runLinearTrajectory,
		"geometric_trajectory": runGeometricTrajectory,
		"escap_csi":            runCurrentStatus,
		"escap_api_gap":        runAnticipatedProgress,
		"sdsn_normalise":       runNormalise,
		"oecd_distance":        runDistance,
		"as_of_snapshot":       runSnapshot,
	}
}

func runAttain(in *vectorInput) (any, error) {
	d, err := in.direction()
	if err != nil {
		return nil, err
	}
	target := Number{}
	if in.Target != nil {
		target = Number(in.Target.Value)
	}
	v, err := in.value()
	return Attain(Number(in.Baseline.Value), target, v, d), err
}

func runAttainRange(in *vectorInput) (any, error) {
	t, has, err := in.target()
	if err != nil || !has || !t.Range {
		return nil, errors.Join(err, errors.New("its target has no range"))
	}
	v, err := in.value()
	return AttainRange(Number(in.Baseline.Value), v, t.Low, t.High), err
}

// both reads baseline and target as values of years, and the value with its year.
func (in *vectorInput) both() (from, to Reading, value *Reading, err error) {
	if in.Target == nil || !in.Target.Value.Valid || !in.Baseline.Value.Valid {
		return from, to, nil, errors.New("its baseline or its target has no value")
	}
	from = Reading{in.Baseline.Year, in.Baseline.Value.Value}
	to = Reading{in.Target.Year, in.Target.Value.Value}
	var point *vectorPoint
	if len(in.Value) > 0 {
		err = json.Unmarshal(in.Value, &point)
	}
	if err != nil || point == nil || !point.Value.Valid {
		return from, to, nil, err
	}
	return from, to, &Reading{point.Year, point.Value.Value}, nil
}

func runLinearTrajectory(in *vectorInput) (any, error) {
	from, to, value, err := in.both()
	return pathOutputs(LinearTrajectory(from, to, nil, in.Years, value)), err
}

func runGeometricTrajectory(in *vectorInput) (any, error) {
	from, to, value, err := in.both()
	return pathOutputs(GeometricTrajectory(from, to, in.Years, value)), err
}

func pathOutputs(t Trajectory) any {
	path := make([][2]any, len(t.Expected))
	for n, e := range t.Expected {
		path[n] = [2]any{e.Year, e.Value}
	}
	return map[string]any{
		"required_rate": t.Rate, "expected_path": path, "expected_now": t.Now,
		"gap_to_expected": t.Gap, "achieved_share_of_expected": t.Share, "reason": t.Reason,
	}
}

// distances reads what the ESCAP indices need besides the value that is judged.
func (in *vectorInput) distances() (b, t float64, d Direction, err error) {
	if in.Target == nil || !in.Target.Value.Valid || !in.Baseline.Value.Valid {
		return 0, 0, 0, errors.New("its baseline or its target has no value")
	}
	d, err = in.direction()
	return in.Baseline.Value.Value, in.Target.Value.Value, d, err
}

func runCurrentStatus(in *vectorInput) (any, error) {
	b, t, d, err := in.distances()
	if err != nil {
		return nil, err
	}
	v, err := in.value()
	if err != nil || !v.Valid {
		return map[string]any{"csi": nil}, err
	}
	return map[string]any{"csi": CurrentStatus(b, t, v.Value, d)}, nil
}

func runAnticipatedProgress(in *vectorInput) (any, error) {
	b, t, d, err := in.distances()
	if err != nil {
		return nil, err
	}
	if !in.Predicted.Valid {
		return AnticipatedGap{Reason: NoValue}, nil
	}
	return AnticipatedProgress(b, t, in.Predicted.Value, d), nil
}

func runNormalise(in *vectorInput) (any, error) {
	var o struct {
		Lower   *float64 `json:"lower_bound"`
		Optimum *float64 `json:"optimum"`
	}
	v, err := in.value()
	if err = errors.Join(err, in.options(&o)); err != nil {
		return nil, err
	}
	if o.Lower == nil || o.Optimum == nil || !v.Valid {
		return nil, errors.New("value, lower_bound and optimum are wanted")
	}
	return Normalise(v.Value, *o.Lower, *o.Optimum), nil
}

func runDistance(in *vectorInput) (any, error) {
	var o struct {
		SD float64 `json:"reference_sd"`
	}
	v, err := in.value()
	d, unclear := in.direction()
	if err = errors.Join(err, unclear, in.options(&o)); err != nil {
		return nil, err
	}
	if in.Target == nil || !in.Target.Value.Valid || !v.Valid {
		return nil, errors.New("value and target are wanted")
	}
	return Distance(v.Value, in.Target.Value.Value, o.SD, d), nil
}

func runSnapshot(in *vectorInput) (any, error) {
	d, err := in.direction()
	if err != nil {
		return nil, err
	}
	at, err := moment(in.AsOf, true)
	if err != nil {
		return nil, err
	}
	records := make([]Record, len(in.Observations))
	for n, o := range in.Observations {
		records[n] = Record{Year: o.Year, Value: Number(o.Value)}
		if records[n].Recorded, err = moment(o.Recorded, false); err != nil {
			return nil, err
		}
	}
	target := Number{}
	if in.Target != nil {
		target = Number(in.Target.Value)
	}
	a := Snapshot(records, at, Number(in.Baseline.Value), in.Baseline.Year, target, d)
	year := Number{}
	if a.Value.Valid {
		year = Num(float64(a.Year))
	}
	return map[string]any{
		"value_used": a.Value, "year_used": year, "achievement": a.Achievement, "capped": a.Capped, "status": a.Status,
	}, nil
}
