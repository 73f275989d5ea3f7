"""Redraws a picture that has hidden data.

Not drawn are its author, place and program, thumbnails within it, data after its end, and cropped parts.
"""

from __future__ import annotations

import io
import re
import struct
import warnings
from typing import NamedTuple

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
KINDS = {"PNG": "image/png", "JPEG": "image/jpeg"}
MOST_POINTS = 40_000_000
MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")
"""What a PNG can hold."""
PROBLEMS = (
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    OverflowError,
    EOFError,
    UnidentifiedImageError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    ImageCms.PyCMSError,
)
LEAST = 0.002
"""Less than this cut away at an edge is what rounding leaves, and hides nothing."""
CHUNKS = frozenset(
    {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"pHYs", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD"}
)
SEGMENTS = frozenset({0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDD, 0xDA})
"""Tables, frames and scans."""
JFIF = re.compile(rb"JFIF\0.{7}\0\0", re.DOTALL)
"""Without a small picture."""
ADOBE = re.compile(rb"Adobe.{7}", re.DOTALL)
SCAN = re.compile(rb"(?:[^\xff]|\xff\x00|\xff[\xd0-\xd7])*")


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


WHOLE = Edges()


def clean_picture(data: bytes, edges: Edges = WHOLE) -> tuple[bytes, str]:
    """The bytes and the content type of what a picture shows within these edges. A JPEG as a JPEG, all others
    as a PNG; of several frames the first. One that says nothing else is the same bytes. Raises ValueError for
    another format, a broken or an enormous picture, and where nothing of it is left."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_POINTS:
                    raise ValueError("it is too large")
                kind = KINDS.get(str(opened.format), "")
                if not any(edges) and _is_plain(data, kind):
                    opened.verify()  # what it shows needs no decoding here
                    return data, kind
                opened.load()
                return _drawn(opened, edges)
    except PROBLEMS as problem:
        raise ValueError(str(problem)) from problem


def _drawn(opened: Image.Image, edges: Edges) -> tuple[bytes, str]:
    lossy = opened.format in ("JPEG", "MPO")
    drawn = _cut(_in_common_colours(ImageOps.exif_transpose(opened)), edges)
    across, down = (float(one) for one in opened.info.get("dpi", (0, 0)))
    options = {"dpi": (across, down)} if 1 < across < 10_000 and 1 < down < 10_000 else {}
    data = io.BytesIO()
    if lossy:
        drawn.info = {}
        drawn.save(data, "JPEG", quality=90, **options)
        return data.getvalue(), "image/jpeg"
    if drawn.mode not in MODES:
        drawn = drawn.convert("RGBA" if "A" in drawn.getbands() else "RGB")
    drawn.info = {key: value for key, value in drawn.info.items() if key == "transparency"}
    drawn.save(data, "PNG", **options)
    return data.getvalue(), "image/png"


def _in_common_colours(image: Image.Image) -> Image.Image:
    """In sRGB where a profile says what its colours are: profiles name whose screen they are of."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "CMYK"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return converted or image


def _cut(image: Image.Image, edges: Edges) -> Image.Image:
    if not any(edges):
        return image
    width, height = image.size
    box = (
        round(edges.left * width),
        round(edges.top * height),
        round((1 - edges.right) * width),
        round((1 - edges.bottom) * height),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        raise ValueError("nothing of it is left")
    return image.crop(box)


def _is_plain(data: bytes, content_type: str) -> bool:
    """Whether a readable picture is nothing but what it shows. Then it stays unchanged, so that it is
    recognised."""
    try:
        if content_type == "image/png":
            return _is_plain_png(data)
        return content_type == "image/jpeg" and _is_plain_jpeg(data)
    except struct.error:
        return False


def _is_plain_png(data: bytes) -> bool:
    at = 8
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at : at + 8])
        at += 12 + size
        if kind not in CHUNKS:
            return False
        if kind == b"IEND":
            break
    return at == len(data)


def _is_plain_jpeg(data: bytes) -> bool:
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        sign, marker, size = struct.unpack(">BBH", data[at : at + 4])
        content = data[at + 4 : at + 2 + size]
        known = marker in SEGMENTS or (
            (marker == 0xE0 and JFIF.fullmatch(content)) or (marker == 0xEE and ADOBE.fullmatch(content))
        )
        if sign != 0xFF or not known:
            return False
        at += 2 + size
        if marker == 0xDA and (scan := SCAN.match(data, at)) is not None:
            at = scan.end()
    return at + 2 == len(data)
