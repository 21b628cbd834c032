package browser

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// passphrase is the password of everybody in the tests.
const passphrase = "une phrase que personne ne devine"

// people are who can sign in, with what the command line says to make their account.
func people() [][]string {
	return [][]string{
		{"admin", "--role", "administrator"}, // the first: its number is 1
		{"verifier", "--role", "verifier"},
		{"focal", "--role", "contributor", "--groups", "1"},
		{"donor", "--role", "donor", "--organisations", "DEMO-DONOR-A"},
		{"auditor", "--role", "auditor"},
	}
}

func emailOf(name string) string { return name + "@exemple.tn" }

// A served is the built program serving the demonstration from a folder of its own.
type served struct {
	dir     string
	cmd     *exec.Cmd
	said    bytes.Buffer
	address string // http://127.0.0.1:port
}

func serveDemonstration(ctx context.Context) (*served, error) {
	s := &served{}
	var err error
	if s.dir, err = os.MkdirTemp("", "jalon-"); err != nil {
		return nil, err
	}
	if err := s.start(ctx); err != nil {
		_ = s.stop()
		return nil, err
	}
	return s, nil
}

func (s *served) start(ctx context.Context) error {
	if err := os.Chmod(s.dir, 0o755); err != nil { // of root, the database runs under another account
		return err
	}
	if out, err := exec.CommandContext(ctx, "go", "build", "-o", s.program(), "jalon/cmd/jalon").CombinedOutput(); err != nil {
		return fmt.Errorf("building the program: %w\n%s", err, out)
	}
	s.cmd = s.command(ctx, "serve", "--demo", "--listen", "127.0.0.1:0")
	s.cmd.Stderr = &s.said
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := s.cmd.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, ready := strings.CutPrefix(line, "jalon is ready on ")
	if err != nil || !ready {
		return fmt.Errorf("serving the demonstration: it said %q (%w)\n%s", line, err, s.said.String())
	}
	s.address = strings.TrimSpace(address)
	for _, person := range people() {
		add := s.command(ctx, append([]string{"account", "add", emailOf(person[0]), "--name", "Nom de " + person[0], "--password-stdin"}, person[1:]...)...)
		add.Stdin = strings.NewReader(passphrase + "\n")
		if out, err := add.CombinedOutput(); err != nil {
			return fmt.Errorf("adding the account of %s: %w\n%s", person[0], err, out)
		}
	}
	return nil
}

func (s *served) program() string { return filepath.Join(s.dir, "jalon") }

// command runs the program over the folder, away from the database of whoever runs the tests.
func (s *served) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, s.program(), args...)
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); name == "JALON_PG_BIN" || !strings.HasPrefix(name, "JALON_") && name != "DATABASE_URL" {
			cmd.Env = append(cmd.Env, variable)
		}
	}
	cmd.Env = append(cmd.Env, "JALON_DATA="+s.dir)
	return cmd
}

// stop ends the site as a service manager does. What it complained of is an error.
func (s *served) stop() error {
	defer os.RemoveAll(s.dir)
	if s.cmd == nil || s.cmd.Process == nil || s.cmd.ProcessState != nil {
		return nil
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	if err := s.cmd.Wait(); err != nil {
		return fmt.Errorf("the site ended badly: %w\n%s", err, s.said.String())
	}
	for line := range strings.Lines(s.said.String()) {
		if strings.Contains(line, "level=ERROR") {
			return fmt.Errorf("the site logged errors:\n%s", s.said.String())
		}
	}
	return nil
}
