"""Honest crowds that look like attacks, and must be left alone. A family a file."""

from svoi.town.alike import classroom, family, fandom, flash_sale, group_buy, office, raffle, raid

__all__ = ["classroom", "family", "fandom", "flash_sale", "group_buy", "office", "raffle", "raid"]
