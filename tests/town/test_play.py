"""The gates of a play, at a small shop of the test's own; a whole play is in `tests/journeys/test_town.py`."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from svoi.town.play import CannotPlay, Tally, Wish, play
from svoi.town.play.browser import Page

FORM = """<html><body><form action="/a/orders" id="buy"><input name="key" value="k"><input type="checkbox" name="loud">
<select name="size"><option value="s">S</option><option value="m" selected>M</option></select></form>
<input form="buy" type="radio" name="point" value="7"><input form="buy" type="radio" name="point" value="8" checked>
<section data-refused="out_of_stock"></section></body></html>"""


class SmallShop:
    """Answers what a play looks at first, and counts what it was asked."""

    def __init__(self) -> None:
        self.is_demo = True
        self.asked: list[str] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        if request.path == "/ui/outbox/" and not self.is_demo:
            return web.Response(status=404)
        return web.Response(text="<html><body>a shop</body></html>", content_type="text/html")


@pytest.fixture
async def shop() -> AsyncIterator[SmallShop]:
    small, application = SmallShop(), web.Application()
    application.router.add_route("*", "/{path:.*}", small.answer)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    small.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield small
    await runner.cleanup()


async def test_a_real_shop_is_left_alone(shop: SmallShop):
    shop.is_demo = False
    with pytest.raises(CannotPlay) as stopped:
        await play(Wish(shop.url, people=2, minutes=0.1))
    assert stopped.value.code == "not_a_demo"
    assert shop.asked == ["/", "/ui/outbox/"]


async def test_a_shop_with_nothing_on_air_is_left_alone(shop: SmallShop):
    with pytest.raises(CannotPlay) as stopped:
        await play(Wish(shop.url, people=2, minutes=0.1))
    assert stopped.value.code == "nothing_on_air"
    assert "/sign-up" not in shop.asked


async def test_where_nobody_answers_nothing_is_played():
    with pytest.raises(CannotPlay) as stopped:
        await play(Wish("http://127.0.0.1:1", people=2, minutes=0.1))
    assert stopped.value.code == "nobody_answers"


async def test_another_machine_is_not_even_asked():
    with pytest.raises(CannotPlay) as stopped:
        await play(Wish("http://192.0.2.1", people=2, minutes=0.1))
    assert stopped.value.code == "remote_host"


def test_a_form_is_read_as_a_browser_reads_it():
    page = Page(200, "http://127.0.0.1/a/", FORM)
    form = page.form("/orders")
    assert form is not None
    assert form.address == "http://127.0.0.1/a/orders"
    assert form.fields == {"key": "k", "size": "m", "point": "8"}
    assert form.choices == {"loud": ["on"], "point": ["7", "8"]}
    assert page.refusal == "out_of_stock"
    assert page.form("/elsewhere") is None


def test_answers_are_told_apart():
    tally = Tally()
    assert tally.answered("order", 200)
    assert not tally.answered("order", 409, "out_of_stock")
    assert not tally.answered("order", 429)
    assert not tally.answered("order", 409, "buying_too_fast")
    assert not tally.answered("order", 502)
    assert not tally.answered("order", 0)
    assert not tally.answered("order", 200, "no form")
    tally.refused("message", "too_fast", 3)
    tally.refused("message", "muted")
    assert tally.rows() == [("order", [1, 2, 2, 2, 0]), ("message", [0, 1, 1, 0, 0])]
