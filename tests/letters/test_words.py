"""Letters in both languages: what they say, how they are set, and what never stands in them."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template.loader import get_template
from django.utils import translation

import svoi
from svoi.consequences import CONSEQUENCES, carry_out
from svoi.db.models import OutboxEvent
from svoi.letters.models import Letter
from svoi.orders.models import OrderLine
from svoi.ui.letters import LETTERS, write_about
from svoi.ui.letters.about import About, about_reminder
from svoi.ui.letters.writing import write
from tests import cast
from tests.cast import NOON

pytestmark = pytest.mark.django_db
UI = Path(svoi.__file__).parent / "ui"
WORDS = sorted(path.stem for path in (UI / "templates/ui/letters/words").glob("*.txt"))
OF_ORDERS = [kind for kind in WORDS if LETTERS[kind] is not about_reminder]
PARTS = [*(UI / "templates/ui/letters").rglob("*.txt"), *(UI / "templates/ui/letters").rglob("*.html")]


@pytest.fixture
def order(vera, table):
    variant = cast.product(table, name="Кружка <b>«Дом»</b>")
    found = cast.unpaid_order(vera, variant, cast.pickup_point(table))
    OrderLine.objects.create(order=found, variant=variant, name=variant.product.name, quantity=2, price_minor=149_000)
    return found


def about(order, **told):
    facts = {"keep_until": NOON + timedelta(days=7), "amount_minor": 298_000, **told}
    return About(member=order.buyer, order=order, lines=list(order.lines.all()), told=facts)


def payload(order, **more):
    told = {"order_id": order.pk, "buyer_id": order.buyer_id, "origin_kind": "product", "origin_id": None}
    return {**told, "subject": f"order:{order.pk}", "event_id": 5, **more}


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("kind", OF_ORDERS)
def test_every_letter_says_the_same_in_both_parts(order, settings, kind, language):
    settings.PUBLIC_URL = "https://shop.example"
    with translation.override(language):
        written = write(kind, about(order))
    link = f"https://shop.example/orders/{order.number}/"
    assert order.number in written.title
    assert written.text.count(link) == written.html.count(link) == 1
    assert written.title in written.text
    assert all(words in written.html for words in written.text.splitlines()[2].split("<")[:1] if words)
    assert f'<html lang="{language}"' in written.html
    assert bool(re.search("[а-я]", written.title)) == (language == "ru")


@pytest.mark.parametrize("kind", OF_ORDERS)
def test_a_letter_carries_no_script_no_form_no_picture_and_its_words_are_words(order, kind):
    html = write(kind, about(order)).html
    assert re.findall(r"<(script|form|img|iframe|link|object)|\bon\w+=|javascript:", html) == []
    assert "<b>" not in html
    assert "&lt;b&gt;«Дом»" in html
    assert re.findall(r'class="[a-z-]+"(?! style=)', html) == []
    assert set(re.findall(r'(?:href|src)="([a-z]+):', html)) == {"http"}


def test_every_word_of_letters_is_translated():
    with (UI / "locale/ru/LC_MESSAGES/django.po").open("rb") as file:
        known = {str(message.id): message.string for message in read_po(file, locale="ru") if message.id}
    said = set()
    for part in PARTS:
        text = part.read_text(encoding="utf-8")
        said |= set(re.findall(r'\{% translate "([^"]+)"', text))
        blocks = re.findall(r"\{% blocktranslate[^%]*%\}(.*?)\{% endblocktranslate", text, re.DOTALL)
        said |= {re.sub(r"\{\{ (\w+) \}\}", r"%(\1)s", block) for block in blocks}
    assert sorted(words for words in said if not known.get(words)) == []


def test_every_kind_has_its_words_and_follows_from_its_event():
    assert [kind for kind in LETTERS if not get_template(f"ui/letters/words/{kind}.txt")] == []
    assert [kind for kind in LETTERS if [one.name for one in CONSEQUENCES[kind]].count("write letter") != 1] == []


@pytest.mark.parametrize("kind", [kind for kind in sorted(LETTERS) if LETTERS[kind] is not about_reminder])
def test_a_letter_is_kept_in_her_language_about_her_order(order, kind):
    order.buyer.language = "en"
    order.buyer.save()
    write_about(kind, payload(order, keep_until=NOON.isoformat(), amount_minor=1, return_id=0), NOON)
    letter = Letter.objects.get()
    assert (letter.key, letter.kind, letter.subject) == ("event:5", kind, f"order:{order.pk}")
    assert (letter.member, letter.language, letter.written_at) == (order.buyer, "en", NOON)


def test_a_declined_payment_of_an_order_that_fell_away_is_not_written_about(order):
    order.cancelled_at = NOON
    order.save()
    assert write_about("payment_declined", payload(order), NOON) is False
    assert write_about("payment_declined", payload(order, subject="pledge:5"), NOON) is False
    assert write_about("order_paid", payload(order, order_id=0), NOON) is False
    assert Letter.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_event_delivered_again_writes_nothing_again(order):
    event = OutboxEvent.objects.create(
        event_id="7d8c1a52-2a9f-4c93-9a63-0c1f3b0d3d0e", kind="order_placed", payload=payload(order)
    )
    sent = {"event_id": event.pk, "kind": event.kind, "name": "write letter", "payload": event.payload, "at": NOON}
    assert [carry_out(**sent) for _ in range(3)] == [True, False, False]
    assert [letter.key for letter in Letter.objects.all()] == [f"event:{event.pk}"]
