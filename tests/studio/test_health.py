"""The signal in words."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from svoi.media.signal import Reading
from svoi.studio.health import WARNINGS, Health, health_of

TOLD = {
    "state": "online",
    "bitrate_bps": 2_480_000,
    "fps": 29.9,
    "key_interval_ms": 2000,
    "since_frame_ms": 34,
    "since_sound_ms": 20,
    "lag_ms": 120,
    "dropped": 3,
    "late": 1,
    "video": {"codec": "avc1.4d401f", "width": 720, "height": 1280},
    "audio": {"codec": "mp4a.40.2", "rate": 44100, "channels": 2},
    "warnings": [],
}


def worded(language: str, **changes) -> list[tuple[str, str]]:
    with override(language):
        return [(row.name, row.value) for row in health_of({**TOLD, **changes}).rows]


def test_a_good_signal_is_told_in_the_readers_language():
    assert worded("en") == [
        ("Picture", "720\u00a0×\u00a01280"),
        ("Sound", "44.1 kHz"),
        ("Bitrate", "2.5 Mbit/s"),
        ("Frames a second", "30"),
        ("Key frames", "2.0 s"),
        ("Last frame", "0.0 s"),
        ("Behind the clock", "0.1 s"),
        ("Dropped", "4"),
    ]
    assert dict(worded("ru"))["Битрейт"] == "2,5\u00a0Мбит/с"


def test_what_is_not_known_yet_is_a_dash():
    rows = dict(worded("en", video=None, audio=None, key_interval_ms=0, state="checking"))
    assert (rows["Picture"], rows["Sound"], rows["Key frames"]) == ("—", "—", "—")


def test_a_warning_stands_in_words_and_at_its_row():
    with override("en"):
        health = health_of({**TOLD, "warnings": ["low_bitrate", "no_sound", "never heard of"]})
        assert health.warnings == tuple(str(WARNINGS[code]) for code in ("no_sound", "low_bitrate"))
    assert [index for index, row in enumerate(health.rows) if row.warns] == [1, 2]


@pytest.mark.parametrize("state", ["offline", "ended"])
def test_without_a_publisher_there_is_nothing_to_measure(state):
    assert health_of({"state": state, "warnings": ["disk_low"], "refused": ""}).rows == ()
    assert health_of(None) == Health("offline")


def test_every_warning_of_the_meter_has_words():
    worst = Reading(
        bitrate_bps=1, fps=0.5, key_interval_ms=9000, since_frame_ms=9000, since_sound_ms=9000, lag_ms=9000, dropped=0,
        late=0,
    )  # fmt: skip
    assert set(worst.warnings()) | {"recording_failing", "disk_low"} == set(WARNINGS)
