"""What the pictures show, in an order in which each scene finds what it needs: the show ends near the end."""

from __future__ import annotations

from tools.screens.browser_studio import around_the_camera
from tools.screens.camera import Camera
from tools.screens.counting import around_the_counting
from tools.screens.gifts import around_the_deals, around_the_envelopes
from tools.screens.house import around_the_house
from tools.screens.planning import around_the_calendar
from tools.screens.rest import around_the_rest
from tools.screens.rundowns import around_the_rundown
from tools.screens.show import around_the_show
from tools.screens.studio import around_the_shop, around_the_studio, before_a_show, other_stages
from tools.screens.till import around_the_till
from tools.screens.way import around_the_way

SCENES = (
    around_the_house,
    around_the_show,
    around_the_till,
    around_the_way,
    around_the_envelopes,
    around_the_deals,
    around_the_studio,
    around_the_shop,
    around_the_calendar,
    around_the_rundown,
    around_the_camera,
    before_a_show,
    other_stages,
    around_the_counting,
)


# Beyond what is worth a picture: with these, every page of the house is looked at.
ALL_PAGES = (*SCENES[:-2], around_the_rest, *SCENES[-2:])


def play(camera: Camera) -> None:
    """All scenes, one after another."""
    for scene in SCENES:
        scene(camera)
