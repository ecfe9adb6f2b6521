"""The import map of a page: every browser module of a surface under one bare name, with its hashed address."""

import json
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

VENDORED = {
    "htmx": "ui/vendor/htmx-4.0.1.min.js",
    "hls": "ui/vendor/hls-1.7.4.light.min.js",
    "leaflet": "ui/vendor/leaflet-1.9.4.min.js",
    "leaflet.markercluster": "ui/vendor/leaflet.markercluster-1.5.3.min.js",
}

CLASSIC = {"theme.js"}  # loaded by <script src>, not imported


def modules_of(label: str) -> list[str]:
    """Static paths of an app's own modules: "ui" -> ["ui/js/clock.js", ...]."""
    # A label from a template is a SafeString, which a path refuses; adding nothing makes it a plain one.
    root = Path(apps.get_app_config(f"svoi_{label}").path) / "static"
    found = [path for path in (root / (label + "")).rglob("*.js") if "vendor" not in path.parts]
    return sorted(path.relative_to(root).as_posix() for path in found if path.name not in CLASSIC)


def import_map(labels: tuple[str, ...]) -> str:
    """The same for every page while the product runs; read anew in development, where files come and go."""
    return build_import_map(labels) if settings.DEBUG else kept_import_map(labels)


def build_import_map(labels: tuple[str, ...]) -> str:
    """JSON for <script type="importmap">; a module is imported by its static path, e.g. "ui/js/clock.js"."""
    imports = {name: staticfiles_storage.url(path) for name, path in VENDORED.items()}
    for label in labels:
        imports |= {path: staticfiles_storage.url(path) for path in modules_of(label)}
    # "<" would let a file name close the script element.
    return json.dumps({"imports": imports}, separators=(",", ":")).replace("<", "\\u003c")


kept_import_map = cache(build_import_map)
