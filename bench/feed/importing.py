"""One import in this process; prints how long its parts took and how much memory the process had at most."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

import django


def main(path: Path) -> None:
    """Import the feed into the only community, founding it when there is none."""
    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - Django must be set up first

    from svoi.catalog.actions import import_feed  # noqa: PLC0415
    from svoi.communities.models import Community  # noqa: PLC0415

    place, _ = Community.objects.get_or_create(slug="bench", defaults={"name_ru": "Полка", "name_en": "Shelf"})
    idle = _peak_mb()
    moments: dict[str, float] = {}
    began = time.perf_counter()
    with path.open("rb") as file:
        done = import_feed(
            community=place,
            file=file,
            source=path.name,
            folder=None,
            at=timezone.now(),
            watch=lambda step, _: moments.__setitem__(step, time.perf_counter()),
        )
    ended = time.perf_counter()
    print(
        json.dumps(
            {
                "read_s": moments["merge"] - began,
                "merge_s": ended - moments["merge"],
                "created": done.record.created,
                "changed": done.record.changed + done.record.withdrawn,
                "idle_mb": idle,
                "peak_mb": _peak_mb(),
            }
        )
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
