package pgserver

import (
	"bytes"
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// settings are the arguments of the server. They are given at each start, so that a
// data folder follows the program; postgresql.conf stays the user's.
func settings(opt Options, data, sockets string) []string {
	values := []string{
		"listen_addresses=", // no network: only who may enter the socket's folder can connect
		"port=5432",         // only part of the socket's name
		"unix_socket_directories=" + quoted(sockets),
		"unix_socket_permissions=0700",
		"max_connections=" + strconv.Itoa(cmp.Or(opt.MaxConnections, 100)),
		"shared_buffers=128MB",
		"max_wal_size=4GB",      // an import of a million rows without a checkpoint in the middle
		"jit=off",               // compiling costs more than our short queries
		"logging_collector=off", // we keep the log
		"cluster_name=jalon",
	}
	if opt.Fast {
		values = append(values, "fsync=off", "synchronous_commit=off", "full_page_writes=off",
			"wal_level=minimal", "max_wal_senders=0", "autovacuum_naptime=1h",
			"max_wal_size=512MB") // a checkpoint costs nothing, and the disk may be memory
	}
	args := []string{"-D", data}
	for _, value := range values {
		args = append(args, "-c", value)
	}
	return args
}

// quoted protects a path in a list of paths, where a comma would separate.
func quoted(path string) string { return `"` + strings.ReplaceAll(path, `"`, `""`) + `"` }

// environment is all that the programs of PostgreSQL get to see of ours: no PG* variable
// and no locale of the user's may change what the server does.
func environment() []string {
	return []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", "TZ=UTC"}
}

// hint ends a message with the folder that keeps the server from its data, if one does.
func hint(server account, path string) string {
	if barrier := server.barrier(path); barrier != "" {
		return fmt.Sprintf("; user %s, who runs the server, cannot enter %s: allow it (chmod o+x %[2]s), or choose another data folder",
			server.name(), barrier)
	}
	return ""
}

// tail is the end of a program's output, on one line, for a message.
func tail(output []byte) string {
	lines := bytes.Split(bytes.TrimSpace(output), []byte("\n"))
	lines = lines[max(0, len(lines)-5):]
	return string(bytes.Join(lines, []byte(" | ")))
}
