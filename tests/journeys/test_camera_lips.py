"""Lips and words through a real browser: a flash and a beep made in one moment, found again in the recording."""

from __future__ import annotations

import re
import statistics
import subprocess

import pytest

from tests.journeys.camera import opens_camera
from tests.media.pictures import FFMPEG

pytestmark = pytest.mark.journey
SECONDS = 12
# Half a frame of thirty a second, and what a browser itself lets sound and picture of one device differ by.
APART_MS_MAX = 80

FLASH_AND_BEEP = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 720, height: 1280 });
  const pen = canvas.getContext("2d");
  let gain = null;
  const made = async () => {
    const context = new AudioContext({ sampleRate: 48000 });
    const tone = new OscillatorNode(context, { frequency: 1000 });
    const heard = new MediaStreamAudioDestinationNode(context);
    gain = new GainNode(context, { gain: 0 });
    tone.connect(gain).connect(heard);
    tone.start();
    await context.resume();
    return heard.stream;
  };
  setInterval(() => {
    const lit = performance.now() % 1000 < 200;
    if (gain) gain.gain.value = lit ? 0.8 : 0;
    pen.fillStyle = lit ? "#fff" : "#000";
    pen.fillRect(0, 0, 720, 1280);
  }, 8);
  navigator.mediaDevices.getUserMedia = async (wish) => wish.video ? canvas.captureStream(30) : made();
}"""


def flashes_s(run: str) -> list[float]:
    """When the picture turns white."""
    told = watched(run, "-vf", "signalstats,metadata=print:key=lavfi.signalstats.YAVG", "-an")
    moments = [float(text) for text in re.findall(r"pts_time:([\d.]+)", told)]
    lights = [float(text) > 128 for text in re.findall(r"YAVG=([\d.]+)", told)]
    return [at for at, was, now in zip(moments[1:], lights, lights[1:], strict=False) if now and not was]


def beeps_s(run: str) -> list[float]:
    """When silence ends."""
    told = watched(run, "-af", "silencedetect=noise=0.1:duration=0.3", "-vn")
    return [float(text) for text in re.findall(r"silence_end: ([\d.]+)", told)]


def watched(run: str, *options: str) -> str:
    """What ffmpeg's filters say, by the times that stand in the file."""
    command = [FFMPEG, "-copyts", "-i", run, *options, "-f", "null", "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stderr


def test_a_word_is_heard_when_the_lips_say_it(studio, house, planned):
    page = opens_camera(studio, planned, script=FLASH_AND_BEEP)
    page.click("[data-does=send]")
    page.wait_for_timeout(SECONDS * 1000)
    page.click("[data-does=stop]")
    page.click("[data-does=stop]")
    page.wait_for_timeout(1000)
    run = str(house.data / "media" / planned / "run-0001.mp4")
    beeps = beeps_s(run)
    apart = [min((beep - flash for beep in beeps), key=abs) * 1000 for flash in flashes_s(run)]
    found = [apart_ms for apart_ms in apart if abs(apart_ms) < 400]
    print(f"\nsound after picture: {statistics.median(found):.0f} ms (of {len(found)} flashes)")
    assert len(found) >= SECONDS // 2
    assert abs(statistics.median(found)) <= APART_MS_MAX
