"""Outlines: smooth lines through points, ribbons along them, ellipses and soft rectangles."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Line = NDArray[np.float64]


def points(text: str) -> Line:
    """Points written as in a drawing: "x,y x,y x,y"."""
    return np.array([[float(part) for part in pair.split(",")] for pair in text.split()])


def smooth(points: ArrayLike, *, closed: bool = False, steps: int = 24) -> Line:
    """A centripetal-looking Catmull-Rom line through the points."""
    knots = np.asarray(points, dtype=float)
    if closed:
        knots = np.vstack([knots[-1], knots, knots[0], knots[1]])
    else:
        knots = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(knots, knots[1:], knots[2:], knots[3:], strict=False):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    if not closed:
        pieces.append(knots[-2][None, :])
    return np.vstack(pieces)


def ellipse(cx: float, cy: float, rx: float, ry: float, *, start: float = 0, end: float = 360, turn: float = 0) -> Line:
    """An ellipse or an arc of it, angles in degrees clockwise from the right."""
    angles = np.radians(np.linspace(start, end, max(24, int(abs(end - start) / 1.5))))
    x, y = rx * np.cos(angles), ry * np.sin(angles)
    c, s = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    return np.column_stack([cx + x * c - y * s, cy + x * s + y * c])


def ribbon(points: ArrayLike, widths: ArrayLike, *, steps: int = 24) -> Line:
    """The outline of a band of changing width laid along a smooth line."""
    line = smooth(points, steps=steps)
    given = np.atleast_1d(np.asarray(widths, dtype=float))
    along = np.linspace(0, 1, len(line))
    half = np.interp(along, np.linspace(0, 1, len(given)), given) / 2
    run = np.gradient(line, axis=0)
    run /= np.maximum(np.hypot(run[:, 0], run[:, 1]), 1e-9)[:, None]
    side = np.column_stack([-run[:, 1], run[:, 0]]) * half[:, None]
    cap = _cap(line[-1], side[-1], run[-1]), _cap(line[0], -side[0], -run[0])
    return np.vstack([line + side, cap[0], (line - side)[::-1], cap[1]])


def _cap(tip: Line, side: Line, run: Line) -> Line:
    """Half a circle that closes a ribbon."""
    half = np.hypot(*side)
    angles = np.radians(np.linspace(90, -90, 12))[:, None]
    return np.asarray(tip + side * np.sin(angles) + run * half * np.cos(angles))


def soft_box(x0: float, y0: float, x1: float, y1: float, radius: float) -> Line:
    """A rectangle with round corners."""
    corners = [(x1 - radius, y1 - radius, 0), (x0 + radius, y1 - radius, 90)]
    corners += [(x0 + radius, y0 + radius, 180), (x1 - radius, y0 + radius, 270)]
    return np.vstack([ellipse(cx, cy, radius, radius, start=at, end=at + 90) for cx, cy, at in corners])


def turned(outline: Line, degrees: float, about: tuple[float, float]) -> Line:
    """The outline turned about a point."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    moved = outline - np.asarray(about)
    return np.asarray(moved @ np.array([[c, s], [-s, c]]) + np.asarray(about))
