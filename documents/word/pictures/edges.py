"""Which part of a picture Word shows where it was cropped there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from documents.word.file.ns import A, Element, V
from documents.word.file.package import Package
from documents.word.pictures import Edges, clean_picture

SOURCE_RECT, FILL_RECT = f"{{{A}}}srcRect", f"{{{A}}}stretch/{{{A}}}fillRect"
BLIP, IMAGE_DATA = f"{{{A}}}blip", f"{{{V}}}imagedata"
EDGES = ("left", "top", "right", "bottom")
WHOLE = 100_000
"""DrawingML gives edges in thousandths of a percent, VML in parts of one or, with an f, of 65,536."""
VML_WHOLE = 65_536
NUMBER = re.compile(r"-?(?:\d{1,9}(?:\.\d{1,9})?|\.\d{1,9})")


def edges_of_blip(blip: Element) -> Edges:
    """Of the ``a:srcRect`` next to an ``a:blip``, and of what its ``a:fillRect`` stretches beyond the
    frame."""
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
    """What is cut off at two opposite edges. The rest is stretched to ``before`` and ``behind`` the frame's
    edges (negative: beyond them, so many frames)."""
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
    value = (holder.get(name) or "").strip()
    found = NUMBER.match(value)
    if found is None:
        return 0
    unit = value[found.end() :]
    number = float(found[0])
    if unit == "%":
        number /= 100
    elif unit == "f" or whole == WHOLE:
        number /= whole
    return number


def lost_pictures(package: Package, root: Element, part: str) -> int:
    """How many pictures of a part can't be drawn again: they are left out."""
    count = 0
    for node in root.iter(BLIP, IMAGE_DATA):
        named = (package.rels(part).get(str(value)) for value in node.attrib.values())
        rel = next((found for found in named if found is not None and found.kind == "image"), None)
        if rel is None or rel.external or not package.has(rel.target):
            continue
        try:
            clean_picture(package.read(rel.target), edges_at(node))
        except ValueError:
            count += 1
    return count
