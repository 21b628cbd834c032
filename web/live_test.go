package web

import (
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"jalon/indicators"
)

// rehearse runs a Live on the clock of a bubble, from midnight UTC of 2000-01-01.
func rehearse(t *testing.T, from source, play func(*Live)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		live := newLive(from, nil, nil)
		over := make(chan error, 1)
		go func() { over <- live.Run(ctx) }()
		synctest.Wait()
		play(live)
		cancel()
		if err := <-over; err != nil {
			t.Errorf("Run ended with %v", err)
		}
		<-time.After(time.Minute) // nothing may be left behind in the bubble
	})
}

func passes(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func TestLiveFindsWhatNobodyAnnounced(t *testing.T) {
	var newest atomic.Pointer[indicators.Dataset]
	from := apiSource(apiDataset())
	from.refresh = func(_ context.Context, known *indicators.Dataset) (*indicators.Dataset, error) {
		if ds := newest.Load(); ds != nil {
			return ds, nil
		}
		return known, nil
	}
	rehearse(t, from, func(live *Live) {
		before := live.Picture()
		passes(10 * time.Second)
		if live.Picture() != before {
			t.Error("the picture was replaced although nothing is new")
		}
		newest.Store(before.With(append(apiChangesets(), indicators.Changeset{Number: 3}), before.Series))
		passes(time.Second)
		if got := live.Picture().Newest().Number; got != 3 {
			t.Errorf("after a second: changeset %d, want 3", got)
		}
	})
}

func TestLiveFollowsAnAnnouncementAtOnce(t *testing.T) {
	var asked atomic.Int32
	from := apiSource(apiDataset())
	from.refresh = func(_ context.Context, known *indicators.Dataset) (*indicators.Dataset, error) {
		asked.Add(1)
		return known, nil
	}
	var announce chan<- struct{}
	from.listen = func(ctx context.Context) (<-chan struct{}, error) {
		words := make(chan struct{}, 1)
		announce = words
		context.AfterFunc(ctx, func() { close(words) })
		return words, nil
	}
	rehearse(t, from, func(*Live) {
		announce <- struct{}{}
		synctest.Wait() // no time passes
		if asked.Load() != 1 {
			t.Errorf("asked %d times after the announcement, want once", asked.Load())
		}
	})
}

func TestLiveJudgesAnewWhenTheDayChanges(t *testing.T) {
	rehearse(t, apiSource(apiDataset()), func(live *Live) {
		if got := live.Picture().Day; got != 20000101 { // one o'clock in Tunis
			t.Fatalf("judged on %s", got)
		}
		passes(23*time.Hour + time.Second)
		if got := live.Picture().Day; got != 20000102 {
			t.Errorf("after midnight in Tunis: judged on %s", got)
		}
	})
}

func TestLiveServesOnWithoutTheDatabase(t *testing.T) {
	var gone atomic.Bool
	from := apiSource(apiDataset())
	from.refresh = func(_ context.Context, known *indicators.Dataset) (*indicators.Dataset, error) {
		if gone.Load() {
			return nil, errors.New("connection refused by secret-host")
		}
		return known, nil
	}
	rehearse(t, from, func(live *Live) {
		s, err := New(Config{}, nil, live)
		if err != nil {
			t.Fatal(err)
		}
		h := s.Handler()
		if body := bodyOf(t, ask(t, h, "GET", "/readyz")); body != `{"status":"ready","changeset":2,"day":"2000-01-01","database_lost_since":null}` {
			t.Errorf("ready: %s", body)
		}
		gone.Store(true)
		passes(2 * time.Hour)
		answer := ask(t, h, "GET", "/readyz")
		if body := bodyOf(t, answer); answer.StatusCode != 200 || body != `{"status":"degraded","changeset":2,"day":"2000-01-01","database_lost_since":"2000-01-01T00:00:01Z"}` {
			t.Errorf("without the database: %s %s", answer.Status, body)
		}
		passes(22 * time.Hour)
		if got := live.Picture().Day; got != 20000102 {
			t.Errorf("the day stands still without the database: %s", got)
		}
		gone.Store(false)
		passes(time.Second)
		if !live.LostSince().IsZero() {
			t.Error("the database is back and still counted as lost")
		}
	})
}

func TestServerIsNotReadyBeforeTheFirstLoad(t *testing.T) {
	from := apiSource(apiDataset())
	from.dataset = func(context.Context, int) (*indicators.Dataset, error) {
		return nil, errors.New("no route to secret-host")
	}
	rehearse(t, from, func(live *Live) {
		s, err := New(Config{}, nil, live)
		if err != nil {
			t.Fatal(err)
		}
		h := s.Handler()
		for address, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/api/v1/groups": 503, "/metrics": 200} {
			answer := ask(t, h, "GET", address)
			if answer.StatusCode != want || want == 503 && answer.Header.Get("Retry-After") == "" {
				t.Errorf("%s: %s, want %d", address, answer.Status, want)
			}
		}
		if live.Picture() != nil || live.LostSince().IsZero() {
			t.Error("nothing is loaded, and nobody says so")
		}
	})
}

