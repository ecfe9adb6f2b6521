"""The content policy of the operators' pages. Why it is wider than everybody's: docs/decisions/0007."""

from __future__ import annotations

# Unfold's pages move by Alpine, which makes functions out of attributes. Nothing inline, nothing foreign, no sockets.
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
