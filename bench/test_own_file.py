"""What is kept in a document's own file after edits to one block in twenty (documents/word/source_patch).

``KODEKS_WORD_FILES`` names a folder of Word files; without it, the long document of the tests.
"""

from __future__ import annotations

import copy
import os
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

from documents.text import SectionText, SectionTree, normalise_body
from documents.word.file.guard import open_package
from documents.word.file.refusal import Refused
from documents.word.read.read import read_package
from documents.word.source_patch.write import write_own_file
from tests.support.documents.word.build import bare
from tests.support.documents.word.long_tree import long_tree
from tests.support.documents.word.sample import ministry_docx


def _files() -> list[bytes]:
    folder = os.environ.get("KODEKS_WORD_FILES")
    if folder:
        return [path.read_bytes() for path in sorted(Path(folder).rglob("*.docx"))]
    return [ministry_docx(long_tree(150, 120))]


def _edited(tree: SectionTree, dice: random.Random) -> SectionTree:
    sections = []
    for section in tree:
        body = copy.deepcopy(section.text.body)
        for block in body["blocks"]:
            texts = [node for node in _nodes(block) if node.get("type") == "text" and node["text"].strip()]
            if texts and dice.random() < 0.05:
                node = dice.choice(texts)
                words = node["text"].split(" ")
                words[dice.randrange(len(words))] = "измена"
                node["text"] = " ".join(words)
                block.get("attrs", {}).pop("ooxml", None)
        sections.append(replace(section, text=SectionText(section.text.label, normalise_body(body))))
    return replace(tree, sections=tuple(sections))


def _nodes(value: Any) -> list[dict[str, Any]]:
    found = []
    if isinstance(value, dict):
        found.append(value)
        for inner in value.values():
            found += _nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            found += _nodes(inner)
    return found


def test_labels_headings_notes_and_blocks_come_back() -> None:
    dice = random.Random(1)
    sections = headings = blocks = blocks_right = 0
    for data in _files():
        try:
            tree = read_package(open_package(data)).tree
        except Refused:
            continue
        wanted = _edited(tree, dice)
        again = read_package(open_package(write_own_file(data, wanted, [s.uid for s in tree]))).tree.by_uid
        for section in wanted:
            sections += 1
            other = again.get(section.uid)
            if other is None:
                continue
            told = (section.level, section.kind, section.text.label, section.text.body["heading"])
            headings += told == (other.level, other.kind, other.text.label, other.text.body["heading"])
            read = other.text.body["blocks"]
            for index, block in enumerate(section.text.body["blocks"]):
                blocks += 1
                blocks_right += index < len(read) and bare(read[index]) == bare(block)
    print(f"sections {headings}/{sections}, blocks {blocks_right}/{blocks}")
    assert headings >= 0.99 * sections
    assert blocks_right >= 0.99 * blocks
