"""PDFs of editions as veraPDF judges them: archive files (PDF/A-2a) that screen readers read (PDF/UA-1)."""

from __future__ import annotations

import io
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from documents.actions import record_corrigendum
from documents.editions import blobs
from documents.models import Blob, Edition
from documents.text import Section, SectionText, SectionTree, normalise_body
from people.roles import Role
from tests.support.documents.exports.files import (
    PIXEL,
    UID,
    as_drafter,
    cell,
    get,
    para,
    pdf_text,
    plain,
    text,
)
from tests.support.documents.exports.pdf_standards import items, row, table
from tests.support.factories import (
    make_act,
    make_country,
    make_draft,
    make_institution,
    make_person,
    make_tree,
    put_in_force,
)
from tests.support.html import PageClient
from tests.support.services import poppler, verapdf
from tests.support.services.missing import provide

pytestmark = pytest.mark.django_db

ARABIC = "أنت في أمان، ولن يعرف أحد (مهما كان) ما قلته."


def photo() -> bytes:
    """A JPEG in the colours of print, as scanners and designers leave them in Word files."""
    file = io.BytesIO()
    Image.new("CMYK", (40, 30), (10, 80, 0, 0)).save(file, "JPEG")
    return file.getvalue()


def translucent() -> bytes:
    file = io.BytesIO()
    Image.new("RGBA", (30, 40), (200, 10, 10, 90)).save(file, "PNG")
    return file.getvalue()


def note(key: str) -> dict[str, Any]:
    return {"type": "note", "attrs": {"id": key}}


def figure(sha256: str, alt: str, caption: str) -> dict[str, Any]:
    return {
        "type": "figure",
        "attrs": {"sha256": sha256, "alt": alt},
        "content": [text(caption), note(f"n-{sha256[:6]}")] if caption else [],
    }


def with_everything(pictures: list[str]) -> SectionTree:
    """A Serbian text in Cyrillic with all that has ever made a PDF hard to read aloud."""
    nested = items(
        [
            para(text("прво")),
            items([para(text("прво у првом"))], [items([para(text("дубоко"))], ordered=True)]),
        ],
        [para(text("друго")), items([para(text("под а"))], [para(text("под б"))], labels="аб")],
    )
    merged = table(
        row(cell("Орган", header=True, rowspan=2), cell("Рокови", header=True, colspan=2)),
        row(cell("кратки", header=True), cell("дуги", header=True)),
        row(cell("Полиција", header=True), cell("два часа", colspan=2, rowspan=2)),
        row({"type": "cell", "attrs": {}, "content": [nested, table(row(cell("унутра"), cell("у табели")))]}),
        row(
            cell(""),
            cell("с белешком"),
            {"type": "cell", "attrs": {}, "content": [para(text("овде"), note("n3"))]},
        ),
    )
    blocks = [
        para(
            text("Рок је тридесет дана", {"type": "bold"}),
            note("n1"),
            text(" од "),
            text("пријаве", {"type": "italic"}, {"type": "underline"}),
            text(" види", {"type": "xref", "attrs": {"uid": UID(3)}}),
            text(" и", {"type": "strike"}),
            {"type": "break"},
            text("пише", {"type": "link", "attrs": {"href": "https://kodeks.example/š"}}),
            text("2", {"type": "superscript"}),
            note("n2"),
            {"type": "image", "attrs": {"sha256": pictures[0], "alt": ""}},
        ),
        para(text(ARABIC)),
        para(text("Каже се: "), text(ARABIC, {"type": "bold"}), text(" и преведе се.")),
        nested,
        merged,
        items([para(text(ARABIC))], [para(text("и на српском"))], labels="12"),
        figure(pictures[0], "", "Слика без описа"),
        figure(pictures[1], "мапа пута", "Слика с описом"),
        figure(pictures[2], "", ""),
        figure("f" * 64, "слика које нема", "Изгубљена"),
        {"type": "callout", "attrs": {"tone": "warn"}, "content": [para(text("Пажња.")), nested]},
        {
            "type": "step",
            "attrs": {"title": "Корак", "who": "полиција", "limit": "2 часа"},
            "content": [para(text("Шта се ради.")), nested],
        },
        {"type": "step", "attrs": {}, "content": [para(text("Затим ово."))]},
        {"type": "opaque", "attrs": {"text": "формула", "kind": "math"}},
        {"type": "opaque", "attrs": {"kind": "chart"}},
        *(
            {"type": "paragraph", "attrs": {"style": style}, "content": [text("Облик.")]}
            for style in ("quote", "centred", "caption", "lead")
        ),
        {"type": "paragraph", "content": []},
    ]
    notes = {
        "n1": [
            para(text("Белешка с "), text("везом", {"type": "link", "attrs": {"href": "https://a.example/"}}))
        ],
        "n2": [para(text("Први пасус.")), para(text(ARABIC)), items([para(text("ставка"))])],
        "n3": [para(text("Из табеле."))],
        "n4": [para(text("Из наслова."))],
        **{f"n-{sha256[:6]}": [para(text("Извор."))] for sha256 in pictures[:2]},
        f"n-{'f' * 6}": [para(text("Извор."))],
    }
    body = {"heading": [text("Рокови"), note("n4")], "blocks": blocks, "notes": notes}
    bodies = [
        body,
        {"heading": [text(ARABIC)], "blocks": [], "notes": {}},
        {"heading": [text("Крај")], "blocks": [para(text("Тако је."))], "notes": {}},
        {"heading": [], "blocks": [para(text("Без наслова."))], "notes": {}},
    ]
    places = ((1, "1"), (6, "1.1.1"), (2, "1.2"), (9, ""))
    return SectionTree(
        "sr",
        "Поступци",
        tuple(
            Section(UID(number), level, "section", SectionText(label, normalise_body(one)))
            for number, ((level, label), one) in enumerate(zip(places, bodies, strict=True), 1)
        ),
    )


