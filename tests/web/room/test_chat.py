"""The chat in the room: lines, what is pending or refused, hidden messages, slow mode, and how long the list grows."""

from __future__ import annotations

from tests.chromium import needs_chromium
from tests.web.room.screen import from_module, hear, lines, message, write


@needs_chromium
def test_a_line_of_the_browser_is_the_line_of_the_server(page):
    """The same messages written by the server and by the browser give the same elements."""
    described = """(lines) => lines.map((line) => ({
      text: line.textContent.replace(/\\s+/g, " ").trim(), class: line.className, data: { ...line.dataset },
      roles: [...line.querySelectorAll("[data-role]")].map((role) => [role.hidden, role.textContent]),
    }))"""
    by_server = page.eval_on_selector_all(".chat-log > li", described)
    page.evaluate(
        """() => { const room = document.querySelector("svoi-room"); room.chat.reset(room.state.messages); }"""
    )
    assert page.eval_on_selector_all(".chat-log > li", described) == by_server
    assert len(by_server) == 3


@needs_chromium
def test_markup_in_a_message_stays_text(page):
    hear(page, **message(4, '<img src=x onerror="document.title=1">'))
    assert lines(page)[-1] == 'Борис <img src=x onerror="document.title=1">'
    assert page.locator(".chat-log img").count() == 0


@needs_chromium
def test_my_message_is_pending_until_the_room_shows_it(page):
    key = write(page, "Беру две")
    mine = page.locator(f'.line[data-key="{key}"]')
    assert (mine.get_attribute("data-state"), mine.get_attribute("data-n")) == ("pending", None)
    hear(page, **message(4, "Беру две", k=key))
    assert page.locator(f'.line[data-key="{key}"]').count() == 1
    assert (mine.get_attribute("data-state"), mine.get_attribute("data-n")) == (None, "4")


@needs_chromium
def test_a_refused_message_says_why_and_is_tried_again_under_its_key(page):
    key = write(page, "Ещё")
    hear(page, t="refused", k=key, code="closed")
    mine = page.locator(f'.line[data-key="{key}"]')
    assert "чат закрыт" in mine.inner_text()
    mine.get_by_role("button", name="Ещё раз").click()
    assert page.evaluate("sent.map((one) => one.k)") == [key, key]
    assert mine.get_attribute("data-state") == "pending"


@needs_chromium
def test_a_refused_message_can_be_dropped(page):
    key = write(page, "Ещё")
    hear(page, t="refused", k=key, code="too_long")
    page.locator(f'.line[data-key="{key}"]').get_by_role("button", name="Убрать").click()
    assert page.locator(f'.line[data-key="{key}"]').count() == 0


@needs_chromium
def test_what_was_pending_is_said_again_after_a_reconnection(page):
    key = write(page, "Слышно?")
    page.evaluate("""document.querySelector("svoi-room").socket.dispatchEvent(
      new CustomEvent("state", { detail: { state: "live", readOnly: false } }))""")
    assert page.evaluate("sent.map((one) => one.k)") == [key, key]


@needs_chromium
def test_a_hidden_message_keeps_its_place(page):
    hear(page, **message(4, "реклама"))
    hear(page, **message(5, "дальше"))
    hear(page, t="fact", n=1, kind="message_hidden", message_id=1004)
    assert lines(page)[-2:] == ["Сообщение скрыто ведущими", "Борис дальше"]


@needs_chromium
def test_slow_mode_is_said_and_waited_out(page):
    hear(page, t="fact", n=1, kind="chat_policy_changed", slow_mode_s=30, length_max=200, open=True)
    assert page.inner_text("[data-notice]").replace("\u00a0", " ") == "Медленный режим: одно сообщение в 30 секунд"
    write(page, "Раз")
    page.fill(".composer-form input", "Два")
    page.press(".composer-form input", "Enter")
    assert page.evaluate("sent.length") == 1
    assert page.get_attribute(".composer-send", "data-wait") == "30"


@needs_chromium
def test_letters_are_counted_as_readers_count_them(page):
    assert from_module(page, "composer", "m.lettersIn('ё👨‍👩‍👧🇷🇺й')") == 4


@needs_chromium
def test_the_list_follows_only_a_reader_at_its_end(page):
    for n in range(4, 40):
        hear(page, **message(n, f"строка {n}"))
    page.eval_on_selector(".chat-log", "(log) => { log.scrollTop = 0; log.dispatchEvent(new Event('scroll')); }")
    hear(page, **message(40, "новая"))
    assert page.inner_text(".chat-newer") == "1 новое сообщение"
    page.click(".chat-newer")
    assert page.is_hidden(".chat-newer")


@needs_chromium
def test_no_more_lines_are_kept_than_a_phone_can_bear(page):
    page.evaluate("(frames) => frames.forEach(hear)", [message(n, str(n)) for n in range(4, 404)])
    assert page.locator(".chat-log > li").count() == 300
    assert lines(page)[-1] == "Борис 403"
