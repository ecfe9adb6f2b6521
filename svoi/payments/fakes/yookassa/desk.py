"""Pages of the stand-in: where a buyer pays, and a desk where troubles are ordered and time is let run out."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from svoi.payments.fakes.yookassa.checking import No

if TYPE_CHECKING:
    from svoi.payments.fakes.yookassa.server import FakeYooKassa

Form = dict[str, str]
REASONS = (
    "general_decline",
    "insufficient_funds",
    "card_expired",
    "3d_secure_failed",
    "payment_method_limit_exceeded",
    "issuer_unavailable",
    "fraud_suspected",
)
ANSWERS = ("500 lost", "500 done", "silence lost", "silence done", "202", "429", "garbage lost", "garbage done")
NOTICES = ("twice", "late", "lost")
FRAME = """<!doctype html><html lang="ru"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>YooKassa: practice · учебная</title><style>body{{font:17px/1.5 system-ui;max-width:34rem;margin:2rem auto;
padding:0 1rem}}button,select{{font:inherit;padding:.6rem 1rem;margin:.2rem 0}}form{{margin:1rem 0}}
:root{{color-scheme:light dark}}</style>{body}</html>"""


class Desk:
    """What is shown at an address, and what a form sent to it does."""

    def __init__(self, fake: FakeYooKassa) -> None:
        self.fake = fake

    def shown(self, path: str) -> str | None:
        """The page at a path; None when there is none."""
        kind, _, payment_id = path.strip("/").partition("/")
        if kind == "pay" and payment_id in self.fake.book.payments:
            return FRAME.format(body=_to_pay(self.fake.book.payments[payment_id]))
        return FRAME.format(body=self._overview()) if path == "/" else None

    def sent(self, path: str, form: Form) -> str:
        """Do what a form says; the address to go to then. Raises `No` for what cannot be done any more."""
        kind, _, payment_id = path.strip("/").partition("/")
        if kind == "pay":
            return self._decide(payment_id, form)
        if form.get("answer") in ANSWERS:
            self.fake.troubles.append(form["answer"])  # type: ignore[arg-type]
        self.fake.book.refunds_wait = "refunds_wait" in form
        self.fake.book.receipts_wait = "receipts_wait" in form
        if "finish" in form:
            self.fake.book.finish_all()
        return "/"

    def _decide(self, payment_id: str, form: Form) -> str:
        book, decision = self.fake.book, form.get("decision", "")
        if payment_id not in book.payments:
            raise No(404, "not_found", "No such object")
        if form.get("notice") in NOTICES:
            self.fake.mailbox.troubles.append(form["notice"])  # type: ignore[arg-type]
        if decision == "pay":
            book.pay(payment_id)
        elif decision == "decline":
            book.decline(payment_id, form["reason"] if form.get("reason") in REASONS else REASONS[0])
        elif decision == "expire":
            book.run_out(payment_id)
        return str(book.payments[payment_id]["confirmation"]["return_url"])

    def _overview(self) -> str:
        book = self.fake.book
        payments = "".join(
            f'<li><a href="/pay/{one["id"]}">{one["amount"]["value"]} ₽ · {escape(one["description"])}</a>'
            f" · {one['status']}</li>"
            for one in reversed(book.payments.values())
        )
        counted = f"{len(book.refunds)} refunds · возвратов, {len(book.receipts)} receipts · чеков"
        return (
            f"<h1>YooKassa: practice · учебная</h1><ul>{payments or '<li>—</li>'}</ul><p>{counted}</p>"
            f'<form method="post"><p>What befalls the next request · Что случится со следующим запросом<br>'
            f"{_select('answer', ('', *ANSWERS))}</p><p>{_box('refunds_wait', 'refunds wait · возвраты ждут', book)}"
            f"<br>{_box('receipts_wait', 'receipts wait · чеки ждут', book)}</p><button>Set · Задать</button> "
            f'<button name="finish" value="1">Let all that waits come through · Завершить всё, что ждёт</button></form>'
        )


def _to_pay(payment: dict[str, Any]) -> str:
    told = f"<h1>{payment['amount']['value']} ₽</h1><p>{escape(payment['description'])} · {payment['status']}</p>"
    over = '<button name="decision" value="expire">Let the time run out · Пусть время выйдет</button>'
    if payment["status"] == "waiting_for_capture":
        return f'{told}<form method="post">{over}</form>'
    if payment["status"] != "pending":
        return told
    return (
        f'{told}<form method="post"><p><button name="decision" value="pay">Pay · Оплатить</button> '
        f'<button name="decision" value="back">Go back · Вернуться</button></p>'
        f"<p>{_select('reason', REASONS)} <button name=decision value=decline>Decline · Отклонить</button></p>"
        f"<p>The notice · Уведомление: {_select('notice', ('', *NOTICES))}</p><p>{over}</p></form>"
    )


def _select(name: str, values: tuple[str, ...]) -> str:
    options = "".join(f'<option value="{value}">{value or "—"}</option>' for value in values)
    return f'<select name="{name}" aria-label="{name}">{options}</select>'


def _box(name: str, words: str, book: object) -> str:
    return f'<label><input type="checkbox" name="{name}"{" checked" if getattr(book, name) else ""}> {words}</label>'
