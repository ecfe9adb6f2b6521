"""The six ports of an instance: where each is, and that nobody sits there before we start."""

import errno
import socket
from dataclasses import dataclass

from svoi.doors.sentences import CannotStart

OFFSETS = {"web": 0, "gateway": 1, "media": 2, "rtmp": 3, "sse": 4, "desk": 5}
BASE_MAX = 65_535 - max(OFFSETS.values())


@dataclass(frozen=True)
class Ports:
    base: int

    def __getitem__(self, name: str) -> int:
        return self.base + OFFSETS[name]


def free_ports(host: str, base: int) -> Ports:
    if not 1 <= base <= BASE_MAX:
        raise CannotStart(f"--port must be between 1 and {BASE_MAX}.", f"--port: число от 1 до {BASE_MAX}.")
    ports = Ports(base)
    for name in OFFSETS:
        _try(host, ports[name], name, base)
    return ports


def _try(host: str, port: int, name: str, base: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise _refusal(error, host, port, name, base) from error


def _refusal(error: OSError, host: str, port: int, name: str, base: int) -> CannotStart:
    if error.errno == errno.EADDRINUSE:
        other = base + 100 if base + 100 <= BASE_MAX else base - 100
        return CannotStart(
            f"Port {port} ({name}) is taken by another program; stop it or choose other ports: --port {other}",
            f"Порт {port} ({name}) занят другой программой; остановите её или выберите другие порты: --port {other}",
        )
    if error.errno == errno.EACCES:
        return CannotStart(
            f"Port {port} ({name}) is reserved for root; choose a port above 1023 with --port.",
            f"Порт {port} ({name}) доступен только root; выберите порт больше 1023: --port.",
        )
    return CannotStart(
        f"The address {host}:{port} cannot be used: {error.strerror}; choose another one with --host.",
        f"Адрес {host}:{port} использовать нельзя: {error.strerror}; укажите другой: --host.",
    )
