"""Steps of a week of shows: planned in the calendar, copied, run by two in the console, looked back at."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.journeys.house import until

PLACE = "/studio/kromka"
CALENDAR = f"{PLACE}/calendar"


def plans(owner: Page, title: str, *, day: int, at: str, host: str = "Вера Осипова") -> str:
    """A show in the calendar, so many days from now; returns its number."""
    owner.goto(f"{CALENDAR}/shows")
    when = datetime.now(tz=UTC) + timedelta(days=day)
    owner.fill("[name=title_ru]", title)
    owner.fill("[name=date]", when.strftime("%Y-%m-%d"))
    owner.fill("[name=time]", at)
    owner.fill("[name=length_min]", "60")
    owner.fill("[name=preparation_min]", "30")
    owner.select_option("[name=studio]", label="У печи")
    owner.select_option("[name=host]", label=host)
    owner.click(".cal-form button[type=submit]")
    if owner.locator("[name=accepting]").count():  # a soft conflict: she says why it is all right
        print("a conflict accepted:", owner.locator(".form-errors, [role=alert]").first.inner_text())
        owner.fill("[name=accepting]", "Помощники есть")
        owner.click(".cal-form button[type=submit]")
    expect(owner.locator("h1")).to_have_text(title)
    href = owner.locator(".page-head a[href^='/studio/shows/'][href$='/']").get_attribute("href") or ""
    return href.strip("/").rsplit("/", 1)[1]


def agrees(owner: Page) -> None:
    """Asks for the approval of the plan she looks at, and gives it."""
    owner.click("button[name=verb][value=ask]")
    owner.click("button[name=verb][value=approve]")
    expect(owner.locator("button[name=verb]")).to_have_count(0)


def copies_rundown(owner: Page, show: str, *, of: str) -> None:
    """Begins the plan of a show with that of another one, and lays its goods out."""
    owner.goto(f"/studio/shows/{show}/rundown")
    form = owner.locator(".rundown-copy", has=owner.locator("option", has_text=of)).last
    form.locator("select").select_option(form.locator("option", has_text=of).first.get_attribute("value"))
    form.locator("button").click()
    expect(owner.locator(".rundown-rows > li")).to_have_count(8)


def lays_out(producer: Page, show: str, *names: str) -> None:
    """Products of the shop into the tray of the show, found by their names."""
    producer.goto(f"/studio/shows/{show}/")
    producer.click("#tray-add")
    for place, name in enumerate(names, start=1):
        producer.fill("#choice-sheet [name=q]", name)
        producer.locator("#choice .finding", has_text=name).first.locator("[data-adds]").click()
        expect(producer.locator("#tray .tray-row")).to_have_count(place)
    producer.keyboard.press("Escape")


def takes_control(console: Page) -> None:
    """From whoever has it: one press, and her own console says so."""
    console.click("#hold-take")
    expect(console.locator("#control .steer-hold[data-mine]")).to_be_visible()


def fires_deal(producer: Page, *, price: int) -> None:
    producer.click("#flash-prepare")
    producer.fill("#flash-form [name=price]", str(price))
    producer.fill("#flash-form [name=quantity]", "2")
    producer.select_option("#flash-form [name=countdown_s]", "10")
    producer.select_option("#flash-form [name=runs_s]", "60")
    producer.click("#flash-form button[type=submit]")
    expect(producer.locator("#flash[data-deal=armed]")).to_contain_text(f"{price:,}".replace(",", "\u00a0"))
    producer.click("#flash-fire")
    expect(producer.locator("#flash[data-deal=countdown], #flash[data-deal=running]")).to_be_visible()


def next_segment(producer: Page, title: str) -> None:
    """Steps on; the console names the segment that runs now."""
    producer.click("#cue-next")
    expect(producer.locator("#control .steer-now .steer-title")).to_have_text(title)


def cuts_clip(producer: Page, show: str) -> None:
    """From the first chapter; the clip plays on the page."""
    producer.goto(f"/studio/shows/{show}/clips")
    form = producer.locator("form.after-cut").first
    form.locator("input[name=length]").fill("8")
    form.locator("button").click()
    until(lambda: producer.locator(".after-video[src]").count() == 1, within_s=60, what="a clip")
    video = producer.locator(".after-video[src]")
    video.evaluate("(video) => { video.muted = true; return video.play(); }")
    until(lambda: video.evaluate("(video) => video.currentTime") > 1, within_s=20, what="a clip that plays")


def takes_poster(producer: Page, show: str) -> str:
    """The frame that the clip stands at; returns the address of the poster that comes of it."""
    producer.goto(f"/studio/shows/{show}/announcement")
    until(
        lambda: producer.locator(".after-video").evaluate("(video) => video.readyState") >= 2,
        within_s=20,
        what="a frame",
    )
    before = producer.locator(".poster-shown img").get_attribute("src")
    producer.click("[data-frame]")
    expect(producer.locator("button[value=remove]")).to_be_visible()
    address = producer.locator(".poster-shown img").get_attribute("src") or ""
    assert address != before
    return address


def writes_note(producer: Page, show: str, text: str) -> None:
    producer.goto(f"/studio/shows/{show}/debrief")
    producer.check("input[name=kind][value=change]")
    producer.fill("#note-text", text)
    producer.click(".after-pair form.card button[type=submit]")
    expect(producer.locator(".after-notes").first).to_contain_text(text)
