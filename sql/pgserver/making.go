package pgserver

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// patience is how long a server that we did not start may stay silent.
const patience = 30 * time.Second

// maxLog is the size in bytes from which the server's log is begun anew.
const maxLog = 1 << 20

// A making brings the server of a folder to life, under the gate.
type making struct {
	folder folder
	opt    Options
	gate   *os.File
	log    *slog.Logger
	places iter.Seq[string]
}

// run finds the server or starts it, and returns its data folder and how to reach it.
func (m *making) run(ctx context.Context) (string, postmaster, error) {
	c, err := m.folder.cluster()
	if err != nil {
		return "", postmaster{}, err
	}
	if c.data != "" {
		server, err := adopt(ctx, c.data)
		if err == nil {
			m.log.Debug("joined the private PostgreSQL server", "data", c.data, "pid", server.pid)
			return c.data, server, nil
		}
		if !errors.Is(err, errNoServer) {
			return "", postmaster{}, err
		}
	}
	programs, err := choose(ctx, m.opt.Binaries, m.places, c)
	if err != nil {
		return "", postmaster{}, err
	}
	account := c.owner
	if c.data == "" {
		if account, err = servant(); err != nil {
			return "", postmaster{}, err
		}
	}
	if programs, err = programs.within(m.folder, account); err != nil {
		return "", postmaster{}, err
	}
	if c.data == "" {
		if c, err = m.create(ctx, programs, account); err != nil {
			return "", postmaster{}, err
		}
	}
	server, err := m.launch(ctx, programs, c)
	if errors.Is(err, errEnded) {
		// A command that was killed just after it had started its server is the one
		// case in which the gate is open and yet another server is coming up.
		if other, err := adopt(ctx, c.data); err == nil {
			return c.data, other, nil
		}
	}
	return c.data, server, err
}

// adopt joins a server that runs on a data folder, waiting while it is starting or
// stopping; without one it fails with errNoServer.
func adopt(ctx context.Context, data string) (postmaster, error) {
	deadline := time.Now().Add(patience)
	for {
		server, err := readPostmaster(data)
		switch {
		case err != nil:
			return server, err
		case !server.alive(data):
			return server, errNoServer
		case server.answers(ctx):
			return server, nil
		case time.Now().After(deadline):
			return server, fmt.Errorf("process %d, named by %s, does not answer: "+
				"if it is no PostgreSQL server, delete that file; else stop it (kill -INT %[1]d)",
				server.pid, filepath.Join(data, pidFile))
		}
		if err := wait(ctx); err != nil {
			return server, err
		}
	}
}

// create makes the data folder with its databases, under another name until it is
// complete: what an interrupted first start left is removed by the next one.
func (m *making) create(ctx context.Context, programs binaries, account account) (cluster, error) {
	m.log.Info("making the data folder of the private PostgreSQL server", "version", programs.major, "in", m.folder.path)
	home := filepath.Join(m.folder.path, strconv.Itoa(programs.major))
	c := cluster{data: filepath.Join(home, "data"), major: programs.major, owner: account}
	half := c.data + ".init"
	if err := os.Remove(c.data); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, fmt.Errorf("%s is no data folder of PostgreSQL (no PG_VERSION in it): move it away, or choose another data folder", c.data)
	}
	if err := errors.Join(os.RemoveAll(half), makeFolders(home), os.Mkdir(half, 0o700), account.give(half)); err != nil {
		return c, fmt.Errorf("making the data folder: %w", err)
	}
	locale := "C.UTF-8"
	if runtime.GOOS == "darwin" {
		locale = "C" // macOS has no C.UTF-8
	}
	args := []string{"-D", half, "-U", Owner, "-A", "trust", "-E", "UTF8", "--locale", locale, "--data-checksums"}
	if m.opt.Fast {
		args = append(args, "--no-sync")
	}
	err := m.tool(ctx, programs.program("initdb"), account, "", args...)
	if err == nil {
		err = m.tool(ctx, programs.program("postgres"), account, "CREATE DATABASE "+Database+"\n",
			"--single", "-D", half, "-c", "exit_on_error=true", "postgres")
	}
	if err == nil {
		err = os.Rename(half, c.data)
	}
	if err != nil {
		return c, errors.Join(fmt.Errorf("making the data folder %s: %w%s", c.data, err, hint(account, home)), os.RemoveAll(half))
	}
	return c, nil
}

