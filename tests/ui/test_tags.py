"""The template tags give exactly the markup the style sheets expect."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

AT = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)


def rendered(source: str, language: str = "ru", **values: object) -> str:
    with translation.override(language):
        return Template("{% load ui %}" + source).render(Context(values)).strip()


def test_icon_names_a_symbol_of_the_sprite() -> None:
    assert rendered('{% icon "heart" "small" %}') == (
        '<svg class="icon icon-small" aria-hidden="true" focusable="false">'
        '<use href="/static/ui/vendor/lucide-1.62.0.svg#heart"/></svg>'
    )


def test_money_carries_its_machine_value() -> None:
    assert rendered("{% money 149050 %}") == '<data class="money" value="1490.50">1\u202f490,50\u00a0₽</data>'


def test_an_old_price_is_said_and_struck() -> None:
    variant = SimpleNamespace(price_minor=149000, old_price_minor=199000, currency="RUB")
    assert rendered("{% price variant %}", "en", variant=variant) == (
        '<span class="price"><span class="price-now"><span class="unseen">Price now: </span>'
        '<data class="money" value="1490.00">₽1,490</data></span> '
        '<s class="price-old"><span class="unseen">Old price: </span>'
        '<data class="money" value="1990.00">₽1,990</data></s></span>'
    )


@pytest.mark.parametrize("old_minor", [None, 0, 149000, 100])
def test_an_old_price_that_is_not_higher_is_not_shown(old_minor: int | None) -> None:
    variant = SimpleNamespace(price_minor=149000, old_price_minor=old_minor)
    assert "price-old" not in rendered("{% price variant %}", variant=variant)


def test_a_name_cannot_write_markup() -> None:
    assert rendered("{% avatar name %}", name="<b>") == '<span class="avatar avatar-tone-2" aria-hidden="true">·</span>'
    assert "<b>" not in rendered('{% pill "plain" text %}', text="<b>")


def test_a_pill_has_only_known_meanings() -> None:
    assert rendered('{% pill "live" "В эфире" %}') == '<span class="pill pill-live">В эфире</span>'
    with pytest.raises(AssertionError):
        rendered('{% pill "sale" "−50 %" %}')


@pytest.mark.parametrize(
    ("shape", "russian", "english"),
    [
        ("moment", "22\u00a0ноября, 19:05", "22\u00a0November, 19:05"),
        ("date", "22\u00a0ноября 2026", "22\u00a0November 2026"),
        ("clock", "19:05", "19:05"),
    ],
)
def test_time_is_written_by_the_server_and_marked_for_the_browser(shape: str, russian: str, english: str) -> None:
    for language, words in (("ru", russian), ("en", english)):
        assert rendered("{% when at shape %}", language, at=AT, shape=shape) == (
            f'<svoi-time data-shape="{shape}"><time datetime="2026-11-22T16:05:00+00:00">{words}</time></svoi-time>'
        )


def test_no_time_is_nothing() -> None:
    assert rendered("{% when at %}", at=None) == ""


def test_the_current_way_is_marked() -> None:
    def current(path: str, href: str) -> bool:
        way = '{% way href "house" "Home" %}'
        return "aria-current" in rendered(way, href=href, request=RequestFactory().get(path))

    assert current("/", "/") is True
    assert current("/orders/7/", "/orders/") is True
    assert current("/orders/", "/") is False


class Letter(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="For the receipt.")


def test_a_wrong_field_is_tied_to_its_words() -> None:
    markup = rendered("{% field form.email %}", "en", form=Letter({"email": "anna@"}))
    assert '<label class="field-label" for="id_email">' in markup
    assert 'aria-invalid="true" aria-describedby="id_email_helptext id_email_error"' in markup
    assert 'id="id_email_helptext"' in markup
    assert 'class="field-error" id="id_email_error"' in markup


@pytest.mark.parametrize(
    ("theme", "expected"),
    [
        ("dark", "dark"),
        ("light", "light"),
        ("neon", "system"),
        ("", "system"),
    ],
)
def test_only_known_themes_reach_the_page(theme: str, expected: str) -> None:
    request = RequestFactory().get("/")
    request.theme = theme  # type: ignore[attr-defined]
    assert rendered("{% theme %}", request=request) == expected
    assert rendered("{% theme %}") == "system"
