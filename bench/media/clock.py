"""A publisher whose every frame carries the wall clock as black and white squares."""

from __future__ import annotations

import subprocess
import threading
import time

import numpy as np

WIDTH, HEIGHT, FPS = 640, 360, 30
SQUARE = 20
BITS = 40
PER_ROW = 24
ENCODER = """
    -c:v libx264 -preset ultrafast -tune zerolatency -g 30 -bf 0 -sc_threshold 0 -pix_fmt yuv420p
    -b:v 1500k -maxrate 1500k -bufsize 1500k -c:a aac -b:a 96k -f flv -flush_packets 1
"""


class ClockCamera:
    """Publishes until it is stopped."""

    def __init__(self, url: str) -> None:
        raw = f"-fflags nobuffer -f rawvideo -pix_fmt gray -s {WIDTH}x{HEIGHT} -r {FPS} -i pipe:0"
        sound = "-f lavfi -i sine=frequency=220:sample_rate=48000"
        command = [
            "ffmpeg",
            "-v",
            "quiet",
            *raw.split(),
            *sound.split(),
            "-map",
            "0:v",
            "-map",
            "1:a",
            *ENCODER.split(),
            url,
        ]
        self._encoder = subprocess.Popen(command, stdin=subprocess.PIPE)
        self._is_on = True
        self._thread = threading.Thread(target=self._film, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._is_on = False
        self._thread.join()
        self._encoder.kill()
        self._encoder.wait()

    def _film(self) -> None:
        began, number = time.time(), 0
        while self._is_on:
            time.sleep(max(0, began + number / FPS - time.time()))
            try:
                self._encoder.stdin.write(frame(int(time.time() * 1000), number).tobytes())
            except BrokenPipeError:
                return
            number += 1


def frame(unix_ms: int, number: int) -> np.ndarray:
    """Forty bits of milliseconds and an eight-bit sum, two rows of squares; a bar moves below them."""
    picture = np.full((HEIGHT, WIDTH), 96, dtype=np.uint8)
    told = unix_ms & ((1 << BITS) - 1)
    check = sum((told >> shift) & 255 for shift in range(0, BITS, 8)) & 255
    word = told << 8 | check
    for place in range(BITS + 8):
        row, column = divmod(place, PER_ROW)
        shade = 235 if (word >> (BITS + 7 - place)) & 1 else 16
        left, top = (column + 4) * SQUARE, row * SQUARE
        picture[top : top + SQUARE, left : left + SQUARE] = shade
    bar = number * 4 % (WIDTH - 60)
    picture[280:340, bar : bar + 60] = 235
    return picture
