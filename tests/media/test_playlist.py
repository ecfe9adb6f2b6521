"""The playlist: what it says live, after a break, to a returning client, and at the end."""

from __future__ import annotations

from svoi.media.hls.playlist import PlaylistWriter
from svoi.media.hls.timeline import Part, Run, Timeline

EPOCH_MS = 1_700_000_000_123


def part(duration_ms: int = 250, *, key: bool = False, payload: bytes = b"part") -> Part:
    return Part(duration_ms, key, payload)


def timeline_of(seconds: int) -> Timeline:
    timeline = Timeline(EPOCH_MS)
    timeline.begin_run(Run(1, 1, 100, "session"))
    for second in range(seconds):
        add_segment(timeline, second * 1000)
    return timeline


def add_segment(timeline: Timeline, start_ms: int, parts: int = 4) -> None:
    timeline.open_segment(start_ms, offset=0)
    for number in range(parts):
        timeline.add_part(part(key=number == 0))
    timeline.close_segment()


def test_the_first_seconds_word_for_word() -> None:
    timeline = timeline_of(1)
    timeline.open_segment(1000, offset=0)
    timeline.add_part(part(key=True))
    assert PlaylistWriter(timeline).render(may_skip=False) == (
        "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:4\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.750,CAN-SKIP-UNTIL=24.0\n"
        "#EXT-X-PART-INF:PART-TARGET=0.250\n#EXT-X-PLAYLIST-TYPE:EVENT\n#EXT-X-MEDIA-SEQUENCE:0\n"
        '#EXT-X-MAP:URI="init-1.mp4"\n'
        "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.123Z\n"
        '#EXT-X-PART:DURATION=0.250,URI="s0.0.m4s",INDEPENDENT=YES\n'
        '#EXT-X-PART:DURATION=0.250,URI="s0.1.m4s"\n'
        '#EXT-X-PART:DURATION=0.250,URI="s0.2.m4s"\n'
        '#EXT-X-PART:DURATION=0.250,URI="s0.3.m4s"\n'
        "#EXTINF:1.000,\ns0.m4s\n"
        "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:21.123Z\n"
        '#EXT-X-PART:DURATION=0.250,URI="s1.0.m4s",INDEPENDENT=YES\n'
        '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="s1.1.m4s"\n'
    )


def test_the_target_never_moves_whatever_the_segments_do() -> None:
    timeline = timeline_of(2)
    writer = PlaylistWriter(timeline)
    before = writer.render(may_skip=False)
    add_segment(timeline, 2000, parts=16)
    targets = [
        line for text in (before, writer.render(may_skip=False)) for line in text.split("\n") if "TARGETD" in line
    ]
    assert targets == ["#EXT-X-TARGETDURATION:4"] * 2


def test_only_the_newest_segments_list_their_parts() -> None:
    text = PlaylistWriter(timeline_of(6)).render(may_skip=False)
    assert [name for name in range(6) if f"s{name}.0.m4s" in text] == [3, 4, 5]
    assert text.count("#EXT-X-PROGRAM-DATE-TIME") == text.count("#EXTINF") == 6


def test_a_returning_client_gets_the_last_24_seconds_and_a_count() -> None:
    timeline = timeline_of(10_800)
    writer = PlaylistWriter(timeline)
    full, delta = writer.render(may_skip=False), writer.render(may_skip=True)
    assert full.count("#EXTINF") == 10_800
    assert "#EXT-X-SKIP:SKIPPED-SEGMENTS=10776\n" in delta
    assert delta.count("#EXTINF") == 24
    assert "#EXT-X-MAP" not in delta
    assert len(delta) < 3000
    assert delta.endswith(full[-500:])


def test_a_short_show_has_nothing_to_skip() -> None:
    writer = PlaylistWriter(timeline_of(24))
    assert writer.render(may_skip=True) == writer.render(may_skip=False)


def test_a_new_run_is_a_break_and_names_its_map_only_when_it_differs() -> None:
    timeline = timeline_of(1)
    timeline.begin_run(Run(2, 1, 100, "same settings"))
    add_segment(timeline, 5000)
    timeline.begin_run(Run(3, 3, 100, "other settings"))
    add_segment(timeline, 9000)
    lines = PlaylistWriter(timeline).render(may_skip=False).split("\n")
    told = [line for line in lines if line.startswith(("#EXT-X-DISC", "#EXT-X-MAP", "#EXTINF", "#EXT-X-PROGRAM"))]
    assert told == [
        '#EXT-X-MAP:URI="init-1.mp4"', "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:20.123Z", "#EXTINF:1.000,",
        "#EXT-X-DISCONTINUITY", "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:25.123Z", "#EXTINF:1.000,",
        "#EXT-X-DISCONTINUITY", '#EXT-X-MAP:URI="init-3.mp4"', "#EXT-X-PROGRAM-DATE-TIME:2023-11-14T22:13:29.123Z",
        "#EXTINF:1.000,",
    ]  # fmt: skip


def test_the_first_run_is_no_break_and_an_empty_segment_leaves_no_trace() -> None:
    timeline = Timeline(EPOCH_MS)
    timeline.begin_run(Run(1, 1, 100, "gone at once"))
    timeline.open_segment(0, offset=0)
    assert timeline.close_segment() is None
    timeline.begin_run(Run(2, 1, 100, "came back"))
    add_segment(timeline, 2000)
    assert "DISCONTINUITY" not in PlaylistWriter(timeline).render(may_skip=False)


def test_what_the_disk_did_not_take_is_a_gap() -> None:
    timeline = timeline_of(1)
    timeline.open_segment(1000, offset=0).is_stored = False
    timeline.add_part(part())
    timeline.close_segment()
    assert (
        PlaylistWriter(timeline)
        .render(may_skip=False)
        .endswith("#EXT-X-GAP\n#EXTINF:0.250,\ns1.m4s\n# the publisher is away\n")
    )


def test_the_lead_of_a_run_is_taken_off_the_wall_clock() -> None:
    timeline = timeline_of(1)
    timeline.open_segment(1000, offset=0, lead_ms=400)
    timeline.add_part(part())
    assert "DATE-TIME:2023-11-14T22:13:20.723Z\n" in PlaylistWriter(timeline).render(may_skip=False)


def test_a_playlist_without_an_open_segment_ends_with_a_word() -> None:
    assert PlaylistWriter(timeline_of(1)).render(may_skip=False).endswith("s0.m4s\n# the publisher is away\n")


def test_an_ended_show_is_a_plain_recording() -> None:
    timeline = timeline_of(2)
    timeline.end()
    text = PlaylistWriter(timeline).render(may_skip=True)
    assert text.endswith("s1.m4s\n#EXT-X-ENDLIST\n")
    assert [word for word in ("PART", "SERVER-CONTROL", "SKIP", "EVENT", "HINT") if word in text] == []
    assert "#EXT-X-PLAYLIST-TYPE:VOD\n" in text


def test_old_segments_leave_memory_and_the_newest_stay() -> None:
    timeline = timeline_of(20)
    assert [segment.number for segment in timeline.segments if segment.payload is not None] == list(range(12, 20))
    assert [segment.number for segment in timeline.segments if segment.parts] == list(range(12, 20))


def test_what_a_blocking_reload_waits_for() -> None:
    timeline = timeline_of(2)
    timeline.open_segment(2000, offset=0)
    timeline.add_part(part())
    told = [(0, None), (1, 7), (2, 0), (2, 1), (2, None), (3, 0)]
    assert [timeline.has(*each) for each in told] == [True, True, True, False, False, False]
