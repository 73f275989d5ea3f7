"""The map: towns as points, names of countries, nothing of a third party. No borders are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians

from directory.readable import ServiceView, TownView
from public.countries import Named

WIDTH = 440
MARGIN = 0.25
"""Degrees around the towns."""
CENTRES = {
    "al": (41.05, 20.02), "ba": (44.45, 17.65), "me": (42.98, 19.15),
    "mk": (41.35, 21.45), "rs": (44.25, 20.95), "xk": (42.45, 20.75),
}  # fmt: skip
"""Where the name of a country stands: latitude and longitude."""
LETTER, LINE, DOT = 7.6, 15.0, 6.0
"""The width and height of a letter and half a point's, to keep names apart."""
PLACES = (
    (10, 5, "start"), (-10, 5, "end"), (8, -7, "start"), (8, 17, "start"),
    (0, -10, "middle"), (0, 20, "middle"), (-8, -7, "end"), (-8, 17, "end"),
)  # fmt: skip
"""Where the name of a town can stand beside its point, the best first."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Point:
    town: TownView
    x: float
    y: float
    count: int
    url: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Name:
    country: Named
    x: float
    y: float


@dataclass(frozen=True)
class Map:
    width: int
    height: int
    points: Sequence[Point]
    names: Sequence[Name]


def draw(views: Iterable[ServiceView], url_of: Callable[[TownView], str]) -> Map | None:
    """None where no town is known."""
    towns: dict[str, TownView] = {}
    counts: dict[str, int] = {}
    countries: dict[str, Named] = {}
    for view in views:
        for town in view.towns:
            towns[town.key] = town
            counts[town.key] = counts.get(town.key, 0) + 1
            countries[town.country.code] = town.country
    if not towns:
        return None
    place = Projection([(float(one.latitude), float(one.longitude)) for one in towns.values()])
    spots = {key: place(float(one.latitude), float(one.longitude)) for key, one in towns.items()}
    taken = [(x - DOT, y - DOT, x + DOT, y + DOT) for x, y in spots.values()]
    points = []
    for key, town in sorted(towns.items(), key=lambda pair: pair[1].words.name):
        x, y = spots[key]
        label_x, label_y, anchor = _free(town.words.name, x, y, taken)
        points.append(Point(town, x, y, counts[key], url_of(town), label_x, label_y, anchor))
    return Map(WIDTH, place.height, points, _names(countries, place, taken))


def _names(countries: dict[str, Named], place: Projection, taken: list[Box]) -> list[Name]:
    """The countries whose middle is in the picture and has room for the name."""
    names = []
    for code, country in sorted(countries.items()):
        if code not in CENTRES:
            continue
        x, y = place(*CENTRES[code])
        half = LETTER * 1.15 * len(country.name) / 2
        x = min(max(x, half + 4), WIDTH - half - 4)
        for lower in (0, 9, -9, 18, -18, 27, -27, 36, -36):
            box = _box(x, y + lower, 2 * half, "middle")
            if LINE < y + lower < place.height - 4 and not _meets(box, taken):
                taken.append(box)
                names.append(Name(country, round(x, 1), round(y + lower, 1)))
                break
    return names


def _free(name: str, x: float, y: float, taken: list[Box]) -> tuple[float, float, str]:
    """The first place of a town's name that meets nothing and is in the picture; else the first."""
    width = LETTER * len(name)
    for right, down, anchor in PLACES:
        box = _box(x + right, y + down, width, anchor)
        if box[0] > 0 and box[2] < WIDTH and not _meets(box, taken):
            taken.append(box)
            return round(x + right, 1), round(y + down, 1), anchor
    right, down, anchor = PLACES[0]
    return round(x + right, 1), round(y + down, 1), anchor


def _box(x: float, y: float, width: float, anchor: str) -> Box:
    """Left, top, right and bottom of a text whose line is at ``y``."""
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, y - LINE + 3, left + width, y + 3


def _meets(box: Box, others: Iterable[Box]) -> bool:
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in others
    )


class Projection:
    """Degrees to points of the picture; a degree of longitude is shorter up here."""

    def __init__(self, places: Sequence[tuple[float, float]]) -> None:
        latitudes, longitudes = [one[0] for one in places], [one[1] for one in places]
        self.top, bottom = max(latitudes) + MARGIN, min(latitudes) - MARGIN
        middle = (max(longitudes) + min(longitudes)) / 2
        shrink = cos(radians((self.top + bottom) / 2))
        # Room for the names at both sides, and no picture that is higher than wide.
        half = max((max(longitudes) - min(longitudes)) / 2 + 2 * MARGIN, (self.top - bottom) / shrink / 2)
        self.left, self.scale = middle - half, WIDTH / (2 * half)
        self.up = self.scale / shrink
        self.height = round((self.top - bottom) * self.up)

    def __call__(self, latitude: float, longitude: float) -> tuple[float, float]:
        return round((longitude - self.left) * self.scale, 1), round((self.top - latitude) * self.up, 1)
