"""Reading plans. Others call `rundown_of(show_id=…)` and `claims_of(show_id=…)`; the shapes stand in `records`."""

from svoi.rundowns.queries.marks import marks_of, planned_by_clock
from svoi.rundowns.queries.proofs import claims_known
from svoi.rundowns.queries.reading import claims_of, content_read, read, rundown_by_id, rundown_of
from svoi.rundowns.queries.records import ClaimRead, EvidenceRead, RundownRead, SegmentRead, StepRead
from svoi.rundowns.queries.steps import changes_since

__all__ = [
    "ClaimRead",
    "EvidenceRead",
    "RundownRead",
    "SegmentRead",
    "StepRead",
    "changes_since",
    "claims_known",
    "claims_of",
    "content_read",
    "marks_of",
    "planned_by_clock",
    "read",
    "rundown_by_id",
    "rundown_of",
]
