package pgserver

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// maxSocketFolder is the longest folder name in which a socket can be made, in bytes:
// its whole path must fit into sun_path (107 on Linux, 103 on macOS).
const maxSocketFolder = 103 - len("/.s.PGSQL.5432")

// A folder holds all that belongs to one private server:
//
//	pg/gate.lock, pg/users.lock
//	pg/15/data       the data folder of PostgreSQL 15
//	pg/15/data.init  the same while it is being made
//	pg/15/run        the socket, if its path is short and plain enough
//	pg/15/server.log
//	pg/programs/18   copied programs, see binaries.within
type folder struct {
	path  string  // .../pg, without symbolic links
	owner account // of path
}

// DefaultDir is the user's folder for jalon's data: $XDG_DATA_HOME/jalon, for root
// /var/lib/jalon, because no server may enter root's home.
func DefaultDir() (string, error) {
	if me().isRoot() {
		return "/var/lib/jalon", nil
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "jalon"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no place for the data: %w; choose a data folder", err)
	}
	return filepath.Join(home, ".local", "share", "jalon"), nil
}

// openFolder opens the folder below dir, making it if need be.
func openFolder(dir string) (folder, error) {
	if dir == "" {
		usual, err := DefaultDir()
		if err != nil {
			return folder{}, err
		}
		dir = usual
	}
	path, err := filepath.Abs(filepath.Join(dir, "pg"))
	if err != nil {
		return folder{}, fmt.Errorf("data folder %s: %w", dir, err)
	}
	if err := makeFolders(path); err != nil {
		return folder{}, fmt.Errorf("making the data folder: %w; choose another one or mend its permissions", err)
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return folder{}, fmt.Errorf("data folder %s: %w", dir, err)
	}
	owner, err := ownerOf(path)
	return folder{path, owner}, err
}

// makeFolders makes a folder and those above it, closed to others; root's can be
// passed through, because the server that lives below runs under another account.
func makeFolders(path string) error {
	if me().isRoot() {
		return os.MkdirAll(path, 0o755) // #nosec G301 -- see above; the data itself is 0700
	}
	return os.MkdirAll(path, 0o700)
}

// A cluster is a data folder that initdb has made.
type cluster struct {
	data  string // "" if there is none
	major int    // version of PostgreSQL that made it, the only one that can use it
	owner account
}

// cluster finds the data folder; after an upgrade by hand, the one of the newest version.
func (f folder) cluster() (cluster, error) {
	var newest cluster
	marks, err := filepath.Glob(filepath.Join(globEscape(f.path), "*", "data", "PG_VERSION"))
	if err != nil {
		return newest, err
	}
	for _, mark := range marks {
		text, err := os.ReadFile(mark) // #nosec G304 -- found in our own folder
		if err != nil {
			return newest, fmt.Errorf("reading the version of a data folder: %w; use it as the user who made it, or choose another data folder", err)
		}
		major, err := strconv.Atoi(strings.TrimSpace(string(text)))
		if err != nil {
			return newest, fmt.Errorf("%s does not hold a version of PostgreSQL but %.20q: "+
				"restore it, or choose another data folder", mark, text)
		}
		if major > newest.major {
			newest = cluster{data: filepath.Dir(mark), major: major}
		}
	}
	if newest.data == "" {
		return newest, nil
	}
	newest.owner, err = ownerOf(newest.data)
	return newest, errors.Join(err, newest.usable())
}

// usable says why this process could not run a server on the cluster.
func (c cluster) usable() error {
	switch {
	case c.owner.isRoot():
		return fmt.Errorf("the data folder %s belongs to root, but PostgreSQL does not run as root: "+
			"give it to another user (chown -R postgres %[1]s), or choose another data folder", c.data)
	case !me().isRoot() && me().uid != c.owner.uid:
		return fmt.Errorf("the data folder %s belongs to user %s: run jalon as that user, or choose another data folder",
			c.data, c.owner.name())
	}
	return nil
}

// socketFolder makes the folder of the server's socket: beside the data where the path
// is short and plain enough, else among the temporary files, under a name that stays the same.
func (f folder) socketFolder(major int, server account) (string, error) {
	path := filepath.Join(f.path, strconv.Itoa(major), "run")
	if len(path) > maxSocketFolder || strings.Contains(path, ",") { // a comma separates hosts in a DSN
		name := fmt.Sprintf("jalon-%d-%.4x", server.uid, sha256.Sum256([]byte(path)))
		if path = filepath.Join(os.TempDir(), name); len(path) > maxSocketFolder {
			path = filepath.Join("/tmp", name)
		}
	}
	err := os.Mkdir(path, 0o700)
	if err == nil {
		return path, server.give(path)
	}
	if !errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("the folder of the server's socket: %w", err)
	}
	// Anybody can make a folder in /tmp: one that others may enter is not ours to use.
	info, err := os.Lstat(path)
	if err != nil {
		return "", fmt.Errorf("the folder of the server's socket: %w", err)
	}
	owner, err := ownerOf(path)
	if err != nil {
		return "", fmt.Errorf("the folder of the server's socket: %w", err)
	}
	if !info.IsDir() || owner.uid != server.uid || info.Mode().Perm()&0o077 != 0 {
		return "", fmt.Errorf("%s, meant for the server's socket, is not a folder of user %s alone: remove it", path, server.name())
	}
	return path, nil
}

// removeSockets removes the socket folder if it lies among the temporary files.
func (f folder) removeSockets(path string) {
	if filepath.Dir(filepath.Dir(path)) != f.path {
		_ = os.Remove(path) // an empty folder more or less
	}
}

// globEscape makes filepath.Glob take a path literally.
func globEscape(path string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(path)
}
