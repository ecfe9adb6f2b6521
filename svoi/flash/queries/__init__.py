"""Reading deals: what goes on in a show, who holds what, and what has to go back."""

from svoi.flash.queries.reading import (
    DealStanding,
    claim_of,
    deals_to_close,
    deals_to_settle,
    flash_facts,
    free_pieces,
    gone_of,
    latest_deal,
    lowest_asked,
    lowest_asked_of,
    open_deal,
    shown_flash,
    stage_of_deal,
    standing_of,
)

__all__ = [
    "DealStanding",
    "claim_of",
    "deals_to_close",
    "deals_to_settle",
    "flash_facts",
    "free_pieces",
    "gone_of",
    "latest_deal",
    "lowest_asked",
    "lowest_asked_of",
    "open_deal",
    "shown_flash",
    "stage_of_deal",
    "standing_of",
]
