"""The block a person reads when everything runs: the address, the demo sign-ins, where things lie."""

import json
from typing import Any

from svoi.doors.folder import Folder
from svoi.doors.supervisor.readiness import reachable
from svoi.doors.terminal import in_words, say


def welcome(folder: Folder, *, host: str, port: int, told: str, on_air: bool) -> None:
    shown_host = reachable(host)
    address = f"http://{f'[{shown_host}]' if ':' in shown_host else shown_host}:{port}"
    demo = _last_json(told)
    say()
    say(in_words(f"  Svoi is open: {address}/", f"  «Свои» открыты: {address}/"))
    if show := demo.get("show_url"):
        english, russian = ("A show is on air", "Эфир идёт") if on_air else ("The demo show", "Демо-эфир")
        say(in_words(f"  {english}: {address}{show}", f"  {russian}: {address}{show}"))
    if console := demo.get("console_url"):
        say(in_words(f"  Its producer's console: {address}{console}", f"  Пульт продюсера: {address}{console}"))
    _say_sign_ins(demo.get("sign_ins", []))
    say()
    say(in_words(f"  Data {folder.path}   logs {folder.logs}", f"  Данные {folder.path}   журналы {folder.logs}"))
    say(in_words("  Ctrl-C stops everything.", "  Ctrl-C останавливает всё."))


def _say_sign_ins(sign_ins: list[dict[str, str]]) -> None:
    if not sign_ins:
        return
    say()
    say(in_words("  Sign in as", "  Войти можно так"))
    widths = [max(len(str(one.get(key, ""))) for one in sign_ins) for key in ("role", "login", "password")]
    for one in sign_ins:
        columns = [
            str(one.get(key, "")).ljust(width) for key, width in zip(("role", "login", "password"), widths, strict=True)
        ]
        say("    " + "   ".join(columns).rstrip())


def _last_json(told: str) -> dict[str, Any]:
    """The command may have logged around it; its answer is the last line that is a JSON object."""
    for line in reversed(told.splitlines()):
        if line.startswith("{"):
            try:
                answer = json.loads(line)
            except ValueError:
                continue
            return answer if isinstance(answer, dict) else {}
    return {}
