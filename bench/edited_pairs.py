"""Pairs of texts of which every difference is known, made of the demonstration's own texts.

A pair is a text grown to a size, and the same with 2 % of its words edited, three chapters moved, some
sections retitled, some split in two and some joined. What was done is kept beside it, so that a comparison
can be scored.
"""

from __future__ import annotations

import copy
import random
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from documents.demo.markdown import read_markdown
from documents.text import Section, SectionText, SectionTree, block_text, normalise_body
from documents.text.types import Body
from documents.translation.scripts import to_latin

Json = dict[str, Any]

DEMO = Path(__file__).parents[1] / "documents" / "demo"
SOURCES = {
    "sr-Cyrl": ("sr", ["rs-sop"]),
    "sr-Latn": ("sr", ["rs-sop"]),
    "mk": ("mk", ["mk-sop", "mk-nrm", "mk-strategy"]),
    "sq": ("sq", ["mk-sop", "mk-nrm", "mk-strategy"]),
    "en": ("en", ["mk-sop", "mk-nrm", "mk-strategy"]),
}
WORD = re.compile(r"\w+(?:[-’']\w+)*")
PART_OF_MORE, MORE = re.compile(r"\w[^\w\s]\Z|[/@]\Z"), re.compile(r"[^\w\s]\w|[/@]")
EDITED, VARIED = 0.02, 0.5
"""How many of a pair's words are edited; how many of a repeated text's words are others in each repetition.
"""


@dataclass
class EditedPair:
    """Two texts and what lies between them. ``gone`` and ``come`` hold, by a block's place (uid of its
    section, number), for each character whether it was removed or added."""

    old: SectionTree
    new: SectionTree
    gone: dict[int, str]
    come: dict[int, str]
    partner: dict[str, str]
    """The uid in the new text by the uid in the old one, of all sections that go on."""
    moved: set[str] = field(default_factory=set)
    retitled: set[str] = field(default_factory=set)
    split: dict[str, str] = field(default_factory=dict)
    joined: dict[str, str] = field(default_factory=dict)

    def without_uids(self) -> EditedPair:
        """The same as files from elsewhere: the new text knows none of the old one's uids."""
        names = {section.uid: _uid(random.Random(section.uid)) for section in self.new}
        sections = tuple(replace(section, uid=names[section.uid]) for section in self.new)
        return replace(
            self,
            new=SectionTree(self.new.language, self.new.title, sections),
            partner={old: names[new] for old, new in self.partner.items()},
            moved={names[uid] for uid in self.moved},
            retitled={names[uid] for uid in self.retitled if uid in names},
            split={names[new]: old for new, old in self.split.items()},
            joined={old: names[new] for old, new in self.joined.items()},
        )


def edited_pair(tag: str, words: int, seed: int = 7) -> EditedPair:
    """A pair of about so many words in the language and script of ``tag``."""
    chance = random.Random(seed)
    chapters, vocabulary = _grown(tag, words, chance)
    old = SectionTree(tag[:2], "Text", tuple(section for chapter in chapters for section in chapter))
    editor = WordEditor(chance, vocabulary)
    edited = [[editor.section(section) for section in chapter] for chapter in chapters]
    pair = EditedPair(old, old, editor.gone, editor.come, {section.uid: section.uid for section in old})
    for chapter in edited:
        _retitle(chapter, editor, pair)
        _split(chapter, editor, pair)
        _join(chapter, chance, pair)
    # Each goes past more text than it has itself, so that it is the one that moved.
    third = len(edited) // 3
    for start in (1, third + 1, 2 * third):
        chapter = edited.pop(start)
        pair.moved.add(chapter[0].uid)
        edited.insert(start + third - 2, chapter)
    sections = tuple(section for chapter in edited for section in chapter)
    pair.new = SectionTree(tag[:2], "Text", sections)
    return pair


def _grown(tag: str, words: int, chance: random.Random) -> tuple[list[list[Section]], list[str]]:
    """Chapters of the demonstration, repeated with other words, and the words that stand in them."""
    language, names = SOURCES[tag]
    convert: Callable[[str], str] = to_latin if tag == "sr-Latn" else str
    chapters: list[list[Section]] = []
    for name in names:
        text = (DEMO / name / "edition-2" / f"{language}.md").read_text()
        for section in read_markdown(text, name, language):
            if section.level == 1:
                chapters.append([])
            body = _plain(section.text.body, convert)
            chapters[-1].append(replace(section, text=SectionText("", body)))
    everything = " ".join(block_text(b) for c in chapters for s in c for b in s.text.body["blocks"])
    vocabulary = WORD.findall(everything)
    grown: list[list[Section]] = []
    size = 0
    while size < words:
        for chapter in chapters:
            varied = [_varied(section, vocabulary, chance) for section in chapter]
            size += sum(len(section.text.plain.split()) for section in varied)
            grown.append(varied)
    return grown, vocabulary


def _plain(body: Body, convert: Callable[[str], str]) -> Body:
    """A body without notes and references, which would stand for words."""

    def walk(node: Any) -> Any:
        if isinstance(node, list):
            return [walk(each) for each in node if not (isinstance(each, dict) and each["type"] == "note")]
        if node["type"] == "text":
            marks = [mark for mark in node.get("marks", ()) if mark["type"] != "xref"]
            return {"type": "text", "text": convert(node["text"]), "marks": marks}
        if "content" in node:
            return {**node, "content": walk(node["content"])}
        return node

    return normalise_body({"heading": walk(body["heading"]), "blocks": walk(body["blocks"]), "notes": {}})


