"""One room without sockets: what is flushed when, in whose words, and that nobody misses or hears twice."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from svoi.gateway import fanout
from svoi.gateway.fanout import Fanout
from svoi.gateway.frames import Cursor, line
from svoi.gateway.inbound import Beat
from svoi.gateway.presence import Count
from svoi.gateway.room import BATCH_BYTES_MAX, Batch, Room
from svoi.gateway.timeline import KEPT_FRAMES_MAX
from tests.gateway.people import AT, BORIS, GLEB, VERA, Loop, Reader, fact, lines, room, said

PIN = {"pin_id": 1, "product_id": 2, "variant_id": 3, "price_minor": 100, "media_at": 5}


def counted(place: Room) -> Room:
    """A room whose first count has been told, so that only words are pending."""
    place.tick(at=AT)
    place.flush(0.0)
    return place


def test_an_idle_room_tells_at_once_and_then_collects() -> None:
    place = counted(room())
    place.hear_stored([said(1)])
    assert place.due_at(100.0, viewers=3) == 100.0
    assert [(b.before, b.after) for b in place.flush(100.0)] == [(Cursor(0, 0), Cursor(0, 1))]
    assert place.due_at(100.0, viewers=3) is None
    place.hear_stored([said(2)])
    place.hear_fact(fact(1, "order_paid", product_id=2, quantity=1, name=None))
    assert place.due_at(100.01, viewers=3) == 100.05
    (batch,) = place.flush(100.05)
    assert [(told["t"], told["n"]) for told in lines(batch.public)] == [("chat", 2), ("fact", 1)]


def test_a_pin_takes_what_waits_with_it() -> None:
    place = counted(room())
    place.flush(100.0)
    place.hear_stored([said(1)])
    place.hear_fact(fact(1, "product_pinned", **PIN))
    assert place.due_at(100.001, viewers=20_000) == 100.001
    (batch,) = place.flush(100.001)
    assert [told["t"] for told in lines(batch.public)] == ["chat", "fact"]
    assert place.due_at(100.002, viewers=20_000) is None


def test_a_fact_heard_before_is_not_told_again() -> None:
    place = counted(room(start=Cursor(4, 0)))
    place.hear_fact(fact(4))
    assert place.due_at(1.0, viewers=1) is None
    place.hear_fact(fact(5))
    place.hear_fact(fact(5))
    assert [len(batch.frames) for batch in place.flush(1.0)] == [1]


def test_each_audience_has_its_words() -> None:
    place = counted(room())
    place.hear_fact(fact(1, "member_muted", member_id=3, muted_by_id=2, until=None))
    place.hear_fact(fact(2, "order_paid", product_id=2, quantity=1, name="Vera", total_minor=500))
    place.hear_fact(fact(3, "order_placed", total_minor=500))
    (batch,) = place.flush(1.0)
    assert [told.get("n") for told in lines(batch.public)] == [2]
    assert [(told["n"], told.get("total_minor")) for told in lines(batch.crew)] == [(1, None), (2, 500)]
    assert [told["n"] for told in lines(batch.personal[3])] == [1, 2]
    assert batch.after == Cursor(3, 0)


def numbers(words: bytes) -> list[tuple[int, int, int]]:
    return [(told["viewers"], told["raw"], told["peak"]) for told in lines(words)]


def test_the_count_is_told_when_it_changed_the_latest_only() -> None:
    place = counted(room())
    watch = place.presence.arrive("v1")
    for at in (AT + 10, AT + 20):
        token = place.presence.next_token(watch, at=at - 9)
        place.presence.hear(watch, Beat(token, int(at), playing=True, visible=True), at=at)
        assert place.tick(at=at) == Count(raw=1, counted=int(at == AT + 20), peak=int(at == AT + 20))
    (batch,) = place.flush(1.0)
    assert lines(batch.public) == [{"t": "count", "viewers": 1, "reactions": 0}]
    assert numbers(batch.crew) == [(1, 1, 1)]
    place.presence.arrive("v2")
    place.tick(at=AT + 21)
    (batch,) = place.flush(2.0)
    assert (batch.public, numbers(batch.crew)) == (b"", [(1, 2, 1)])
    place.tick(at=AT + 22)
    assert place.due_at(3.0, viewers=2) is None


def test_a_flood_is_told_in_writes_that_fit_a_socket() -> None:
    place = counted(room())
    place.hear_stored([said(n, text="ж" * 200) for n in range(1, 301)])
    batches = place.flush(1.0)
    assert max(len(batch.public) for batch in batches) <= BATCH_BYTES_MAX + len(batches)
    assert [told["n"] for batch in batches for told in lines(batch.public)] == list(range(1, 301))
    assert [batch.before for batch in batches[1:]] == [batch.after for batch in batches[:-1]]


def test_a_room_goes_on_where_an_earlier_life_ended() -> None:
    place = room(start=Cursor(3, 7))
    place.recall([fact(4), fact(5)], [said(8), said(9, hidden=True)])
    assert (place.facts, place.conversation.last, place.timeline.end) == (5, 9, Cursor(5, 9))
    missed = [
        (told["t"], told["n"], told.get("hidden"))
        for words in place.missed(Cursor(3, 7), VERA)
        for told in lines(words)
    ]
    assert missed == [("fact", 4, None), ("fact", 5, None), ("chat", 8, None), ("chat", 9, True)]


def test_words_of_a_hidden_message_are_not_told_to_who_comes_later() -> None:
    place = counted(room())
    place.hear_stored([said(1)])
    for batch in place.flush(1.0):
        place.told(batch)
    place.hear_fact(fact(1, "message_hidden", message_id=1001, hidden_by_id=2))
    for batch in place.flush(2.0):
        place.told(batch)
    assert [
        lines(words)[0].get("hidden", lines(words)[0].get("kind")) for words in place.missed(Cursor(0, 0), VERA)
    ] == [
        True,
        "message_hidden",
    ]


def test_the_greeting() -> None:
    place = room(start=Cursor(3, 7))
    assert lines(place.hello("token", at=AT)) == [
        {
            "t": "hello",
            "facts": 3,
            "chat": 7,
            "now": int(AT * 1000),
            "beat": "token",
            "policy": {"slow_mode_s": 0, "length_max": 200, "open": True},
        }
    ]


# Random lives of one room: what is told, who comes, goes, stalls and returns, in any order and at any cut.

steps = st.lists(
    st.one_of(
        st.tuples(st.just("chat"), st.integers(1, 3)),
        st.tuples(st.just("fact"), st.sampled_from(["tray_changed", "order_paid", "member_muted", "unlisted"])),
        st.tuples(st.just("flush"), st.just(0)),
        st.tuples(st.just("run"), st.integers(1, 4)),
        st.tuples(st.sampled_from(["stall", "drain", "leave", "come"]), st.integers(0, 3)),
    ),
    max_size=60,
)


class Life:
    """A room with four readers whose sockets stall, drain, break and connect again with their cursors."""

    def __init__(self) -> None:
        self.place = counted(room())
        self.loop = Loop()
        self.fanout = Fanout(
            later=self.loop.later, told=self.place.told, catch_up=self._catch_up, idle=lambda: None, broke=lambda: None
        )
        self.told: list[Batch] = []
        self.people = [VERA, BORIS, GLEB, VERA]
        self.sockets: list[Reader | None] = [None] * 4
        self.read: list[list[tuple[str, int]]] = [[] for _ in self.people]
        self.cursors = [Cursor(0, 0)] * 4
        self.facts = self.chat = 0
        for place in range(4):
            self.come(place)

    def _catch_up(self, viewer: Any) -> None:
        if viewer.left or viewer.stalled_at is not None:
            return
        words = self.place.missed(viewer.cursor, viewer.holder)
        viewer.cursor, viewer.lagging = None, False
        if words:
            viewer.tell(b"\n".join(words), self.place.timeline.end)

    def step(self, kind: str, argument: Any) -> None:
        if kind == "chat":
            numbers = range(self.chat + 1, self.chat + 1 + argument)
            self.chat += argument
            self.place.hear_stored([said(n) for n in numbers])
        elif kind == "fact":
            self.facts += 1
            self.place.hear_fact(fact(self.facts, argument, member_id=3, product_id=1, quantity=1, name=None))
        elif kind == "flush":
            for batch in self.place.flush(0.0):
                self.told.append(batch)
                self.fanout.submit(batch)
        elif kind == "run":
            self.loop.run(argument)
        else:
            getattr(self, kind)(argument)

    def stall(self, place: int) -> None:
        socket = self.sockets[place]
        if socket is not None:
            socket.viewer.stall(AT)

    def drain(self, place: int) -> None:
        socket = self.sockets[place]
        if socket is not None:
            socket.viewer.stalled_at = None
            self.fanout.bring_up(socket.viewer)

    def leave(self, place: int) -> None:
        socket, self.sockets[place] = self.sockets[place], None
        if socket is not None:
            self.fanout.remove(socket.viewer)
            self._take_note(place, socket)

    def come(self, place: int) -> None:
        if self.sockets[place] is None:
            socket = self.sockets[place] = Reader(self.people[place], self.cursors[place])
            self.fanout.add(socket.viewer)

    def _take_note(self, place: int, socket: Reader) -> None:
        """The page remembers the last numbers it read, and resumes by them."""
        self.read[place] += socket.numbers()
        facts = [n for kind, n in self.read[place] if kind == "fact"]
        chat = [n for kind, n in self.read[place] if kind == "chat"]
        self.cursors[place] = Cursor(max(facts, default=0), max(chat, default=0))

    def finish(self) -> None:
        """Everything is told, everybody is there and reads."""
        self.step("flush", 0)
        self.loop.run()
        for place in range(4):
            self.come(place)
            self.drain(place)
        self.loop.run()
        for place, socket in enumerate(self.sockets):
            assert socket is not None
            self._take_note(place, socket)

    def expected(self, place: int) -> list[tuple[str, int]]:
        who = self.people[place]
        frames = [frame for batch in self.told for frame in batch.frames]
        words = [f.said_to(crew=who.is_crew, member_id=who.member_id) for f in frames]
        return [(lines(w)[0]["t"], lines(w)[0]["n"]) for w in words if w is not None]


@settings(max_examples=150, deadline=None)
@given(steps)
def test_whatever_happens_everybody_reads_everything_once_and_in_order(life: list[tuple[str, Any]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fanout, "CHUNK_VIEWERS", 1)  # so that everything may happen in the middle of a batch
        world = Life()
        for kind, argument in life:
            world.step(kind, argument)
        world.finish()
    for place in range(4):
        chat = [n for kind, n in world.read[place] if kind == "chat"]
        facts = [n for kind, n in world.read[place] if kind == "fact"]
        assert chat == list(range(1, world.chat + 1))
        assert facts == [n for kind, n in world.expected(place) if kind == "fact"]
        if world.sockets[place] is not None and len(world.read[place]) == len(world.sockets[place].numbers()):
            assert world.read[place] == world.expected(place)


def test_memory_is_bounded() -> None:
    place = counted(room())
    for n in range(1, KEPT_FRAMES_MAX + 50):
        place.hear_stored([said(n)])
        for batch in place.flush(1.0):
            place.told(batch)
    assert place.timeline.floor == Cursor(0, 49)
    assert len(place.missed(Cursor(0, KEPT_FRAMES_MAX), VERA)) == 49


def test_lines_are_json() -> None:
    assert line({"t": "x", "text": "ё"}) == '{"t":"x","text":"ё"}'.encode()
