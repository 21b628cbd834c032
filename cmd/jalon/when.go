package main

import (
	"context"
	"time"

	"jalon/indicators"
	"jalon/sql"
)

// picture is what was known at a WHEN of the command line, judged on its day; ""
// is now.
func picture(ctx context.Context, store *sql.Store, when string) (*indicators.Picture, error) {
	at, err := resolve(ctx, store, when)
	if err != nil {
		return nil, err
	}
	ds, err := store.Dataset(ctx, at.Changeset)
	if err != nil {
		return nil, err
	}
	if at.Date == 0 {
		at.Date = indicators.DateOf(time.Now().In(ds.Zone()))
	}
	return ds.On(at.Date), nil
}

// resolve finds the changeset and the day of a WHEN; of "", neither: the newest one,
// today.
func resolve(ctx context.Context, store *sql.Store, when string) (indicators.AsOf, error) {
	if when == "" {
		return indicators.AsOf{}, nil
	}
	zone, err := store.Zone(ctx)
	if err != nil {
		return indicators.AsOf{}, err
	}
	w, err := indicators.ParseWhen(when, zone, time.Now())
	if err != nil {
		return indicators.AsOf{}, err
	}
	record, err := store.Changesets(ctx)
	if err != nil {
		return indicators.AsOf{}, err
	}
	return indicators.Resolve(record, w, zone)
}
