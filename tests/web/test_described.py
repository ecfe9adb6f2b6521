"""Descriptions from feeds: whatever is written there comes out as safe paragraphs."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svoi.web.described import described

PIECES = [
    *("<p>", "</p>", "<li>", "</li>", "<ul>", "</ul>", "<ol>", "<b>", "</b>", "<i>", "</i>", "<div>", "<br>", "<h1>"),
    *("слово", "<script>", "</script>", "<a href=x>", "</a>", "&lt;", "<", '"', " "),
]
ALLOWED = {"p", "br", "ul", "ol", "li", "strong", "em"}


class Reader(HTMLParser):
    """Reads markup back: the tags it has, their attributes, and whether each is closed in its turn."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.is_crossed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.is_crossed = self.is_crossed or not self.open or self.open.pop() != tag


def is_safe(markup: str) -> bool:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    return not (reader.tags - ALLOWED or reader.attributes or reader.open or reader.is_crossed)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Просто слова", "<p>Просто слова</p>"),
        ("Раз\n\nДва\nтри", "<p>Раз</p><p>Два</p><p>три</p>"),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
        ("<p>Раз</p><p>Два", "<p>Раз</p><p>Два</p>"),
        ("<ul><li>Раз<li><p>Два</p></ul>хвост", "<ul><li>Раз</li><li>Два</li></ul><p>хвост</p>"),
        ("<b>жирно<i>косо</b>дальше", "<p><strong>жирно<em>косодальше</em></strong></p>"),
        ("<h2>Уход</h2>Мыть", "<p>Уход</p><p>Мыть</p>"),
        ("a<br/>b<br>c", "<p>a<br>b<br>c</p>"),
        ("<div><div>a</div></div>", "<p>a</p>"),
        ("", ""),
    ],
)
def test_a_description_becomes_paragraphs(told: str, shown: str) -> None:
    assert described(told) == shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example></SCRIPT>ok",
        "<img src=x onerror=alert(1)>",
        "<p onclick=alert(1)>ok</p>",
        "<a href='javascript:alert(1)'>ok</a>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<style>*{display:none}</style>ok",
        "<p style='position:fixed'>ok</p>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<!--<p>--><img src=x onerror=alert(1)>",
        "<![CDATA[<script>alert(1)</script>]]>",
        "&lt;script&gt;alert(1)&lt;/script&gt;<p>ok",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<p>\0<\0script>alert(1)</p>",
        "<" * 5000,
        "<p>" * 5000 + "</div>" * 5000,
        "<ul>" * 2000 + "<li>" * 2000,
        "<form action=//evil.example><input name=password>",
    ],
)
def test_a_hostile_description_is_only_words(hostile: str) -> None:
    assert is_safe(described(hostile))


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_whatever_is_fed_comes_out_safe_and_closed(pieces: list[str]) -> None:
    assert is_safe(described("".join(pieces)))


@given(st.text(max_size=300))
def test_any_text_comes_out_safe(text: str) -> None:
    assert is_safe(described(text))
