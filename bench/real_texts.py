"""Real texts, edited by chance with every edit known: words, and blocks and sections that moved.

``KODEKS_REAL_TEXTS`` names a folder of Markdown (``.md``) and Word files; without it, the demonstration's
texts are taken.
"""

from __future__ import annotations

import os
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bench.comparison_scores import Score, score
from bench.edited_pairs import DEMO, SOURCES, WORD, WordEditor, text_nodes
from documents.comparison import Comparison, NodeChange
from documents.demo.markdown import read_markdown
from documents.text import Section, SectionText, SectionTree, normalise_body
from documents.word.file.guard import open_package
from documents.word.file.refusal import Refused
from documents.word.read.read import read_package

Json = dict[str, Any]

LEAST_WORDS = 8
"""A shorter block that moves may be a repeated phrase."""
PASSES = 4
"""A block moves past so many others at least, so that none of these can be called the one that moved."""
LEAVES = frozenset({"paragraph", "figure", "opaque"})


def real_texts() -> Iterator[tuple[str, SectionTree]]:
    """Name and text of each file."""
    folder = os.environ.get("KODEKS_REAL_TEXTS")
    if not folder:
        for tag, (language, names) in SOURCES.items():
            sections = tuple(
                section
                for name in names
                for section in read_markdown(
                    (DEMO / name / "edition-2" / f"{language}.md").read_text(), name, language
                )
            )
            yield tag, SectionTree(language, tag, tuple(map(_without_notes, sections)))
        return
    for path in sorted(Path(folder).iterdir()):
        if path.suffix == ".md":
            yield path.stem, markdown_tree(path.read_text(), path.stem)
        elif path.suffix == ".docx":
            try:
                tree = read_package(open_package(path)).tree
            except Refused:
                continue
            yield path.stem, replace(tree, sections=tuple(map(_without_notes, tree.sections)))


def markdown_tree(source: str, name: str) -> SectionTree:
    """Any Markdown as a text: headings, paragraphs, lists and tables; all else is left out."""
    chance = random.Random(name)
    sections: list[tuple[int, list[Json], list[Json]]] = [(1, [], [])]
    for node in SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(source)).children:
        if node.type == "heading":
            sections.append((int(node.tag[1]), _inlines(node), []))
        else:
            sections[-1][2].extend(_blocks(node))
    made = [
        Section(
            _uid(chance),
            level,
            "section",
            SectionText("", normalise_body({"heading": heading, "blocks": blocks, "notes": {}})),
        )
        for level, heading, blocks in sections
        if heading or blocks
    ]
    return SectionTree("en", name, tuple(made))


def _blocks(node: SyntaxTreeNode) -> Iterator[Json]:
    if node.type == "paragraph":
        if content := _inlines(node):
            yield {"type": "paragraph", "content": content}
    elif node.type in ("bullet_list", "ordered_list"):
        items = [
            {"type": "item", "content": blocks}
            for item in node.children
            if (blocks := [block for child in item.children for block in _blocks(child)])
        ]
        if items:
            yield {"type": "list", "attrs": {"ordered": node.type == "ordered_list"}, "content": items}
    elif node.type == "table":
        rows = [row for part in node.children for row in part.children]
        cells = [
            [{"type": "cell", "content": [{"type": "paragraph", "content": _inlines(cell)}]} for cell in row]
            for row in rows
        ]
        yield {"type": "table", "content": [{"type": "row", "content": row} for row in cells]}
    elif node.type == "blockquote":
        for child in node.children:
            yield from _blocks(child)


def _inlines(node: SyntaxTreeNode) -> list[Json]:
    found: list[Json] = []

    def walk(inner: SyntaxTreeNode, marks: list[Json]) -> None:
        if inner.type in ("text", "code_inline"):
            found.append({"type": "text", "text": inner.content, "marks": marks})
        elif inner.type in ("softbreak", "hardbreak"):
            found.append({"type": "text", "text": " ", "marks": marks})
        else:
            mark = {"em": "italic", "strong": "bold"}.get(inner.type)
            for child in inner.children:
                walk(child, [*marks, {"type": mark}] if mark else marks)

    walk(node, [])
    return found


