"""How suggestions from Word are shown: by section, each with what it would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.safestring import SafeString

from documents.access import Text
from documents.actions.coming_back.heading_levels import level_waits
from documents.actions.coming_back.joined_words import joins_of
from documents.actions.edit_outline import level_for, outline_of
from documents.comparison.sections.shifted import shifted_part
from documents.models import Edition, Suggestion
from documents.pages.desk.rendering import drawn_blocks, drawn_change, drawn_inline, section_change
from documents.suggestions.suggestion import follows, within_block
from documents.text import shortened
from documents.text_storage import OutlineRow, load_outline
from people.access import may
from people.roles import Verb
from theme import locales

LONGEST_PLACE = 120


@dataclass(frozen=True)
class Shown:
    """A suggestion, drawn."""

    suggestion: Suggestion
    heading: SafeString | str
    text: SafeString | str
    place: str
    """Of a section that was moved: the label and heading of the one that it follows now; of a paragraph the words of the one
    before it; empty at the beginning."""
    what: str = ""
    """The words of a paragraph, a row or an item that moved."""
    level: int = 0
    """Of a heading that was set to another level: the one that it can be set to."""
    waits: bool = False
    """Of such a heading: whether the one before it is to be decided about first."""

    @property
    def too_deep(self) -> bool:
        """Whether the file has the heading deeper than it can stand here."""
        return bool(self.level) and self.level < int(self.suggestion.place)

    @property
    def stays(self) -> bool:
        """Whether the heading stands as deep as it can already."""
        return self.too_deep and self.level == int(self.suggestion.old)


@dataclass(frozen=True)
class Group:
    """A section with its suggestions. ``row`` is None where the section is no longer in the draft; ``into`` is the one whose
    text holds its words since it was joined to that."""

    uid: str
    language: str
    html_lang: str
    row: OutlineRow | None
    shown: tuple[Shown, ...]
    open: int
    may_decide: bool
    into: OutlineRow | None = None


def groups(user: Any, edition: Edition, found: Iterable[Suggestion]) -> list[Group]:
    """The suggestions by language and section, in the order of the draft."""
    by_place: dict[tuple[str, str], list[Suggestion]] = {}
    for suggestion in found:
        by_place.setdefault((suggestion.language, str(suggestion.uid)), []).append(suggestion)
    made: list[Group] = []
    for language in edition.instrument.languages:
        held = {uid: rows for (lang, uid), rows in by_place.items() if lang == language}
        if not held:
            continue
        outline = load_outline(edition, language)
        order = {row.uid: index for index, row in enumerate(outline)}
        decides = may(user, Verb.DRAFT, Text(edition, language))
        for uid in sorted(held, key=lambda uid: order.get(uid, len(order))):
            rows = held[uid]
            joins = [] if uid in order else joins_of(rows[0])
            made.append(
                Group(
                    uid,
                    language,
                    locales.html_lang(language),
                    outline[order[uid]] if uid in order else None,
                    tuple(show(edition, row) for row in rows),
                    sum(row.state == Suggestion.State.OPEN for row in rows),
                    decides,
                    outline[order[joins[0].into]] if joins and joins[0].into in order else None,
                )
            )
    return made


def show(edition: Edition, suggestion: Suggestion) -> Shown:
    """One suggestion as a change of the piece of text that it speaks of."""
    if suggestion.kind == Suggestion.Kind.LEVEL:
        return Shown(suggestion, "", "", suggestion.old, "", *_level(edition, suggestion))
    if suggestion.kind in (Suggestion.Kind.MOVED, Suggestion.Kind.JOINED):
        return Shown(suggestion, "", "", suggestion.old)
    prefix, place, what = f"sg{suggestion.pk}-", "", ""
    if suggestion.kind == Suggestion.Kind.SHIFTED:
        place, what = short(follows(suggestion.place)), short(suggestion.new)
    change = None
    if not suggestion.into_or_out_of_list:
        change = section_change(suggestion.before, suggestion.after, suggestion.language)
    if change is None:
        moved = drawn(edition, suggestion.moved, suggestion.language, prefix)
        return Shown(suggestion, "", moved, place, what)
    if suggestion.kind == Suggestion.Kind.SHIFTED and within_block(suggestion.before, suggestion.after):
        one = shifted_part(suggestion.before["blocks"][0], suggestion.after["blocks"][0], suggestion.new)
        change = replace(change, blocks=(one,)) if one else change
    words = drawn_change(change, "", "", prefix)
    heading = words["heading"] if suggestion.kind not in ("changed", "shifted") else ""
    return Shown(suggestion, heading, words["text"], place, what)


def short(words: str) -> str:
    """A line of a text, for a sentence that names it."""
    return shortened(words.replace("\n", " "), LONGEST_PLACE)


def _level(edition: Edition, suggestion: Suggestion) -> tuple[int, bool]:
    """The level to which a heading can be set, and whether another one comes first; what was decided is told as the file had it."""
    nodes, wished = outline_of(edition), int(suggestion.place)
    at = next((index for index, node in enumerate(nodes) if node.uid == str(suggestion.uid)), None)
    if at is None or suggestion.state != Suggestion.State.OPEN:
        return wished, False
    return level_for(nodes, at, wished), level_waits(suggestion, nodes, at)


def marked(
    edition: Edition, before: dict[str, Any], body: dict[str, Any] | None, language: str, prefix: str
) -> SafeString | str:
    """A piece of text with what is otherwise in it than before; plain where it is the same, empty where it is gone."""
    if body is None or not (body["blocks"] or body["heading"]):
        return ""
    change = section_change(before, body, language)
    if change is None:
        return drawn(edition, body, language, prefix)
    words = drawn_change(change, "", "", prefix)
    return words["text"] if body["blocks"] else words["heading"]


def drawn(edition: Edition, body: dict[str, Any] | None, language: str, prefix: str) -> SafeString | str:
    """A piece of text as it is read: its blocks, or its heading."""
    if body is None:
        return ""
    if body["blocks"]:
        return drawn_blocks(edition, body, tuple(body["blocks"]), language, prefix)
    return drawn_inline(edition, tuple(body["heading"]), language) if body["heading"] else ""
