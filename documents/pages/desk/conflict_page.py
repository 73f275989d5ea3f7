"""The page that shows two texts of a section, to choose for each paragraph which one stays."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from documents.actions.errors import Conflict
from documents.editions.text_history import text_by_hash
from documents.editions.text_storage import EMPTY
from documents.models import Edition
from documents.pages.desk.rendering import drawn_blocks, drawn_change, drawn_inline, section_change
from documents.pages.desk.section_page import SectionPage
from documents.text import body_text, normalise_body
from documents.text.merge import Merge, Part, Side, merge
from documents.text.types import Json
from people.requests import OfficeRequest

WRITE = "write"
CHOICES = (Side.MINE, Side.THEIRS, WRITE)


@dataclass(frozen=True, slots=True)
class Question:
    """A paragraph that differs: both texts, drawn, and what is chosen (empty: nothing yet)."""

    number: int
    mine: SafeString | str
    theirs: SafeString | str
    difference: str
    """Both as one text with what was added and removed; empty where only one has it."""
    choice: str
    asks: bool
    missing: bool = False


def found_merge(
    edition: Edition,
    uid: str,
    language: str,
    base_hash: str,
    mine: Mapping[str, Any],
    theirs: Mapping[str, Any],
) -> Merge:
    """Both texts cut into paragraphs; ``base_hash`` is that of the text that mine was made from."""
    return merge(text_by_hash(edition, uid, language, base_hash), dict(mine), dict(theirs))


def conflict_page(
    request: OfficeRequest,
    edition: Edition,
    uid: UUID,
    language: str,
    conflict: Conflict,
    shown: str,
    base_hash: str,
    chosen: Mapping[int, str] | None = None,
) -> HttpResponse:
    """409, or 422 where ``chosen`` is given and lacks something. ``shown``: the hash of the original next to
    which mine was written."""
    page = SectionPage(request, edition, uid, language, must_exist=False)
    mine: Json = conflict.mine or EMPTY
    context = page.frame() | {
        "conflict": conflict,
        "mine_words": body_text(mine, heading=True),
        "gone": conflict.theirs is None,
    }
    status = 409
    if conflict.theirs is not None:
        found = found_merge(edition, str(uid), language, base_hash, mine, conflict.theirs)
        questions = _questions(edition, language, found, mine, conflict.theirs, chosen)
        status = 422 if any(one.missing for one in questions) else 409
        context |= {
            "mine": json.dumps(mine, ensure_ascii=False),
            "expected": conflict.theirs_hash,
            "shown": shown,
            "base": base_hash,
            "open_questions": [one for one in questions if one.asks],
            "settled": [one for one in questions if not one.asks],
            "missing": [one for one in questions if one.missing],
        }
    return render(request, "documents/desk/conflict.html", context, status=status)


def _questions(
    edition: Edition, language: str, found: Merge, mine: Json, theirs: Json, chosen: Mapping[int, str] | None
) -> list[Question]:
    def drawn(part: Part, text: Json, blocks: tuple[Json, ...], prefix: str) -> SafeString | str:
        if not blocks:
            return ""
        if part is found.heading:
            return drawn_inline(edition, blocks, language)
        return drawn_blocks(edition, text, blocks, language, prefix)

    questions = []
    for number, part in enumerate(found.differing):
        choice = part.side or "" if chosen is None else chosen.get(number, "")
        questions.append(
            Question(
                number,
                drawn(part, mine, part.mine, f"m{number}-"),
                drawn(part, theirs, part.theirs, f"t{number}-"),
                _difference(language, found, part, mine, theirs, f"d{number}-"),
                choice,
                asks=part.side is None,
                missing=chosen is not None and not choice,
            )
        )
    return questions


def _difference(language: str, found: Merge, part: Part, mine: Json, theirs: Json, prefix: str) -> str:
    if part is found.heading or not part.mine or not part.theirs:
        return ""
    old, new = (
        {"heading": [], "blocks": list(blocks), "notes": text["notes"]}
        for text, blocks in ((theirs, part.theirs), (mine, part.mine))
    )
    change = section_change(normalise_body(old), normalise_body(new), language)
    return drawn_change(change, _("Theirs"), _("Yours"), prefix)["text"] if change else ""
