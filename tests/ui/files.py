"""Where the things these tests read are kept."""

from pathlib import Path

PRODUCT = Path(__file__).parents[2] / "svoi"
UI = PRODUCT / "ui"
STATIC = UI / "static" / "ui"
VENDOR = STATIC / "vendor"
TEMPLATES = sorted(PRODUCT.glob("*/templates/**/*.html"))
MODULES = sorted(path for path in PRODUCT.glob("*/static/**/*.js") if "vendor" not in path.parts)
