"""Compiled loops: numba's decorators with types that survive, and a cache where there is a place for one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """The function compiled at its first call; kept on disk unless no folder may be written (a read-only checkout)."""
    try:
        return cast("F", njit(cache=True)(function))
    except RuntimeError:  # numba found no place for its cache
        return cast("F", njit(function))
