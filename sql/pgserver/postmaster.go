package pgserver

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pidFile is where a running server describes itself, in its data folder.
const pidFile = "postmaster.pid"

// grace is how long a server may take to stop before it is made to.
const grace = 30 * time.Second

// errNoServer says that no server runs on a data folder.
var errNoServer = errors.New("no server runs")

// A postmaster is the server process of a data folder, as its pidFile describes it.
type postmaster struct {
	pid     int
	port    string
	sockets string // first folder of its sockets
	ready   bool   // accepts connections, by its own account
}

// readPostmaster reads the pidFile of a data folder; without one it fails with
// errNoServer. A server that is starting writes the file line by line.
func readPostmaster(data string) (postmaster, error) {
	text, err := os.ReadFile(filepath.Join(data, pidFile)) // #nosec G304 -- our own data folder
	if errors.Is(err, fs.ErrNotExist) {
		return postmaster{}, errNoServer
	}
	if err != nil {
		return postmaster{}, err
	}
	// Lines: pid, data folder, start time, port, socket folder, address, shared memory, status.
	lines := append(strings.Split(string(text), "\n"), make([]string, 8)...)
	p := postmaster{port: lines[3], sockets: lines[4], ready: strings.TrimSpace(lines[7]) == "ready"}
	if p.pid, err = strconv.Atoi(lines[0]); err != nil {
		return p, nil //nolint:nilerr // not yet written: a process without a number, not alive
	}
	return p, nil
}

// alive reports whether the process exists and works on the data folder. After a
// restart of the machine another program may have its number; on Linux it is told by
// its working folder, which is a server's data folder.
func (p postmaster) alive(data string) bool {
	if p.pid <= 0 {
		return false
	}
	if runtime.GOOS == "linux" {
		at, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", p.pid))
		if err == nil {
			return at == data
		}
		if errors.Is(err, fs.ErrNotExist) {
			return false // gone, or ended and not yet buried by its parent
		}
	}
	err := syscall.Kill(p.pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

// answers reports whether the server serves: a socket alone still takes connections
// while its server is dying. It is asked for encryption, the shortest question of
// PostgreSQL's protocol, which it answers by one letter, before any session is begun.
func (p postmaster) answers(ctx context.Context) bool {
	if !p.ready {
		return false
	}
	dialer := net.Dialer{Timeout: time.Second}
	conn, err := dialer.DialContext(ctx, "unix", filepath.Join(p.sockets, ".s.PGSQL."+p.port))
	if err != nil {
		return false
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(time.Second)); err != nil {
		return false
	}
	const encryption = "\x00\x00\x00\x08\x04\xd2\x16\x2f" // length 8, then 80877103
	if _, err := conn.Write([]byte(encryption)); err != nil {
		return false
	}
	answer := make([]byte, 1)
	n, err := conn.Read(answer)
	return err == nil && n == 1 && (answer[0] == 'N' || answer[0] == 'S')
}

// shutDown stops the server of a data folder and waits until its process is gone:
// politely (sessions are ended, everything is written), and after the grace, or when
// ctx ends, at once (the next start recovers from the log).
func shutDown(ctx context.Context, data string) error {
	server, err := readPostmaster(data)
	if errors.Is(err, errNoServer) || err == nil && !server.alive(data) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := server.signal(syscall.SIGINT); err != nil {
		return err
	}
	polite, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	for server.alive(data) {
		if wait(polite) != nil {
			return server.quit(data)
		}
	}
	return nil
}

// quit makes the server leave at once. PostgreSQL itself kills what is left of its
// processes after 5 s.
func (p postmaster) quit(data string) error {
	if err := p.signal(syscall.SIGQUIT); err != nil {
		return err
	}
	last, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	for p.alive(data) {
		if wait(last) != nil {
			return fmt.Errorf("the private PostgreSQL server, process %d on %s, does not stop: kill -QUIT %[1]d", p.pid, data)
		}
	}
	return nil
}

// signal sends a signal; that the process is gone by then is no error.
func (p postmaster) signal(s syscall.Signal) error {
	if err := syscall.Kill(p.pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stopping the private PostgreSQL server, process %d: %w", p.pid, err)
	}
	return nil
}
