"""Who looks after the installation: called at the machine's terminal, and released there."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from svoi.members.actions import call_operator, erase_account, withdraw_operator
from svoi.members.models import Member, Operator
from svoi.members.queries import is_operator
from svoi.members.rules import AccountErased
from tests.cast import NOON, recorded


def test_called_once_however_often_it_is_said(vera: Member, anna: Member) -> None:
    for _ in range(2):
        operator = call_operator(member=vera, by=anna, at=NOON)
    assert (operator.member_id, operator.called_by_id, operator.called_at) == (vera.pk, anna.pk, NOON)
    assert (is_operator(member=vera), is_operator(member=anna)) == (True, False)
    assert recorded() == [("operator_called", {"member_id": vera.pk, "called_by_id": anna.pk})]


def test_released_and_called_again(vera: Member) -> None:
    call_operator(member=vera, at=NOON)
    assert (withdraw_operator(member=vera, at=NOON), withdraw_operator(member=vera, at=NOON)) == (True, False)
    assert not is_operator(member=vera)
    call_operator(member=vera, at=NOON)
    assert [kind for kind, _ in recorded()] == ["operator_called", "operator_withdrawn", "operator_called"]


def test_nobody_calls_a_former_member(vera: Member) -> None:
    erase_account(member=vera, at=NOON)
    before = recorded()
    with pytest.raises(AccountErased), transaction.atomic():
        call_operator(member=vera, at=NOON)
    assert (Operator.objects.count(), recorded()) == (0, before)


def said(capsys: pytest.CaptureFixture[str], *told: str, language: str = "en") -> str:
    call_command("operator", *told, language=language)
    return capsys.readouterr().out.strip()


def test_the_command(vera: Member, capsys: pytest.CaptureFixture[str]) -> None:
    name = f"Vera (member {vera.pk})"
    assert said(capsys, " VERA@example.com ").startswith(f"{name} looks after this installation")
    assert Operator.objects.get().called_by is None
    assert said(capsys, "vera@example.com", "--withdraw") == f"{name} no longer looks after this installation."
    assert said(capsys, "vera@example.com", "--withdraw", language="ru") == (
        f"Vera (участник {vera.pk}) и раньше не присматривал за установкой. Ничего не изменено."
    )
    assert Operator.objects.count() == 0


def test_the_command_takes_a_phone(vera: Member, capsys: pytest.CaptureFixture[str]) -> None:
    Member.objects.filter(pk=vera.pk).update(phone="+79123456789")
    said(capsys, "8 912 345-67-89")
    assert Operator.objects.get().member_id == vera.pk


@pytest.mark.parametrize(
    ("identity", "sentence"),
    [
        ("nobody@example.com", "Nobody signs in with nobody@example.com. Nothing was changed."),
        ("vera", "vera is neither an e-mail nor a phone number."),
    ],
)
def test_the_command_names_who_it_cannot_find(vera: Member, identity: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("operator", identity, language="en")
    assert Operator.objects.count() == 0
