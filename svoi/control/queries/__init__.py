"""Reading the control room. Others call `cues_of(show_id=…)`; each part stands in a file of its own."""

from svoi.control.queries.cues import CueRead, Standing, cues_of, latest_cue, standing_of

__all__ = ["CueRead", "Standing", "cues_of", "latest_cue", "standing_of"]
