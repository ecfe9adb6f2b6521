"""A stand-in for YooKassa that keeps its contract: `FakeYooKassa` is the server, with its book and its mailbox."""

from svoi.payments.fakes.yookassa.server import FakeYooKassa

__all__ = ["FakeYooKassa"]
