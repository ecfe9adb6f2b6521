"""What the doors say on the terminal: few lines, in the language of the person, progress on every long step."""

import os
import sys
import time

TITLE_WIDTH = 24
PLAIN_NOTE_EVERY_S = 5.0
CLEAR_LINE = "\r\x1b[K"


def in_words(english: str, russian: str) -> str:
    language = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return russian if language.lower().startswith("ru") else english


def say(line: str = "") -> None:
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:
        pass  # the terminal is gone; what runs goes on


class Step:
    """One long step: a living line on a terminal, a line now and then where the output is a file."""

    def __init__(self, english: str, russian: str, *, quiet: bool = False) -> None:
        self.title = in_words(english, russian)
        self._began = self._noted = time.monotonic()
        self._quiet = quiet  # it was over before anybody waited for it
        self._alive = sys.stdout.isatty() and not quiet
        self.tick()

    def tick(self, note: str = "") -> None:
        now = time.monotonic()
        if self._alive:
            self._write(f"{CLEAR_LINE}{self._line('…', note)[: self._width()]}")
        elif now - self._noted >= PLAIN_NOTE_EVERY_S:
            self._noted = now
            say(self._line("…", note))

    def done(self, note: str = "") -> None:
        if self._quiet:
            return
        if self._alive:
            self._write(CLEAR_LINE)
        say(self._line("✓", note))

    def failed(self) -> None:
        if self._alive:
            self._write(CLEAR_LINE)
        say(self._line("✗", ""))

    def _line(self, mark: str, note: str) -> str:
        elapsed_s = time.monotonic() - self._began
        return f"  {mark} {self.title:<{TITLE_WIDTH}} {elapsed_s:6.1f} s  {note}".rstrip()

    @staticmethod
    def _width() -> int:
        try:
            return os.get_terminal_size().columns - 1
        except OSError:
            return 79

    @staticmethod
    def _write(text: str) -> None:
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError:
            pass
