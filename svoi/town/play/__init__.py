"""The town at the door of a running shop: forms, sockets and a camera, as anybody's. Needs aiohttp and lxml."""

from svoi.town.play.playing import CannotPlay, Wish, play
from svoi.town.play.scenes import SCENES
from svoi.town.play.tally import Tally

__all__ = ["SCENES", "CannotPlay", "Tally", "Wish", "play"]
