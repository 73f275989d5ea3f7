"""Two lists that are one to Word, as nothing stands between them any more, come back as two; what a person changed stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from documents.suggestions.lists_joined import as_sent_in_two
from documents.text import block_text
from tests.documents.docx.build import item, listing, para
from tests.factories import make_tree


def items(*words: str) -> list[dict[str, Any]]:
    return [item("•", para(word)) for word in words]


def tree(*blocks: dict[str, Any]) -> Any:
    made = make_tree("en", "Title", [(1, "Steps", "x")], ["5a0d7a50-0000-4000-8000-000000000001"])
    section = made.sections[0]
    body = section.text.body | {"blocks": list(blocks)}
    return replace(made, sections=(replace(section, text=replace(section.text, body=body)),))


def lists(made: Any) -> list[list[str]]:
    return [[block_text(one) for one in block["content"]] for block in made.sections[0].text.body["blocks"]]


SENT = tree(listing(False, *items("call", "wait")), listing(False, *items("write", "sign")))


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (("call", "wait", "write", "sign"), [["call", "wait"], ["write", "sign"]]),
        (("call", "wait", "look", "write", "sign"), [["call", "wait", "look"], ["write", "sign"]]),
        (("call", "write"), [["call"], ["write"]]),
        (("sign", "write", "wait", "call"), [["sign", "write", "wait", "call"]]),
        (("call", "wait"), [["call", "wait"]]),
    ],
)
def test_one_list_of_two_is_two_again(read: tuple[str, ...], told: list[list[str]]) -> None:
    assert lists(as_sent_in_two(tree(listing(False, *items(*read))), SENT)) == told


def test_three_are_three_again_and_one_that_was_sent_as_one_stays_one() -> None:
    three = tree(*(listing(False, *items(word, f"{word} again")) for word in ("call", "wait", "sign")))
    joined = tree(
        listing(
            False, *(part for block in three.sections[0].text.body["blocks"] for part in block["content"])
        )
    )
    assert lists(as_sent_in_two(joined, three)) == lists(three)
    assert as_sent_in_two(joined, joined) == joined


def test_that_a_list_no_longer_begins_anew_is_a_change() -> None:
    def counted(first: int, *words: str) -> dict[str, Any]:
        return listing(True, *(item(f"{first + at}.", para(word)) for at, word in enumerate(words)))

    joined = tree(counted(1, "call", "wait", "write", "sign"))
    anew = tree(counted(1, "call", "wait"), counted(1, "write", "sign"))
    assert as_sent_in_two(joined, anew) == joined
    on = tree(counted(1, "call", "wait"), counted(3, "write", "sign"))
    assert lists(as_sent_in_two(joined, on)) == lists(on)
