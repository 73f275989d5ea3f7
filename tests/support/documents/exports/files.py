"""What several test files of documents/exports begin with: files."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from documents.models import Edition
from documents.text import Section, SectionText, SectionTree, normalise_body
from people.roles import Role
from tests.support.factories import make_person
from tests.support.html import signed_in
from tests.support.services import poppler
from tests.support.services.missing import provide

UID = "00000000-0000-4000-8000-{:012d}".format


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def text(value: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": value, "marks": list(marks)}


def para(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(content)}


def cell(words: str, **attrs: Any) -> dict[str, Any]:
    return {"type": "cell", "attrs": attrs, "content": [para(text(words))]}


def rich_tree(language: str = "mk", sha256: str = "a" * 64) -> SectionTree:
    """Two sections with one of everything that a text can hold."""
    step = {
        "type": "step",
        "attrs": {"title": "Прв чекор", "who": "полиција", "limit": "2 часа"},
        "content": [para(text("Што да се прави."))],
    }
    note = {"type": "note", "attrs": {"id": "n1"}}
    blocks = [
        para(
            text("Воведен текст", {"type": "bold"}),
            note,
            {"type": "break"},
            text(" види", {"type": "xref", "attrs": {"uid": UID(2)}}),
        ),
        step,
        step,
        {
            "type": "table",
            "content": [
                {
                    "type": "row",
                    "content": [
                        cell("Глава на табелата", header=True, colspan=2),
                        cell("трета", header=True),
                    ],
                },
                {"type": "row", "content": [cell("долу", rowspan=2), cell("еден"), cell("два")]},
                {"type": "row", "content": [cell("три"), cell("четири")]},
            ],
        },
        {
            "type": "list",
            "attrs": {"ordered": True},
            "content": [{"type": "item", "attrs": {"label": "а)"}, "content": [para(text("прва точка"))]}],
        },
        {"type": "callout", "attrs": {"tone": "warn"}, "content": [para(text("Внимание."))]},
        {
            "type": "figure",
            "attrs": {"sha256": sha256, "alt": "карта"},
            "content": [text("Слика на картата")],
        },
        {"type": "opaque", "attrs": {"text": "формула", "kind": "math"}},
    ]
    first = normalise_body(
        {
            "heading": [text("Прв дел")],
            "blocks": blocks,
            "notes": {"n1": [para(text("Белешка под текстот."))]},
        }
    )
    second = normalise_body({"heading": [text("Втор дел")], "blocks": [para(text("Крај."))], "notes": {}})
    return SectionTree(
        language,
        "Процедури за постапување",
        (
            Section(UID(1), 1, "section", SectionText("1", first)),
            Section(UID(2), 3, "section", SectionText("1.1.1", second)),
        ),
    )


def draft_notice(tag: str) -> str:
    """What every page of a draft's file says in that language."""
    with translation.override(tag):
        return gettext("DRAFT – not in force")


def as_drafter(edition: Edition) -> Client:
    return signed_in(make_person(Role.DRAFTER, edition.instrument.owner))


def get(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content


def pdf_text(data: bytes, tmp_path: Path) -> str:
    """The words of a PDF, page by page with form feeds, by an independent reader."""
    program = provide(poppler.find)
    path = tmp_path / "file.pdf"
    path.write_bytes(data)
    done = subprocess.run([program, "-layout", path, "-"], capture_output=True, timeout=60, check=True)
    return done.stdout.decode()


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words)


HOSTILE = [
    '#read("/etc/passwd") #panic("x") $x$ `raw` *b* _i_ <label> @ref \\ // /* = heading',
    "\u202eright to left \u200b zero width \u0301 combining",
    "漢字 हिन्दी 🧨 ਪੰਜਾਬੀ",
    "العربية والفارسية",
    "x" * 5000,
]
