"""How a show is announced: its words, its poster; given, refused, taken away; who may; where it is seen then."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from svoi.db.models import OutboxEvent
from svoi.shows.models import Show
from tests import cast
from tests.rundowns.desk import coming_show
from tests.studio.stage import signed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def planned(table, anna) -> Show:
    return coming_show(table, anna, title="Новый обжиг")


def address(show: Show) -> str:
    return reverse("studio_announcement", args=[show.pk])


def poster(show: Show) -> str:
    return reverse("studio_poster", args=[show.pk])


def words(show: Show) -> str:
    return reverse("studio_words", args=[show.pk])


def said(**changes: str) -> dict[str, str]:
    return {"title_ru": "Обжиг", "title_en": "The firing", "about_ru": "Открываем печь", "about_en": "", **changes}


def file(content: bytes | None = None) -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (600, 800), (90, 120, 60)).save(out, "JPEG")
    return SimpleUploadedFile("dinner.jpg", out.getvalue() if content is None else content, "image/jpeg")


def refusal(answer) -> tuple[int, int]:
    return answer.status_code, answer.content.count(b"data-refused=")


def test_a_picture_becomes_the_poster_and_is_seen_where_shows_are(anna, planned, client):
    browser = signed(anna)
    assert b"picture-34" in browser.get(address(planned)).content
    assert browser.post(poster(planned), {"file": file()}).headers["Location"] == address(planned)
    planned.refresh_from_db()
    assert (settings.MEDIA_ROOT / planned.poster).is_file()
    seen = f"/pictures/{planned.poster}"
    pages = (address(planned), f"/shows/{planned.pk}/", "/c/table/", "/")
    assert [seen in browser.get(page).content.decode() for page in pages] == [True] * len(pages)
    assert seen in client.get("/").content.decode()  # a visitor's home too


def test_it_is_taken_away_again(anna, planned):
    browser = signed(anna)
    browser.post(poster(planned), {"file": file()})
    assert browser.post(poster(planned), {"verb": "remove"}).status_code == 302
    planned.refresh_from_db()
    assert (planned.poster, b'value="remove"' in browser.get(address(planned)).content) == ("", False)


@pytest.mark.parametrize("content", [b"", b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe0 no more"])
def test_what_is_no_picture_is_refused_and_the_old_one_stays(anna, planned, content):
    browser = signed(anna)
    browser.post(poster(planned), {"file": file()})
    before = Show.objects.get(pk=planned.pk).poster
    assert refusal(browser.post(poster(planned), {"file": file(content)})) == (422, 1)
    assert refusal(browser.post(poster(planned))) == (422, 1)
    assert Show.objects.get(pk=planned.pk).poster == before != ""


def test_strangers_members_and_moderators_do_not_find_it(client, planned, table, dmitri, vera, gleb):
    for person in (dmitri, cast.joins(vera, table), cast.joins(gleb, table, "moderator")):
        assert signed(person).get(address(planned)).status_code == 404
        assert signed(person).post(poster(planned), {"file": file()}).status_code == 404
        assert signed(person).post(words(planned), said()).status_code == 404
    assert client.get(address(planned)).headers["Location"].startswith("/sign-in")
    assert (Show.objects.get(pk=planned.pk).poster, Show.objects.get(pk=planned.pk).title_ru) == ("", "Новый обжиг")


def test_a_host_gives_her_own_show_a_poster_and_no_other(boris, planned, table):
    hers = coming_show(table, cast.joins(boris, table, "host"), title="Её")
    assert signed(boris).post(poster(hers), {"file": file()}).status_code == 302
    assert signed(boris).post(poster(planned), {"file": file()}).status_code == 404
    assert [signed(boris).post(words(show), said()).status_code for show in (hers, planned)] == [302, 404]
    assert (Show.objects.get(pk=hers.pk).poster != "", Show.objects.get(pk=planned.pk).poster) == (True, "")


def test_other_words_are_on_record_with_who_chose_them_and_the_same_are_not(anna, planned, client):
    browser = signed(anna)
    assert browser.post(words(planned), said()).headers["Location"] == address(planned)
    browser.post(words(planned), said())
    told = OutboxEvent.objects.filter(kind="show_reworded").values_list("payload", flat=True)
    assert [(one["names"], one["by_id"]) for one in told] == [(["about_ru", "title_en", "title_ru"], anna.pk)]
    assert "Обжиг" in client.get(f"/shows/{planned.pk}/").content.decode()
    assert 'value="Обжиг"' in browser.get(address(planned)).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"title_ru": ""}, {"title_ru": "я" * 141}, {"about_en": "z" * 2001}, {"title_en": "\0"}]
)
def test_words_that_do_not_fit_come_back_as_they_were_typed(anna, planned, wrong):
    answer = signed(anna).post(words(planned), said(**{"about_ru": "Набрано", **wrong}))
    assert (answer.status_code, "Набрано" in answer.content.decode()) == (422, True)
    assert Show.objects.get(pk=planned.pk).title_ru == "Новый обжиг"


def test_a_script_in_a_title_is_only_words(anna, planned):
    browser = signed(anna)
    browser.post(words(planned), said(title_ru="<script>alert(1)</script>"))
    for page in (address(planned), f"/shows/{planned.pk}/", "/c/table/"):
        assert "<script>alert(1)" not in browser.get(page).content.decode()
