package indicators

import "errors"

// The kinds of failure a user can act on. An error that wraps one of them is
// worded for the user; any other error is internal and is only logged.
var (
	ErrNotFound = errors.New("not found")
	ErrInvalid  = errors.New("not valid")
	ErrConflict = errors.New("conflict")
	ErrBusy     = errors.New("busy") // another writer holds the lock: try again
)
