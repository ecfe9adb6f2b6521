"""The living page: every piece, in both themes and every state, from the same templates the product uses."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from svoi.ui.icons import icon_names

CITIES = [("1", _("Nizhny Novgorod")), ("2", _("Petropavlovsk-Kamchatsky"))]
DOORS = [("open", _("Open: anybody may join")), ("closed", _("Closed: by invitation"))]
CRUMBS = [
    {"href": "/", "label": _("Home")},
    {"href": "/c/", "label": _("Clay and linen")},
    {"href": "", "label": _("A jug for milk")},
]
NAMES = ["Анна Соколова", "Борис", "Вера Лебедева", "Gleb", "Dmitri Orlov", "Ю"]


class SpecimenForm(forms.Form):
    """Every kind of field, once."""

    name = forms.CharField(label=_("How should we call you"), help_text=_("Others in the community will see it."))
    email = forms.EmailField(label=_("E-mail"))
    password = forms.CharField(label=_("Password"), widget=forms.PasswordInput)
    city = forms.ChoiceField(label=_("City"), choices=CITIES)
    note = forms.CharField(label=_("A word to the packer"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    doors = forms.ChoiceField(label=_("Doors"), choices=DOORS, widget=forms.RadioSelect)
    letters = forms.BooleanField(
        label=_("I want letters about new shows"),
        required=False,
        help_text=_("At most one a week; leaving is one click."),
    )


def specimens() -> dict[str, Any]:
    now = timezone.now()
    wrong = SpecimenForm({"name": "", "email": "anna@", "city": "1", "doors": "open"}, auto_id="wrong_%s")
    return {
        "fresh": SpecimenForm(auto_id="fresh_%s"),
        "wrong": wrong,
        "soon_at": now + timedelta(minutes=12, seconds=41),
        "later_at": now + timedelta(days=2, hours=3),
        "now": now,
        "variant": SimpleNamespace(price_minor=149000, old_price_minor=199000, currency="RUB"),
        "names": NAMES,
        "crumbs": CRUMBS,
        "icon_names": icon_names(),
    }


@require_safe
def living(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.DEMO or settings.REHEARSAL):
        raise Http404
    return render(request, "ui/living/living.html", specimens())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return render(request, "500.html", status=500)
