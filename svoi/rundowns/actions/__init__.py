"""Planning a show: segments and their order, claims and evidence, checks, templates and copies."""

from svoi.rundowns.actions.checking import approve_segment, ask_for_check, send_back
from svoi.rundowns.actions.copying import clone_rundown, copy_rundown, follow_plan, make_template, retire_template
from svoi.rundowns.actions.ordering import move_segment
from svoi.rundowns.actions.planning import open_rundown, set_slot
from svoi.rundowns.actions.proving import add_evidence, drop_claim, say_claim, withdraw_evidence, write_claim
from svoi.rundowns.actions.writing import add_segment, edit_segment, remove_segment

__all__ = [
    "add_evidence",
    "add_segment",
    "approve_segment",
    "ask_for_check",
    "clone_rundown",
    "copy_rundown",
    "drop_claim",
    "edit_segment",
    "follow_plan",
    "make_template",
    "move_segment",
    "open_rundown",
    "remove_segment",
    "retire_template",
    "say_claim",
    "send_back",
    "set_slot",
    "withdraw_evidence",
    "write_claim",
]
