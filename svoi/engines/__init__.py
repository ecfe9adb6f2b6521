"""Engines: heavy thinking over values; numpy is allowed, Django and input or output are not."""
