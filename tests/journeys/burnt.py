"""A clock burnt into what a page films, and read back from a viewer's screen: how old a picture is."""

from __future__ import annotations

from playwright.sync_api import Page

# The camera is a canvas with the time of day burnt into 48 squares: 40 bits of milliseconds and a sum to check them by.
CLOCK = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 720, height: 1280 });
  const pen = canvas.getContext("2d");
  const draw = () => {
    const now = BigInt(Date.now()) & ((1n << 40n) - 1n);
    let sum = 0n;
    for (let shift = 0n; shift < 40n; shift += 8n) sum += (now >> shift) & 255n;
    const told = (now << 8n) | (sum & 255n);
    pen.fillStyle = "#567";
    pen.fillRect(0, 0, 720, 1280);
    for (let place = 0; place < 48; place++) {
      pen.fillStyle = (told >> BigInt(47 - place)) & 1n ? "#fff" : "#000";
      pen.fillRect((place % 24) * 30, Math.floor(place / 24) * 30 + 600, 30, 30);
    }
  };
  setInterval(draw, 1000 / 30);
  const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => wish.video ? canvas.captureStream(30) : asked(wish);
}"""
AGE = """() => {
  const video = document.querySelector("svoi-player video");
  if (!video?.videoWidth) return null;
  const canvas = globalThis.reader ??= new OffscreenCanvas(720, 1280);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, 720, 1280);
  const pixels = pen.getImageData(0, 600, 720, 60).data;
  let told = 0n;
  for (let place = 0; place < 48; place++) {
    const x = (place % 24) * 30 + 15, y = Math.floor(place / 24) * 30 + 15;
    told = (told << 1n) | (pixels[(y * 720 + x) * 4] > 128 ? 1n : 0n);
  }
  const moment = told >> 8n;
  let sum = 0n;
  for (let shift = 0n; shift < 40n; shift += 8n) sum += (moment >> shift) & 255n;
  return (sum & 255n) === (told & 255n) ? Number((BigInt(Date.now()) & ((1n << 40n) - 1n)) - moment) : null;
}"""


def looks(viewer: Page) -> list[float]:
    """How old the frame on the screen was at each of some looks, in milliseconds."""
    ages = []
    for _ in range(60):
        ages.append(viewer.evaluate(AGE))
        viewer.wait_for_timeout(100)
    found = [age for age in ages if age is not None]
    assert len(found) > 30
    return found
