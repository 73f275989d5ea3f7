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

from documents.word.pictures import surely_without_metadata, without_metadata
from documents.word.pictures.profile import plain_profile

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


def record(kind: int, said: bytes) -> bytes:
    said += bytes(-len(said) % 4)
    return struct.pack("<II", kind, 8 + len(said)) + said


def bitmap(compression: int, points: bytes, bits: int = 0) -> bytes:
    return struct.pack("<IiiHHIIiiII", 40, 24, 20, 1, bits, compression, len(points), 0, 0, 0, 0) + points


def stretched(found: bytes, points: int) -> bytes:
    """A bitmap drawn in an EMF (EMR_STRETCHDIBITS)."""
    places = struct.pack("<IIII", 80, 40, 120, points)
    return record(81, bytes(40) + places + bytes(16) + found)


def newer(data: bytes, kind: int = 1) -> bytes:
    """A picture drawn in an EMF+ (EmfPlusImage), whole as it is."""
    head = struct.pack("<iiiII", 24, 20, 0, 0, 1) if kind == 1 else struct.pack("<II", 3, len(data))
    said = struct.pack("<II", 0xDBC01002, kind) + head + data
    said += bytes(-len(said) % 4)
    body = b"EMF+" + struct.pack("<HHII", 0x4008, 0x0500, 12 + len(said), len(said)) + said
    return record(70, struct.pack("<I", len(body)) + body)


LINE = struct.pack("<IIii", 54, 16, 5, 5)
PLAIN = {kind: surely_without_metadata(without_metadata(data, kind)[0], kind) for kind, data in PICTURES.items()
         if kind in ("image/jpeg", "image/png", "image/gif")}  # fmt: skip


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png"])
def test_of_a_picture_in_a_metafile_nothing_is_said_or_the_metafile_is_refused(kind: str) -> None:
    compression = {"image/jpeg": 4, "image/png": 5}[kind]
    with pytest.raises(ValueError, match="within it"):
        without_metadata(
            emf(stretched(bitmap(compression, PICTURES[kind]), len(PICTURES[kind]))), "image/x-emf"
        )
    clean = PLAIN[kind]
    drawn = stretched(bitmap(compression, clean), len(clean))
    assert clean in without_metadata(emf(drawn), "image/x-emf")[0]
    head = struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0)
    for points, fine in ((PICTURES[kind], False), (clean, True)):
        found = bytes(22) + bitmap(compression, points + bytes(len(points) % 2))
        drawn = struct.pack("<IH", (6 + len(found)) // 2, 0x0F43) + found
        data = head + drawn + b"\3\0\0\0\0\0"
        if fine:
            assert points in without_metadata(data, "image/x-wmf")[0]
        else:
            with pytest.raises(ValueError, match="within it"):
                without_metadata(data, "image/x-wmf")


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "image/gif"])
def test_a_picture_in_an_emf_plus_loses_what_it_says(kind: str) -> None:
    clean, _ = without_metadata(emf(newer(PICTURES[kind])), "image/x-emf")
    assert SECRET not in clean and PLAIN[kind] in clean
    assert surely_without_metadata(clean, "image/x-emf") == clean
    comment = record(70, struct.pack("<I", len(SECRET)) + SECRET)
    inner, _ = without_metadata(emf(newer(emf(LINE, comment), kind=2)), "image/x-emf")
    assert SECRET not in inner and LINE in inner


@pytest.mark.parametrize("kind", ["image/tiff", "image/bmp"])
def test_one_that_would_have_to_be_drawn_anew_there_is_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="within it"):
        without_metadata(emf(newer(PICTURES[kind])), "image/x-emf")


def text_of_emf(words: str) -> bytes:
    said = words.encode("utf-16-le")
    return bytes(36) + struct.pack("<IIIiiiiI", len(words), 84, 0, 0, 0, 0, 0, 0) + SECRET[:8] + said


@pytest.mark.parametrize(
    "needed",
    [
        LINE,
        record(15, struct.pack("<iiI", 1, 1, 0)),
        record(3, bytes(16) + struct.pack("<Iiiii", 2, 1, 1, 5, 5)),
        record(90, bytes(16) + struct.pack("<IIIhhhh", 1, 2, 2, 1, 1, 5, 5)),
        record(75, struct.pack("<II", 48, 5) + struct.pack("<4I", 32, 1, 1, 16) + bytes(32)),
        stretched(bitmap(0, bytes(24 * 20 * 3), 24), 24 * 20 * 3),
    ],
)
def test_what_a_record_has_beyond_its_need_goes(needed: bytes) -> None:
    longer = record(int.from_bytes(needed[:4], "little"), needed[8:] + SECRET)
    clean, _ = without_metadata(emf(longer), "image/x-emf")
    assert clean == surely_without_metadata(emf(needed), "image/x-emf")
    assert needed in clean


def test_between_what_a_record_of_words_needs_nothing_stands() -> None:
    clean, _ = without_metadata(emf(record(84, text_of_emf("Skopje"))), "image/x-emf")
    assert SECRET[:8] not in clean and "Skopje".encode("utf-16-le") in clean


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (0x0213, struct.pack("<hh", 1, 1)),
        (0x0325, struct.pack("<Hhhhh", 2, 1, 1, 5, 5)),
        (0x0538, struct.pack("<HHhhhh", 1, 2, 1, 1, 5, 5)),
        (0x0521, struct.pack("<H", 4) + b"Bitola"[:4] + struct.pack("<hh", 1, 1)),
        (0x0A32, struct.pack("<hhHH", 1, 1, 4, 0) + b"Nish" + bytes(8)),
        (0x02FB, bytes(18) + b"Arial\0"),
    ],
)
def test_nor_in_one_of_a_wmf(function: int, said: bytes) -> None:
    def wmf(data: bytes) -> bytes:
        head = struct.pack("<HHHIHIH", 1, 9, 0x300, 0, 0, 0, 0)
        return head + struct.pack("<IH", (6 + len(data)) // 2, function) + data + b"\3\0\0\0\0\0"

    clean, _ = without_metadata(wmf(said + SECRET), "image/x-wmf")
    assert SECRET[:4] not in clean and said in clean
    assert clean == without_metadata(wmf(said), "image/x-wmf")[0]