def _without_notes(section: Section) -> Section:
    def walk(node: Any) -> Any:
        if isinstance(node, list):
            return [
                walk(each) for each in node if not (isinstance(each, dict) and each.get("type") == "note")
            ]
        if not isinstance(node, dict):
            return node
        if node.get("type") == "text":
            marks = [mark for mark in node.get("marks", ()) if mark["type"] != "xref"]
            return {"type": "text", "text": node["text"], "marks": marks}
        return {key: walk(value) for key, value in node.items()}

    body = walk({key: section.text.body.get(key) or [] for key in ("heading", "blocks")})
    return replace(section, text=SectionText(section.text.label, normalise_body(body | {"notes": {}})))


def _uid(chance: random.Random) -> str:
    return str(uuid.UUID(int=chance.getrandbits(128), version=4))


def without_headings(tree: SectionTree) -> SectionTree:
    """The same text as one section, each heading a paragraph of it."""
    blocks: list[Json] = []
    for section in tree:
        if section.text.body["heading"]:
            blocks.append({"type": "paragraph", "content": section.text.body["heading"]})
        blocks += section.text.body["blocks"]
    body = normalise_body({"heading": [], "blocks": blocks, "notes": {}})
    return SectionTree(
        tree.language,
        tree.title,
        (Section(_uid(random.Random(tree.title)), 1, "section", SectionText("", body)),),
    )


@dataclass
class KnownEdits:
    """Two texts and what lies between them: ``gone`` and ``come`` by the id of each paragraph, a sign a
    character."""

    old: SectionTree
    new: SectionTree
    gone: dict[int, str]
    come: dict[int, str]
    moved_blocks: set[int] = field(default_factory=set)
    moved_sections: set[str] = field(default_factory=set)


def edit(tree: SectionTree, share: float, seed: int, *, blocks: int = 6, sections: int = 3) -> KnownEdits:
    """A text with a share of its words edited, some blocks of any kind and some sections moved. The new text
    knows none of the old one's uids."""
    chance = random.Random(f"{tree.title} {seed}")
    vocabulary = [word for section in tree for word in WORD.findall(section.text.plain)]
    editor = WordEditor(chance, vocabulary, share)
    known = KnownEdits(tree, tree, editor.gone, editor.come)
    made = [_edited(section, editor) for section in tree]
    for _ in range(blocks):
        _move_block(made, chance, known)
    _move_sections(made, chance, known, sections)
    known.new = SectionTree(tree.language, tree.title, tuple(made))
    return known


def _edited(section: Section, editor: WordEditor) -> Section:
    def walk(node: Json) -> Json:
        if node["type"] in LEAVES:
            return editor.block(node)
        return {**node, "content": [walk(child) for child in node.get("content") or []]}

    body = {**section.text.body, "blocks": [walk(block) for block in section.text.body["blocks"]]}
    return replace(section, uid=_uid(editor.chance), text=SectionText(section.text.label, body))


def _parents(sections: list[Section]) -> list[tuple[str, list[Json]]]:
    """All lists of nodes in which something can move: the blocks of sections, items of lists, rows of tables."""
    found: list[tuple[str, list[Json]]] = []

    def walk(nodes: list[Json]) -> None:
        for node in nodes:
            if node["type"] in ("list", "table"):
                found.append((node["type"], node["content"]))
            if node["type"] not in LEAVES:
                walk(node.get("content") or [])

    for section in sections:
        found.append(("section", section.text.body["blocks"]))
        walk(section.text.body["blocks"])
    return found


def _move_block(sections: list[Section], chance: random.Random, known: KnownEdits) -> None:
    kind = chance.choice(["section", "section", "list", "table"])
    parents = [nodes for name, nodes in _parents(sections) if name == kind]
    within = [nodes for nodes in parents if len(nodes) > PASSES + 1]
    across = kind == "section" and len(sections) > 4 and chance.random() < 0.5
    choice = [nodes for nodes in parents if len(nodes) > 1] if across else within
    if not choice:
        return
    nodes = chance.choice(choice)
    place = chance.randrange(len(nodes))
    node = nodes[place]
    words = sum(len(text["text"].split()) for text in text_nodes([node]))
    if id(node) in known.moved_blocks or words < LEAST_WORDS:
        return
    if across:
        target = chance.choice([other for other in parents if other is not nodes])
        to = chance.randint(0, len(target))
    else:
        target = nodes
        free = [to for to in range(len(nodes)) if abs(to - place) >= PASSES]
        if not free:
            return
        to = chance.choice(free)
        passed = nodes[to:place] if to < place else nodes[place + 1 : to + 1]
        if sum(len(text["text"].split()) for text in text_nodes(passed)) < 2 * words:
            return
        if any(id(other) in known.moved_blocks for other in passed):
            return
    nodes.pop(place)
    target.insert(to, node)
    known.moved_blocks.add(id(node))


