"""Stages, goods and pins in the room, each at its own media time."""

from __future__ import annotations

from tests.chromium import needs_chromium
from tests.web.room.screen import NOON_MS, from_module, hear, lines


@needs_chromium
def test_stages_follow_the_facts(page):
    for n, (kind, stage) in enumerate(
        [("break_started", "break"), ("break_ended", "live"), ("signal_lost", "reconnecting"), ("show_ended", "ended")],
        1,
    ):
        hear(page, t="fact", n=n, kind=kind, at=NOON_MS)
        assert page.get_attribute("svoi-room", "data-stage") == stage


@needs_chromium
def test_a_sold_out_product_is_said_on_its_card_and_in_the_tray(page):
    pin = page.evaluate("document.querySelector('svoi-room').state.pin")
    card = {"product_id": pin["product_id"], "variant_id": pin["variant_id"], "old_price_minor": 199_000}
    hear(page, t="fact", n=1, kind="stock_ran_out", price_minor=159_000, sold_out=True, **card)
    page.wait_for_selector("svoi-pin[data-sold-out]")
    assert page.inner_text("svoi-pin [data-price]") == "1\u202f590\u00a0₽"
    assert page.locator(f'.tray-row[data-product="{pin["product_id"]}"][data-sold-out]').count() == 2


@needs_chromium
def test_somebody_bought_without_a_name_unless_she_agreed(page):
    product = page.evaluate("document.querySelector('svoi-room').state.pin.product_id")
    hear(page, t="fact", n=1, kind="someone_bought", name=None, product_id=product, quantity=1)
    hear(page, t="fact", n=2, kind="someone_bought", name="Вера", product_id=product, quantity=1)
    assert lines(page)[-2:] == ["Кто-то купил: Кружка", "Вера покупает: Кружка"]


@needs_chromium
def test_a_pin_belongs_to_its_media_time(page):
    """Two viewers with different delay see the same card on the same frame; who rewinds sees what was shown then."""
    told = from_module(
        page,
        "pin-timeline",
        """(() => {
          const pins = new m.PinTimeline([{ pin_id: 1, product_id: 10, from: 1000, until: 2000 }]);
          pins.pin({ pin_id: 2, product_id: 20, media_at: 3000 });
          pins.pin({ pin_id: 3, product_id: 10, media_at: 4000 });
          pins.unpin({ pin_id: 3, media_at: 5000 });
          return [999, 1000, 1999, 2000, 2999, 3000, 3999, 4000, 4999, 5000].map((at) => pins.at(at)?.pin_id ?? 0);
        })()""",
    )
    assert told == [0, 1, 1, 0, 0, 2, 2, 3, 3, 0]


@needs_chromium
def test_without_pictures_a_pin_does_not_wait_for_a_frame(page):
    moment = "m.shownMoment({ mediaMs: 1000, frames: %s, follows: %s, nowMs: 20000 })"
    shown = [
        from_module(page, "pin-timeline", moment % case)
        for case in (("true", "true"), ("false", "true"), ("false", "false"))
    ]
    assert shown == [1000, 17_000, 1000]


@needs_chromium
def test_a_media_time_has_its_place_in_the_recording(page):
    fragments = """[{ start: 0, duration: 1, programDateTime: 5000 },
      { start: 1, duration: 0.5, programDateTime: 6000 },
      { start: 1.5, duration: 1, programDateTime: 60000 }]"""
    places = [
        from_module(page, "media-time", f"m.timeOf({fragments}, null, {at})")
        for at in (0, 5250, 6400, 9000, 60_500, 99_000)
    ]
    assert places == [0, 0.25, 1.4, 1.5, 2.0, 2.5]


@needs_chromium
def test_a_playlist_that_ends_with_a_whole_segment_is_told_apart_from_the_next(page):
    live = '#EXTM3U\\n#EXT-X-PART:DURATION=0.25,URI="a"\\n#EXTINF:1,\\ns1.m4s\\n'
    texts = f"['{live}', '{live}#EXT-X-ENDLIST\\n', '#EXTM3U\\n#EXTINF:1,\\ns1.m4s\\n']"
    kept = from_module(page, "playlist-loader", f"{texts}.map((text) => m.withNextPart(text) === text)")
    assert kept == [False, True, True]


@needs_chromium
def test_only_a_pause_of_her_own_leaves_the_viewer_behind(page):
    """A picture that starts, or that the browser paused by itself, follows the show however far its clock is."""
    page.evaluate(
        """() => {
          const player = document.querySelector("svoi-player");
          Object.assign(player, { started: true });
          Object.assign(player.stream, { live: true, following: true });
          Object.defineProperty(player.stream, "edge", { get: () => 100 });
          Object.defineProperty(player.video, "paused", { writable: true, value: true });
          const turn = (name, paused) => { player.video.paused = paused; player.video.dispatchEvent(new Event(name)); };
          player.video.play = async () => turn("play", false);
          player.video.pause = () => turn("pause", true);
          globalThis.followed = [];
          for (const step of ["goes on", "holds", "goes on"]) { player.toggle(); followed.push(player.following); }
        }"""
    )
    assert page.evaluate("followed") == [True, True, False]