def _varied(section: Section, vocabulary: list[str], chance: random.Random) -> Section:
    body = copy.deepcopy(section.text.body)
    for node in (*text_nodes(body["heading"]), *text_nodes(body["blocks"])):
        node["text"] = WORD.sub(
            lambda found: chance.choice(vocabulary) if chance.random() < VARIED else found.group(),
            node["text"],
        )
    return replace(section, uid=_uid(chance), text=SectionText("", normalise_body(body)))


def text_nodes(nodes: list[Json]) -> Iterator[Json]:
    """The texts in nodes, in reading order."""
    for node in nodes:
        if node["type"] == "text":
            yield node
        else:
            yield from text_nodes(node.get("content") or [])


def _uid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


class WordEditor:
    """Edits the words of blocks, and remembers which characters it took and gave (``x``; ``.`` are those that
    stay)."""

    def __init__(self, chance: random.Random, vocabulary: list[str], share: float = EDITED) -> None:
        self.chance, self.vocabulary, self.share = chance, vocabulary, share
        self.gone: dict[int, str] = {}
        self.come: dict[int, str] = {}

    def section(self, section: Section) -> Section:
        body = dict(section.text.body)
        body["blocks"] = [self.block(block) for block in body["blocks"]]
        return replace(section, text=SectionText("", body))

    def block(self, block: Json) -> Json:
        made = copy.deepcopy(block)
        gone, come = "", ""
        for node in text_nodes([made]):
            text, less, more = self.text(node["text"])
            node["text"], gone, come = text, gone + less, come + more
        self.gone[id(block)], self.come[id(made)] = gone, come
        return made

    def text(self, text: str) -> tuple[str, str, str]:
        """The edited text; for the old and for the new one which characters were taken and given."""
        made = gone = come = ""
        done = 0
        for found in WORD.finditer(text):
            start, end = found.span()
            between, word = text[done:start], found.group()
            made, gone, come = made + between, gone + "." * len(between), come + "." * len(between)
            done = end
            kept = "." * len(word)
            # A part of an address or of a number is no word by itself.
            whole = not PART_OF_MORE.search(text[max(start - 2, 0) : start]) and not MORE.match(text, end)
            kind = self.chance.random() if whole and self.chance.random() < self.share else 1.0
            around = WORD.findall(text[max(0, start - 40) : end + 40])
            # A word beside its like could as well be the one that was added.
            other = next(
                word for word in iter(lambda: self.chance.choice(self.vocabulary), "") if word not in around
            )
            if kind < 0.5:
                made, gone, come = made + other, gone + "x" * len(word), come + "x" * len(other)
            elif kind < 0.75:
                made, gone, come = (
                    made + other + " " + word,
                    gone + kept,
                    come + "x" * len(other) + "." + kept,
                )
            elif kind < 1.0 and text[end : end + 1] == " " and around.count(word) == 1:
                # With the blank after it.
                gone, done = gone + "x" * len(word) + ".", end + 1
            else:
                made, gone, come = made + word, gone + kept, come + kept
        rest = text[done:]
        return made + rest, gone + "." * len(rest), come + "." * len(rest)

    def heading(self) -> list[Json]:
        words = " ".join(self.chance.choice(self.vocabulary) for _ in range(4))
        return [{"type": "text", "text": words}]


def _retitle(chapter: list[Section], editor: WordEditor, pair: EditedPair) -> None:
    for place, section in enumerate(chapter):
        if place and editor.chance.random() < 0.05:
            body = {**section.text.body, "heading": editor.heading()}
            chapter[place] = replace(section, text=SectionText("", body))
            pair.retitled.add(section.uid)


def _split(chapter: list[Section], editor: WordEditor, pair: EditedPair) -> None:
    for place in range(len(chapter) - 1, 0, -1):
        section = chapter[place]
        blocks = section.text.body["blocks"]
        cut = next(
            (n for n in range(1, len(blocks)) if _words(blocks[:n]) >= 25 and _words(blocks[n:]) >= 25), 0
        )
        # With both a new title and half its text gone, it could be either half that goes on.
        same = section.uid not in pair.retitled
        if same and cut and editor.chance.random() < 0.1:
            first = {**section.text.body, "blocks": blocks[:cut]}
            second = {"heading": editor.heading(), "blocks": blocks[cut:], "notes": {}}
            part = Section(_uid(editor.chance), section.level, section.kind, SectionText("", second))
            chapter[place : place + 1] = [replace(section, text=SectionText("", first)), part]
            pair.split[part.uid] = section.uid


def _join(chapter: list[Section], chance: random.Random, pair: EditedPair) -> None:
    for place in range(len(chapter) - 2, 0, -1):
        first, second = chapter[place : place + 2]
        fresh = not {first.uid, second.uid} & (set(pair.split) | set(pair.split.values()) | pair.retitled)
        long = min(_words(first.text.body["blocks"]), _words(second.text.body["blocks"])) >= 25
        if fresh and long and second.level == first.level and chance.random() < 0.1:
            if {first.uid, second.uid} & (set(pair.joined) | set(pair.joined.values())):
                continue
            after = chapter[place + 2 : place + 3]
            if after and after[0].level > second.level:
                continue
            body = {
                **first.text.body,
                "blocks": [*first.text.body["blocks"], *second.text.body["blocks"]],
            }
            chapter[place : place + 2] = [replace(first, text=SectionText("", body))]
            pair.joined[second.uid] = first.uid
            del pair.partner[second.uid]


def _words(blocks: list[Json]) -> int:
    return sum(len(block_text(block).split()) for block in blocks)
