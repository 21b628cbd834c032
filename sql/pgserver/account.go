package pgserver

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// An account is a user of the operating system. PostgreSQL refuses to run as root.
type account struct{ uid, gid uint32 }

// me is the account of this process.
func me() account {
	return account{uint32(os.Geteuid()), uint32(os.Getegid())} // #nosec G115 -- ids are 32 bits wide
}

func (a account) isRoot() bool { return a.uid == 0 }

// ownerOf is the account that a file belongs to.
func ownerOf(path string) (account, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return account{}, err
	}
	stat := info.Sys().(*syscall.Stat_t)
	return account{stat.Uid, stat.Gid}, nil
}

// servant is the account that a new server runs under: this process's own, or, as
// root, the one PostgreSQL was installed with, else the powerless one of the system. An
// account must have a name, initdb insists on it.
func servant() (account, error) {
	if !me().isRoot() {
		return me(), nil
	}
	for _, name := range []string{"postgres", "_postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil && uid != 0 {
			return account{uint32(uid), uint32(gid)}, nil
		}
	}
	return account{}, fmt.Errorf("PostgreSQL does not run as root, and this system has no user postgres to run it: " +
		"create one (useradd --system postgres), or run jalon as an ordinary user")
}

// give makes a file belong to the account; only root can, and only root needs to.
func (a account) give(path string) error {
	if !me().isRoot() {
		return nil
	}
	return os.Lchown(path, int(a.uid), int(a.gid))
}

// credential makes a command run under the account, and apart from the terminal, so
// that Ctrl-C reaches jalon only.
func (a account) credential() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setpgid: true}
	if me().isRoot() {
		attr.Credential = &syscall.Credential{Uid: a.uid, Gid: a.gid}
	}
	return attr
}

// barrier is the first folder on the way to path that root can enter and the account
// cannot, or "".
func (a account) barrier(path string) string {
	if !me().isRoot() {
		return ""
	}
	if parent := filepath.Dir(path); parent != path {
		if found := a.barrier(parent); found != "" {
			return found
		}
	}
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return ""
	}
	enter := os.FileMode(0o001)
	switch stat := info.Sys().(*syscall.Stat_t); {
	case stat.Uid == a.uid:
		enter = 0o100
	case stat.Gid == a.gid:
		enter = 0o010
	}
	if info.Mode()&enter == 0 {
		return path
	}
	return ""
}

// name is the account's name where it has one, for messages.
func (a account) name() string {
	id := strconv.FormatUint(uint64(a.uid), 10)
	if u, err := user.LookupId(id); err == nil {
		return u.Username
	}
	return id
}
