"""One `offer` element, read into plain values or complained about."""

from __future__ import annotations

from typing import Any, NamedTuple

from svoi.catalog.providers.yml import fields
from svoi.catalog.providers.yml.fields import Dropped, OfferBroken, Said
from svoi.catalog.providers.yml.words import one_line
from svoi.catalog.rules.conditions import Condition, Param, condition_params
from svoi.catalog.rules.feeds import GROUP_ID_LENGTH_MAX, ID_LENGTH_MAX, PARAM_LENGTH_MAX, PARAMS_MAX

LINES = frozenset({"name", "typePrefix", "vendor", "model", "vendorCode", "price", "oldprice", "currencyId",
                   "categoryId", "description", "barcode", "count"})  # fmt: skip
# Params of these names are no params: they carry what YML has no element for, the second language and the name of
# a variant among its sisters.
LIFTED = frozenset({"name_en", "description_en", "title_en", "title_ru"})


class Offer(NamedTuple):
    """What a shop offers. `pieces` is None when the feed names no count; `dropped` are pieces left out, as reasons."""

    offer_id: str
    group_id: str
    category_id: str
    name: str
    name_en: str
    title_en: str
    vendor: str
    description: str
    description_en: str
    price_minor: int
    old_price_minor: int | None
    vendor_code: str
    barcode: str
    pieces: int | None
    params: list[Param]
    pictures: list[str]
    dropped: Dropped
    title: str = ""


def read_offer(element: Any) -> Offer:
    """Read an offer; raise `OfferBroken` when it has no id, name or sound price, or a piece is too long."""
    attribute = element.get
    offer_id = fields.identity(attribute("id"), "id", ID_LENGTH_MAX)
    if not offer_id:
        raise OfferBroken("no_id")
    said, params, pictures = _gather(element)
    dropped: Dropped = []
    price_minor = fields.price(said)
    return Offer(
        offer_id,
        fields.identity(attribute("group_id"), "group_id", GROUP_ID_LENGTH_MAX),
        fields.line(said, "categoryId"),
        fields.name(said),
        fields.line(said, "name_en"),
        fields.line(said, "title_en"),
        fields.line(said, "vendor"),
        fields.description(said, "description"),
        fields.description(said, "description_en"),
        price_minor,
        fields.old_price(said, price_minor, dropped),
        fields.line(said, "vendorCode"),
        fields.line(said, "barcode"),
        fields.pieces(said, available=attribute("available") != "false"),
        params,
        fields.addresses(pictures, dropped),
        dropped,
        fields.line(said, "title_ru"),
    )


def _gather(element: Any) -> tuple[Said, list[Param], list[str]]:
    """The children in one pass, the hottest loop of an import: of a field said twice, the first is taken."""
    said: Said = {}
    params: list[Param] = []
    pictures: list[str] = []
    condition: list[Param] = []
    for child in element:
        tag = child.tag
        if tag == "param":
            name, text = child.get("name"), _text(child) if len(child) else child.text
            if name in LIFTED:
                said[name] = text or ""
            elif name and text:
                if len(text) > PARAM_LENGTH_MAX:
                    raise OfferBroken("too_long", f"param {name}")
                params.append((name.strip(), text.strip(), child.get("unit") or ""))
        elif tag == "picture":
            pictures.append((child.text or "").strip())
        elif tag in LINES and tag not in said:
            said[tag] = (_text(child) if len(child) else child.text) or ""
        elif tag == "condition" and not condition:
            condition = _condition(child)
    params += condition
    if len(params) > PARAMS_MAX:
        raise OfferBroken("too_many_params", str(len(params)))
    return said, params, pictures


def _condition(element: Any) -> list[Param]:
    """In what condition the thing is, among its params whatever came before."""
    kind, quality, reason = element.get("type"), element.findtext("quality"), element.findtext("reason")
    said = [one_line(each or "") for each in (kind, quality, reason)]
    if max(map(len, said)) > PARAM_LENGTH_MAX:
        raise OfferBroken("too_long", "condition")
    return condition_params(Condition(*said)) if said[0] else []


def _text(element: Any) -> str:
    """The text of an element whose mark-up came without CDATA, so that it is spread over children."""
    return "".join(element.itertext())
