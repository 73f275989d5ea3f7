"""A text in two languages with words to take out of every place that a text has."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from documents.actions import publish_redaction, redact
from documents.editions import blobs
from documents.models import Blob, BlobUse, Edition, Ground, Redaction
from documents.text import SectionText, SectionTree, normalise_body
from documents.text.section import Section
from people.models import User
from people.roles import Role
from tests.support.documents.exports.scrubbed import opened
from tests.support.factories import make_draft, make_person, put_in_force

WORDS = "Kvarcova"
"""Taken out by its words, wherever it stands."""
CYRILLIC = "Кварцова"
BLOCK, WHOLE, BELOW, NOTE, TRANSLATED = "Zirkonija", "Topazija", "Opalija", "Ametistija", "Rubinija"
CANARIES = (WORDS, CYRILLIC, BLOCK, WHOLE, BELOW, NOTE, TRANSLATED)
SEEN = "Otvoreno"
"""Stays in every section."""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000" "1f15c4890000000d49444154789c6360000002000001"
    "00 05fe02fea735810000000049454e44ae426082".replace(" ", "")
)  # fmt: skip


def text(words: str, *marks: dict[str, Any]) -> dict[str, Any]:
    return {"type": "text", "text": words} | ({"marks": list(marks)} if marks else {})


def paragraph(*content: dict[str, Any]) -> dict[str, Any]:
    return {"type": "paragraph", "content": list(content)}


def body(heading: str, *blocks: dict[str, Any], notes: dict[str, Any] | None = None) -> dict[str, Any]:
    return normalise_body({"heading": [text(heading)], "blocks": list(blocks), "notes": notes or {}})  # type: ignore[return-value]


UIDS = [f"00000000-0000-4000-8000-{n:012d}" for n in range(5)]


def bodies(language: str, picture: str) -> list[dict[str, Any]]:
    """The sections: words everywhere, a block and a note, a whole section, one in it, and an open one."""
    mail = {"type": "link", "attrs": {"href": f"mailto:{WORDS.lower()}@example.org"}}
    row = [
        {"type": "cell", "content": [paragraph(text(f"{SEEN} {WORDS}"))]},
        {"type": "cell", "content": [paragraph(text(SEEN))]},
    ]
    step = {"title": f"{SEEN} {WORDS}", "who": f"{WORDS}", "limit": "24 h"}
    translated = TRANSLATED if language == "en" else SEEN
    return [
        body(
            f"{SEEN} {WORDS.upper()}",
            paragraph(text(f"{SEEN}: "), text(WORDS, mail), text(" zna.", {"type": "bold"})),
            {"type": "table", "content": [{"type": "row", "content": row}]},
            {"type": "step", "attrs": step, "content": [paragraph(text(SEEN))]},
            {"type": "figure", "attrs": {"sha256": picture, "alt": f"{WORDS} na slici"}, "content": []},
        ),
        body(
            SEEN,
            paragraph(text(f"{SEEN} {translated}.")),
            paragraph(text(f"{BLOCK} ovde."), {"type": "note", "attrs": {"id": "n1"}}),
            paragraph(text(SEEN), {"type": "note", "attrs": {"id": "n2"}}),
            notes={"n1": [paragraph(text(f"{BLOCK} u fusnoti."))], "n2": [paragraph(text(f"{NOTE}."))]},
        ),
        body(WHOLE, paragraph(text(f"{WHOLE} {SEEN}"))),
        body(BELOW, paragraph(text(f"{BELOW} {SEEN}"))),
        body(SEEN, paragraph(text(SEEN))),
    ]


def tree(language: str, picture: str) -> SectionTree:
    levels = (1, 1, 1, 2, 1)
    texts = bodies(language, picture)
    title = f"Postupak {WORDS} {language}"
    sections = (
        Section(uid, level, "section", SectionText(str(n), one))
        for n, (uid, level, one) in enumerate(zip(UIDS, levels, texts, strict=True), 1)
    )
    return SectionTree(language, title, tuple(sections))


def make_original(classification: str = "official") -> Edition:
    blob = blobs.put(PIXEL, Blob.Kind.IMAGE, "image/png")
    draft = make_draft(
        slug=f"closed-{WORDS.lower()}",
        languages=["bs", "en"],
        authentic=["bs"],
        classification=classification,
        tree=tree("bs", blob.pk),
        translations=[tree("en", blob.pk)],
    )
    Edition.objects.filter(pk=draft.pk).update(
        title_bs=f"Postupak {WORDS} bs", title_en=f"Postupak {WORDS} en"
    )
    BlobUse.objects.create(edition=draft, blob=blob, name=f"{WORDS}.png")
    draft.refresh_from_db()
    # Its act says the words too, in the other script.
    return put_in_force(draft, body=f"{SEEN}, {WORDS}", session=CYRILLIC)


def make_redaction(edition: Edition) -> tuple[Redaction, User, User]:
    """What is left out of it, as one coordinator marks it; and another one."""
    owner = edition.instrument.owner
    first, second = make_person(Role.COORDINATOR, owner), make_person(Role.COORDINATOR, owner)
    redaction = redact.start(first, edition)
    ground, why = Ground.SAFETY, "član 9"
    redact.mark_words(first, redaction, WORDS, "bs", ground, why)
    redact.mark_words(first, redaction, WORDS, "en", ground, why)
    redact.mark_part(first, redaction, UIDS[1], "bs", [2, 5], ground, why)
    redact.mark_part(first, redaction, UIDS[2], "bs", [], Ground.METHODS, why)
    redact.mark_words(first, redaction, TRANSLATED, "en", ground, why, UIDS[1])
    redact.confirm_all_words(first, redaction, redact.to_confirm(redaction, redact.texts(edition)))
    return redaction, first, second


def publish(edition: Edition) -> Edition:
    redaction, first, second = make_redaction(edition)
    publish_redaction.propose_redaction(first, redaction)
    redaction.refresh_from_db()
    return publish_redaction.approve(second, redaction, redaction.source_sha256, redaction.sha256)


@pytest.fixture
def original(db: Any) -> Edition:
    cache.clear()
    return make_original()


def leaked(data: bytes) -> list[str]:
    """What was taken out and stands in the data, also within a packed file."""
    found = opened(data).lower()
    return [one for one in CANARIES if one.lower().encode() in found]
