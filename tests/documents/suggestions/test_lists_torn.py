"""Lists of which LibreOffice made several come back as one; what a person made of them stays."""

from __future__ import annotations

from typing import Any

import pytest

from documents.suggestions.lists_torn import as_sent_in_one
from documents.text import block_text
from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_lists_joined import tree

WORDS = ("call the centre", "wait for an answer", "write all of it down", "sign")


def bullets(*words: str) -> dict[str, Any]:
    return listing(False, *(item("•", para(word)) for word in words))


def numbers(first: int, *words: str) -> dict[str, Any]:
    return listing(True, *(item(f"{first + at}.", para(word)) for at, word in enumerate(words)))


def told(made: Any) -> list[list[tuple[str, str]]]:
    return [
        [((one.get("attrs") or {}).get("label", ""), block_text(one)) for one in block["content"]]
        if block["type"] == "list"
        else [("", block_text(block))]
        for block in made.sections[0].text.body["blocks"]
    ]


@pytest.mark.parametrize(
    "read",
    [
        [bullets(word) for word in WORDS],
        [bullets(*WORDS[:2]), bullets(*WORDS[2:])],
        [bullets(WORDS[0]), bullets("look around"), bullets(*WORDS[2:])],
        [bullets("call the police centre"), bullets(*WORDS[1:])],
    ],
)
def test_pieces_of_one_list_are_one_again(read: list[dict[str, Any]]) -> None:
    whole = tree(bullets(*(block_text(one) for block in read for one in block["content"])))
    refused, accepted = as_sent_in_one(tree(*read), tree(*read), tree(bullets(*WORDS)))
    assert told(refused) == told(accepted) == told(whole)


@pytest.mark.parametrize(
    "read",
    [
        [bullets(*WORDS[:2]), para("In between."), bullets(*WORDS[2:])],
        [bullets(*WORDS), bullets("look around")],
        [bullets(*WORDS[:2]), numbers(1, *WORDS[2:])],
    ],
)
def test_what_a_person_put_between_or_behind_stays(read: list[dict[str, Any]]) -> None:
    refused, accepted = as_sent_in_one(tree(*read), tree(*read), tree(bullets(*WORDS)))
    assert told(refused) == told(accepted) == told(tree(*read))


def test_lists_that_were_sent_as_two_stay_two() -> None:
    two = tree(bullets(*WORDS[:2]), bullets(*WORDS[2:]))
    torn = tree(*(bullets(word) for word in WORDS))
    assert told(as_sent_in_one(torn, torn, two)[0]) == told(two)


def test_numbers_that_go_on_are_of_one_list_and_those_that_begin_anew_are_a_change() -> None:
    sent = tree(numbers(1, *WORDS))
    on = tree(numbers(1, *WORDS[:2]), numbers(3, *WORDS[2:]))
    anew = tree(numbers(1, *WORDS[:2]), numbers(1, *WORDS[2:]))
    assert told(as_sent_in_one(on, on, sent)[1]) == told(sent)
    assert told(as_sent_in_one(anew, anew, sent)[1]) == told(anew)


def test_a_list_that_begins_anew_at_every_item_was_torn_in_both_texts() -> None:
    sent = tree(numbers(1, *WORDS))
    refused, accepted = as_sent_in_one(
        tree(*(numbers(1, word) for word in WORDS)), tree(*(numbers(1, word) for word in WORDS[2:])), sent
    )
    assert told(refused) == told(sent)
    assert told(accepted) == told(tree(numbers(1, *WORDS[2:])))
    # Nothing tells so of a list that was taken in two only.
    two = tree(numbers(1, WORDS[0]), numbers(1, WORDS[1]))
    assert told(as_sent_in_one(two, two, tree(numbers(1, *WORDS[:2])))[0]) == told(two)
