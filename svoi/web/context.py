"""What every page knows: the chosen language and theme, the nonce of its import map, and whether this is a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Names used by the base templates."""
    return {
        "language": getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE),
        "theme": getattr(request, "theme", "system"),
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "demo": settings.DEMO,
    }
