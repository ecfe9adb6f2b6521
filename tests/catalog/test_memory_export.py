"""Exporting takes the same memory for few offers and for many, from the rows in the database to the bytes of the feed.

Each export is a process of its own, since the peak of a process never goes down. What is read is the peak since the
program began: the one of `getrusage` is never lower than what the process that started it had.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from svoi.communities.models import Community

ROOT = Path(__file__).resolve().parents[2]
KILOBYTES_MORE_MAX = 12 * 1024
FILL = """
with goods as (
  insert into svoi_product (community_id, external_id, name, name_en, vendor, description, description_en)
  select %(place)s, 'g' || %(count)s || '-' || n, 'Кружка', '', 'Кромка', repeat('Каменная масса, обжиг. ', 60) || n, ''
  from generate_series(1, %(count)s, 4) n returning id, external_id
), offers as (
  insert into svoi_variant (product_id, community_id, external_id, title, title_en, price_minor, old_price_minor,
    currency, vendor_code, barcode, params, position)
  select id, %(place)s, external_id || '-' || n, n::text, '', 100, 200, 'RUB', '', '',
    (select jsonb_agg(jsonb_build_array('Свойство ' || p, n || ' ' || p, 'мл')) from generate_series(1, 12) p), n
  from goods, generate_series(1, 4) n returning id
)
insert into svoi_picture (variant_id, position, source, file)
select id, p, 'https://brand.example/pictures/' || id || '/' || p || '.jpeg', '' from offers, generate_series(1, 4) p
"""
EXPORT = """
import sys
import django
django.setup()
from django.utils import timezone
from svoi.catalog.actions import export_feed
from svoi.communities.models import Community
from svoi.ui.addresses import pages_of

class Counter:
    size = 0
    def write(self, piece):
        self.size += len(piece)

place, out = Community.objects.get(), Counter()
done = export_feed(community=place, form=sys.argv[1], out=out, pages=pages_of(place.slug), at=timezone.now())
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(done.offers, out.size, peak.split()[1])
"""


def filled(place: Community, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"place": place.pk, "count": count})
        cursor.execute("analyze svoi_product, svoi_variant, svoi_picture")


def peak(form: str) -> tuple[int, int, int]:
    """Offers, bytes, and kilobytes of memory at most."""
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    env = os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "svoi.conf.settings"}
    command = [sys.executable, "-c", EXPORT, form]
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    offers, size, kilobytes = map(int, told.split())
    return offers, size, kilobytes


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["yml", "google"])
def test_eight_thousand_offers_take_what_a_thousand_take(table: Community, form: str) -> None:
    filled(table, 1_000)
    few = peak(form)
    filled(table, 7_000)
    many = peak(form)
    assert (few[0], many[0]) == (1_000, 8_000)
    assert many[1] > 7 * few[1]
    assert many[2] - few[2] < KILOBYTES_MORE_MAX
