"""What is measured and what it is measured against: the gateway, and Nchan in nginx, each a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECRET = "5" * 64
NCHAN_MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
STARTED_S_MAX = 10
_TICKS = os.sysconf("SC_CLK_TCK")
_NGINX = """
load_module {module};
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log error;
worker_rlimit_nofile 19000;
events {{ worker_connections 18000; }}
http {{
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s; nchan_shared_memory_size 256m;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /sub {{ nchan_subscriber websocket; nchan_channel_id room; nchan_subscriber_first_message newest; }}
    location = /pub {{ nchan_publisher websocket; nchan_channel_id room; nchan_message_buffer_length 2000; }}
  }}
}}
"""


@dataclass(frozen=True)
class Served:
    """A running server: its port, and the process whose time and memory count."""

    name: str
    port: int
    pid: int

    def cpu_s(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    def memory_kb(self) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


@contextmanager
def gateway(mode: str = "batched") -> Iterator[Served]:
    """Our gateway; `single` writes every message by itself."""
    command = [sys.executable, "-m", "bench.fanout.gateway_server", SECRET, mode]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Served(mode, int(process.stdout.readline()), process.pid)
        finally:
            process.kill()


@contextmanager
def nchan() -> Iterator[Served]:
    """Nchan with one worker, as Debian packages it."""
    with tempfile.TemporaryDirectory(prefix="svoi-nchan-") as folder:
        Path(folder).chmod(0o755)
        port = free_port()
        conf = Path(folder, "nginx.conf")
        conf.write_text(_NGINX.format(module=NCHAN_MODULE, folder=folder, port=port))
        with subprocess.Popen(["nginx", "-p", folder, "-c", str(conf)]) as process:
            try:
                yield Served("nchan", port, _worker_of(process.pid, port))
            finally:
                process.terminate()


def has_nchan() -> bool:
    return NCHAN_MODULE.exists() and shutil.which("nginx") is not None


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _worker_of(master: int, port: int) -> int:
    """nginx's worker, once it takes connections."""
    for _ in range(STARTED_S_MAX * 20):
        time.sleep(0.05)
        children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
        workers = [pid for pid in children if "worker" in Path(f"/proc/{pid}/cmdline").read_text()]
        with socket.socket() as trying:
            if workers and trying.connect_ex(("127.0.0.1", port)) == 0:
                return int(workers[0])
    raise RuntimeError("nginx did not start")
