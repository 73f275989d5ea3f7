"""Leave sections, blocks or words out of a text, each with a note in its place. Pure, knows no Django.

What is marked in one language is left out of the others too: the whole block, until words are marked there.
Where the languages have other blocks, it is the whole section. So nothing is read in a translation that was
taken out of its original.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, cast

from documents.text.canonical import text_hash
from documents.text.extraction import block_lines, body_text, inline_text
from documents.text.replace_words import replace_words
from documents.text.schema import normalise_body
from documents.text.section import Section, SectionText, SectionTree
from documents.text.types import Json

HEADING = 0
TITLE = ""
"""The uid of a mark in the title of the document."""
_PLACE = "\ue000"
"""Stands for a note while words are cut out; no text has it (it is a private character)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that is left out. Without ``block`` and ``start`` it is the whole section."""

    uid: str
    language: str
    block: int | None = None
    start: int = 0
    end: int = 0
    text_hash: str = ""
    note: int = 0
    """Which note stands in its place; the caller knows them."""

    @property
    def is_words(self) -> bool:
        return self.end > self.start


Note = Callable[[str, Mark], str]
"""Gives the note for a mark in a language."""


def redact(trees: Mapping[str, SectionTree], marks: Sequence[Mark], note: Note) -> dict[str, SectionTree]:
    """Every language of a text without what is marked."""
    bodies = {
        language: {section.uid: section.text.body for section in tree} for language, tree in trees.items()
    }
    spread = [*marks, *_below(next(iter(trees.values())), marks)] if trees else []
    taken = [words for tree in trees.values() for words in taken_out(tree, marks)]
    redacted = {}
    for language, tree in trees.items():
        sections = []
        for section in tree:
            own = [mark for mark in spread if mark.uid == section.uid]
            cut = _section(section.uid, language, bodies, own, note)
            body = normalise_body(_without_traces(cut, taken))
            sections.append(replace(section, text=SectionText(section.text.label, body)))
        title = _title(tree, [mark for mark in marks if mark.uid == TITLE], note)
        redacted[language] = replace(tree, title=title, sections=tuple(sections))
    return redacted


def taken_out(tree: SectionTree, marks: Iterable[Mark]) -> list[str]:
    """The words that the marks of a language take out of it."""
    found = []
    for mark in marks:
        if mark.is_words and mark.language == tree.language:
            text = tree.title if mark.uid == TITLE else _text(tree, mark.uid)
            found.append(text[mark.start : mark.end])
    return list(dict.fromkeys(found))


def remaining(tree: SectionTree, words: Iterable[str]) -> list[Section]:
    """The sections of a redacted text in which words that were taken out elsewhere still stand."""
    wanted = [one.casefold() for one in words if len(one) > 2]
    return [
        section
        for section in tree
        if any(one in body_text(section.text.body, heading=True).casefold() for one in wanted)
    ]


def parts(body: Mapping[str, Any]) -> list[list[str]]:
    """The lines of each part of a text: heading, blocks, footnotes. A mark's ``block`` counts them."""
    heading = [inline_text(body["heading"])] if body.get("heading") else []
    blocks = [list(block_lines(block)) for block in body.get("blocks") or []]
    notes = [
        [line for block in blocks for line in block_lines(block)]
        for blocks in (body.get("notes") or {}).values()
    ]
    return [heading, *blocks, *notes]


def part_at(body: Mapping[str, Any], place: int) -> int:
    """The part in which a letter of the text is."""
    begins = 0
    for number, lines in enumerate(parts(body)):
        begins += sum(len(line) + 1 for line in lines)
        if place < begins:
            return number
    return HEADING


def _text(tree: SectionTree, uid: str) -> str:
    return body_text(tree.by_uid[uid].text.body, heading=True) if uid in tree.by_uid else ""


def _below(tree: SectionTree, marks: Iterable[Mark]) -> Iterator[Mark]:
    """The marks of sections that stand in a section that is left out."""
    whole = {mark.uid: mark for mark in marks if mark.block is None and not mark.is_words}
    above: tuple[int, Mark] | None = None
    for section in tree:
        if above is not None and section.level <= above[0]:
            above = None
        if above is not None:
            yield replace(above[1], uid=section.uid)
        elif section.uid in whole:
            above = section.level, whole[section.uid]


def _section(
    uid: str, language: str, bodies: Mapping[str, Mapping[str, Json]], marks: Sequence[Mark], note: Note
) -> Json:
    body = bodies[language][uid]
    if not marks or not (body["heading"] or body["blocks"]):
        return body
    left: dict[int, Mark] = {}
    words: list[Mark] = []
    for mark in marks:
        of = bodies.get(mark.language, {}).get(uid, body)
        is_whole = mark.block is None and not mark.is_words
        if is_whole or (mark.text_hash and text_hash(of) != mark.text_hash):
            return _whole(language, mark, note)
        if mark.is_words and mark.language == language:
            words.append(mark)
            continue
        part = part_at(of, mark.start) if mark.is_words else mark.block or HEADING
        same = _shape(of) == _shape(body)
        finer = mark.is_words and any(
            one.is_words and one.language == language and (not same or part_at(body, one.start) == part)
            for one in marks
        )
        if finer:
            continue
        if not same:
            return _whole(language, mark, note)
        left.setdefault(part, mark)
    return _without_parts(_without_words(body, words, language, note), left, language, note)


