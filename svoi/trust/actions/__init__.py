"""Switching rules and ruling on groups. Searching is in `searching`, which only the worker and its command import."""

from svoi.trust.actions.judging import judge_group
from svoi.trust.actions.switching import set_rule_mode

__all__ = ["judge_group", "set_rule_mode"]
