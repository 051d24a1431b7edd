"""The configuration the embedded PostgreSQL server runs with: sized for this machine, closed to everybody else."""

from __future__ import annotations

import os
import shlex
import shutil
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024
SUPERUSER = "tripoint"
BACKUP_CONF = "backup.conf"  # there while backups are on
ARCHIVE_SECONDS = 60  # what a lost disk may cost at most
APP_ROLE = "tripoint_app"
RELAY_ROLE = "tripoint_relay"
INDEX_ROLE = "tripoint_index"
SEALER_ROLE = "tripoint_sealer"
CGROUP_LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))
SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 (only measured)

OUR_OWN = """\
# Written by the hub at every start. Settings of your own belong into own.conf beside this file.
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 100
checkpoint_timeout = 15min
checkpoint_completion_target = 0.9
wal_level = minimal
max_wal_senders = 0
wal_compression = on
random_page_cost = 1.1
jit = off
work_mem = 16MB
autovacuum_naptime = 20s
autovacuum_vacuum_scale_factor = 0.05
autovacuum_vacuum_insert_scale_factor = 0.05
autovacuum_analyze_scale_factor = 0.02
autovacuum_vacuum_cost_limit = 200
timezone = 'UTC'
log_timezone = 'UTC'
# One week of logs in a ring. Never what people asked or hold: no statements, no values.
logging_collector = on
log_directory = 'log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_error_verbosity = terse
log_min_error_statement = panic
log_parameter_max_length = 0
"""


@dataclass(frozen=True, slots=True)
class Size:
    """What the machine gives: memory of this process's control group and free disk, both in bytes."""

    memory: int
    free_disk: int


def size_of_machine(folder: Path) -> Size:
    """Measure the machine; `folder` lies on the disk the data will be on."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for limit in CGROUP_LIMITS:
        said = limit.read_text().strip() if limit.exists() else ""
        if said.isdigit():
            memory = min(memory, int(said))
    return Size(memory, shutil.disk_usage(folder).free)


def server_settings(size: Size, socket_folder: Path, conf_folder: Path, *, durable: bool = True) -> str:
    """The text of postgresql.conf.

    `durable=False` gives up safety against power cuts for speed: for tests only.
    """
    megabytes = size.memory // MEGABYTE
    sized = {
        "shared_buffers": f"{_between(64, megabytes // 4, 8192)}MB",
        "effective_cache_size": f"{max(128, megabytes * 5 // 8)}MB",
        "maintenance_work_mem": f"{_between(64, megabytes // 16, 512)}MB",
        "max_wal_size": f"{_between(256, size.free_disk // MEGABYTE // 4, 8192)}MB",
        "dynamic_shared_memory_type": "posix" if _shared_memory_is_roomy() else "mmap",
        "unix_socket_directories": _quoted(socket_folder),
        "hba_file": _quoted(conf_folder / "pg_hba.conf"),
        "ident_file": _quoted(conf_folder / "pg_ident.conf"),
        "fsync": "on" if durable else "off",
        "synchronous_commit": "on" if durable else "off",
        "full_page_writes": "on" if durable else "off",
    }
    lines = [f"{name} = {value}\n" for name, value in sized.items()]
    later = [f"include_if_exists = {_quoted(conf_folder / name)}\n" for name in (BACKUP_CONF, "own.conf")]
    return OUR_OWN + "".join(lines + later)


def archiving(archive: Path) -> str:
    """The text of backup.conf: every piece of the write-ahead log goes to `archive`, after a minute at the latest.

    A piece that is there already is compared: after a crash the server hands it on again, and another one under its
    name would be a mistake that must stop it (PostgreSQL manual, 25.3.1).
    """
    piece = shlex.quote(str(archive)) + "/%f.gz"
    keep = f"gzip -1 -c %p > {piece}.part && sync {piece}.part && mv {piece}.part {piece}"
    command = f"if test -e {piece}; then gzip -dc {piece} | cmp -s - %p; else {keep}; fi"
    return (
        f"wal_level = replica\nmax_wal_senders = 4\narchive_mode = on\narchive_timeout = {ARCHIVE_SECONDS}s\n"
        f"archive_command = {_quoted(command)}\n"
    )


def authentication() -> str:
    """The text of pg_hba.conf: the kernel says who is at the other end of the socket; nobody else comes in."""
    return "local all all peer map=hub\nlocal replication all peer map=hub\n"


def identities(client: str) -> str:
    """The text of pg_ident.conf: only the operating-system user `client` may log in, as one of the hub's users."""
    roles = (SUPERUSER, APP_ROLE, RELAY_ROLE, INDEX_ROLE, SEALER_ROLE)
    return "".join(f'hub "{client}" {role}\n' for role in roles)


def _between(least: int, value: int, most: int) -> int:
    return max(least, min(value, most))


def _quoted(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _shared_memory_is_roomy() -> bool:
    # Containers often give 64 MB, which parallel queries overrun.
    return SHARED_MEMORY.is_dir() and shutil.disk_usage(SHARED_MEMORY).total >= 512 * MEGABYTE