def _move_sections(sections: list[Section], chance: random.Random, known: KnownEdits, count: int) -> None:
    """Moves sections with all that stands in them to a place before one of their level."""
    for _ in range(count):
        starts = [place for place, section in enumerate(sections) if section.text.body["heading"]]
        if len(starts) < 12:
            return
        place = chance.choice(starts)
        end = _end(sections, place)
        size = _words(sections[place:end])
        level = sections[place].level
        if end - place > len(sections) // 6 or size < LEAST_WORDS:
            continue
        known_here = {section.uid for section in sections[place:end]} & known.moved_sections
        targets = [
            to
            for to, section in enumerate(sections)
            if section.level == level
            and not place <= to <= end
            and _words(sections[min(to, end) : max(to, place)]) > 2 * size
        ]
        if known_here or not targets:
            continue
        to = chance.choice(targets)
        part = sections[place:end]
        del sections[place:end]
        to -= len(part) if to > place else 0
        sections[to:to] = part
        known.moved_sections.add(part[0].uid)


def _end(sections: list[Section], place: int) -> int:
    end = place + 1
    while end < len(sections) and sections[end].level > sections[place].level:
        end += 1
    return end


def _words(sections: list[Section]) -> int:
    return sum(len(section.text.plain.split()) for section in sections)


def real_scores(comparison: Comparison, known: KnownEdits) -> dict[str, Score]:
    """Words removed and added, blocks and sections moved."""
    flags: tuple[dict[int, str], dict[int, str]] = ({}, {})
    moved: set[int] = set()
    for change in comparison:
        for node in change.drawn or (
            NodeChange("same", block["type"], None, block) for block in change.section.text.body["blocks"]
        ):
            _collect(node, flags, moved)
    right = found = there = 0
    for tree, truth, said in ((known.old, known.gone, flags[0]), (known.new, known.come, flags[1])):
        for leaf in _leaves([block for section in tree for block in section.text.body["blocks"]]):
            text = "".join(node["text"] for node in text_nodes([leaf]))
            answer = said.get(id(leaf), "")
            for word in WORD.finditer(text):
                is_there = "x" in truth[id(leaf)][slice(*word.span())]
                is_found = "x" in answer[slice(*word.span())]
                right += is_there and is_found
                found += is_found
                there += is_there
    return {
        "words": Score(right, found, there),
        "moved blocks": score(moved, known.moved_blocks),
        "moved sections": score([c.uid for c in comparison if c.moved], known.moved_sections),
    }


def _leaves(nodes: list[Json]) -> Iterator[Json]:
    for node in nodes:
        if node["type"] in LEAVES:
            yield node
        else:
            yield from _leaves(node.get("content") or [])


def _collect(node: NodeChange, flags: tuple[dict[int, str], dict[int, str]], moved: set[int]) -> None:
    if node.op == "moved" and node.new is not None:
        moved.add(id(node.new))
    if node.op == "moved_away":
        return
    if node.op in ("parted", "joined"):
        children = [child.children[0] if child.type == "item" else child for child in node.children]
        for side, one in enumerate((node.old, node.new)):
            pieces = [(_side(child, side), _flags(child, side)) for child in children]
            if one is not None:
                leaf = next(_leaves([one]))
                flags[side][id(leaf)] = "".join(text for _, text in pieces)
            else:
                flags[side].update({id(leaf): text for leaf, text in pieces})
        return
    if node.words:
        for side in (0, 1):
            flags[side][id(_side(node, side))] = _flags(node, side)
    elif node.children:
        for child in node.children:
            _collect(child, flags, moved)
    elif node.op in ("added", "removed"):
        side = 1 if node.op == "added" else 0
        for leaf in _leaves([_side(node, side) or {}]):
            flags[side][id(leaf)] = "x" * sum(len(text["text"]) for text in text_nodes([leaf]))


def _side(node: NodeChange, side: int) -> Json | None:
    return node.new if side else node.old


def _flags(node: NodeChange, side: int) -> str:
    changed = ("del", "ins")[side]
    return "".join(
        ("x" if op.op == changed else ".") * len(piece["text"])
        for op in node.words
        for piece in (op.new if side else op.old)
        if piece["type"] == "text"
    )
