"""Fixtures of the tests of doors."""

from tests.payments.kassa import clock, kassa

__all__ = ["clock", "kassa"]