// tool runs a program of PostgreSQL to its end. It holds the gate by its own copy of
// the lock, so that, should this process be killed, the next one waits for its end
// before it clears away what the program was writing.
func (m *making) tool(ctx context.Context, program string, account account, input string, args ...string) error {
	cmd := exec.CommandContext(ctx, program, args...) // #nosec G204 -- found by choose
	cmd.Dir, cmd.Env, cmd.SysProcAttr = "/", environment(), account.credential()
	cmd.ExtraFiles = []*os.File{m.gate}
	cmd.Stdin = strings.NewReader(input)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) } // initdb has children
	out, err := cmd.CombinedOutput()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return fmt.Errorf("%s: %w: %s", filepath.Base(program), err, tail(out))
	}
	return nil
}

// lingering is how long the last processes of a server that was killed may take to
// notice that it is gone.
const lingering = 10 * time.Second

// launch starts the server. One that was killed a moment ago may have left processes
// which still hold its memory: they end by themselves, and until then it tries again.
func (m *making) launch(ctx context.Context, programs binaries, c cluster) (postmaster, error) {
	for begun := time.Now(); ; {
		server, err := m.attempt(ctx, programs, c)
		if !errors.Is(err, errLingering) || time.Since(begun) > lingering || wait(ctx) != nil {
			return server, err
		}
	}
}

// attempt starts the server as our child, apart from our terminal, and waits until it
// accepts connections.
func (m *making) attempt(ctx context.Context, programs binaries, c cluster) (postmaster, error) {
	var none postmaster
	sockets, err := m.folder.socketFolder(c.major, c.owner)
	if err != nil {
		return none, err
	}
	log, err := m.openLog(filepath.Join(filepath.Dir(c.data), "server.log"))
	if err != nil {
		return none, err
	}
	defer log.Close()
	begin, err := log.Seek(0, io.SeekEnd)
	if err != nil {
		return none, err
	}
	// The server outlives ctx: it is stopped by Stop.
	cmd := exec.CommandContext(context.WithoutCancel(ctx), programs.program("postgres"), settings(m.opt, c.data, sockets)...) // #nosec G204 -- found by choose
	cmd.Dir, cmd.Env, cmd.SysProcAttr = "/", environment(), c.owner.credential()
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return none, fmt.Errorf("starting %s: %w%s", cmd.Path, err, hint(c.owner, c.data))
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // how it ended is in its log
		close(ended)
	}()

	server, err := untilReady(ctx, c.data, cmd.Process, ended)
	if errors.Is(err, errEnded) {
		text, _ := io.ReadAll(io.NewSectionReader(log, begin, maxLog))
		if bytes.Contains(text, []byte("is still in use")) {
			err = fmt.Errorf("%w (%w)", err, errLingering)
		}
		return none, fmt.Errorf("%w on %s: %s%s; all it said is in %s", err, c.data, tail(text), hint(c.owner, c.data), log.Name())
	}
	if err == nil {
		m.log.Info("private PostgreSQL server started", "version", c.major, "data", c.data, "pid", server.pid)
	}
	return server, err
}

// errLingering says that processes of a server that was killed are still there.
var errLingering = errors.New("the server before it has not quite ended")

// errEnded says that the server ended while it was starting.
var errEnded = errors.New("the private PostgreSQL server could not start")

// untilReady waits for a server that we started; recovery after a crash may take long.
func untilReady(ctx context.Context, data string, process *os.Process, ended <-chan struct{}) (postmaster, error) {
	for {
		server, err := readPostmaster(data)
		if err == nil && server.pid == process.Pid && server.answers(ctx) {
			return server, nil
		}
		select {
		case <-ended:
			return server, errEnded
		case <-ctx.Done():
			stop := process.Signal(syscall.SIGQUIT)
			<-ended
			return server, errors.Join(fmt.Errorf("waiting for the private PostgreSQL server: %w", context.Cause(ctx)), stop)
		case <-time.After(pause):
		}
	}
}

// openLog opens the server's log for appending, keeping one older one.
func (m *making) openLog(path string) (*os.File, error) {
	if info, err := os.Lstat(path); err == nil && info.Size() > maxLog {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, fmt.Errorf("the server's log: %w", err)
		}
	}
	log, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND|syscall.O_NOFOLLOW, 0o600) // #nosec G304 -- our own folder
	if err != nil {
		return nil, fmt.Errorf("the server's log: %w", err)
	}
	return log, nil
}
