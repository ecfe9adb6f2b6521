"""A process that moves money until it is killed, and tells each key it was given the word for."""

from __future__ import annotations

import sys

import django

BATCH = 5


def main(name: str) -> None:
    django.setup()
    from django.utils import timezone

    from svoi.kernel.money import Money
    from svoi.ledger.actions import hold, post, post_batch, void
    from svoi.ledger.rules import Wanted, two_legs

    turn = 0
    while True:
        turn += 1
        keys = [f"{name} {turn} {place}" for place in range(BATCH)]
        legs = [two_legs(debit="pot:1", credit=f"points:{name}{place}", amount=Money(1)) for place in range(BATCH)]
        now = timezone.now()
        told = post_batch(
            wanted=[Wanted(key=key, legs=pair, reason="kill") for key, pair in zip(keys, legs, strict=True)], at=now
        )
        assert {each.code for each in told} == {"done"}
        print(*keys, sep=",", flush=True)
        held = f"{name} {turn} held"
        hold(key=held, debit="pot:1", credit="shop:sales", amount=Money(2), reason="kill", at=now)
        print(held, flush=True)
        if turn % 2:
            post(key=held, amount=Money(1), at=now)
        else:
            void(key=held, at=now)
        print(f"{held}:ended", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
