"""The frames, the living page and the pages of refusal answer in both languages with what a browser needs."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory, override_settings

from svoi.ui import views
from svoi.ui.module_map import build_import_map, modules_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.addresses")]


@override_settings(DEMO=True)
@pytest.mark.parametrize(("language", "title"), [("ru", "Облик"), ("en", "The look")])
def test_the_living_page_is_shown_on_a_demo(client: Client, language: str, title: str) -> None:
    answer = client.get("/ui/", headers={"Accept-Language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"<title>{title}</title>" in page
    assert f'<html lang="{language}" data-theme="system"' in page


@override_settings(DEMO=False, DEBUG=False)
def test_the_living_page_is_hidden_elsewhere(client: Client) -> None:
    assert client.get("/ui/").status_code == 404


@override_settings(DEMO=True)
def test_the_import_map_is_the_only_inline_script_and_has_the_nonce(client: Client) -> None:
    answer = client.get("/ui/")
    scripts = re.findall(r"<script ([^>]*)>([^<]*)</script>", answer.content.decode())
    inline = [(attributes, body) for attributes, body in scripts if "src=" not in attributes]
    nonce = re.search(r"'nonce-([\w-]+)'", answer.headers["Content-Security-Policy"])
    assert nonce is not None
    assert [attributes for attributes, _ in inline] == [f'type="importmap" nonce="{nonce[1]}"']


def test_the_import_map_names_every_module_once() -> None:
    imports = json.loads(build_import_map(("ui",)))["imports"]
    assert sorted(imports) == sorted(["hls", "htmx", "leaflet", "leaflet.markercluster", *modules_of("ui")])
    assert imports["ui/js/clock.js"] == "/static/ui/js/clock.js"


@pytest.mark.parametrize(
    ("view", "raised", "status"),
    [
        (views.bad_request, Exception(), 400),
        (views.forbidden, PermissionDenied(), 403),
        (views.not_found, Http404(), 404),
    ],
)
def test_refusal_pages(view, raised: Exception, status: int) -> None:  # type: ignore[no-untyped-def]
    answer = view(RequestFactory().get("/"), raised)
    assert answer.status_code == status
    assert f'<p class="quiet figures">{status}</p>' in answer.content.decode()


def test_a_broken_page_needs_neither_people_nor_scripts() -> None:
    page = views.server_error(RequestFactory().get("/")).content.decode()
    assert "importmap" not in page
    assert '<p class="quiet figures">500</p>' in page
