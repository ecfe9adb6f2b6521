"""What `bin/svoi operator` says, in English and in Russian."""

from __future__ import annotations

from typing import Any

from svoi.jobs.management.commands._words import LANGUAGES

SENTENCES = {
    "called": (
        "{name} (member {id}) looks after this installation: the tables at /admin/ open for her once she is signed in.",
        "{name} (участник {id}) присматривает за установкой: таблицы по адресу /admin/ открыты после обычного входа.",
    ),
    "withdrawn": (
        "{name} (member {id}) no longer looks after this installation.",
        "{name} (участник {id}) больше не присматривает за установкой.",
    ),
    "was_none": (
        "{name} (member {id}) did not look after this installation. Nothing was changed.",
        "{name} (участник {id}) и раньше не присматривал за установкой. Ничего не изменено.",
    ),
    "nobody": (
        "Nobody signs in with {identity}. Nothing was changed.",
        "С {identity} никто не входит. Ничего не изменено.",
    ),
    "identity_unreadable": (
        "{identity} is neither an e-mail nor a phone number.",
        "{identity} не похоже ни на почту, ни на телефон.",
    ),
}


class OperatorWords:
    """The sentences in one language."""

    def __init__(self, language: str) -> None:
        self._column = LANGUAGES.index(language)

    def say(self, sentence: str, **facts: Any) -> str:
        return SENTENCES[sentence][self._column].format(**facts)