def corrected(edition: Edition) -> None:
    """A corrigendum of the edition's first section, recorded."""
    owner = edition.instrument.owner
    drafter, coordinator = make_person(Role.DRAFTER, owner), make_person(Role.COORDINATOR, owner)
    section = edition.sections.get(uid=UID(1)).uid
    one = record_corrigendum.propose_corrigendum(
        drafter, edition, section, "sr", "тридесет дана", "три дана", "Погрешан број."
    )
    record_corrigendum.record(
        coordinator, one, [make_act(number="7", date=date(2024, 1, 20))], date(2024, 2, 1)
    )


def test_verapdf_finds_no_failure_in_a_text_with_everything(tmp_path: Path) -> None:
    provide(verapdf.find)
    make_country("rs", languages=["sr"], time_zone="Europe/Belgrade")
    kept = [
        blobs.put(data, Blob.Kind.IMAGE, kind)
        for data, kind in ((PIXEL, "image/png"), (photo(), "image/jpeg"), (translucent(), "image/png"))
    ]
    tree = with_everything([blob.sha256 for blob in kept])
    english = make_tree("en", "Title en", [(1, "Time limits", "Three days.")], [UID(1)])
    fields: dict[str, Any] = {"owner": make_institution("rs-coordinator"), "tree": tree}
    draft = make_draft(slug="draft", languages=["sr", "en"], translations=[english], **fields)
    edition = make_draft(languages=["sr"], **fields)
    for one in (draft, edition):
        for number, blob in enumerate(kept):
            blobs.link(one, blob, f"picture-{number}")
    corrected(put_in_force(edition))
    public = PageClient(headers={"host": "public.test"})
    place, of_draft = edition.instrument.path, f"/mk/i/{draft.instrument.path}/1.pdf"
    made = {
        "cyrillic": get(public, f"/sr-cyrl/library/i/{place}/1.pdf"),
        "latin": get(public, f"/sr-latn/library/i/{place}/1.pdf"),
        "draft": get(as_drafter(draft), f"{of_draft}?text=sr"),
        "half-translated": get(as_drafter(draft), f"{of_draft}?text=en"),
    }
    files = []
    for name, data in made.items():
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(data)
    assert verapdf.failures(files) == []
    said = {name: plain(pdf_text(data, tmp_path)) for name, data in made.items()}
    assert "три дана" in said["cyrillic"] and "tri dana" in said["latin"]
    assert "тридесет дана" in said["draft"] and "Three days." in said["half-translated"]
    arabic = re.findall("[\u0621-\u064a]+", ARABIC)
    assert set(arabic) <= set(re.findall("[\u0621-\u064a]+", said["cyrillic"])), "no letter stands twice"
    assert max(right_edges(files[0], "[\u0621-\u064a]+")) > 520, "Arabic is set from the margin on the right"
    # Its heading begins with the number there too, in the contents (where it is indented) and in the text.
    assert [edge > 480 for edge in right_edges(files[0], r"1\.1\.1")] == [True, True]


def right_edges(file: Path, word: str) -> list[float]:
    """How far to the right each such word goes behind the cover, in points; the text's margin is at 524."""
    boxes: list[str | Path] = [provide(poppler.find), "-bbox", "-f", "2", file, "-"]
    done = subprocess.run(boxes, capture_output=True, timeout=60, check=True)
    return [float(x) for x in re.findall(rf'xMax="([0-9.]+)"[^>]*>{word}<', done.stdout.decode())]


def test_verapdf_finds_what_is_wrong(tmp_path: Path) -> None:
    """The judge is awake: an ordinary PDF is no PDF/A and can't be read aloud."""
    provide(verapdf.find)
    Image.new("RGB", (20, 20)).save(tmp_path / "scan.pdf")
    found = "\n".join(verapdf.failures([tmp_path / "scan.pdf"]))
    assert "PDF/UA-1, scan.pdf" in found and "PDF/A-2a, scan.pdf" in found
