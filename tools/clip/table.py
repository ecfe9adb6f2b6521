"""The table of the show: the same house as the poster, seen a little from above, with room below for the chat."""

from __future__ import annotations

import numpy as np
from pictures import cups, dishes, food, fruit, honey, pouring, room, vases, wood
from pictures.linen import cloth, striped
from pictures.palette import ASH, CLAY, HONEY, LINENS, MILK, OAT, SAGE, paint
from pictures.scenes.shelf import bouquet
from pictures.sheet import Sheet
from pictures.solids import drop

from clip.air import shine, steam, wave
from clip.layers import HEIGHT, MARGIN, WIDTH, ZOOM, Layer, Picture, sheet, slid

EDGE = 880
NEAR, FAR = 1.0, 0.22  # how much the front of the table moves with the camera, and the wall
CAMERA_PX = 17


def depth(foot: float) -> float:
    """A thing that stands at `foot` moves as the table does there."""
    return FAR + (NEAR - FAR) * (foot - EDGE) / (1600 - EDGE)


def walls(paper: Sheet) -> None:
    room.stand(paper, "sage", "paper", edge=EDGE, light=None)


def runner(paper: Sheet) -> None:
    """Linen laid across the near half of the table."""
    outline = np.array([(-80, 1150), (1000, 1085), (1000, 1390), (-80, 1490)], dtype=float)
    drop(paper, outline, dx=4, dy=9, soft=7, opacity=0.3)
    bands = striped(paint("C08B71"), [(26, 36), (46, 50), (262, 266), (276, 286)], degrees=-4.3, about=(0, 1145))
    cloth(paper, outline, LINENS["oat"], pattern=bands, coarse=1.2, degrees=-4.3)


class Table:
    """Painted once, then filmed frame by frame; `moment` runs from 0 to 1 and comes back to where it began."""

    def __init__(self) -> None:
        base = sheet(1)
        walls(base)
        self._base = base.pixels
        self._x, self._y = base.places(base.everywhere())
        rows = np.arange(HEIGHT, dtype=np.float32) * (1600 / HEIGHT)
        self._ground = np.clip(FAR + (NEAR - FAR) * (rows - EDGE) / (1600 - EDGE), FAR, NEAR).astype(np.float32)
        self._niche = Layer.painted(lambda s: room.niche(s, 480, 150, 320, EDGE, paint("D6DBC8")), FAR)
        self._runner = Layer.painted(runner, depth(1290))
        self._branches = Layer.painted(lambda s: bouquet(s, 615, 590, wide=0.82), depth(955))
        self._things = [
            Layer.painted(lambda s: wood.leaning_board(s, 185, 935, 262, 520, ASH), depth(935)),
            Layer.painted(lambda s: vases.wide_vase(s, 615, 962, MILK, size=0.9), depth(962)),
            Layer.painted(lambda s: pouring.teapot(s, 335, 1095, CLAY, size=0.98), depth(1095)),
            Layer.painted(lambda s: honey.honey_jar(s, 772, 1110, HONEY, size=0.74), depth(1110)),
        ]
        self._near = [
            Layer.painted(lambda s: cups.cup(s, 232, 1290, MILK, size=0.92), depth(1290)),
            Layer.painted(lambda s: cups.mug(s, 560, 1275, SAGE, size=0.82), depth(1275)),
            Layer.painted(lambda s: fruit.pear(s, 795, 1290, size=0.66, lean=6), depth(1290)),
            Layer.painted(lambda s: food.sugar(s, [(420, 1345), (470, 1372)]), depth(1360)),
            Layer.painted(lambda s: dishes.small_bowl(s, 690, 1480, OAT, size=0.8, food=HONEY), depth(1480)),
        ]

    def frame(self, moment: float) -> Picture:
        camera = CAMERA_PX * wave(moment, 1)
        picture = slid(self._base, camera * self._ground)
        wall = slice(0, int(EDGE * ZOOM) + 4)
        shine(picture[wall], self._x[wall], self._y[wall], moment, edge=EDGE)
        self._niche.lay(picture, camera)
        self._runner.lay(picture, camera)
        self._branches.lay(picture, camera, bend=self._breeze(moment))
        for thing in self._things:
            thing.lay(picture, camera)
        for thing in self._near:
            thing.lay(picture, camera)
        self._steam(picture, moment, (232, 1152), 430, camera)
        self._steam(picture, moment, (556, 1066), 400, camera)
        return picture[:, MARGIN : MARGIN + WIDTH]

    def _steam(self, picture: Picture, moment: float, at: tuple[float, float], tall: float, camera: float) -> None:
        moved = camera * depth(1285) / ZOOM
        window = self._window(at[0] - 150, at[1] - tall, at[0] + 150, at[1] + 4)
        steam(picture[window], self._x[window] - moved, self._y[window], moment, at=at, tall=tall)

    def _window(self, left: float, top: float, right: float, bottom: float) -> tuple[slice, slice]:
        return (
            slice(max(0, int(top * ZOOM)), int(bottom * ZOOM)),
            slice(max(0, int(left * ZOOM) + MARGIN), int(right * ZOOM) + MARGIN),
        )

    def _breeze(self, moment: float) -> np.ndarray:
        """The twigs give way more the higher they reach."""
        high = self._branches.factor.shape[0]
        up = np.linspace(1, 0, high, dtype=np.float32) ** 2
        return up * np.float32(5.0 * wave(moment, 3) + 2.5 * wave(moment, 5, phase=0.3))
