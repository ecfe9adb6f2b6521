"""The rundown in the studio: written by plain forms and in place, moved, refused when stale, printed, copied."""
