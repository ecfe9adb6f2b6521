"""Who counts as a viewer: two honest heartbeats in a row, in time, watched, with the picture moving on."""

from __future__ import annotations

from svoi.gateway.inbound import Beat
from svoi.gateway.presence import Count, Heard, Presence, Watch
from svoi.kernel.tokens import derive_key, sign
from tests.gateway.people import AT, BEAT_KEY, SHOW


class Phone:
    """A player that beats as it is told."""

    def __init__(self, presence: Presence, viewer: str = "v1") -> None:
        self.presence = presence
        self.watch: Watch = presence.arrive(viewer)
        self.token = ""
        self.given(AT)

    def given(self, at: float) -> str:
        self.token = self.presence.next_token(self.watch, at=at)
        return self.token

    def beat(
        self, at: float, *, media_ms: int | None = -1, playing: bool = True, visible: bool = True, token: str = ""
    ) -> Heard | None:
        shown = int(at * 1000) if media_ms == -1 else media_ms
        heard = self.presence.hear(self.watch, Beat(token or self.token, shown, playing, visible), at=at)
        self.given(at)
        return heard


def presence() -> Presence:
    return Presence(SHOW, BEAT_KEY)


def counted(room: Presence, at: float) -> int:
    return room.count(at=at).counted


def test_the_second_honest_beat_counts_for_thirty_seconds() -> None:
    room = presence()
    phone = Phone(room)
    assert phone.beat(AT + 10) == Heard("v1", AT + 10, playing=True, visible=True, counted=False)
    assert counted(room, AT + 10) == 0
    assert phone.beat(AT + 20) == Heard("v1", AT + 20, playing=True, visible=True, counted=True)
    assert room.count(at=AT + 49) == Count(raw=1, counted=1, peak=1)
    assert room.count(at=AT + 50) == Count(raw=1, counted=0, peak=1)


def test_beats_too_early_too_late_replayed_or_forged_do_not_count() -> None:
    for first_s, second_s in ((10, 17.9), (10, 40.1), (7, 17), (31, 41)):
        room = presence()
        phone = Phone(room)
        phone.beat(AT + first_s)
        phone.beat(AT + second_s)
        assert counted(room, AT + second_s) == 0, (first_s, second_s)
    room = presence()
    phone = Phone(room)
    taken = phone.token
    assert phone.beat(AT + 10) is not None
    assert phone.beat(AT + 20, token=taken) is None
    forged = sign(
        {"show": SHOW, "viewer": "v1", "jti": "x", "iat": AT}, key=derive_key("x", "beat"), expires_at=AT + 99
    )
    assert phone.beat(AT + 30, token=forged) is None
    assert counted(room, AT + 30) == 0


def test_a_token_serves_only_its_own_connection_and_room() -> None:
    room, other = presence(), Presence(SHOW + 1, BEAT_KEY)
    first, second, elsewhere = Phone(room), Phone(room), Phone(other)
    assert second.beat(AT + 10, token=first.token) is None
    assert elsewhere.beat(AT + 10, token=first.token) is None


def test_hidden_paused_or_standing_still_breaks_the_chain() -> None:
    still = int((AT + 10) * 1000)
    for spoilt in ({"visible": False}, {"playing": False}, {"media_ms": None}, {"media_ms": still}):
        room = presence()
        phone = Phone(room)
        phone.beat(AT + 10)
        phone.beat(AT + 20, **spoilt)  # type: ignore[arg-type]
        assert counted(room, AT + 20) == 0, spoilt
        phone.beat(AT + 30)
        first_again = spoilt == {"media_ms": still}
        assert counted(room, AT + 30) == (1 if first_again else 0), spoilt
        phone.beat(AT + 40)
        assert counted(room, AT + 40) == 1, spoilt


def test_two_windows_of_one_viewer_are_two_sockets_and_one_viewer() -> None:
    room = presence()
    phones = [Phone(room), Phone(room)]
    for at in (AT + 10, AT + 20):
        for phone in phones:
            phone.beat(at)
    assert room.count(at=AT + 20) == Count(raw=2, counted=1, peak=1)


def test_a_farm_that_never_counts_is_raw_only_and_who_left_does_not_count() -> None:
    room = presence()
    phone = Phone(room, "v1")
    farm = [Phone(room, f"f{number}") for number in range(50)]
    for at in (AT + 10, AT + 20):
        phone.beat(at)
        for each in farm:
            each.beat(at, visible=False)
    assert room.count(at=AT + 20) == Count(raw=51, counted=1, peak=1)
    room.leave(phone.watch)
    assert room.count(at=AT + 21) == Count(raw=50, counted=0, peak=1)
    Phone(room, "v1")
    assert room.count(at=AT + 22) == Count(raw=51, counted=1, peak=1)


def test_who_counted_before_a_restart_still_counts() -> None:
    room = presence()
    room.recall({"v1": AT - 5, "v2": AT - 5})
    Phone(room, "v1")
    assert room.count(at=AT) == Count(raw=1, counted=1, peak=1)
    assert room.count(at=AT + 25) == Count(raw=1, counted=0, peak=1)
