"""Fixtures of the tests of money."""

from tests.payments.kassa import clock, kassa

__all__ = ["clock", "kassa"]
