"""Writing the playlist: live with parts and delta updates, or the finished recording (RFC 8216bis, section 4.4)."""

from __future__ import annotations

from datetime import UTC, datetime

from svoi.media.cmaf.packager import PART_MS
from svoi.media.hls.timeline import Part, Segment, Timeline
from svoi.media.refusals import KEY_INTERVAL_MS_MAX

# Fixed from the first line on: the longest key-frame interval we accept. A target that grows is forbidden and
# makes players restart.
TARGET_S = KEY_INTERVAL_MS_MAX // 1000
SKIP_UNTIL_S = 6 * TARGET_S
HOLD_BACK_S = 3 * PART_MS / 1000
SEGMENTS_WITH_PARTS = 3

_HEAD = ["#EXTM3U", "#EXT-X-VERSION:9", f"#EXT-X-TARGETDURATION:{TARGET_S}", "#EXT-X-INDEPENDENT-SEGMENTS"]
_LIVE = [
    f"#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK={HOLD_BACK_S:.3f},CAN-SKIP-UNTIL={SKIP_UNTIL_S:.1f}",
    f"#EXT-X-PART-INF:PART-TARGET={PART_MS / 1000:.3f}",
    "#EXT-X-PLAYLIST-TYPE:EVENT",
]


def init_name(run: int) -> str:
    return f"init-{run}.mp4"


def segment_name(number: int) -> str:
    return f"s{number}.m4s"


def part_name(number: int, part: int) -> str:
    return f"s{number}.{part}.m4s"


class PlaylistWriter:
    """Renders one timeline; the lines of complete segments are made once and kept."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._lines: list[str] = []

    def render(self, *, may_skip: bool) -> str:
        timeline = self._timeline
        self._catch_up()
        skipped = self._skippable() if may_skip and not timeline.is_ended else 0
        lines = [*_HEAD, *(["#EXT-X-PLAYLIST-TYPE:VOD"] if timeline.is_ended else _LIVE), "#EXT-X-MEDIA-SEQUENCE:0"]
        if skipped:
            lines.append(f"#EXT-X-SKIP:SKIPPED-SEGMENTS={skipped}")
        if timeline.is_ended:
            lines += [*self._lines, "#EXT-X-ENDLIST"]
        else:
            plain = max(skipped, len(self._lines) - SEGMENTS_WITH_PARTS)
            lines += self._lines[skipped:plain]
            lines += self._live_edge(plain)
        return "\n".join(lines) + "\n"

    def _catch_up(self) -> None:
        segments = self._timeline.segments
        for number in range(len(self._lines), len(segments)):
            lines = [*self._before(segments[number]), *self._after(segments[number])]
            self._lines.append("\n".join(lines))

    def _skippable(self) -> int:
        """Complete segments that end earlier than the skip boundary; a client that asks has them already."""
        segments, boundary_ms = self._timeline.segments, self._timeline.end_ms - SKIP_UNTIL_S * 1000
        count = len(segments)
        while count and segments[count - 1].end_ms > boundary_ms:
            count -= 1
        return count

    def _live_edge(self, number: int) -> list[str]:
        lines: list[str] = []
        for segment in self._timeline.segments[number:]:
            lines += [*self._before(segment), *_parts(segment), *self._after(segment)]
        latest = self._timeline.open
        if latest is None:
            # hls.js takes the last segment for the one to come when nothing follows it, and then fails for good.
            lines.append("# the publisher is away")
        else:
            hint = f'#EXT-X-PRELOAD-HINT:TYPE=PART,URI="{part_name(latest.number, len(latest.parts))}"'
            lines += [*self._before(latest), *_parts(latest), hint]
        return lines

    def _before(self, segment: Segment) -> list[str]:
        lines = ["#EXT-X-DISCONTINUITY"] if segment.follows_break else []
        before = self._timeline.segment(segment.number - 1)
        if before is None or before.run.init != segment.run.init:
            lines.append(f'#EXT-X-MAP:URI="{init_name(segment.run.init)}"')
        return [*lines, f"#EXT-X-PROGRAM-DATE-TIME:{_date_time(self._timeline.epoch_ms + segment.wall_ms)}"]

    def _after(self, segment: Segment) -> list[str]:
        gap = [] if segment.is_stored else ["#EXT-X-GAP"]
        return [*gap, f"#EXTINF:{segment.duration_ms / 1000:.3f},", segment_name(segment.number)]


def _parts(segment: Segment) -> list[str]:
    return [_part(segment, number, part) for number, part in enumerate(segment.parts)]


def _part(segment: Segment, number: int, part: Part) -> str:
    independent = ",INDEPENDENT=YES" if part.is_independent else ""
    return f'#EXT-X-PART:DURATION={part.duration_ms / 1000:.3f},URI="{part_name(segment.number, number)}"{independent}'


def _date_time(unix_ms: int) -> str:
    moment = datetime.fromtimestamp(unix_ms / 1000, UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{unix_ms % 1000:03d}Z"