def _whole(language: str, mark: Mark, note: Note) -> Json:
    return {"heading": [_run(note(language, mark))], "blocks": [], "notes": {}}


def _shape(body: Mapping[str, Any]) -> tuple[list[str], int]:
    return [block["type"] for block in body.get("blocks") or []], len(body.get("notes") or {})


def _run(text: str, marks: Sequence[Json] = ()) -> Json:
    return {"type": "text", "text": text} | ({"marks": list(marks)} if marks else {})


def _note_block(text: str) -> Json:
    return {"type": "paragraph", "content": [_run(text, [{"type": "italic"}])]}


def _without_parts(body: Json, left: Mapping[int, Mark], language: str, note: Note) -> Json:
    blocks, notes = list(body["blocks"]), dict(body["notes"])
    heading = body["heading"]
    for part, mark in left.items():
        text = note(language, mark)
        if part == HEADING:
            heading = [_run(text)]
        elif part <= len(blocks):
            blocks[part - 1] = _note_block(text)
        elif part - len(blocks) <= len(notes):
            notes[list(notes)[part - len(blocks) - 1]] = [_note_block(text)]
    return {"heading": heading, "blocks": blocks, "notes": notes}


def _without_words(body: Json, words: Sequence[Mark], language: str, note: Note) -> Json:
    """The words are cut from the last to the first. Where a cut would run over a line, its block goes."""
    result: Any = deepcopy(body)
    for mark in sorted(_apart(words), key=lambda one: -one.start):
        cut = replace_words(result, mark.start, mark.end, _PLACE)
        if cut is None:
            part = part_at(result, mark.start)
            result = _without_parts(result, {part: mark}, language, note)
        else:
            result = _noted(cut, note(language, mark))
    return cast(dict[str, Any], result)


def _apart(words: Sequence[Mark]) -> list[Mark]:
    """Marks that touch, as one."""
    joined: list[Mark] = []
    for mark in sorted(words, key=lambda one: (one.start, -one.end)):
        if joined and mark.start <= joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(mark.end, joined[-1].end))
        else:
            joined.append(mark)
    return joined


def _noted(value: Any, text: str) -> Any:
    """The note in place of what was cut: in italics, and in no link, whose address might say it."""
    if isinstance(value, list):
        nodes: list[Any] = []
        for node in value:
            if isinstance(node, dict) and node.get("type") == "text" and _PLACE in node["text"]:
                before, _place, after = node["text"].partition(_PLACE)
                own = [one for one in node.get("marks") or [] if one["type"] not in ("link", "xref")]
                italic = [*(one for one in own if one["type"] != "italic"), {"type": "italic"}]
                runs = [_run(before, own), _run(text, italic), _run(after, own)]
                nodes += [run for run in runs if run["text"]]
            else:
                nodes.append(_noted(node, text))
        return nodes
    if isinstance(value, dict):
        return {key: _noted(one, text) for key, one in value.items()}
    return value.replace(_PLACE, text) if isinstance(value, str) else value


def _without_traces(body: Json, words: Sequence[str]) -> Json:
    """Without what a reader doesn't see and a file would carry along: Word's own XML, addresses of links and
    descriptions of pictures with words that were taken out."""
    wanted = [one.casefold() for one in words if len(one) > 2]

    def says(text: object) -> bool:
        return isinstance(text, str) and any(one in text.casefold() for one in wanted)

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(one) for one in value]
        if not isinstance(value, dict):
            return value
        if value.get("type") == "opaque":
            attrs = value.get("attrs") or {}
            return {"type": "paragraph", "content": [_run(attrs["text"])] if attrs.get("text") else []}
        node = {key: walk(one) for key, one in value.items()}
        if attrs := node.get("attrs"):
            node["attrs"] = {
                key: one for key, one in attrs.items() if key != "ooxml" and not (key == "alt" and says(one))
            }
        if marks := node.get("marks"):
            node["marks"] = [one for one in marks if not says((one.get("attrs") or {}).get("href"))]
        return node

    cleaned: Json = {
        key: walk(one) if key != "notes" else {name: walk(blocks) for name, blocks in one.items()}
        for key, one in body.items()
    }
    return cleaned


def _title(tree: SectionTree, marks: Sequence[Mark], note: Note) -> str:
    own = _apart([mark for mark in marks if mark.is_words and mark.language == tree.language])
    if marks and not own:
        return note(tree.language, marks[0])
    title = tree.title
    for mark in sorted(own, key=lambda one: -one.start):
        title = title[: mark.start] + note(tree.language, mark) + title[mark.end :]
    return title
