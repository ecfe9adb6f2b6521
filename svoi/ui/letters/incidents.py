"""What the owners of a community are written when something went wrong in its show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from svoi.control.models import Incident
from svoi.letters.actions import keep_letter, send_letter
from svoi.members.models import Member
from svoi.shows.models import Show
from svoi.ui.letters.writing import styled


def write_to_owners(payload: dict[str, Any], at: datetime) -> int:
    """A letter to each owner, once for each event; returns how many left. Raises `LetterUnsent` to be tried again."""
    found = Incident.objects.select_related("show__community", "by").filter(pk=payload["incident_id"]).first()
    if found is None:
        return 0
    grants = found.show.community.role_grants.filter(role="owner").select_related("member").order_by("member_id")
    letters = [_kept(found, grant.member, payload["event_id"], at=at) for grant in grants]
    return sum(send_letter(letter_id=letter_id, at=at) for letter_id in letters)


def _title(show: Show) -> str:
    """In the language of the letter, where it is written in it."""
    return show.title_en if translation.get_language() == "en" and show.title_en else show.title_ru


def _kept(incident: Incident, owner: Member, event_id: Any, *, at: datetime) -> int:
    with translation.override(owner.language):
        link = f"{settings.PUBLIC_URL}{reverse('studio_incidents', args=[incident.show_id])}"
        facts = {"incident": incident, "show": _title(incident.show), "link": link}
        title = " ".join(render_to_string("ui/letters/incident_title.txt", facts).split())
        text = render_to_string("ui/letters/incident.txt", facts).strip() + "\n"
        html = styled(render_to_string("ui/letters/incident.html", {**facts, "title": title}))
    letter = keep_letter(
        key=f"event:{event_id}:{owner.pk}",
        kind="incident_reported",
        subject=f"show:{incident.show_id}",
        member=owner,
        language=owner.language,
        title=title,
        text=text,
        html=html,
        at=at,
    )
    return letter.pk
