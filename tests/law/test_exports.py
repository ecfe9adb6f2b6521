"""An export holds everything about one member and nothing about others, and goes after a week."""

from __future__ import annotations

import hashlib
import json
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from svoi.law.actions.consents import Document, give_consent
from svoi.law.actions.exports import ask_export, drop_old_exports, export_file, make_export
from svoi.law.models import DataExport
from svoi.law.packing import pack
from svoi.law.personal import ALL_PARTS
from svoi.law.rules import ExportTooSoon
from svoi.letters.actions import keep_letter
from svoi.orders.models import OrderLine
from svoi.payments.models import Payment
from svoi.shows.models import ChatMessage
from tests import cast
from tests.cast import NOON, recorded

pytestmark = pytest.mark.django_db(transaction=True)
KEY = UUID(int=7)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def busy(vera, boris, anna, table):
    """Vera and Boris with a bit of everything."""
    variant, point = cast.product(table), cast.pickup_point(table)
    show = cast.live_show(table, anna, variant)
    text = Document("marketing", "ru", "Письма", "Согласие.\n")
    for seq, person in enumerate((vera, boris), start=1):
        cast.joins(person, table)
        order = cast.unpaid_order(person, variant, point)
        OrderLine.objects.create(order=order, variant=variant, name=f"Cup of {person}", quantity=1, price_minor=5)
        Payment.objects.create(
            key=uuid4(), subject=f"order:{order.pk}", provider="fake", amount_minor=5, purpose="x", return_url="/"
        )
        ChatMessage.objects.create(show=show, author=person, seq=seq, text=f"Words of {person}", key=uuid4())
        keep_letter(
            key=f"event:{seq}",
            kind="order_paid",
            subject="",
            member=person,
            language="ru",
            title="Letter",
            text=f"To {person}",
            html="",
            at=NOON,
        )
        give_consent(member=person, kind="marketing", document=text, channel="own_page", at=NOON)
    return vera


def made(member) -> zipfile.ZipFile:
    export = ask_export(member=member, key=KEY, at=NOON)
    assert make_export(export_id=export.pk, at=NOON)
    return zipfile.ZipFile(export_file(key=KEY))


def test_it_holds_all_of_hers_and_nothing_of_others(busy):
    archive = made(busy)
    told = json.loads(archive.read("data.json"))
    assert list(told) == ["made_at", *(part.name for part in ALL_PARTS)]
    assert {name: len(rows) for name, rows in told.items() if rows and name != "made_at"} == {
        "member": 1,
        "memberships": 1,
        "orders": 1,
        "order_lines": 1,
        "payments": 1,
        "messages": 1,
        "letters": 1,
        "consents": 1,
        "consent_texts": 1,
        "exports": 1,
    }
    assert (told["member"][0]["email"], told["messages"][0]["text"]) == ("vera@example.com", "Words of Vera")
    assert "Boris" not in archive.read("data.json").decode()
    letter, text = told["letters"][0]["id"], told["consent_texts"][0]["id"]
    assert sorted(archive.namelist()) == [f"consent_texts/{text}.txt", "data.json", f"letters/{letter}.txt"]
    assert archive.read(f"letters/{letter}.txt").decode() == "To Vera"


def test_no_secrets_leave(busy):
    told = json.loads(made(busy).read("data.json"))
    names = {name for rows in told.values() if isinstance(rows, list) for row in rows for name in row}
    assert names & {"password", "session_key", "session_data", "token_hash", "key", "page_url"} == set()


def test_the_file_is_the_houses_alone_and_its_hash_is_kept(busy):
    made(busy)
    export, path = DataExport.objects.get(), export_file(key=KEY)
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert (export.ready_at, export.size_bytes) == (NOON, path.stat().st_size)
    assert export.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_asked_once_made_once_and_not_again_within_the_hour(vera):
    first, again = (ask_export(member=vera, key=KEY, at=NOON) for _ in range(2))
    assert (first.pk, recorded()) == (again.pk, [("export_asked", {"export_id": first.pk})])
    assert [make_export(export_id=first.pk, at=NOON) for _ in range(2)] == [True, False]
    with pytest.raises(ExportTooSoon):
        ask_export(member=vera, key=uuid4(), at=NOON + timedelta(minutes=59))
    ask_export(member=vera, key=uuid4(), at=NOON + timedelta(hours=1))


def test_a_broken_try_leaves_no_half_file(vera, monkeypatch):
    export = ask_export(member=vera, key=KEY, at=NOON)
    with monkeypatch.context() as broken:
        broken.setattr("svoi.law.actions.exports.digest_of", lambda target: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make_export(export_id=export.pk, at=NOON)
    assert DataExport.objects.get().ready_at is None
    assert make_export(export_id=export.pk, at=NOON)
    assert [file.suffix for file in export_file(key=KEY).parent.iterdir()] == [".zip"]


def test_exports_go_after_a_week(vera):
    made(vera)
    assert (drop_old_exports(at=NOON + timedelta(days=6)), export_file(key=KEY).exists()) == (0, True)
    assert (drop_old_exports(at=NOON + timedelta(days=7)), export_file(key=KEY).exists()) == (1, False)
    assert make_export(export_id=DataExport.objects.get().pk, at=NOON) is False


def test_pictures_come_along_and_paths_do_not_climb_out(vera, folder):
    from svoi.db.personal import Part
    from svoi.members.models import Member

    (folder / "media").mkdir()
    (folder / "media" / "a.webp").write_bytes(b"picture")
    (folder / "secret").write_bytes(b"secret")
    for name, kept in (("a.webp", {"data.json", f"me/{vera.pk}.webp"}), ("../secret", {"data.json"})):
        Member.objects.filter(pk=vera.pk).update(name=name)
        target = folder / "out.zip"
        part = Part("me", Member, "pk", file="name")
        pack(target, parts=[part], member_id=vera.pk, media=folder / "media", at=NOON)
        assert set(zipfile.ZipFile(target).namelist()) == kept
