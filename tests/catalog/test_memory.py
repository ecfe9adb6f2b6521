"""Reading takes the same memory for few offers and for many, and for junk that no feed should hold.

Each reading is a process of its own, since the peak of a process never goes down.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KILOBYTES_MORE_MAX = 12 * 1024
READ = """
import io, resource, sys
from svoi.catalog.providers.yml.reader import YmlFeed

class Stream(io.RawIOBase):
    def __init__(self, pieces):
        self.pieces, self.rest = pieces, b""
    def read(self, size=-1):
        while len(self.rest) < size:
            piece = next(self.pieces, None)
            if piece is None:
                break
            self.rest += piece
        given, self.rest = self.rest[:size], self.rest[size:]
        return given

def told(what, times):
    yield b'<yml_catalog date="x"><shop><categories/>'
    offer = ('<offer id="%d"><name>M</name><price>1</price><description>' + 'глина ' * 200 + '</description>'
             + '<param name="a">b</param>' * 20 + '</offer>')
    if what == "offers":
        yield b"<offers>"
        for n in range(times):
            yield (offer % n).encode()
        yield b"</offers>"
    else:
        yield b"<offers>" + (offer % 1).encode() + b"</offers>"
        for n in range(times):
            yield (what * 200).encode()
    yield b"</shop></yml_catalog>"

read = sum(1 for _ in YmlFeed(Stream(told(sys.argv[1], int(sys.argv[2]))), lambda _: None))
print(read, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(what: str, times: int) -> tuple[int, int]:
    command = [sys.executable, "-c", READ, what, str(times)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    read, kilobytes = told.split()
    return int(read), int(kilobytes)


def test_five_thousand_offers_take_what_a_hundred_take() -> None:
    few, many = peak("offers", 100), peak("offers", 5_000)
    assert (few[0], many[0]) == (100, 5_000)
    assert many[1] - few[1] < KILOBYTES_MORE_MAX


@pytest.mark.parametrize("junk", ["<x/>", "<promo><product/></promo>", "<category/>", "<!-- x --><x/>", "text <x/>"])
def test_junk_beside_the_offers_is_forgotten(junk: str) -> None:
    assert peak(junk, 2_000)[1] - peak(junk, 1)[1] < KILOBYTES_MORE_MAX
