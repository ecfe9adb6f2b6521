"""Telling everybody in chunks: others get their turn between, and nobody is told twice."""

from __future__ import annotations

from svoi.gateway.fanout import CHUNK_VIEWERS, Fanout
from svoi.gateway.frames import Cursor
from svoi.gateway.room import Batch
from tests.gateway.people import BORIS, GLEB, VERA, Loop, Reader


class Hall:
    def __init__(self) -> None:
        self.loop = Loop()
        self.told: list[Batch] = []
        self.idle = self.broken = 0
        self.fanout = Fanout(
            later=self.loop.later,
            told=self.told.append,
            catch_up=self.catch_up,
            idle=self.note_idle,
            broke=self.note_broken,
        )

    def note_idle(self) -> None:
        self.idle += 1

    def note_broken(self) -> None:
        self.broken += 1

    def catch_up(self, viewer: object) -> None:
        viewer.lagging = False  # type: ignore[attr-defined]
        viewer.cursor = None  # type: ignore[attr-defined]

    def readers(self, number: int) -> list[Reader]:
        readers = [Reader(VERA) for _ in range(number)]
        for reader in readers:
            self.fanout.add(reader.viewer)
        return readers


def batch(n: int, words: bytes = b"hi", crew: bytes = b"crew", **fields: object) -> Batch:
    return Batch(Cursor(0, n - 1), Cursor(0, n), words, crew, **fields)  # type: ignore[arg-type]


def test_a_small_room_is_told_at_once() -> None:
    hall = Hall()
    readers = hall.readers(CHUNK_VIEWERS)
    hall.fanout.submit(batch(1))
    assert [reader.payloads for reader in readers] == [[b"hi"]] * CHUNK_VIEWERS
    assert (hall.loop.put_off, hall.idle, hall.fanout.is_busy) == ([], 1, False)


def test_a_large_room_is_told_in_chunks_and_batches_keep_their_order() -> None:
    hall = Hall()
    readers = hall.readers(CHUNK_VIEWERS * 2 + 1)
    hall.fanout.submit(batch(1, b"1"))
    hall.fanout.submit(batch(2, b"2"))
    assert sum(len(reader.payloads) for reader in readers) == CHUNK_VIEWERS
    assert (hall.told, hall.fanout.is_busy) == ([], True)
    hall.loop.run()
    assert {tuple(reader.payloads) for reader in readers} == {(b"1", b"2")}
    assert [each.after for each in hall.told] == [Cursor(0, 1), Cursor(0, 2)]
    assert hall.idle == 1


def test_who_comes_in_the_middle_waits_for_the_next_batch() -> None:
    hall = Hall()
    hall.readers(CHUNK_VIEWERS + 1)
    hall.fanout.submit(batch(1, b"1"))
    (late,) = hall.readers(1)
    hall.loop.run()
    assert (late.payloads, late.viewer.cursor) == ([], None)
    hall.fanout.submit(batch(2, b"2"))
    hall.loop.run()
    assert late.payloads == [b"2"]


def test_a_stalled_phone_is_skipped_and_remembers_where_it_stopped() -> None:
    hall = Hall()
    stalled, live = hall.readers(2)
    stalled.viewer.stall(0.0)
    hall.fanout.submit(batch(4))
    hall.fanout.submit(batch(5))
    assert (stalled.payloads, stalled.viewer.cursor, len(live.payloads)) == ([], Cursor(0, 3), 2)


def test_who_left_in_the_middle_is_not_written_to() -> None:
    hall = Hall()
    readers = hall.readers(CHUNK_VIEWERS * 2)
    hall.fanout.submit(batch(1))
    untold = next(reader for reader in readers if not reader.payloads)
    hall.fanout.remove(untold.viewer)
    hall.loop.run()
    assert (untold.payloads, len(hall.fanout)) == ([], CHUNK_VIEWERS * 2 - 1)


def test_crew_and_the_one_who_is_meant_have_words_of_their_own() -> None:
    hall = Hall()
    vera, boris, gleb = Reader(VERA), Reader(BORIS), Reader(GLEB)
    for reader in (vera, boris, gleb):
        hall.fanout.add(reader.viewer)
    hall.fanout.submit(batch(1, b"public", b"crew", personal={3: b"you"}))
    assert (vera.payloads, boris.payloads, gleb.payloads) == ([b"public"], [b"crew"], [b"you"])
    hall.fanout.submit(batch(2, b"", b"crew only"))
    assert (len(vera.payloads), len(boris.payloads)) == (1, 2)


def is_closed(_: object) -> None:
    raise RuntimeError("the handler is closed")


def test_a_socket_that_is_closed_already_holds_nobody_up() -> None:
    hall = Hall()
    closed, live = hall.readers(2)
    closed.viewer.write = is_closed
    hall.fanout.submit(batch(1))
    hall.fanout.submit(batch(2))
    assert (closed.viewer.lagging, closed.viewer.cursor, len(live.payloads)) == (True, Cursor(0, 1), 2)


def test_a_batch_that_cannot_be_told_breaks_the_room_loudly() -> None:
    hall = Hall()
    hall.readers(1)
    hall.fanout._told = is_closed
    hall.fanout.submit(batch(1))
    assert (hall.broken, hall.idle) == (1, 0)
