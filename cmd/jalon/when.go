package main

import (
	"context"
	"fmt"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// picture is what was known at a WHEN of the command line, judged on its day; ""
// is now.
func picture(ctx context.Context, store *sql.Store, when string) (*indicators.Picture, error) {
	changeset, day, err := resolve(ctx, store, when)
	if err != nil {
		return nil, err
	}
	ds, err := store.Dataset(ctx, changeset)
	if err != nil {
		return nil, err
	}
	if day == 0 {
		at := time.Now()
		if when != "" {
			at = ds.Newest().At
		}
		day = indicators.DateOf(at.In(ds.Zone()))
	}
	return ds.On(day), nil
}

// resolve finds the changeset of a WHEN, 0 for the newest, and the day it names, if
// any.
func resolve(ctx context.Context, store *sql.Store, when string) (int, indicators.Date, error) {
	if when == "" {
		return 0, 0, nil
	}
	zone, err := store.Zone(ctx)
	if err != nil {
		return 0, 0, err
	}
	w, err := indicators.ParseWhen(when, zone, time.Now())
	if err != nil || w.Changeset > 0 {
		return w.Changeset, 0, err
	}
	number, err := store.ChangesetAt(ctx, w.Moment)
	if err == nil && number == 0 {
		err = fmt.Errorf("%w: nothing was recorded yet on %s", indicators.ErrNotFound, when)
	}
	return number, w.Day, err
}
