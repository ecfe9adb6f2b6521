"""The settings the cluster runs with, written at every start so that a newer Svoi brings its own."""

import os

from svoi.doors.account import give
from svoi.doors.postgres.cluster import SETTINGS_FILE, Cluster

MEGABYTE = 1 << 20
SHARED_BUFFERS_MB_MIN, SHARED_BUFFERS_MB_MAX = 64, 1024
SHARE_OF_MEMORY = 8

ALWAYS = {
    "max_connections": "100",
    "unix_socket_permissions": "0700",
    "timezone": "'UTC'",
    "log_timezone": "'UTC'",
    "lc_messages": "'C'",  # our own sentences recognise the words of the log
    "log_line_prefix": "'%m [%p] '",
    "log_lock_waits": "on",
    "wal_compression": "on",
    "max_wal_size": "'2GB'",
    "random_page_cost": "1.1",
    "jit": "off",  # short queries: compiling them costs more than running them
}
THROWN_AWAY = {
    "shared_buffers": "'128MB'",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "io_method": "'sync'",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def write_settings(cluster: Cluster) -> None:
    settings = ALWAYS | {"shared_buffers": f"'{_shared_buffers_mb()}MB'"}
    if not cluster.durable:
        settings |= THROWN_AWAY
    path = cluster.folder / SETTINGS_FILE
    path.write_text(
        "# Written at every start; put your own settings at the end of postgresql.conf.\n" + _lines(settings)
    )
    give(path, cluster.account)


def _lines(settings: dict[str, str]) -> str:
    return "".join(f"{name} = {setting}\n" for name, setting in settings.items())


def _shared_buffers_mb() -> int:
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    return max(SHARED_BUFFERS_MB_MIN, min(SHARED_BUFFERS_MB_MAX, memory_mb // SHARE_OF_MEMORY))
