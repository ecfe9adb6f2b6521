"""The proof of a deal: its page, and the program anybody runs, against our own dealing."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

import svoi.web
from svoi.communities.models import Community
from svoi.envelopes.actions import claim_share
from svoi.envelopes.models import Envelope
from svoi.envelopes.rules import MODES, Terms, deal_shares, seal
from svoi.members.models import Member
from tests.web.envelopes.table import browser_of, now, old_member, sent, words

PROGRAM = Path(svoi.web.__file__).parent / "static/web/envelopes/verify.py"
DEALS_A_MODE = 12


def run(seed: str, terms: str, commitment: str) -> tuple[int, str]:
    """What the program answers, run with nothing of ours in reach."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), seed, terms, commitment]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, cwd=PROGRAM.parent)
    return done.returncode, done.stdout + done.stderr


def shares_in(told: str) -> list[int]:
    return [int(one) for one in told.rpartition(":")[2].split()]


def deals(mode: str) -> Iterator[tuple[bytes, Terms]]:
    dice = random.Random(f"deals of {mode}")
    for _ in range(DEALS_A_MODE):
        shares, least = dice.choice([1, 2, 3, 7, 40, 300]), dice.choice([1, 1, 2, 5])
        total = shares * (least + dice.choice([0, 1, 3, 1000]))
        total += 0 if mode == "equal" else dice.randrange(shares + 1)
        yield dice.randbytes(32), Terms(UUID(int=dice.getrandbits(128)), mode, total, shares, least)


@pytest.mark.parametrize("mode", MODES)
def test_the_program_deals_as_we_do(mode: str) -> None:
    for seed, terms in deals(mode):
        code, told = run(seed.hex(), terms.text(), seal(seed, terms))
        assert (code, shares_in(told)) == (0, deal_shares(seed, terms)), terms


def test_the_program_sees_another_seed_other_terms_and_another_seal() -> None:
    seed, terms = bytes(range(32)), Terms(UUID(int=7), "random", 100, 5, 1)
    sealed = seal(seed, terms)
    for other in (
        (bytes(32).hex(), terms.text(), sealed),
        (seed.hex(), terms.text().replace(" 100 ", " 101 "), sealed),
        (seed.hex(), terms.text(), sealed[::-1]),
    ):
        assert run(*other) == (1, "NO: this seed and these terms are not what was sealed.\n")


def test_the_program_fits_on_one_screen_and_needs_nothing() -> None:
    lines = PROGRAM.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 24
    assert [line for line in lines if line.startswith(("import", "from"))] == [
        "import hashlib",
        "import itertools",
        "import sys",
    ]


@pytest.mark.django_db
def test_while_it_is_open_the_seed_is_nowhere(client: Client, table: Community, anna: Member) -> None:
    envelope = sent(table, anna)
    page = words(client.get(f"/envelopes/{envelope.reference}/proof/"))
    assert (envelope.commitment in page, bytes(envelope.deal.seed).hex() in page, "<table" in page) == (
        True,
        False,
        False,
    )
    assert f"svoi-envelope-1 {envelope.reference} random 100 5 1" in page


@pytest.mark.django_db
def test_after_the_end_the_page_gives_the_command_that_holds(
    client: Client, table: Community, anna: Member, vera: Member
) -> None:
    envelope = sent(table, anna, shares=1)
    old_member(table, vera)
    claim_share(envelope_id=envelope.pk, member_id=vera.pk, key=uuid4(), at=now())
    page = words(client.get(f"/envelopes/{envelope.reference}/proof/"))
    seed = bytes(envelope.deal.seed).hex()
    assert (
        f'python3 verify.py {seed} "svoi-envelope-1 {envelope.reference} random 100 1 1" {envelope.commitment}' in page
    )
    assert "Сходится: каждая доля та, что была запечатана." in page
    assert run(seed, f"svoi-envelope-1 {envelope.reference} random 100 1 1", envelope.commitment)[0] == 0
    assert 'download="verify.py"' in page


@pytest.mark.django_db
def test_a_page_whose_deal_does_not_hold_says_so(client: Client, table: Community, anna: Member, vera: Member) -> None:
    envelope = sent(table, anna, shares=1)
    old_member(table, vera)
    claim_share(envelope_id=envelope.pk, member_id=vera.pk, key=uuid4(), at=now())
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")  # whoever owns the machine can do that
    Envelope.objects.filter(pk=envelope.pk).update(commitment="0" * 64)
    assert "Не сходится." in words(browser_of(vera).get(f"/envelopes/{envelope.reference}/proof/"))
