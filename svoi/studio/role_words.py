"""What the roles of the crew are called."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

ROLE_WORDS: dict[str, str | Promise] = {
    "owner": pgettext_lazy("role", "Owner"),
    "producer": pgettext_lazy("role", "Producer"),
    "host": pgettext_lazy("role", "Host"),
    "editor": pgettext_lazy("role", "Story editor"),
    "moderator": pgettext_lazy("role", "Moderator"),
    "clerk": pgettext_lazy("role", "Point worker"),
}
