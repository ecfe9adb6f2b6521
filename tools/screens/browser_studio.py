"""Pictures of the browser studio: before the show, refused a camera, on air, connecting again; for `tools.screens`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tools.screens.camera import Camera

# Instead of a lens: a table by a window with a cup that steams, drawn anew thirty times a second.
LENS = """() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1280, height: 720 });
  const pen = canvas.getContext("2d");
  const draw = () => {
    const beat = performance.now() / 1000;
    const light = pen.createLinearGradient(0, 0, 1280, 520);
    light.addColorStop(0, "#efe3cf"); light.addColorStop(1, "#c9b597");
    pen.fillStyle = light; pen.fillRect(0, 0, 1280, 720);
    pen.fillStyle = "#8c6b4a"; pen.fillRect(0, 500, 1280, 220);
    pen.fillStyle = "#7a5b3d"; pen.fillRect(0, 500, 1280, 10);
    pen.fillStyle = "#f6f1e8"; pen.fillRect(330, 60, 190, 300); pen.fillRect(540, 60, 190, 300);
    pen.fillStyle = "#bcd0d6"; pen.fillRect(342, 72, 166, 276); pen.fillRect(552, 72, 166, 276);
    pen.fillStyle = "rgb(0 0 0 / .16)";
    pen.beginPath(); pen.ellipse(650, 606, 150, 26, 0, 0, 7); pen.fill();
    pen.fillStyle = "#3f6f63";
    pen.beginPath(); pen.roundRect(545, 430, 190, 170, [6, 6, 60, 60]); pen.fill();
    pen.lineWidth = 22; pen.strokeStyle = "#3f6f63";
    pen.beginPath(); pen.arc(740, 505, 44, -1.4, 1.4); pen.stroke();
    pen.fillStyle = "#2e5249"; pen.beginPath(); pen.ellipse(640, 432, 95, 16, 0, 0, 7); pen.fill();
    pen.lineWidth = 5; pen.strokeStyle = "rgb(255 255 255 / .6)";
    for (let place = 0; place < 3; place++) {
      pen.beginPath(); pen.moveTo(605 + place * 36, 415);
      const sway = (up) => Math.sin(up / 22 + beat * 2 + place) * 9;
      for (let up = 0; up < 120; up += 6) pen.lineTo(605 + place * 36 + sway(up), 415 - up);
      pen.stroke();
    }
  };
  setInterval(draw, 33);
  const asked = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (wish) => wish.video ? canvas.captureStream(30) : asked(wish);
}"""
DENIED = """navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("no", "NotAllowedError"); }"""
GIVEN = "navigator.permissions.query = async () => ({ state: 'granted' })"
FILMS = f"({LENS})(); {GIVEN}"


def around_the_camera(camera: Camera) -> None:
    """Vera films a show of her own that Boris planned; in the end it is over."""
    show = planned(camera)
    page = f"/studio/shows/{show}/camera"
    camera.take("camera-ready", page, who="vera", script=FILMS, pose=checked, wait_ms=4000)
    camera.take("camera-denied", page, who="vera", script=f"{DENIED}; {GIVEN}", wait_ms=4000)
    camera.take("camera-checks", page, who="vera", script=FILMS, pose=list_of_checks, wait_ms=4000)
    camera.take("camera-live", page, who="vera", script=FILMS, pose=on_air, wait_ms=4000)
    camera.take("camera-lost", page, who="vera", script=FILMS, pose=lambda at: lost(camera, at), wait_ms=4000)
    with camera.page("phone", "light", "ru", "vera", script=FILMS) as host:
        host.goto(page)
        host.click("#air .air-end button")
        host.click("#air .air-end button")
        host.wait_for_selector('.air[data-stage="ended"]')
    camera.take("camera-ended", page, who="vera", wait_ms=2000)


def planned(camera: Camera) -> str:
    """The number of a new show with Vera as its host."""
    with camera.page("desk", "light", "ru", "boris") as producer:
        producer.goto("/studio/kromka/shows")
        producer.fill("[name=title_ru]", "Чай из новых кружек")
        producer.fill("[name=title_en]", "Tea from the new mugs")
        soon = datetime.now(tz=UTC) + timedelta(days=2)
        producer.fill("[name=starts_at]", soon.strftime("%Y-%m-%dT19:00"))
        producer.select_option("[name=host]", label="Вера Осипова")
        producer.click("main form button[type=submit]")
        producer.wait_for_url("**/studio/shows/*/")
        return producer.url.rstrip("/").rsplit("/", 1)[1]


def checked(page: Page) -> None:
    expect(page.locator('[data-check="delay"][data-state="good"]')).to_be_attached(timeout=20_000)


def list_of_checks(page: Page) -> None:
    checked(page)
    page.locator("#before-title").evaluate("(title) => title.scrollIntoView({ block: 'start' })")


def on_air(page: Page) -> None:
    """Sends, and goes on air the first time."""
    checked(page)
    page.click("[data-does=send]")
    expect(page.locator('svoi-camera[data-state="sending"]')).to_be_attached(timeout=20_000)
    page.wait_for_timeout(1500)
    if page.locator("#air .button-primary").count():
        page.click("#air .button-primary")
    expect(page.locator('#air .air[data-stage="live"]')).to_be_attached(timeout=20_000)
    page.wait_for_timeout(2500)


def lost(camera: Camera, page: Page) -> None:
    """Media dies, and no ticket is to be had, so the page tries again and again."""
    on_air(page)
    page.route("**/camera/ticket", lambda route: route.fulfill(status=503))
    camera.house.kill("media")
    expect(page.locator('svoi-camera[data-state="reconnecting"]')).to_be_attached(timeout=20_000)
    camera.house.wait_well()
