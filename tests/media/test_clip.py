"""The clip the demo camera ships with: small, seamless, and one that our own rules accept."""

from __future__ import annotations

from svoi.media.camera import CLIP, Clip
from svoi.media.cmaf.aac import parse_aac
from svoi.media.cmaf.avc import parse_avc
from svoi.media.flv import parse_audio, parse_video
from svoi.media.flv_file import AUDIO, VIDEO, read_flv


def test_the_clip_is_small_vertical_and_has_a_key_frame_a_second() -> None:
    clip = Clip(read_flv(CLIP))
    pictures = [(tag.timestamp_ms, parse_video(tag.body).is_key) for tag in clip.lap if tag.kind == VIDEO]
    video = next(parse_avc(parse_video(tag.body).payload) for tag in clip.beginning if tag.kind == VIDEO)
    assert (video.width, video.height) == (720, 1280)
    assert pictures == [(number * 40, number % 25 == 0) for number in range(600)]
    assert CLIP.stat().st_size < 1_500_000


def test_a_lap_is_a_whole_number_of_sound_frames() -> None:
    clip = Clip(read_flv(CLIP))
    audio = next(parse_aac(parse_audio(tag.body).payload) for tag in clip.beginning if tag.kind == AUDIO)
    heard = sum(tag.kind == AUDIO for tag in clip.lap)
    assert heard * audio.frame_samples * 1000 == clip.length_ms * audio.rate_hz
