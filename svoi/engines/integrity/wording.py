"""One sentence about a group, the same for moderator and accused, in Russian and in English."""

from __future__ import annotations

import math

from svoi.engines.integrity.evidence import Evidence, Trace

NBSP = "\u00a0"
_UNITS = ((2 * 86_400.0, 86_400.0, "day"), (2 * 3600.0, 3600.0, "hour"), (0.0, 60.0, "minute"))
_RU = {
    "account": ("аккаунт", "аккаунта", "аккаунтов"),
    "product": ("товар", "товара", "товаров"),
    "show": ("эфир", "эфира", "эфиров"),
    "member": ("участник", "участника", "участников"),
    "target": ("цель", "цели", "целей"),
    "coincidence": ("совпадение", "совпадения", "совпадений"),
    "minute": ("минута", "минуты", "минут"),
    "hour": ("час", "часа", "часов"),
    "day": ("день", "дня", "дней"),
    "device": ("устройстве", "устройствах", "устройствах"),
    "payment": ("платёжном средстве", "платёжных средствах", "платёжных средствах"),
}
_RU_WITHIN = {
    "minute": ("минуты", "минут", "минут"),
    "hour": ("часа", "часов", "часов"),
    "day": ("дня", "дней", "дней"),
}
_RU_SAME = {"minute": "одна и та же", "hour": "один и тот же", "day": "один и тот же"}
_EN = {
    "coincidence": ("coincidence", "coincidences"),
    "payment": ("means of payment", "means of payment"),
}
THINGS = ("product", "show", "member", "target")


def sentence(evidence: Evidence, *, language: str, thing: str = "product") -> str:
    """The sentence in "ru" or "en"; `thing` says what the targets are (one of THINGS). Raises ValueError."""
    if thing not in THINGS or language not in ("ru", "en"):
        raise ValueError(f"no words for {thing} in {language}")
    return _russian(evidence, thing) if language == "ru" else _english(evidence, thing)


def plural_ru(n: int) -> int:
    """Which of three Russian forms goes with a whole number: 1 товар, 2 товара, 5 товаров."""
    if n % 10 == 1 and n % 100 != 11:
        return 0
    return 1 if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else 2


def _russian(evidence: Evidence, thing: str) -> str:
    n, unit = _length(evidence.window_s)
    accounts = f"{evidence.accounts} {_RU['account'][plural_ru(evidence.accounts)]}"
    targets = f"{evidence.targets} {_RU[thing][plural_ru(evidence.targets)]}"
    if not evidence.is_one_window:
        window = f"каждый раз в{NBSP}пределах {n} {_RU_WITHIN[unit][plural_ru(n)]}"
    elif plural_ru(n) == 0:
        window = f"{_RU_SAME[unit]} {'' if n == 1 else f'{n} '}{_RU[unit][0]}"
    else:
        window = f"одни и те же {n} {_RU[unit][plural_ru(n)]}"
    parts = [
        f"{accounts}, {targets}, {window}",
        f"ожидалось {_expected_ru(evidence.expected)}, наблюдали {evidence.observed}",
        *(_trace_ru(trace) for trace in evidence.traces),
        _accounted_ru(evidence.accounted),
    ]
    return "; ".join(part for part in parts if part)


def _expected_ru(expected: float) -> str:
    text, is_whole = _rounded(expected)
    if not is_whole:
        return f"{text.replace('.', ',').replace('less than', 'меньше')} {_RU['coincidence'][1]}"
    return f"{text} {_RU['coincidence'][plural_ru(int(text))]}"


def _trace_ru(trace: Trace) -> str:
    accounts = f"{trace.accounts} {_RU['account'][plural_ru(trace.accounts)]}"
    return f"{accounts} на{NBSP}{trace.traces} {_RU[trace.kind][plural_ru(trace.traces)]}"


def _accounted_ru(accounted: tuple[str, ...]) -> str:
    if "exposures" in accounted:
        return "эфир и рассылка учтены"
    return "активность и популярность учтены" if accounted else ""


def _english(evidence: Evidence, thing: str) -> str:
    n, unit = _length(evidence.window_s)
    if evidence.is_one_window:
        window = f"the same {_count(n, unit)}" if n > 1 else f"the same {unit}"
    else:
        window = f"each time within {_count(n, unit)}"
    text, is_whole = _rounded(evidence.expected)
    expected = _count(int(text), "coincidence") if is_whole else f"{text} coincidences"
    parts = [
        f"{_count(evidence.accounts, 'account')}, {_count(evidence.targets, thing)}, {window}",
        f"{expected} expected, {evidence.observed} observed",
        *(f"{_count(trace.accounts, 'account')} on {_count(trace.traces, trace.kind)}" for trace in evidence.traces),
        _accounted_en(evidence.accounted),
    ]
    return "; ".join(part for part in parts if part)


def _accounted_en(accounted: tuple[str, ...]) -> str:
    if "exposures" in accounted:
        return "shows and mailings are accounted for"
    return "activity and popularity are accounted for" if accounted else ""


def _count(n: int, noun: str) -> str:
    one, many = _EN.get(noun, (noun, f"{noun}s"))
    return f"{n} {one if n == 1 else many}"


def _length(window_s: float) -> tuple[int, str]:
    """A whole number of minutes below two hours, of hours below two days, else of days; at least one."""
    for least_s, unit_s, unit in _UNITS:
        if window_s >= least_s:
            return max(1, math.ceil(round(window_s / unit_s, 3))), unit
    return 1, "minute"


def _rounded(expected: float) -> tuple[str, bool]:
    """The number in words of English, and whether it is whole: what is below 0.1 is not told as nothing."""
    if expected < 0.05:
        return "less than 0.1", False
    if expected < 10 and abs(expected - round(expected)) >= 0.05:
        return f"{expected:.1f}", False
    return f"{round(expected)}", True
