"""Reading envelopes: what waits to be opened, who got what, and what proves it."""

from svoi.envelopes.queries.listing import EnvelopeList, envelopes_of, is_quiet, unclosed_envelopes
from svoi.envelopes.queries.proof import Proof, proof_of
from svoi.envelopes.queries.reading import (
    EnvelopePage,
    ShareRow,
    envelope_page,
    expired_envelopes,
    last_sent_at,
    left_in,
    limits_of,
    open_envelopes,
    sender_of,
)

__all__ = [
    "EnvelopeList",
    "EnvelopePage",
    "Proof",
    "ShareRow",
    "envelope_page",
    "envelopes_of",
    "expired_envelopes",
    "is_quiet",
    "last_sent_at",
    "left_in",
    "limits_of",
    "open_envelopes",
    "proof_of",
    "sender_of",
    "unclosed_envelopes",
]
