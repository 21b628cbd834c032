package pgserver

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"os"
	"os/exec"
	"testing"

	_ "github.com/lib/pq"
)

// childDir names the folder on which the test binary, started by a test as another
// process, uses a server until it is killed or its input ends.
const childDir = "PGSERVER_TEST_CHILD"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		if err := child(dir); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func child(dir string) error {
	fmt.Println("starting")
	s, err := Start(context.Background(), Options{Dir: dir, Fast: true, Binaries: os.Getenv("JALON_PG_BIN")})
	if err != nil {
		return err
	}
	fmt.Println("ready")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	return s.Stop(context.Background())
}

// startChild runs the test binary as another command on dir, up to the line it prints.
func startChild(t *testing.T, dir, until string) (cmd *exec.Cmd, leave func()) {
	t.Helper()
	cmd = exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	for lines := bufio.NewScanner(out); ; {
		if !lines.Scan() {
			t.Fatalf("the other command ended before it was %s", until)
		}
		if lines.Text() == until {
			break
		}
	}
	return cmd, func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the other command: %v", err)
		}
	}
}

// tempDir is a folder that the server's account may enter, unlike t.TempDir as root.
func tempDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "jalon-pgserver-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func options(dir string) Options {
	return Options{Dir: dir, Fast: true, Binaries: os.Getenv("JALON_PG_BIN")}
}

func mustStart(t *testing.T, dir string) *Server {
	t.Helper()
	s, err := Start(t.Context(), options(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mustStop(t, s) })
	return s
}

func mustStop(t *testing.T, s *Server) {
	t.Helper()
	if err := s.Stop(context.Background()); err != nil {
		t.Error(err)
	}
}

// query asks the server for one text.
func query(t *testing.T, s *Server, question string) string {
	t.Helper()
	db, err := sql.Open("postgres", s.DSN(Database))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var answer sql.NullString
	if err := db.QueryRowContext(t.Context(), question).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return answer.String
}

// serverOf is the server process of a data folder; none is a process of number 0.
func serverOf(t *testing.T, data string) postmaster {
	t.Helper()
	p, err := readPostmaster(data)
	if err != nil && !errors.Is(err, errNoServer) {
		t.Fatal(err)
	}
	return p
}

func nowhere() iter.Seq[string] { return func(func(string) bool) {} }
