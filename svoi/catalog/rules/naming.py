"""How offers of one group share a product: what they are called together, and what tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

NAME_LENGTH_MAX = 250
TITLE_LENGTH_MAX = 120
_LOOSE_ENDS = " ,.;:/|([{-–—"


@dataclass(frozen=True, slots=True)
class Sister:
    """One offer of a group, as far as names go. `params` are lists as `Dictionary.param` makes them.

    `title` is set where the feed itself says what the variant is called.
    """

    name: str
    name_en: str
    title_en: str
    params: Sequence[Sequence[str]]
    mark: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """The product's name and the variant's title, in both languages."""

    product: str
    product_en: str
    title: str
    title_en: str


def name_sisters(sisters: Sequence[Sister]) -> list[Named]:
    """Name the product by the words its offers begin with, and each variant by the params that differ.

    Where no param differs, the rest of the name tells them apart, then the vendor's code or the offer's id.
    """
    product, tails = split_names([each.name for each in sisters])
    product_en, tails_en = split_names([each.name_en for each in sisters])
    telling = telling_params([each.params for each in sisters])
    titles = [_short(_told(each, telling, 1) or tail) for each, tail in zip(sisters, tails, strict=True)]
    if len(sisters) > 1 and len(set(titles)) < len(titles):
        titles = [_apart(title, each, titles) for title, each in zip(titles, sisters, strict=True)]
    return [
        Named(product, product_en, each.title or title, _short(each.title_en or _told(each, telling, 4) or tail_en))
        for each, title, tail_en in zip(sisters, titles, tails_en, strict=True)
    ]


def full_names(product: str, titles: Sequence[str], sisters: Sequence[Sister]) -> tuple[list[str], bool]:
    """What each variant is called alone, and whether its title is read out of that again or has to be said besides.

    With the title behind the product's name where that works, since a marketplace shows an offer by itself; else the
    product's name for all, which works where params tell them apart. The names the sisters bear are not looked at.
    """
    for mark in (", ", " "):
        names = [f"{product}{mark}{title}" if title else product for title in titles]
        if max(map(len, names)) <= NAME_LENGTH_MAX and _is_read_again(product, titles, sisters, names):
            return names, True
    alone = [product] * len(titles)
    return alone, _is_read_again(product, titles, sisters, alone)


def split_names(names: Sequence[str]) -> tuple[str, list[str]]:
    """The words all names begin with, and what follows in each; the first name whole when none are shared."""
    words = [name.split() for name in names]
    told = [each for each in words if each]
    shared = 0
    for column in zip(*told, strict=False):
        if len(set(column)) > 1:
            break
        shared += 1
    common = " ".join(told[0][:shared]) if told else ""
    if any(len(each) > shared for each in told):
        common = common.rstrip(_LOOSE_ENDS)
    if not common:
        return names[0], ["" if name == names[0] else name for name in names]
    return common, [_unwrapped(" ".join(each[shared:])) for each in words]


def telling_params(params: Sequence[Sequence[Sequence[str]]]) -> frozenset[str]:
    """The names of params whose value is not the same in every offer."""
    values = [{param[0]: tuple(param[1:3]) for param in each} for each in params]
    names = {name for each in values for name in each}
    return frozenset(name for name in names if len({each.get(name) for each in values}) > 1)


def _is_read_again(product: str, titles: Sequence[str], sisters: Sequence[Sister], names: Sequence[str]) -> bool:
    read = name_sisters([replace(each, name=name) for each, name in zip(sisters, names, strict=True)])
    return [(each.product, each.title) for each in read] == [(product, title) for title in titles]


def _told(sister: Sister, telling: frozenset[str], at: int) -> str:
    """The values that tell her apart, read from place `at` of each param; nothing when one is not told there."""
    told = [param for param in sister.params if param[0] in telling]
    if any(len(param) <= at for param in told):
        return ""
    return ", ".join(f"{param[at]} {param[at + 1]}".strip() for param in told)


def _apart(title: str, sister: Sister, titles: list[str]) -> str:
    if titles.count(title) == 1:
        return title
    room = TITLE_LENGTH_MAX - len(sister.mark) - 2
    return f"{title[:room]}, {sister.mark}" if title else sister.mark


def _unwrapped(tail: str) -> str:
    bare = tail.strip(_LOOSE_ENDS)
    return bare if "(" in bare else bare.removesuffix(")")


def _short(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH_MAX else title[: TITLE_LENGTH_MAX - 1].rstrip() + "…"
