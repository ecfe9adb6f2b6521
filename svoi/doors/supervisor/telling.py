"""What the supervisor tells about its programs: who ended, who is back, who is in trouble, who cannot start."""

import re

from svoi.doors.sentences import CannotStart
from svoi.doors.supervisor.child import Child
from svoi.doors.terminal import in_words, say

LINE_CHARACTERS_MAX = 160
HABIT_AFTER_ENDS = 4
EXCEPTION = re.compile(r"[\w.]*(Error|Exception|ImproperlyConfigured|Missing|Refused): .")


def tell_trouble(name: str, line: str, count: int) -> None:
    more = f" (+{count - 1})" if count > 1 else ""
    say(f"  ! {name}: {line[:LINE_CHARACTERS_MAX]}{more}  → log/{name}.log")


def tell_end(child: Child, code: int) -> None:
    """Each end is told, until it is a habit: then once, with where to look."""
    how = f"signal {-code}" if code < 0 else f"code {code}"
    name = child.program.name
    if child.short_lives < HABIT_AFTER_ENDS:
        say(in_words(f"  ! {name} ended ({how}); starting it again", f"  ! {name}: конец ({how}); запускаем снова"))
    elif child.short_lives == HABIT_AFTER_ENDS:
        say(
            in_words(
                f"  ! {name} keeps ending ({how}); it is tried every few seconds  → log/{name}.log",
                f"  ! {name} всё время завершается ({how}); пробуем каждые несколько секунд  → log/{name}.log",
            )
        )


def tell_return(child: Child, age_s: float) -> None:
    if child.was_ready.is_set() and child.short_lives < HABIT_AFTER_ENDS:
        name = child.program.name
        say(in_words(f"  ✓ {name} is back ({age_s:.1f} s)", f"  ✓ {name}: снова работает ({age_s:.1f} с)"))


def first_start_failed(child: Child, otherwise: str) -> CannotStart:
    tail = child.log.tail()
    if child.program.refusal:
        return child.program.refusal(tail)
    reason = last_words(tail) or otherwise
    name, path = child.program.name, child.log.path
    return CannotStart(
        f"{name} does not start: {reason} (see {path})",
        f"{name} не запускается: {reason} (подробности: {path})",
    )


def last_words(log: str) -> str:
    """The line that says why: the latest exception, or else simply the latest line."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    named = [line for line in lines if EXCEPTION.match(line)]
    return (named or lines or [""])[-1]
