"""Lines among the crew and incidents: words that stay in the studio, kept once, never changed."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError

from svoi.control.actions.noting import leave_note, report_incident
from svoi.control.models import CrewNote, Incident
from svoi.control.queries.notes import crew_lines, incidents_of, note_to_host
from svoi.control.rules.notes import (
    INCIDENT_LENGTH_MAX,
    NOTE_LENGTH_MAX,
    AudienceUnknown,
    IncidentUnknown,
    NoteEmpty,
    NoteTooLong,
)
from svoi.db.models import OutboxEvent
from svoi.letters.models import Letter
from svoi.members.models import Member
from svoi.ui.letters.incidents import write_to_owners
from tests import cast
from tests.cast import NOON, recorded
from tests.control.room import after, refused


def note(show, by, **changes) -> CrewNote:
    return leave_note(
        **{"show_id": show.pk, "audience": "crew", "text": "Свет", "by": by, "key": uuid4(), "at": NOON, **changes}
    )


def report(show, by, **changes) -> Incident:
    told = {"show_id": show.pk, "kind": "technical", "note": "Звук пропал", "by": by, "key": uuid4(), "at": NOON}
    return report_incident(**{**told, **changes})


def test_a_note_is_a_row_and_a_fact_without_its_words(show, anna):
    key = uuid4()
    left = note(show, anna, text="  Крупнее\n кружку ", audience="host", key=key)
    assert note(show, anna, text="Иначе", audience="host", key=key).pk == left.pk
    assert (left.text, left.audience, left.by_id, left.at) == ("Крупнее кружку", "host", anna.pk, NOON)
    assert recorded() == [("note_left", {"show_id": show.pk, "by_id": anna.pk, "note_id": left.pk, "audience": "host"})]


def test_the_host_reads_the_last_note_to_her(show, anna):
    note(show, anna, text="Первая", audience="host")
    note(show, anna, text="Вторая", audience="host", at=after(1))
    note(show, anna, text="Нам", at=after(2))
    assert note_to_host(show_id=show.pk).text == "Вторая"
    assert [line.text for line in crew_lines(show_id=show.pk)] == ["Первая", "Вторая", "Нам"]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"text": " \n\0 "}, NoteEmpty),
        ({"text": "я" * (NOTE_LENGTH_MAX + 1)}, NoteTooLong),
        ({"audience": "all"}, AudienceUnknown),
        ({"audience": ""}, AudienceUnknown),
    ],
)
def test_notes_that_are_refused(show, anna, changes, kind):
    with refused(kind):
        note(show, anna, **changes)
    assert (CrewNote.objects.count(), recorded()) == (0, [])


def test_an_incident_is_a_row_and_a_fact_without_its_words(show, anna):
    key = uuid4()
    kept = report(show, anna, key=key, note="Звук\r\nпропал\0")
    assert report(show, anna, key=key).pk == kept.pk
    assert [(one.kind, one.note, one.by_id, one.at) for one in incidents_of(show_id=show.pk)] == [
        ("technical", "Звук\nпропал", anna.pk, NOON)
    ]
    assert recorded() == [
        (
            "incident_reported",
            {"show_id": show.pk, "by_id": anna.pk, "incident_id": kept.pk, "about": "technical"},
        )
    ]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"kind": "other"}, IncidentUnknown),
        ({"note": ""}, NoteEmpty),
        ({"note": "я" * (INCIDENT_LENGTH_MAX + 1)}, NoteTooLong),
    ],
)
def test_incidents_that_are_refused(show, anna, changes, kind):
    with refused(kind):
        report(show, anna, **changes)
    assert (Incident.objects.count(), recorded()) == (0, [])


def test_the_database_changes_neither(show, anna):
    for row in (note(show, anna), report(show, anna)):
        with refused(DatabaseError):
            type(row).objects.filter(pk=row.pk).update(at=after(1))
        with refused(DatabaseError):
            row.delete()


def test_every_owner_gets_a_letter_once_in_her_language(show, table, anna, boris):
    cast.joins(boris, table, "owner")
    Member.objects.filter(pk=boris.pk).update(language="en")
    kept = report(show, anna, note="<b>Звук</b> пропал")
    event_id = OutboxEvent.objects.get(kind="incident_reported").event_id
    for _ in range(2):
        write_to_owners({"incident_id": kept.pk, "event_id": event_id}, NOON)
    told = Letter.objects.order_by("member_id").values_list("member_id", "language", "title")
    assert [(member_id, language, title.replace("\xa0", " ")) for member_id, language, title in told] == [
        (anna.pk, "ru", "Происшествие в эфире «Эфир»"),
        (boris.pk, "en", "Incident in the show “Show”"),
    ]
    letter = Letter.objects.get(member=anna)
    assert ("<b>Звук</b> пропал" in letter.text, "<b>Звук" in letter.html) == (True, False)
