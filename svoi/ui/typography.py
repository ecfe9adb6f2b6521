"""How money, counts and names are written: pure functions, one answer for a page, a letter and a test."""

NARROW_SPACE = "\u202f"  # between thousands; does not break
HARD_SPACE = "\u00a0"  # between a number and its unit; does not break
MINUS = "\u2212"

SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br"}
MINOR_PER_MAJOR = 100


def grouped(number: int, language: str) -> str:
    """1490 -> «1 490» in Russian, "1,490" in English."""
    separator = "," if language.startswith("en") else NARROW_SPACE
    return f"{number:,}".replace(",", separator).replace("-", MINUS)


def money_text(minor: int, currency: str, language: str) -> str:
    """149000 RUB -> «1 490 ₽» in Russian, "₽1,490" in English; kopecks only where there are any."""
    whole, rest = divmod(abs(minor), MINOR_PER_MAJOR)
    english = language.startswith("en")
    amount = grouped(whole, language) + (f"{'.' if english else ','}{rest:02d}" if rest else "")
    sign = SIGNS.get(currency, currency)
    minus = MINUS if minor < 0 else ""
    return f"{minus}{sign}{amount}" if english else f"{minus}{amount}{HARD_SPACE}{sign}"


def decimal_text(minor: int) -> str:
    """The machine's form of the same amount: 149050 -> "1490.50"."""
    sign = "-" if minor < 0 else ""
    whole, rest = divmod(abs(minor), MINOR_PER_MAJOR)
    return f"{sign}{whole}.{rest:02d}"


def initials(name: str) -> str:
    """Two letters that stand for a face: «Вера Лебедева» -> «ВЛ»."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "·"


def tone(name: str, tones: int) -> int:
    """A steady number from 1 to `tones` for a name (FNV-1a, as in ui/js/avatar.js)."""
    value = 0x811C9DC5
    for byte in name.encode():
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return (value >> 8) % tones + 1
