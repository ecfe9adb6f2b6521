"""A quiet chord that has no beginning and no end: every tone fits the lap a whole number of times."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

RATE_HZ = 48_000
PEAK = 0.012  # about -38 dB: there for those who turn the sound up, in nobody's way

TONES_HZ = (110.0, 164.75, 220.0, 277.25, 329.5)


def chord(seconds: int) -> np.ndarray:
    """One lap; each tone swells and fades in its own time."""
    t = np.arange(seconds * RATE_HZ) / RATE_HZ
    total = np.zeros_like(t)
    for number, tone_hz in enumerate(TONES_HZ):
        laps = round(tone_hz * seconds)
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * ((number % 3 + 1) * t / seconds + 0.21 * number))
        total += np.sin(2 * np.pi * laps * t / seconds + number) * swell / (1 + 0.7 * number)
    return total / np.abs(total).max() * PEAK


def write_laps(path: Path, *, seconds: int, laps: int) -> None:
    samples = np.tile(chord(seconds), laps)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes((samples * 32767).astype("<i2").tobytes())
