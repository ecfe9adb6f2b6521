"""Walks the scenes of the pictures with axe-core instead of a camera: every screen and state against WCAG 2.2 AA."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlparse

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.house import House
from tools.screens.camera import Camera, Pose

AXE = Path(__file__).parent / "axe" / "axe-core-4.14.1.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# What axe cannot decide is left to people; what it finds is said with the element and its own reason.
RUN = """([rules, levels]) => axe.run(document, {
    resultTypes: ["violations"],
    runOnly: rules.length ? { type: "rule", values: rules } : { type: "tag", values: levels },
    rules: rules.length ? {} : { "target-size": { enabled: true } },
}).then((told) => told.violations.flatMap((fault) => fault.nodes.map((node) =>
    [fault.id, node.target.join(" "), (node.failureSummary ?? "").replaceAll(/\\s+/g, " ")])))"""

STILL = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("*, ::before, ::after { transition: none !important; animation: none !important }");
    document.adoptedStyleSheets.push(sheet);
}"""


@dataclass(frozen=True)
class Fault:
    """What axe found wrong: on which screen, in which view of it, by which rule, at which element, and why."""

    screen: str
    view: str
    rule: str
    element: str
    reason: str

    def __str__(self) -> str:
        return f"{self.screen} ({self.view}): {self.rule} at {self.element}: {self.reason}"


@dataclass
class Found:
    """Everything seen on a walk, scene by scene."""

    faults: list[Fault] = field(default_factory=list)
    scenes: set[str] = field(default_factory=set)
    paths: set[str] = field(default_factory=set)
    told: set[tuple[str, str]] = field(default_factory=set)

    def new_fault_lines(self) -> list[str]:
        """Each fault not told before, once: a page's own numbers are left out, so that a table's rows are one."""
        lines = []
        for fault in self.faults:
            kind = (fault.rule, re.sub(r"\d+", "#", fault.element))
            if kind not in self.told:
                self.told.add(kind)
                lines.append(str(fault))
        self.faults.clear()
        return lines


class Inspector(Camera):
    """One browser a person and a language; each screen by day and night on a phone, then on a desk."""

    def __init__(self, browser: Browser, house: House) -> None:
        super().__init__(browser, house, [])
        self.found = Found()
        self.axe = axe_source()
        self.known: dict[str, Page] = {}
        self.exits = ExitStack()

    def take(
        self, name: str, path: str, *, who: str = "", pose: Pose | None = None, wait_ms: int = 700, script: str = ""
    ) -> None:
        with self._known_page(who, script) as page:
            page.set_viewport_size(PHONE)
            page.goto(path)
            page.wait_for_timeout(wait_ms)
            if pose:
                pose(page)
                page.wait_for_timeout(300)
            page.evaluate(STILL)  # a colour half-way between two themes is nobody's
            self.found.paths.add(urlparse(page.url).path)
            self._measure(page, name)
            page.evaluate(self.axe)
            self._look(page, name, "phone", "light")
            self._look(page, name, "phone", "dark", "color-contrast")
            page.set_viewport_size(DESKTOP)
            self._look(page, name, "desk", "dark")
            self._look(page, name, "desk", "light", "color-contrast")
            page.goto("about:blank")  # a kept room would go on decoding its picture

    @contextmanager
    def _known_page(self, who: str, script: str) -> Iterator[Page]:
        """Her browser of before, so that each person signs in once; one with a script of its own is not kept."""
        language = ("ru", "en")[len(self.known) % 2]
        if script:
            with self.page("phone", "light", language, who, script=script) as page:
                yield page
            return
        if who not in self.known:
            self.known[who] = self.exits.enter_context(self.page("phone", "light", language, who))
        yield self.known[who]

    def close(self) -> None:
        self.exits.close()

    def _measure(self, page: Page, screen: str) -> None:
        """Nothing scrolls sideways on a phone (1.4.10)."""
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > PHONE["width"]:
            self.found.faults.append(Fault(screen, "phone", "reflow", "html", f"{wide} px wide"))

    def _look(self, page: Page, screen: str, size: str, theme: str, *rules: str) -> None:
        page.evaluate("(theme) => (document.documentElement.dataset.theme = theme)", theme)
        for rule, element, reason in page.evaluate(RUN, [list(rules), LEVELS]):
            self.found.faults.append(Fault(screen, f"{size} {theme}", rule, element, reason))


def axe_source() -> str:
    """The library as its authors publish it."""
    source = AXE.read_bytes()
    assert hashlib.sha256(source).hexdigest() == AXE_SHA256, "axe-core is not the file it was"
    return source.decode()
