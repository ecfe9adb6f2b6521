"""The demo shop: a small invented brand, opened through the same doors as a real one."""

from __future__ import annotations

import secrets
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from svoi.catalog.models import Variant
from svoi.communities.actions import found_community, grant_role, join_community
from svoi.communities.models import Community, RoleGrant
from svoi.members.actions import sign_up
from svoi.members.models import Member
from svoi.shows.actions.keys import issue_key
from svoi.shows.actions.scheduling import schedule_show
from svoi.shows.actions.tray import put_in_tray
from svoi.shows.models import Show

FOLDER = Path(__file__).parent / "demo"
KEY_FILE = ("run", "demo_key")


def told(name: str) -> dict[str, Any]:
    """One of the demo's description files."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def bring_people(*, at: datetime) -> dict[str, Member]:
    """The demo's people by their keys; those who signed up before stay as they are."""
    described, people = told("people"), {}
    for one in described["people"]:
        known = Member.objects.filter(email=one["email"]).first()
        people[one["key"]] = known or sign_up(
            name=one["name"], identity=one["email"], password=described["password"], language="ru", at=at
        )
    return people


def open_community(people: dict[str, Member], *, at: datetime) -> Community:
    """The demo community with everybody in her role; a second opening changes nothing."""
    described, roles = told("show")["community"], {one["key"]: one["role"] for one in told("people")["people"]}
    founder = owner_of(people)
    place = Community.objects.filter(slug=described["slug"]).first() or found_community(
        founder=founder,
        slug=described["slug"],
        name_ru=described["name_ru"],
        name_en=described["name_en"],
        doors=described["doors"],
        about_ru=described["about_ru"],
        about_en=described["about_en"],
        charter_ru=_listed(described["charter"], "ru"),
        charter_en=_listed(described["charter"], "en"),
        cover=keep_picture(described["cover"]),
        at=at,
    )
    for key, role in roles.items():
        if role != "none":
            join_community(community=place, member=people[key], at=at)
        if role not in ("none", "member", "owner") and not _holds(place, people[key], role):
            grant_role(community=place, member=people[key], role=role, by=founder, at=at)
    return place


def owner_of(people: dict[str, Member]) -> Member:
    """Who founds the demo community and owns it."""
    return people[next(one["key"] for one in told("people")["people"] if one["role"] == "owner")]


def bring_show(place: Community, people: dict[str, Member], *, at: datetime) -> Show:
    """The demo's running or planned show; a new one when the last is over."""
    described = told("show")["show"]
    standing = Show.objects.filter(community=place, ended_at=None, title_ru=described["title_ru"]).first()
    if standing:
        return standing
    producer = people[described["producer"]]
    show = schedule_show(
        community=place,
        host=people[described["host"]],
        title_ru=described["title_ru"],
        title_en=described["title_en"],
        about_ru=described["description_ru"],
        about_en=described["description_en"],
        starts_at=at,
        poster=keep_picture(described["poster"]),
        by=producer,
        at=at,
    )
    for product_id in _tray_products(place):
        put_in_tray(show_id=show.pk, product_id=product_id, by=producer, at=at)
    return show


def bring_key(show: Show, *, by: Member, at: datetime) -> None:
    """A key for the demo camera in a file only its owner reads; the one that is there already stays if it fits."""
    file = settings.DATA_DIR.joinpath(*KEY_FILE)
    if file.exists() and file.read_text().startswith(f"s{show.pk}-") and show.keys.filter(revoked_at=None).exists():
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    fresh.touch(mode=0o600)
    fresh.write_text(issue_key(show_id=show.pk, by=by, at=at))
    fresh.replace(file)


def pinned_product(place: Community) -> int:
    """The product pinned when the demo goes on air."""
    return Variant.objects.get(community=place, external_id=told("show")["show"]["pinned"]).product_id


def keep_picture(name: str) -> str:
    """Copy a picture of the demo to where the shop serves pictures from; return its name there."""
    source = FOLDER / name
    kept = settings.MEDIA_ROOT / "demo" / source.name
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(source.read_bytes())
    return f"demo/{source.name}"


def _tray_products(place: Community) -> list[int]:
    wanted = told("show")["show"]["tray"]
    found = dict(
        Variant.objects.filter(community=place, external_id__in=wanted).values_list("external_id", "product_id")
    )
    return list(dict.fromkeys(found[offer_id] for offer_id in wanted))


def _holds(place: Community, member: Member, role: str) -> bool:
    return RoleGrant.objects.filter(community=place, member=member, role=role).exists()


def _listed(rules: list[dict[str, str]], language: str) -> str:
    return "\n".join(rule[language] for rule in rules)
