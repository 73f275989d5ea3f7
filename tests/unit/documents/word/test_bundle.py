"""A zip of Word files: what is taken out of it, and what is not."""

from __future__ import annotations

import io
import zipfile

import pytest

from documents.word.file.bundle import WORDS, BundleLimits, BundleRefused, Why, read_bundle

SMALL = BundleLimits(files=3, file_bytes=100_000, unpacked_bytes=12_000_000)


def zipped(*files: tuple[str, bytes]) -> io.BytesIO:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    stream.seek(0)
    return stream


def test_each_file_is_taken_or_refused_by_itself() -> None:
    stream = zipped(
        ("папка/текст.docx", b"one"),
        ("../out.docx", b"x"),
        ("/etc/out.docx", b"x"),
        ("C:/out.docx", b"x"),
        ("a\\..\\b.docx", b"x"),
        ("inner.zip", b"x"),
        ("picture.png", b"x"),
        ("__MACOSX/._text.docx", b"x"),
        ("~$text.docx", b"x"),
        ("folder/.DS_Store", b"x"),
        ("big.docx", b"x" * 200_000),
    )
    with pytest.raises(BundleRefused) as refused:
        list(read_bundle(stream, SMALL))
    assert refused.value.why is Why.TOO_MANY and "The limit is 3 at once" in str(refused.value)
    found = list(read_bundle(stream, BundleLimits(files=9, file_bytes=100_000)))
    assert [(member.name, member.why) for member in found] == [
        ("папка/текст.docx", None),
        ("../out.docx", Why.BAD_NAME),
        ("/etc/out.docx", Why.BAD_NAME),
        ("C:/out.docx", Why.BAD_NAME),
        ("a/../b.docx", Why.BAD_NAME),
        ("inner.zip", Why.NESTED),
        ("picture.png", Why.NOT_DOCX),
        ("big.docx", Why.TOO_BIG),
    ]
    assert found[0].data == b"one" and not any(member.data for member in found[1:])


def test_other_files_of_word_are_told_what_to_do_with_them_and_a_colon_is_no_drive() -> None:
    names = ("стар.doc", "белешка.RTF", "макро.docm", "Дел: план/нацрт 2: измени.docx", "слика.jpeg")
    found = list(read_bundle(zipped(*((name, b"x") for name in names)), BundleLimits()))
    assert [member.why for member in found] == [Why.OLD_DOC, Why.OTHER_WORD, Why.MACROS, None, Why.NOT_DOCX]
    assert "Save it" in WORDS[Why.MACROS] and "old Word" in WORDS[Why.OLD_DOC]


def test_bombs_and_damage() -> None:
    limits = BundleLimits(file_bytes=50_000_000, unpacked_bytes=20_000_000)
    bomb = zipped(("bomb.docx", b"\0" * 9_000_000), ("fine.docx", b"fine"))
    assert [member.why for member in read_bundle(bomb, limits)] == [Why.BOMB, None]
    import os

    noise = os.urandom(8_000_000)
    together = zipped(("a.docx", noise), ("b.docx", noise), ("c.docx", noise), ("d.docx", b"small"))
    assert [member.why for member in read_bundle(together, limits)] == [None, None, Why.BOMB, None]
    data = bytearray(zipped(("a.docx", os.urandom(500)), ("b.docx", b"fine")).getvalue())
    data[60] ^= 0xFF
    assert [member.why for member in read_bundle(io.BytesIO(bytes(data)), limits)] == [Why.DAMAGED, None]
    for wrong in (b"", b"PK\x03\x04", b"no zip at all"):
        with pytest.raises(BundleRefused) as refused:
            list(read_bundle(io.BytesIO(wrong), limits))
        assert refused.value.why is Why.BROKEN
    with pytest.raises(BundleRefused) as refused:
        list(read_bundle(zipped(("__MACOSX/x", b"")), limits))
    assert refused.value.why is Why.EMPTY
