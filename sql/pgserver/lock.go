package pgserver

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// Two lock files lie beside the data folder. Whoever starts or stops the server holds
// the gate for that moment; whoever uses the server holds a shared lock on users. The
// kernel drops both when a process dies, however it dies.
const (
	gateFile  = "gate.lock"
	usersFile = "users.lock"
)

const (
	exclusive = syscall.LOCK_EX
	shared    = syscall.LOCK_SH
)

// pause is the time between two looks at something another process has to do.
const pause = 5 * time.Millisecond

// errLocked says that another process holds a lock.
var errLocked = errors.New("in use by another process")

// lock waits for a lock on a file of the folder; closing the file releases it.
func (f folder) lock(ctx context.Context, name string, how int) (*os.File, error) {
	for {
		file, err := f.tryLock(name, how)
		if !errors.Is(err, errLocked) {
			return file, err
		}
		if wait(ctx) != nil {
			return nil, fmt.Errorf("waiting for %s, which another jalon holds while it starts or stops the server: %w",
				filepath.Join(f.path, name), context.Cause(ctx))
		}
	}
}

// tryLock takes a lock at once or fails with errLocked.
func (f folder) tryLock(name string, how int) (*os.File, error) {
	path := filepath.Join(f.path, name)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|syscall.O_NOFOLLOW, 0o600) // #nosec G304 -- our own folder
	if err != nil {
		return nil, fmt.Errorf("the lock file of the private PostgreSQL server: %w; "+
			"use it as the user who made the folder, or choose another data folder", err)
	}
	if err := f.owner.give(path); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	switch err := syscall.Flock(int(file.Fd()), how|syscall.LOCK_NB); {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return nil, errors.Join(errLocked, file.Close())
	case err != nil:
		return nil, errors.Join(fmt.Errorf("locking %s: %w; "+
			"choose a data folder on a local disk", path, err), file.Close())
	}
	return file, nil
}

// release gives a lock back at once. Closing the file alone would leave it with a
// process that is just being started and has not yet let go of our files.
func release(file *os.File) error {
	return errors.Join(syscall.Flock(int(file.Fd()), syscall.LOCK_UN), file.Close())
}

// wait pauses once, or returns the context's error.
func wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(pause):
		return nil
	}
}
