"""Every table of the house is laid out: read-only, unless it is on the short list of what may be described."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from svoi.admin.editable import EDITABLE
from svoi.admin.readonly import ReadOnly
from svoi.admin.searching import SEARCHED, People
from svoi.admin.shown import is_seen
from svoi.admin.site import OperatorSite
from svoi.members.models import Member

SITE = OperatorSite()
SPECIAL: dict[type[models.Model], type[ReadOnly]] = {**EDITABLE, Member: People}


def own_tables() -> list[type[models.Model]]:
    """The tables of the house's one app: those of Django and of the task queue are nobody's business here."""
    return list(apps.get_app_config("svoi").get_models())


def lay_out() -> None:
    """Give every table that may be seen its list and its page."""
    for model in own_tables():
        if not is_seen(model):
            continue
        searched = SEARCHED.get(model.__name__)
        told = {"search_fields": searched} if searched else {}
        SITE.register(model, SPECIAL.get(model, ReadOnly), **told)
