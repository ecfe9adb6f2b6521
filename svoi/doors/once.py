"""The log of a command that runs once: kept in full, its latest line shown as progress."""

from pathlib import Path

from svoi.doors.supervisor.logs import ProgramLog
from svoi.doors.terminal import Step

TEXT_CHARACTERS_MAX = 1_000_000
NOTE_CHARACTERS_MAX = 60


class OnceLog(ProgramLog):
    def __init__(self, path: Path, step: Step | None) -> None:
        super().__init__(path, lambda _line, _count: None)
        self.text = ""
        self._step = step

    def write(self, chunk: bytes) -> None:
        super().write(chunk)
        self.text = (self.text + chunk.decode(errors="replace"))[-TEXT_CHARACTERS_MAX:]
        if self._step:
            lines = [line.strip() for line in self.text[-2_000:].replace("\r", "\n").splitlines() if line.strip()]
            if lines and not lines[-1].startswith("{"):
                self._step.tick(lines[-1][:NOTE_CHARACTERS_MAX])
