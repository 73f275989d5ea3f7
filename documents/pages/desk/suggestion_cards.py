"""How suggestions of returned Word files are shown: as cards, by section."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from documents.access.rights import Text
from documents.actions.decide_suggestions import card_of
from documents.editions.text_storage import EMPTY, OutlineRow, load_outline
from documents.models import Edition, Suggestion
from documents.pages.desk.rendering import drawn_blocks, drawn_change, drawn_inline, section_change
from documents.text import shortened
from documents.word.review.apply import result_of
from documents.word.review.cards import SECTION_KINDS
from documents.word.review.changes import Change
from documents.word.review.normalise import body_of
from people.access import may
from people.roles import Verb
from theme import locales

Kind, State = Suggestion.Kind, Suggestion.State
Html = SafeString | str
UNDOABLE = (State.ACCEPTED, State.REFUSED)


@dataclass(frozen=True)
class Switch:
    """A change within a block, with its number."""

    number: int
    change: Change


@dataclass(frozen=True)
class ShownCard:
    """``text``: what it changes, marked. ``place``: of a section or paragraph that moves, what it follows
    then; empty at the beginning."""

    suggestion: Suggestion
    text: Html
    place: str
    switches: tuple[Switch, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it moves something to another place."""
        suggestion = self.suggestion
        return suggestion.kind == Kind.MOVED or (
            suggestion.kind == Kind.SECTION_MOVED and bool(suggestion.target)
        )

    @property
    def name(self) -> str:
        """A few of its words, for who hears the buttons."""
        return shortened(self.suggestion.words.replace("\n", " "), 60)

    @property
    def undoable(self) -> bool:
        """Whether the decision can be undone."""
        return self.suggestion.state in UNDOABLE and self.suggestion.batch is not None


@dataclass(frozen=True)
class Group:
    """A section with its cards. ``row`` is None where it is not in the draft."""

    uid: str
    language: str
    html_lang: str
    row: OutlineRow | None
    heading: str
    shown: tuple[ShownCard, ...]
    open: int
    may_decide: bool


def groups(user: Any, edition: Edition, found: Iterable[Suggestion]) -> list[Group]:
    """The cards by language and section, in the order of the draft; sections that it does not have come
    behind."""
    by_place: dict[tuple[str, str], list[Suggestion]] = {}
    for suggestion in found:
        by_place.setdefault((suggestion.language, str(suggestion.uid)), []).append(suggestion)
    found_groups: list[Group] = []
    for language in edition.instrument.languages:
        found_here = {uid: rows for (lang, uid), rows in by_place.items() if lang == language}
        if not found_here:
            continue
        outline = {row.uid: row for row in load_outline(edition, language)}
        order = {uid: number for number, uid in enumerate(outline)}
        decides = may(user, Verb.DRAFT, Text(edition, language))
        for uid in sorted(found_here, key=lambda uid: order.get(uid, len(order))):
            rows = sorted(found_here[uid], key=_place)
            found_groups.append(
                Group(
                    uid,
                    language,
                    locales.html_lang(language),
                    outline.get(uid),
                    _heading(rows),
                    tuple(show(edition, row, outline) for row in rows),
                    sum(row.state == State.OPEN for row in rows),
                    decides,
                )
            )
    return found_groups


def _place(row: Suggestion) -> tuple[bool, int, int]:
    return row.kind in SECTION_KINDS, row.position, row.pk


def _heading(rows: Sequence[Suggestion]) -> str:
    """What the file calls a section that the draft does not have."""
    found = next((row for row in rows if row.kind in SECTION_KINDS), rows[0])
    return shortened(found.words.partition("\n")[0])


def show(edition: Edition, suggestion: Suggestion, outline: Mapping[str, OutlineRow]) -> ShownCard:
    """One suggestion as a card."""
    place = _follows(suggestion, outline)
    text = marked(edition, suggestion.before, suggestion.after, suggestion.language, f"sg{suggestion.pk}-")
    changes = tuple(Switch(n, Change.from_json(one)) for n, one in enumerate(suggestion.changes))
    several = len(changes) > 1 and suggestion.state == State.OPEN
    return ShownCard(suggestion, text, place, changes if several else ())


def _follows(suggestion: Suggestion, outline: Mapping[str, OutlineRow]) -> str:
    if suggestion.kind not in (Kind.SECTION_MOVED, Kind.SECTION_ADDED):
        return ""
    order = [uid for uid, _level in suggestion.returned.outline]
    at = order.index(str(suggestion.uid)) if str(suggestion.uid) in order else 0
    row = next((outline[uid] for uid in reversed(order[:at]) if uid in outline), None)
    return shortened(f"{row.label} {row.heading}".strip()) if row else ""


def marked(edition: Edition, before: Any, after: Any, language: str, prefix: str) -> Html:
    """What a card changes, with what goes and what comes marked; plain where both read the same."""
    before, after = EMPTY | (before or {}), EMPTY | (after or {})
    change = section_change(before, after, language)
    if change is None:
        return drawn(edition, after, language, prefix)
    words = drawn_change(change, "", "", prefix)
    return _with_heading(words["heading"], words["text"])


def drawn(edition: Edition, body: Any, language: str, prefix: str) -> Html:
    """A small body as it is read."""
    body = EMPTY | (body or {})
    heading = drawn_inline(edition, tuple(body["heading"]), language) if body["heading"] else ""
    blocks = drawn_blocks(edition, body, tuple(body["blocks"]), language, prefix) if body["blocks"] else ""
    return _with_heading(heading, blocks)


def _with_heading(heading: str, blocks: str) -> Html:
    return format_html("<h3>{}</h3>{}", heading, blocks) if heading else format_html("{}", blocks)


def result_shown(edition: Edition, suggestion: Suggestion, on: Collection[int]) -> Html:
    """The result of a card with some of its changes, marked against the exported text."""
    blocks = result_of(card_of(suggestion), on)
    heading = suggestion.kind == Kind.HEADING
    body = body_of([], blocks[0]["content"]) if heading and blocks else body_of(blocks)
    prefix = f"re{suggestion.pk}-"
    return marked(edition, suggestion.before, body, suggestion.language, prefix)
