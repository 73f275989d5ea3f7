"""What Word shows of a picture that was cropped in it: what was cut away is not handed on."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from typing import NamedTuple

from documents.word.file.package import Package
from documents.word.ns import A, Element, V

SOURCE_RECT, FILL_RECT = f"{{{A}}}srcRect", f"{{{A}}}stretch/{{{A}}}fillRect"
BLIP, IMAGE_DATA = f"{{{A}}}blip", f"{{{V}}}imagedata"
EDGES = ("left", "top", "right", "bottom")
WHOLE = 100_000
"""DrawingML gives edges in thousandths of a percent, VML in parts of one or, with an f, of 65,536."""
VML_WHOLE = 65_536
MOST_POINTS = 40_000_000
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
LEAST = 0.002
"""Less than this cut away at an edge is what rounding leaves, and hides nothing."""
NUMBER = re.compile(r"-?(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})")


class Edges(NamedTuple):
    """Which part of its width and height is cut away at each edge, 0 to 1."""

    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0

    @property
    def hide(self) -> bool:
        """Whether they hide anything that a person could see."""
        return max(self) > LEAST


def edges_of_blip(blip: Element) -> Edges:
    """Of the ``a:srcRect`` beside an ``a:blip``, and of what its ``a:fillRect`` stretches beyond the frame."""
    parent = blip.getparent()
    if parent is None:
        return Edges()
    source, fill = parent.find(SOURCE_RECT), parent.find(FILL_RECT)
    cut = Edges(*(_part(source, name[0], WHOLE) for name in EDGES)) if source is not None else Edges()
    if fill is None:
        return cut
    over = Edges(*(_number(fill, name[0], WHOLE) for name in EDGES))
    left, right = _beyond(cut.left, cut.right, over.left, over.right)
    top, bottom = _beyond(cut.top, cut.bottom, over.top, over.bottom)
    return Edges(left, top, right, bottom)


def _beyond(first: float, last: float, before: float, behind: float) -> tuple[float, float]:
    """What is cut away at two opposite edges, where the rest is stretched to ``before`` and ``behind`` the frame's edges
    (negative: beyond them, so many frames)."""
    shown, stretched = 1 - first - last, 1 - before - behind
    if min(before, behind) >= 0 or stretched <= 0:
        return first, last
    return first + shown * max(-before, 0) / stretched, last + shown * max(-behind, 0) / stretched


def edges_of_vml(image: Element) -> Edges:
    """Of the attributes of a ``v:imagedata``."""
    return Edges(*(_part(image, f"crop{name}", VML_WHOLE) for name in EDGES))


def edges_at(node: Element) -> Edges:
    """Of whatever names a picture; none of what names something else."""
    if node.tag == BLIP:
        return edges_of_blip(node)
    return edges_of_vml(node) if node.tag == IMAGE_DATA else Edges()


def forget_edges(node: Element) -> None:
    """What was cut away is not to be cut away again; room that Word leaves around a picture stays."""
    if node.tag == IMAGE_DATA:
        _forget(node, [f"crop{name}" for name in EDGES], beyond=False)
        return
    for path in (SOURCE_RECT, FILL_RECT):
        rect = node.getparent().find(path)  # type: ignore[union-attr]
        if rect is not None:
            _forget(rect, [name[0] for name in EDGES], beyond=path == FILL_RECT)


def _forget(holder: Element, names: list[str], *, beyond: bool) -> None:
    for name in names:
        if name in holder.attrib and str(holder.get(name)).strip().startswith("-") == beyond:
            del holder.attrib[name]


def _part(holder: Mapping[str, str] | Element, name: str, whole: int) -> float:
    return min(max(_number(holder, name, whole), 0), 1)


def _number(holder: Mapping[str, str] | Element, name: str, whole: int) -> float:
    said = (holder.get(name) or "").strip()
    found = NUMBER.match(said)
    if found is None:
        return 0
    unit = said[found.end() :]
    number = float(found[0])
    if unit == "%":
        number /= 100
    elif unit == "f" or whole == WHOLE:
        number /= whole
    return number


def cropped(data: bytes, edges: Edges) -> tuple[bytes, str]:
    """The bytes and the content type of what is left of a picture. Raises ValueError where it can't be cut: another format, a
    broken or an enormous one, nothing left."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings(), Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if opened.width * opened.height > MOST_POINTS:
                raise ValueError("it is too large")
            kind = opened.format
            turned = ImageOps.exif_transpose(opened) or opened
            width, height = turned.size
            box = (
                round(edges.left * width),
                round(edges.top * height),
                round((1 - edges.right) * width),
                round((1 - edges.bottom) * height),
            )
            if box[0] >= box[2] or box[1] >= box[3]:
                raise ValueError("nothing of it is left")
            part = turned.crop(box)
        made = io.BytesIO()
        if kind == "JPEG":
            part.save(made, "JPEG", quality=90)
            return made.getvalue(), "image/jpeg"
        if part.mode not in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
            part = part.convert("RGBA" if "A" in part.getbands() else "RGB")
        part.save(made, "PNG")
        return made.getvalue(), "image/png"
    except (
        OSError,
        SyntaxError,
        TypeError,
        OverflowError,
        EOFError,
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as problem:
        raise ValueError(str(problem)) from problem


def not_cut(package: Package, root: Element, part: str) -> int:
    """How many pictures of a part are shown in part only and can't be cut: they are left out."""
    count = 0
    for node in root.iter():
        edges = edges_at(node)
        if not edges.hide:
            continue
        named = (package.rels(part).get(str(value)) for value in node.attrib.values())
        rel = next((found for found in named if found is not None and found.kind == "image"), None)
        if rel is None or rel.external or not package.has(rel.target):
            continue
        try:
            cropped(package.read(rel.target), edges)
        except ValueError:
            count += 1
    return count