// However many ask for an earlier moment, it is loaded once, and what is kept has a bound.
func TestPastIsLoadedOnceAndBounded(t *testing.T) {
	c, loads := newPast(), atomic.Int32{}
	load := func(context.Context) (*indicators.Dataset, error) {
		loads.Add(1)
		return apiDataset(), nil
	}
	at := func(changeset int, day indicators.Date) earlier {
		return earlier{AsOf: indicators.AsOf{Date: day, Changeset: changeset}}
	}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := c.get(t.Context(), at(1, 20260131), load); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if loads.Load() != 1 {
		t.Errorf("loaded %d times, want once", loads.Load())
	}
	part := at(1, 20260131)
	part.part, part.indicator = true, "THREE"
	for _, e := range []earlier{at(1, 20260228), part} {
		if _, err := c.get(t.Context(), e, load); err != nil || loads.Load() != 1 {
			t.Errorf("%+v was loaded anew: %v", e, err)
		}
	}
	stricter := at(1, 20260131)
	stricter.withheld = 2
	if _, err := c.get(t.Context(), stricter, load); err != nil || loads.Load() != 2 {
		t.Errorf("loaded %d times (%v); what was kept from before more was withheld is shown on", loads.Load(), err)
	}
	c.limit = 3 * c.order.Front().Value.(*kept).weight
	for number := range 20 {
		if _, err := c.get(t.Context(), at(number, 20260131), load); err != nil {
			t.Fatal(err)
		}
		if c.order.Len() > 3 || len(c.at) != c.order.Len() || c.weight > c.limit || c.weight <= 0 {
			t.Errorf("%d kept, %d found, weight %d of %d", c.order.Len(), len(c.at), c.weight, c.limit)
		}
	}
	c.limit = 1
	for range 3 { // one that is too large for the cache is kept all the same, alone
		if _, err := c.get(t.Context(), at(99, 20260131), load); err != nil || c.order.Len() != 1 {
			t.Errorf("%d kept, want 1 (%v)", c.order.Len(), err)
		}
	}
}

func TestAsOfNowIsTheLivePicture(t *testing.T) {
	live := apiServer(t, apiDataset(), io.Discard).live
	for _, when := range []indicators.When{{}, {Changeset: 2, Day: 20261031}, {Moment: apiNow(), Day: 20261031}} {
		if p, err := live.AsOf(t.Context(), when); err != nil || p != live.Picture() {
			t.Errorf("as of %+v: another picture, %v", when, err)
		}
	}
}

func TestPastThatCannotBeLoadedIsInternal(t *testing.T) {
	s := apiServer(t, apiDataset(), io.Discard)
	s.live.source.past = func(context.Context, *indicators.Dataset, int) (*indicators.Dataset, error) {
		return nil, errors.New("secret-host")
	}
	answer := ask(t, s.Handler(), "GET", "/api/v1/groups?as-of=c1")
	if body := bodyOf(t, answer); answer.StatusCode != 500 || !isProblemWithout(body, "secret") {
		t.Errorf("%s: %s", answer.Status, body)
	}
}
