"""A step shown on the terminal while the work of it is waited for."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from svoi.doors.terminal import Step

TICK_S = 0.5


@contextlib.asynccontextmanager
async def shown(english: str, russian: str, *, quiet: bool = False) -> AsyncIterator[Step]:
    """A step on the terminal that ticks while the work is waited for."""
    step = Step(english, russian, quiet=quiet)

    async def tick() -> None:
        while True:
            await asyncio.sleep(TICK_S)
            step.tick()

    ticking = asyncio.ensure_future(tick())
    try:
        yield step
    except BaseException:
        step.failed()
        raise
    else:
        step.done()
    finally:
        ticking.cancel()
