"""Reading plans. Others call `rundown_of(show_id=…)` and `claims_of(show_id=…)`; the shapes stand in `records`."""

from svoi.rundowns.queries.marks import marks_of, planned_by_clock
from svoi.rundowns.queries.proofs import claims_known
from svoi.rundowns.queries.reading import claims_of, content_read, read, rundown_by_id, rundown_of
from svoi.rundowns.queries.records import ClaimRead, EvidenceRead, RundownRead, SegmentRead, StepRead
from svoi.rundowns.queries.steps import changes_since
from svoi.rundowns.queries.waiting import Waiting, checks_waiting, plans_to_copy, templates_of

__all__ = [
    "ClaimRead",
    "EvidenceRead",
    "RundownRead",
    "SegmentRead",
    "StepRead",
    "Waiting",
    "changes_since",
    "checks_waiting",
    "claims_known",
    "claims_of",
    "content_read",
    "marks_of",
    "planned_by_clock",
    "plans_to_copy",
    "read",
    "rundown_by_id",
    "rundown_of",
    "templates_of",
]
