"""The two servers under measurement: our media process, and nginx-rtmp from Debian or ffmpeg where it is missing."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Protocol

from svoi.kernel.tokens import derive_key, sign

ROOT = Path(__file__).resolve().parents[2]
SECRET = "b" * 64
NGINX_MODULE = Path("/usr/lib/nginx/modules/ngx_rtmp_module.so")
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def cpu_s(pids: list[int]) -> float:
    """Processor seconds the processes have used so far."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS_PER_S


class Server(Protocol):
    """What a measurement needs to know."""

    name: str

    def publish_url(self, number: int) -> str: ...

    def playlist_url(self, number: int) -> str: ...

    def pids(self) -> list[int]: ...

    def stop(self) -> None: ...


class Svoi:
    """`python -m svoi.media` beside a web that lets every key in: key `7` opens show 7."""

    name = "svoi.media"

    def __init__(self, folder: Path, *, origin: str = "") -> None:
        self._web = ThreadingHTTPServer(("127.0.0.1", 0), _EveryKey)
        threading.Thread(target=self._web.serve_forever, daemon=True).start()
        self._http, self._rtmp = free_port(), free_port()
        told = {
            "SVOI_DATA": str(folder), "SVOI_SECRET": SECRET, "SVOI_PORT": str(self._web.server_address[1]),
            "SVOI_MEDIA_PORT": str(self._http), "SVOI_RTMP_PORT": str(self._rtmp), "SVOI_ORIGINS": origin,
        }  # fmt: skip
        self._process = subprocess.Popen(
            [sys.executable, "-m", "svoi.media"], cwd=ROOT, env={**os.environ, **told}, stderr=subprocess.DEVNULL
        )
        _until_listening(self._rtmp)

    def publish_url(self, number: int) -> str:
        return f"rtmp://127.0.0.1:{self._rtmp}/live/{number}"

    def playlist_url(self, number: int) -> str:
        token = sign({"show": number}, key=derive_key(SECRET, "playback"), expires_at=time.time() + 3600)
        return f"http://127.0.0.1:{self._http}/live/{token}/{number}/index.m3u8"

    def pids(self) -> list[int]:
        return [self._process.pid]

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        self._web.shutdown()


class NginxRtmp:
    """One worker; segments of a second, everything else as it comes."""

    name = "nginx-rtmp"

    def __init__(self, folder: Path, *, origin: str = "") -> None:
        self._http, self._rtmp = free_port(), free_port()
        (folder / "hls").mkdir(parents=True)
        config = folder / "nginx.conf"
        config.write_text(
            _NGINX.format(
                user=getpass.getuser(),
                module=NGINX_MODULE,
                folder=folder,
                http=self._http,
                rtmp=self._rtmp,
                origin=origin,
            )
        )
        self._process = subprocess.Popen(["nginx", "-c", str(config), "-p", str(folder)], stderr=subprocess.DEVNULL)
        _until_listening(self._rtmp)

    def publish_url(self, number: int) -> str:
        return f"rtmp://127.0.0.1:{self._rtmp}/live/{number}"

    def playlist_url(self, number: int) -> str:
        return f"http://127.0.0.1:{self._http}/hls/{number}.m3u8"

    def pids(self) -> list[int]:
        return [self._process.pid, *_children(self._process.pid)]

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()


def peer_class() -> type[NginxRtmp] | None:
    return NginxRtmp if shutil.which("nginx") and NGINX_MODULE.exists() else None


class _EveryKey(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        is_auth = self.path.endswith("/auth")
        answer = json.dumps({"show_id": int(told["key"]), "session": told["key"]}).encode() if is_auth else b""
        self.send_response(200 if is_auth else 204)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def until_playing(url: str) -> None:
    """Until the playlist lists a segment."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if b"#EXTINF" in answer.read():
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"no segment at {url}")


def _until_listening(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("a server did not start")


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


_NGINX = """
load_module {module};
user {user}; daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
rtmp {{
  server {{
    listen 127.0.0.1:{rtmp}; chunk_size 4096;
    application live {{ live on; hls on; hls_path {folder}/hls; hls_fragment 1s; hls_playlist_length 10s; }}
  }}
}}
http {{
  access_log off; client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  types {{ application/vnd.apple.mpegurl m3u8; video/mp2t ts; }}
  server {{
    listen 127.0.0.1:{http}; root {folder};
    location /hls {{ add_header Cache-Control no-cache; add_header Access-Control-Allow-Origin "{origin}"; }}
  }}
}}
"""
