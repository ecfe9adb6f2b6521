"""Every pair of ink and paper that meets on a page is readable, by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from tests.ui.files import STATIC

HEX = r"#[0-9A-Fa-f]{6}"
TOKENS = dict(re.findall(rf"--([\w-]+): (light-dark\([^;]+\)|{HEX});", (STATIC / "css" / "tokens.css").read_text()))
COMPONENTS = (STATIC / "css" / "components.css").read_text()
AA, AAA, SHAPE = 4.5, 7.0, 3.0

PAIRS = [
    *(("ink", paper, AAA) for paper in ("paper", "card", "sunken", "floating", "hover", "pressed")),
    *(("ink-quiet", paper, AA) for paper in ("paper", "card", "sunken", "floating", "hover")),
    ("ink-reversed", "ink", AAA),
    *(("rowan", paper, AA) for paper in ("paper", "card", "floating", "rowan-wash")),
    ("on-rowan", "rowan-fill", AA),
    ("on-rowan", "rowan-fill-hover", AA),
    *(("rowan-fill", paper, SHAPE) for paper in ("paper", "card")),
    *(("pine", paper, AA) for paper in ("paper", "card", "floating", "pine-wash")),
    *(("honey-comb", paper, AA) for paper in ("paper", "card", "floating", "honey-wash")),
    *(("honey", paper, SHAPE) for paper in ("paper", "card", "floating")),
    *(("control-edge", paper, SHAPE) for paper in ("paper", "card", "sunken", "floating")),
    *(("ink", wash, AAA) for wash in ("rowan-wash", "pine-wash", "honey-wash")),
]


def colour(token: str, theme: str) -> str:
    found: list[str] = re.findall(HEX, TOKENS[token])
    return found[-1] if theme == "dark" else found[0]


def luminance(hexadecimal: str) -> float:
    channels = [int(hexadecimal[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_formula_gives_the_published_answers() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "paper", "least"), PAIRS, ids=lambda part: str(part))
def test_tokens_are_readable(ink: str, paper: str, least: float, theme: str) -> None:
    assert contrast(colour(ink, theme), colour(paper, theme)) >= least


@pytest.mark.parametrize(("place", "theme"), [(0, "light"), (1, "dark")])
def test_initials_are_readable_on_every_avatar(place: int, theme: str) -> None:
    tones = re.findall(rf"avatar-tone-\d \{{ background: light-dark\(({HEX}), ({HEX})\)", COMPONENTS)
    assert len(tones) == 5
    assert [tone for tone in tones if contrast(colour("ink", theme), tone[place]) < AA] == []


def test_the_colours_of_the_brief_are_kept() -> None:
    brief = {
        "paper": "#FAF7F2",
        "card": "#FFFFFF",
        "ink": "#1D1B19",
        "ink-quiet": "#6B645C",
        "hairline": "#E6DFD5",
        "rowan-fill": "#C8371F",
        "pine": "#1F6F5C",
        "honey": "#B9791A",
    }
    assert {token: colour(token, "light") for token in brief} == brief
    night = {"paper": "#161412", "card": "#1F1C19", "ink": "#F3EDE4"}
    assert {token: colour(token, "dark") for token in night} == night
