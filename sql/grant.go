package sql

import (
	"context"
	"errors"
	"fmt"

	"github.com/lib/pq"

	"jalon/indicators"
)

// Grant gives a role of the server what serving the programme needs and no more: it can
// add what is recorded and end it, but neither alter nor delete it, nor switch off what
// keeps others from doing so. It is to be repeated after a migration.
func (s *Store) Grant(ctx context.Context, role string) error {
	_, err := s.db.ExecContext(ctx, `SELECT grant_use(to_regrole($1))`, pq.QuoteIdentifier(role))
	var refused *pq.Error
	switch {
	case errors.As(err, &refused) && refused.Code.Name() == "invalid_grant_operation":
		return fmt.Errorf("%w: %s", indicators.ErrInvalid, refused.Message)
	case errors.As(err, &refused) && refused.Code.Name() == "insufficient_privilege":
		return fmt.Errorf("%w: only the owner of the tables can grant their use: give its --database", indicators.ErrInvalid)
	case err != nil:
		return fmt.Errorf("granting the use of the tables to %q: %w", role, kind(ctx, err))
	}
	return nil
}
