"""Preparing a deal, setting it off, taking pieces of it, paying for them, and giving back what is left."""

from svoi.flash.actions.arming import arm_deal, call_off, fire_deal
from svoi.flash.actions.buying import buy_taken, extend_claim
from svoi.flash.actions.settling import close_deals, lapse_claims, lapse_claims_of
from svoi.flash.actions.taking import claim_flash, claim_flashes

__all__ = [
    "arm_deal",
    "buy_taken",
    "call_off",
    "claim_flash",
    "claim_flashes",
    "close_deals",
    "extend_claim",
    "fire_deal",
    "lapse_claims",
    "lapse_claims_of",
]
