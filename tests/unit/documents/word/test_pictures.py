"""What a picture says beside what it shows goes, however it is written or damaged."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from documents.word.pictures import MOST_POINTS, Edges, clean_picture

SECRET = b"Skrivena Ana"
SHOWN = Image.effect_noise((24, 20), 80).convert("RGB")
PROFILE = (
    ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    .tobytes()
    .replace(b"\0s\0R\0G\0B", b"\0A\0n\0a\0 ")
)
NAME_IN_PROFILE = b"\0A\0n\0a\0 "


def secretive(kind: str) -> bytes:
    """A picture that says the secret in every place that Pillow writes, and behind its end."""
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    exif[0x0112] = 6
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_text("Comment", SECRET.decode(), zip=True)
    says: dict[str, Any] = {"exif": exif, "xmp": b"<x>" + SECRET, "comment": SECRET, "icc_profile": PROFILE}
    says |= (
        {"pnginfo": words} if kind == "PNG" else {"description": SECRET.decode()} if kind == "TIFF" else {}
    )
    data = io.BytesIO()
    (SHOWN.convert("P") if kind == "GIF" else SHOWN).save(data, kind, **({} if kind == "BMP" else says))
    return data.getvalue() + SECRET


PICTURES = {kind: secretive(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")}


@pytest.mark.parametrize("kind", PICTURES)
def test_nothing_is_said_and_everything_shown(kind: str) -> None:
    data = PICTURES[kind]
    clean, content_type = clean_picture(data)
    assert SECRET in data and SECRET not in clean and NAME_IN_PROFILE not in clean
    assert content_type == ("image/jpeg" if kind == "JPEG" else "image/png")
    assert clean_picture(clean) == (clean, content_type), "so it is known again"
    drawn = Image.open(io.BytesIO(clean))
    assert not drawn.getexif() and not drawn.info.keys() & {"icc_profile", "comment", "xmp"}
    turned = kind in ("PNG", "JPEG", "WEBP", "TIFF")  # the way up that its Exif says
    assert drawn.size == (SHOWN.size[::-1] if turned else SHOWN.size)
    if kind in ("BMP", "GIF"):
        was = Image.open(io.BytesIO(data)).convert("RGB")
        assert drawn.convert("RGB").tobytes() == was.tobytes()


@given(
    kind=st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]),
    at=st.integers(0, 10**6),
    byte=st.integers(0, 255),
    end=st.integers(0, 10**6),
)
def test_a_damaged_or_short_one_says_nothing_or_is_refused(kind: str, at: int, byte: int, end: int) -> None:
    data = bytearray(PICTURES[kind])
    data[at % len(data)] = byte
    for broken in (bytes(data), bytes(data[: end % len(data)])):
        try:
            clean, _ = clean_picture(broken)
        except ValueError:
            continue
        assert SECRET not in clean


def test_transparency_resolution_and_the_first_frame_stay() -> None:
    data = io.BytesIO()
    Image.new("RGBA", (4, 4), (10, 20, 30, 40)).save(data, "PNG", dpi=(300, 300))
    drawn = Image.open(io.BytesIO(clean_picture(data.getvalue())[0]))
    assert drawn.getpixel((0, 0)) == (10, 20, 30, 40) and round(drawn.info["dpi"][0]) == 300
    frames = [Image.new("P", (4, 4), colour) for colour in (1, 2, 3)]
    data = io.BytesIO()
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:])
    assert getattr(Image.open(io.BytesIO(clean_picture(data.getvalue())[0])), "n_frames", 1) == 1


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize("side", [MOST_POINTS + 1, 2**31 - 1])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    head = struct.pack(">IIBBBBB", side, 1 if side <= MOST_POINTS * 2 else 2**20, 8, 0, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )
    with warnings.catch_warnings(), pytest.raises(ValueError):
        clean_picture(data)


def test_other_formats_and_nothing_are_refused() -> None:
    emf = b"\x01\x00\x00\x00" + bytes(36) + b" EMF" + bytes(60)
    for data in (b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", emf):
        with pytest.raises(ValueError):
            clean_picture(data)
    with pytest.raises(ValueError, match="nothing"):
        clean_picture(PICTURES["BMP"], Edges(left=0.6, right=0.5))
