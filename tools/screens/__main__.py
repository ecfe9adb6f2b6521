"""Takes docs/pictures: every screen and state of a demo shop, on a phone and a desk, by day and night, ru and en.

Usage: `.venv/bin/python -m tools.screens [--house PORT:FOLDER] [name-prefix …]`; Chromium must be installed.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.journeys.conftest import FAKE_DEVICES, FLAGS, chromium_path
from tests.journeys.house import House, open_house
from tools.screens.camera import TARGET, Camera
from tools.screens.scenes import play


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--house", help="PORT:FOLDER of a demo that already runs")
    asked.add_argument("names", nargs="*")
    options = asked.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="svoi-pictures-") as folder, sync_playwright() as playwright:
        Path(folder).chmod(0o755)
        port, _, data = (options.house or "").partition(":")
        house = House(int(port), Path(data), None) if options.house else open_house(Path(folder) / "data")
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS, *FAKE_DEVICES])
        house.wait_on_air()
        try:
            play(Camera(browser, house, options.names))
        finally:
            browser.close()
            house.stop()


if __name__ == "__main__":
    main()
