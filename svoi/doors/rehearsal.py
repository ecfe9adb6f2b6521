"""`bin/svoi rehearse SHOW`: a house of its own beside the house, with one show in it, thrown away when it is over.

Nothing of a rehearsal can leave a fact behind, because nothing of it is written where facts are.
"""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from svoi.doors.folder import Folder, empty_folder, hold, open_folder
from svoi.doors.launching import launched, tied
from svoi.doors.ports import BASE_MAX, OFFSETS, free_ports
from svoi.doors.roster import PYTHON
from svoi.doors.sentences import CannotStart
from svoi.doors.surroundings import ROOT, child_environment, left_note
from svoi.doors.terminal import Step, in_words, say

BESIDE = 100  # ports further on
OPENS_WITHIN_S = 300.0
ENDS_WITHIN_S = 30.0
LOOK_AGAIN_S = 0.3
# What the shop is, and nothing by which it reaches anybody: no mail, no bank, no carrier, no address of its own.
KEPT = ("SVOI_TIME_ZONE", "SVOI_LEGAL_PROFILE", "SVOI_VAT_CODE", "SVOI_TAX_SYSTEM", "SVOI_HOLD_MONEY",
        "SVOI_RETURN_DAYS", "SVOI_MAP_TILES", "SVOI_MAP_ATTRIBUTION")  # fmt: skip


def rehearse(folder: Folder, own: Mapping[str, str], arguments: list[str]) -> int:
    """Open the rehearsal of a show, let simulated buyers come, and leave nothing when it ends."""
    asked = _parser(int(own["SVOI_PORT"])).parse_args(arguments)
    free_ports("127.0.0.1", asked.port)
    for wish in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal ends it like Ctrl-C, with nothing left
        signal.signal(wish, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), _place(folder) as place, _opened(place, asked.port) as house:
        theirs = _well(house, place)
        _carry(asked.show, own, theirs)
        _tell(asked.show, asked.port)
        if asked.people:
            _play(asked, theirs)
            say(in_words("  The simulated buyers have left.", "  Симулированные покупатели ушли."))
        house.wait()  # the crew may go on alone, until somebody says it is enough
    say(
        in_words("  The rehearsal is over; nothing of it was kept.", "  Репетиция окончена; от неё ничего не осталось.")
    )
    return 0


def clear_rehearsal(folder: Folder) -> None:
    """Remove what a rehearsal left that was killed; one that runs is left alone."""
    place = folder.path / "rehearsal"
    if not place.exists():
        return
    left = open_folder(place)
    if (lock := hold(left)) is not None:
        with lock:
            empty_folder(left)
            shutil.rmtree(place, ignore_errors=True)


def _parser(port: int) -> argparse.ArgumentParser:
    beside = port + BESIDE if port + BESIDE <= BASE_MAX else port - BESIDE
    parser = argparse.ArgumentParser(prog="bin/svoi rehearse", description="Rehearse a planned show; nothing is kept.")
    parser.add_argument("show", type=int, help="number of the show, as in its address")
    parser.add_argument(
        "--port", type=int, default=beside, help=f"the first of {len(OFFSETS)} ports (default: {beside})"
    )
    parser.add_argument("--people", type=int, default=12, help="simulated buyers; 0 for none (default: %(default)s)")
    parser.add_argument("--minutes", type=float, default=15.0, help="how long they stay (default: %(default)s)")
    return parser


@contextlib.contextmanager
def _place(folder: Folder) -> Iterator[Path]:
    """An empty data folder inside the house's own, gone at the end."""
    clear_rehearsal(folder)
    place = folder.path / "rehearsal"
    if place.exists():
        raise CannotStart("Another rehearsal runs; end it first.", "Идёт другая репетиция; сначала закончите её.")
    try:
        yield place
    finally:
        clear_rehearsal(folder)


@contextlib.contextmanager
def _opened(place: Path, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """The rehearsal's house; it ends with us, however we end."""
    kept = {name: text for name, text in os.environ.items() if name in KEPT or not name.startswith("SVOI_")}
    kept.pop("DATABASE_URL", None)
    command = [*PYTHON, "svoi.doors", "up", "--data", str(place), "--port", str(port), "--no-demo"]
    with _log(place).open("wb") as output:
        house = launched(
            command,
            output=output,
            env={**kept, "SVOI_REHEARSAL": "1", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
            last_wish=signal.SIGTERM,
        )
        try:
            yield house
        finally:
            house.send_signal(signal.SIGINT)
            try:
                house.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                house.kill()
                house.wait()


def _log(place: Path) -> Path:
    return place.parent / "log" / "rehearsal.log"


def _well(house: "subprocess.Popen[bytes]", place: Path) -> Mapping[str, str]:
    """Wait for the note that a house leaves and for its last word of the opening."""
    log = _log(place)
    step = Step("the rehearsal's house", "дом репетиции")
    deadline = time.monotonic() + OPENS_WITHIN_S
    while time.monotonic() < deadline and house.poll() is None:
        note = left_note(open_folder(place)) if place.exists() else None
        if note is not None and b"Ctrl-C" in log.read_bytes():
            step.done()
            return note
        step.tick()
        time.sleep(LOOK_AGAIN_S)
    step.failed()
    raise CannotStart(f"The rehearsal did not open: see {log}", f"Репетиция не открылась: подробности в {log}")


def _carry(show: int, own: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """One show from the house into the rehearsal, through a pipe."""
    step = Step("the show and its goods", "эфир и товары")
    packing = subprocess.Popen(
        tied([*PYTHON, "django", "pack_rehearsal", str(show)]),
        env=child_environment({**own, "SVOI_POOL": "0"}),
        stdout=subprocess.PIPE,
    )
    opening = subprocess.Popen(
        tied([*PYTHON, "django", "open_rehearsal"]),
        env={**child_environment({}), **theirs, "SVOI_POOL": "0", "SVOI_REHEARSAL": "1"},
        stdin=packing.stdout,
    )
    assert packing.stdout is not None
    packing.stdout.close()
    # A packing that refused has said why; the other end then found nothing to open.
    if packing.wait() | opening.wait():
        step.failed()
        raise CannotStart("The show was not carried over.", "Эфир не перенесён.")
    step.done()


def _tell(show: int, port: int) -> None:
    address = f"http://127.0.0.1:{port}/studio/shows/{show}/"
    say(in_words(f"  Rehearsal: {address}", f"  Репетиция: {address}"))
    say(
        in_words(
            "  Sign in there with your own e-mail or phone and password. Ctrl-C ends it.",
            "  Войдите там со своими почтой или телефоном и паролем. Ctrl-C — конец.",
        )
    )


def _play(asked: argparse.Namespace, theirs: Mapping[str, str]) -> None:
    """Simulated buyers wait for the show and come to it."""
    command = [
        *(*PYTHON, "django", "town", "play", "--url", f"http://127.0.0.1:{asked.port}"),
        *("--show", str(asked.show), "--people", str(asked.people), "--minutes", str(asked.minutes), "--wait"),
    ]
    playing = subprocess.Popen(tied(command), env={**child_environment({}), **theirs})
    try:
        playing.wait()
    finally:
        playing.terminate()
        playing.wait()
