"""What a picture says beside what it shows goes, however it is made, cut or damaged."""

from __future__ import annotations

import io
import struct
import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from documents.docx.pictures import surely_without_metadata, without_metadata
from documents.docx.pictures.profile import plain_profile

SECRET = b"Skrivena Ana"
SHOWN = Image.effect_noise((24, 20), 80).convert("RGB")
SCREEN = (
    ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    .tobytes()
    .replace(b"\0s\0R\0G\0B", b"\0A\0n\0a\0 ")
)
NAME_IN_PROFILE = b"\0A\0n\0a\0 "


def made(kind: str) -> bytes:
    """A picture that says the secret in every place that Pillow writes."""
    exif = Image.Exif()
    exif[0x013B] = SECRET.decode()
    exif[0x0112] = 6
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", SECRET.decode())
    words.add_text("Comment", SECRET.decode(), zip=True)
    says: dict[str, Any] = {"exif": exif, "xmp": b"<x>" + SECRET, "comment": SECRET, "icc_profile": SCREEN}
    says |= (
        {"pnginfo": words} if kind == "PNG" else {"description": SECRET.decode()} if kind == "TIFF" else {}
    )
    data = io.BytesIO()
    (SHOWN.convert("P") if kind == "GIF" else SHOWN).save(data, kind, **({} if kind == "BMP" else says))
    return data.getvalue() + SECRET


PICTURES = {f"image/{kind.lower()}": made(kind) for kind in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")}


def points(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).convert("RGBA").tobytes()


@pytest.mark.parametrize("content_type", PICTURES)
def test_nothing_is_said_and_everything_shown(content_type: str) -> None:
    data = PICTURES[content_type]
    clean, kind = without_metadata(data, content_type)
    assert SECRET in data and SECRET not in clean and NAME_IN_PROFILE not in clean
    assert kind == {"image/bmp": "image/png", "image/tiff": "image/png"}.get(content_type, content_type)
    if content_type != "image/tiff":  # which is turned the way up that its Exif says
        assert points(clean) == points(data)
    assert without_metadata(clean, kind) == (clean, kind)


@pytest.mark.parametrize("content_type", PICTURES)
def test_cut_anywhere_it_says_nothing_or_is_refused(content_type: str) -> None:
    data, kept = PICTURES[content_type], 0
    for end in range(0, len(data) - len(SECRET), 1 if len(data) < 3000 else 7):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                clean, kind = without_metadata(data[:end], content_type)
        except ValueError:
            continue
        kept += 1
        assert SECRET not in clean and NAME_IN_PROFILE not in clean
        assert surely_without_metadata(clean, kind) == clean
    if content_type in ("image/png", "image/jpeg", "image/gif"):
        assert kept  # programs show such a picture as far as it goes
        shorter = data[: -len(SECRET) - 1]
        assert without_metadata(shorter, content_type)[0] and SECRET in shorter
        with pytest.raises(ValueError, match="end"):
            surely_without_metadata(shorter, content_type)


@given(
    kind=st.sampled_from(["image/png", "image/jpeg", "image/webp"]),
    at=st.integers(0, 10**6),
    byte=st.integers(0, 255),
)
def test_a_damaged_one_says_nothing_or_is_refused(kind: str, at: int, byte: int) -> None:
    data = bytearray(PICTURES[kind])
    data[at % len(data)] = byte
    try:
        clean, _ = without_metadata(bytes(data), kind)
    except ValueError:
        return
    assert SECRET not in clean


def test_adobe_says_its_colours_alone_and_jfif_no_small_picture() -> None:
    adobe = b"\xff\xee" + struct.pack(">H", 14 + len(SECRET)) + b"Adobe\0\x64\0\0\0\0\1" + SECRET
    jfif = b"\xff\xe0" + struct.pack(">H", 16 + len(SECRET)) + b"JFIF\0\1\1\0\0\1\0\1\2\2" + SECRET
    clean = surely_without_metadata(b"\xff\xd8" + jfif + adobe + b"\xff\xda\0\2\1\2\3\xff\xd9", "image/jpeg")
    assert SECRET not in clean
    assert b"\xff\xee\x00\x0eAdobe\0\x64\0\0\0\0\1" in clean and b"JFIF\0\1\1\0\0\1\0\1\0\0" in clean


def test_a_profile_keeps_its_colours() -> None:
    plain = plain_profile(SCREEN)
    assert plain is not None and plain_profile(plain) == plain
    to = ImageCms.createProfile("LAB")
    for profile in (SCREEN, plain):
        assert ImageCms.getOpenProfile(io.BytesIO(profile)).profile.xcolor_space == "RGB "
    lab = [
        ImageCms.profileToProfile(SHOWN, ImageCms.getOpenProfile(io.BytesIO(one)), to, outputMode="LAB")
        for one in (SCREEN, plain)
    ]
    assert lab[0] is not None and lab[1] is not None and lab[0].tobytes() == lab[1].tobytes()
    assert plain_profile(SCREEN[:200]) is None


def emf(*records: bytes, words: bytes = b"") -> bytes:
    head = (
        struct.pack("<II", 1, 88 + len(words)) + bytes(32) + b" EMF" + struct.pack("<I", 0x10000) + bytes(12)
    )
    head += struct.pack("<II", len(words) // 2, 88 if words else 0) + bytes(20) + words
    return head + b"".join(records) + struct.pack("<IIIII", 14, 20, 0, 16, 20)


def test_a_metafile_keeps_what_it_draws() -> None:
    line = struct.pack("<IIii", 54, 16, 5, 5)
    words = SECRET.decode().encode("utf-16-le")
    comment = struct.pack("<III", 70, 12 + len(SECRET), len(SECRET)) + SECRET
    clean, kind = without_metadata(emf(comment, line, words=words) + SECRET, "image/x-emf")
    assert (
        clean == surely_without_metadata(emf(line), "image/x-emf") and kind == "image/x-emf" and line in clean
    )
    assert struct.unpack("<II", clean[48:56]) == (len(clean), 3)
    with pytest.raises(ValueError):
        without_metadata(emf(comment, line)[:-4], "image/x-emf")
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0)
    escape = struct.pack("<IHHH", 5 + len(SECRET) // 2, 0x626, 15, len(SECRET)) + SECRET
    drawn = struct.pack("<IHhh", 5, 0x213, 1, 1)
    clean, _ = without_metadata(head + escape + drawn + b"\3\0\0\0\0\0" + SECRET, "image/x-wmf")
    assert SECRET not in clean and drawn in clean
    assert struct.unpack("<I", clean[6:10])[0] * 2 == len(clean)
