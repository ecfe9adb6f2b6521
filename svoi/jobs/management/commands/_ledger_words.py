"""What `bin/svoi ledger check` says, in English and in Russian."""

from __future__ import annotations

from typing import Any

from svoi.jobs.management.commands._words import LANGUAGES
from svoi.ledger.rules import Fault

SENTENCES = {
    "transfers": ("Going over transfers", "Проверяю переводы"),
    "entries": ("Going over entries", "Проверяю проводки"),
    "accounts": ("Going over accounts", "Проверяю счета"),
    "checkpoints": ("Going over checkpoints", "Проверяю контрольные суммы"),
    "sound": (
        "The ledger is sound: accounts {accounts}, transfers {transfers}, entries {entries}.",
        "Книга учёта в порядке. Счетов: {accounts}, переводов: {transfers}, проводок: {entries}.",
    ),
    "faults": (
        "Faults found: {count}. Nothing was changed; keep a copy of the database before you do.",
        "Найдено ошибок: {count}. Ничего не изменено; сначала сохраните копию базы.",
    ),
    "most": (
        "Only the first {count} faults are shown.",
        "Показаны только первые ошибки: {count}.",
    ),
    "stopped": ("Stopped before the end.", "Остановлено, не дойдя до конца."),
}
FAULTS = {
    "sum_not_zero": ("transfer {about} does not sum to zero", "перевод {about} не сходится в ноль"),
    "too_few_entries": ("transfer {about} has fewer than two entries", "в переводе {about} меньше двух проводок"),
    "currencies_mixed": ("transfer {about} mixes currencies", "в переводе {about} смешаны валюты"),
    "wrong_layers": ("transfer {about} has entries of another kind", "в переводе {about} проводки другого рода"),
    "ending_differs": ("{about} does not end what was held", "{about} завершает не то, что было отложено"),
    "entry_astray": ("entry {about} has no transfer or no account", "у проводки {about} нет перевода или счёта"),
    "balance_differs": (
        "the balance of {about} is not what its entries say",
        "остаток счёта {about} расходится с проводками",
    ),
    "balance_missing": ("account {about} has lost its balance", "у счёта {about} пропал остаток"),
    "balance_not_kept": ("account {about} has a balance it should not keep", "у счёта {about} лишний остаток"),
    "floor_differs": ("the floor of {about} was moved", "у счёта {about} изменён нижний предел"),
    "below_zero": ("account {about} is below zero", "счёт {about} ниже нуля"),
    "checkpoint_differs": ("checkpoint {about} is not the sum of entries", "контрольная сумма {about} неверна"),
    "guard_off": ("the guard {about} is missing or switched off", "защита {about} снята или выключена"),
}


class LedgerWords:
    """The sentences in one language."""

    def __init__(self, language: str) -> None:
        self._column = LANGUAGES.index(language)

    def say(self, sentence: str, **facts: Any) -> str:
        return SENTENCES[sentence][self._column].format(**facts)

    def fault(self, fault: Fault) -> str:
        return FAULTS[fault.code][self._column].format(about=fault.about)
