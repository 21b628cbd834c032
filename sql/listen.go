package sql

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"
)

// Listen tells, by a word on the channel, that there may be a new changeset. Words
// may be skipped or come twice, and come at the start and after a lost connection, too, as
// nobody was told what came before: the number of the newest changeset decides. The channel is closed when the context ends.
func (s *Store) Listen(ctx context.Context) (<-chan struct{}, error) {
	l := pq.NewListener(s.dsn, 50*time.Millisecond, 10*time.Second, nil)
	if err := l.Listen("changeset"); err != nil {
		return nil, fmt.Errorf("listening for changesets: %w", kind(ctx, err))
	}
	words := make(chan struct{}, 1)
	words <- struct{}{}
	go func() {
		defer close(words)
		defer l.Close()
		for {
			select {
			case <-ctx.Done():
				return
			case <-l.Notify:
				select {
				case words <- struct{}{}:
				default: // one is waiting already
				}
			}
		}
	}()
	return words, nil
}
