"""Words that are suggested for a section which was joined to another one since: where its text stands now, and how they are put in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from documents.models import Edition, SectionChange, Suggestion
from documents.models import Section as SectionRow
from documents.suggestions.joined import joined_body, put_back
from documents.text import Section, SectionText, SectionTree, inline_text
from documents.text_storage import EMPTY

Json = dict[str, Any]
DEEPEST = 20
"""So many joins one after the other are followed."""
LOOKED_AT = 200
"""So many changes before a section went are looked through."""


@dataclass(frozen=True)
class Join:
    """A join that somebody accepted: the texts of ``into`` and of ``gone`` before it; ``as_text``: the heading became a paragraph."""

    into: str
    gone: str
    into_body: Json
    gone_body: Json
    as_text: bool


def joins_of(suggestion: Suggestion) -> list[Join]:
    """The joins by which the words of a suggestion's section came to where they stand, the last one first; none where the section
    is in the draft, or went otherwise."""
    edition, language, uid = suggestion.edition, suggestion.language, str(suggestion.uid)
    found: list[Join] = []
    while not _there(edition, uid) and len(found) < DEEPEST:
        row = Suggestion.objects.filter(
            returned=suggestion.returned_id,
            uid=uid,
            kind=Suggestion.Kind.JOINED,
            state=Suggestion.State.ACCEPTED,
        ).first()
        join = _join(edition, uid, language) if row is not None else None
        if join is None:
            return []
        found.insert(0, join)
        uid = join.into
    return found


def text_in_join(joins: list[Join], body: Json) -> Json | None:
    """The words of the section that was joined, as they stand in the text ``body`` of the one that they are in; None where they
    can't be told from the others any more."""
    parted = _parted(joins[0], body)
    if parted is None:
        return None
    return text_in_join(joins[1:], parted[1]) if joins[1:] else parted[1]


def put_in_join(joins: list[Join], body: Json, put: Callable[[Json], Json | None]) -> Json | None:
    """The text ``body`` of the section that the words are in, with what ``put`` makes of these words; None where that gives none."""
    parted = _parted(joins[0], body)
    if parted is None:
        return None
    head, tail = parted
    made = put_in_join(joins[1:], tail, put) if joins[1:] else put(tail)
    return joined_body(head, made, heading=joins[0].as_text) if made is not None else None


def heading_is_ours(joined: Suggestion, body: Json) -> bool:
    """Whether the heading of a section that is to be joined is neither the one that it went out with nor one of the file's."""
    said, sent = inline_text(body["heading"]).strip(), inline_text(joined.before["heading"]).strip()
    if not sent or said in ("", sent):
        return False
    rows = Suggestion.objects.filter(
        returned=joined.returned_id, uid=joined.uid, kind=Suggestion.Kind.HEADING
    )
    return said not in {row.new.strip() for row in rows.filter(state=Suggestion.State.ACCEPTED)}


def _there(edition: Edition, uid: str) -> bool:
    return SectionRow.objects.filter(edition=edition, uid=uid).exists()


def _join(edition: Edition, uid: str, language: str) -> Join | None:
    """The join by which a section went, as the log of changes has it."""
    changes = SectionChange.objects.filter(edition=edition)
    went = changes.filter(uid=uid, verb=SectionChange.Verb.REMOVE).order_by("-pk").first()
    if went is None:
        return None
    gone = (went.before or {}).get(language) or EMPTY
    before = changes.filter(pk__lt=went.pk, language=language, verb=SectionChange.Verb.SAVE).exclude(uid=uid)
    for of, old, made in before.order_by("-pk").values_list("uid", "before", "after")[:LOOKED_AT]:
        blocks, new = (old or EMPTY)["blocks"], made or EMPTY
        more = len(new["blocks"]) - len(blocks) - len(gone["blocks"])
        if new["blocks"][: len(blocks)] == blocks and more in (0, 1):
            return Join(str(of), uid, old or EMPTY, gone, bool(more))
    return None


def _parted(join: Join, body: Json) -> tuple[Json, Json] | None:
    """The two texts that were joined, as they stand in ``body``."""
    old = SectionTree(
        "", "", tuple(_section(*one) for one in ((join.into, join.into_body), (join.gone, join.gone_body)))
    )
    new = SectionTree("", "", (_section(join.into, body),))
    parted, found = put_back(old, new, {join.gone})
    # A heading that is no paragraph any more, or is one again, is somebody's change since.
    if not found or found[0].as_text != join.as_text:
        return None
    return parted.by_uid[join.into].text.body, parted.by_uid[join.gone].text.body


def _section(uid: str, body: Json) -> Section:
    return Section(uid, 1, "section", SectionText("", body))
