"""Jobs that a worker had begun when it was killed: nobody else takes them, so they are put back into the queue."""

from __future__ import annotations

import logging

from procrastinate import App
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

log = logging.getLogger(__name__)
# Three heartbeats missed: a worker that only lost the database for a moment keeps its jobs.
SILENT_S = 30.0


async def put_back(app: App) -> int:
    """Put back what dead workers left behind; return how many jobs.

    A job may have been done but for the note of it: whatever a job does can be done again. What the clock brings
    round anyway is dropped where its next turn already waits.
    """
    left = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_S))
    for job in left:
        try:
            await app.job_manager.retry_job(job)
        except UniqueViolation:
            await app.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
    if left:
        log.warning("%s jobs of a worker that died are put back", len(left))
    return len(left)
