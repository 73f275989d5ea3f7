"""What Word shows of a picture that was cropped in it: what was cut away is not handed on."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from typing import NamedTuple

from documents.docx.file.package import Package
from documents.docx.ns import A, Element, V

SOURCE_RECT = f"{{{A}}}srcRect"
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
    """Of the ``a:srcRect`` beside an ``a:blip``."""
    parent = blip.getparent()
    rect = parent.find(SOURCE_RECT) if parent is not None else None
    return Edges(*(_part(rect, name[0], WHOLE) for name in EDGES)) if rect is not None else Edges()


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
    rect = node if node.tag == IMAGE_DATA else node.getparent().find(SOURCE_RECT)  # type: ignore[union-attr]
    names = [f"crop{name}" for name in EDGES] if node.tag == IMAGE_DATA else [name[0] for name in EDGES]
    for name in names:
        if rect is not None and name in rect.attrib and not str(rect.get(name)).strip().startswith("-"):
            del rect.attrib[name]


def _part(holder: Mapping[str, str] | Element, name: str, whole: int) -> float:
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
    return min(max(number, 0), 1)


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
