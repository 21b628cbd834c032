package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"jalon/indicators"
)

// writeWhole writes a file beside its place and moves it there when it is complete. What an
// earlier one, killed in the middle, has left beside it is taken away.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	file, err := unfinishedBeside(name)
	if err != nil {
		return fmt.Errorf("%w: %w", indicators.ErrInvalid, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	w := bufio.NewWriter(file)
	err = write(w)
	if err == nil {
		err = written(w.Flush())
	}
	if err == nil {
		err = written(errors.Join(file.Chmod(0o644), file.Sync()))
	}
	if err == nil {
		err = written(os.Rename(file.Name(), name))
	}
	closing := written(file.Close()) // and with it the lock
	if err == nil {
		return closing
	}
	return err
}

// written is an error of the file system, as whoever named the place can act on it.
func written(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", indicators.ErrInvalid, err)
}

// unfinishedBeside makes the file in which another is written. It is locked as long as this
// process lives, so that others can tell it from one whose process was killed.
func unfinishedBeside(name string) (*os.File, error) {
	prefix := "." + filepath.Base(name) + ".unfinished-"
	sweep(filepath.Dir(name), prefix)
	for {
		file, err := os.CreateTemp(filepath.Dir(name), prefix+"*")
		if err != nil {
			return nil, err
		}
		_ = lock(file) // a file system without locks sweeps nothing, either
		if isThere(file) {
			return file, nil
		}
		_ = file.Close() // swept by another before it was locked: once more
	}
}

// sweep takes away the files of processes that are no more. It is no matter if it cannot.
func sweep(dir, prefix string) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, entry := range all {
		if !strings.HasPrefix(entry.Name(), prefix) || !entry.Type().IsRegular() {
			continue
		}
		file, err := os.Open(filepath.Join(dir, entry.Name())) //nolint:gosec // beside the file that whoever runs the command names
		if err != nil {
			continue
		}
		if lock(file) == nil && isThere(file) {
			_ = os.Remove(file.Name())
		}
		_ = file.Close()
	}
}

// lock takes the lock of a file, unless another process has it.
func lock(file *os.File) error { return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }

// isThere tells whether the file still has its name.
func isThere(file *os.File) bool {
	is, err := file.Stat()
	if err != nil {
		return false
	}
	there, err := os.Lstat(file.Name())
	return err == nil && os.SameFile(is, there)
}
