"""A browser in three words, so that a person knows her own sessions from a stranger's."""

from __future__ import annotations

BROWSERS = (
    ("YaBrowser/", "Яндекс Браузер"),
    ("EdgA/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
MACHINES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """«Chrome · Android», or the first word of what the program calls itself."""
    found = [next((word for sign, word in signs if sign in user_agent), "") for signs in (BROWSERS, MACHINES)]
    words = " · ".join(word for word in found if word)
    return words or "".join(letter for letter in user_agent.split("/", maxsplit=1)[0][:40] if letter.isprintable())
