"""Hearts in the room: sent at a hand's pace, counted by the room, and none where none are taken."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.web.room.screen import NOON_MS, hear


def hearts(page: Page) -> tuple[str, int, bool]:
    """What the button counts, how many hearts left the page, and whether it takes any."""
    text = page.text_content("svoi-heart .heart-count") or ""
    open_ = page.get_attribute("svoi-heart button", "aria-disabled") == "false"
    return text.strip(), page.evaluate("hearts"), open_


def line_of(page: Page, state: str, *, read_only: bool = False) -> None:
    page.evaluate(
        """([state, readOnly]) => {
          const { socket } = document.querySelector("svoi-room");
          globalThis.hearts ??= 0;
          socket.react = () => { hearts += 1; return true; };
          socket.dispatchEvent(new CustomEvent("state", { detail: { state, readOnly } }));
        }""",
        [state, read_only],
    )


def test_a_heart_is_sent_by_hand_and_by_key_at_a_hands_pace_and_counted_by_the_room(page):
    line_of(page, "reconnecting")
    button = page.locator("svoi-heart button")
    button.click(force=True)
    assert hearts(page) == ("0", 0, False)
    line_of(page, "live")
    box = button.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    page.evaluate("for (let tap = 0; tap < 9; tap += 1) document.querySelector('svoi-heart button').click()")
    assert hearts(page) == ("0", 1, True)
    page.wait_for_timeout(250)
    button.press("Enter")
    assert hearts(page)[1] == 2
    assert page.text_content("[data-status]") == "Сердце отправлено"
    assert page.locator(".heart-flying").count() > 0
    hear(page, t="count", viewers=5, reactions=12_345)
    assert hearts(page)[0] == "12,3\u00a0тыс."
    hear(page, t="fact", n=10**6, kind="show_ended", at=NOON_MS, ended_at=NOON_MS)
    assert not page.is_visible("svoi-heart")


def test_a_line_that_only_reads_takes_no_hearts_and_nothing_flies_for_whom_motion_is_too_much(page):
    line_of(page, "live", read_only=True)
    assert not hearts(page)[2]
    page.emulate_media(reduced_motion="reduce")
    line_of(page, "live")
    page.click("svoi-heart button")
    assert (hearts(page)[1], page.locator(".heart-flying").count()) == (1, 0)
