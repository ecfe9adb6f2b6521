"""Reading envelopes: what waits to be opened, who got what, and what proves it."""

from svoi.envelopes.queries.proof import Proof, proof_of
from svoi.envelopes.queries.reading import (
    ShareRow,
    envelope_page,
    expired_envelopes,
    last_sent_at,
    left_in,
    limits_of,
    open_envelopes,
)

__all__ = [
    "Proof",
    "ShareRow",
    "envelope_page",
    "expired_envelopes",
    "last_sent_at",
    "left_in",
    "limits_of",
    "open_envelopes",
    "proof_of",
]
