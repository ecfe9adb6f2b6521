"""Every refusal about envelopes, word for word, in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation

from svoi.envelopes.rules import (
    AlreadyOver,
    CapReached,
    EnvelopeEmpty,
    EnvelopeUnknown,
    GreetingTooLong,
    GuestsMissing,
    LimitUnfit,
    NoPurse,
    NotAGuest,
    PotUneven,
    PotUnfit,
    SendingTooSoon,
    TakenTooSoon,
    TooNewToSend,
    TooNewToTake,
    TryAgain,
)
from svoi.kernel.refused import Refused
from svoi.ui.refusals import say

SINCE = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
REFUSALS: list[tuple[Refused, int, str, str]] = [
    (EnvelopeUnknown(), 404, "Такого гостинца нет.", "There is no such envelope."),
    (NotAGuest(), 403, "Этот гостинец для других.", "This envelope is for others."),
    (TooNewToTake(since=SINCE), 403, "с 4 декабря", "from 4 December on"),
    (CapReached(most=5), 429, "Предел на одного человека в день: 5", "One person opens 5 a day at most"),
    (TakenTooSoon(wait_s=7), 429, "Слишком быстро. Подождите ещё 7 секунд", "Too fast. Please wait for 7 seconds"),
    (EnvelopeEmpty(), 410, "Вы ничего не потеряли, и будут ещё.", "Nothing was lost, and there will be more."),
    (AlreadyOver(), 410, "Время этого гостинца вышло.", "The time of this envelope is over."),
    (TryAgain(wait_s=1), 429, "нажмите ещё раз через секунду", "press once more in a second"),
    (PotUnfit(total=2, shares=3, least=1, total_max=5000, shares_max=10_000), 422, "Баллов 2,", "2 points for 3"),
    (PotUneven(total=10, shares=3), 422, "10 не делится на 3 без остатка", "10 points cannot be divided by 3"),
    (GuestsMissing(), 422, "В списке гостинца никого нет.", "Nobody is on the list of this envelope."),
    (TooNewToSend(since=SINCE), 403, "Отправлять свои гостинцы можно с 4 декабря.", "of their own from 4 December on."),
    (SendingTooSoon(wait_s=600), 429, "До следующего подождите ещё 10 минут.", "wait for 10 minutes"),
    (GreetingTooLong(length_max=140), 422, "140 знаков", "within 140 characters"),
    (NoPurse(), 403, "Бюджетом сообщества распоряжается команда.", "The community's budget is spent by its crew."),
    (LimitUnfit(name="age_days", least=0, most=365), 422, "целое число от 0 до 365", "a whole number from 0 to 365"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("refused", "status", "russian", "english"), REFUSALS, ids=lambda one: getattr(one, "code", None)
)
def test_it_says_what_happened_and_what_to_do(refused: Refused, status: int, russian: str, english: str) -> None:
    for language, said in (("ru", russian), ("en", english)):
        with translation.override(language):
            told = say(refused)
        assert said in told.sentence().replace("\u00a0", " ")
        assert told.status == status
