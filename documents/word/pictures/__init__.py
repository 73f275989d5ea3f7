"""Takes out of a picture what it says beside what it shows: who made it, where and with what, and what hangs on its end.

A picture without such things comes out as the same bytes. One that was cut short, or that can't be followed to its end for
another reason, is kept as far as it can be followed, and closed there; BMP and TIFF become PNG. What can't be cleaned is refused.
"""

from __future__ import annotations

import struct

from documents.word.cropped import Edges, cropped
from documents.word.pictures import emf, gif, jpeg, png, webp, wmf
from documents.word.pictures.follow import Followed

CLEANERS = {
    "image/png": png.clean,
    "image/jpeg": jpeg.clean,
    "image/gif": gif.clean,
    "image/webp": webp.clean,
    "image/x-emf": emf.clean,
    "image/x-wmf": wmf.clean,
}
DRAWN_ANEW = frozenset({"image/bmp", "image/tiff"})


def without_metadata(data: bytes, content_type: str) -> tuple[bytes, str]:
    """The bytes without metadata and their content type. Raises ValueError where nobody could say that nothing is left: another
    format, or one that shows nothing as far as it can be followed."""
    if content_type in DRAWN_ANEW:
        data, content_type = cropped(data, Edges())
    return _followed(data, content_type).data, content_type


def surely_without_metadata(data: bytes, content_type: str) -> bytes:
    """The bytes without metadata; ValueError for what has no end too, and what would have to be drawn anew."""
    followed = _followed(data, content_type)
    if not followed.whole:
        raise ValueError("it has no end")
    return followed.data


def _followed(data: bytes, content_type: str) -> Followed:
    clean = CLEANERS.get(content_type)
    if clean is None:
        raise ValueError(content_type)
    try:
        return clean(data)
    except (IndexError, struct.error):
        raise ValueError("it has no end") from None
