"""Any choice of a returned file's changes, in any order, makes the blockwise mix of both texts; no word of
the draft is lost."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.text import normalise_body
from documents.word.review.apply import BlockChanged, Decided, SectionDraft
from documents.word.review.cards import HEADING, Card, Kind, section_cards
from documents.word.review.changes import compose, differences
from documents.word.review.normalise import block_hash, body_of, whole_blocks, whole_heading
from tests.support.documents.review.texts import BLOCK, made, two_bodies
from tests.support.properties import examples

Json = dict[str, Any]
PROFILE = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])


def hashes(body: Json) -> list[str]:
    return [block_hash(one) for one in (whole_heading(body), *whole_blocks(body))]


def draft_of(body: Json, sent: Json, cards: list[Card]) -> SectionDraft:
    keys = [block_hash(one) for one in whole_blocks(sent)]
    return SectionDraft(body, keys, [Decided(n, card) for n, card in enumerate(cards)])


def mix(sent: Json, cards: list[Card], on: set[int]) -> list[str]:
    """What the text has to be: block by block, by its definition."""
    old = whole_blocks(sent)
    heading, at = whole_heading(sent), {n: [one] for n, one in enumerate(old)}
    coming: dict[int | None, list[list[Json]]] = {}
    for number, card in enumerate(cards):
        after = whole_blocks(card.after)
        if card.kind in (Kind.ADDED, Kind.MOVED):
            place = card.position if card.kind == Kind.ADDED else card.target
            coming.setdefault(place, []).append(after if number in on else [])
        if number not in on or card.kind == Kind.ADDED:
            continue
        if card.position == HEADING:
            heading = whole_heading(card.after)
        else:
            at[card.position] = [] if card.kind == Kind.MOVED else after
    blocks = [
        one for n in range(len(old) + 1) for group in (*coming.get(n, []), at.get(n, [])) for one in group
    ]
    return [block_hash(one) for one in (heading, *blocks)]


@PROFILE
@given(two_bodies())
def test_take_all_is_the_text_of_the_file_and_keep_all_the_draft(both):
    sent, file = both
    cards = section_cards("u", sent, file)
    draft = draft_of(sent, sent, cards)
    for number in range(len(cards)):
        draft.take(number)
    assert hashes(draft.body) == hashes(file)
    assert not section_cards("u", sent, sent)


@PROFILE
@given(two_bodies(), st.data())
def test_any_choice_in_any_order_is_the_blockwise_mix_and_undone_the_draft(both, data):
    sent, file = both
    cards = section_cards("u", sent, file)
    numbers = data.draw(st.permutations(range(len(cards))))
    chosen = numbers[: data.draw(st.integers(0, len(numbers)))]
    draft = draft_of(sent, sent, cards)
    replaced = [draft.take(number)[1] for number in chosen]
    assert hashes(draft.body) == mix(sent, cards, set(chosen))
    for number, was in data.draw(st.permutations(list(zip(chosen, replaced, strict=True)))):
        draft.undo(number, was)
    assert hashes(draft.body) == hashes(sent)


@PROFILE
@given(BLOCK, BLOCK, st.data())
def test_each_change_of_a_block_can_be_switched(one, other, data):
    before, after = (whole_blocks(made([], [block]))[0] for block in (one, other))
    changes = differences(before, after)
    assert (block_hash(before) == block_hash(after)) == (not changes)
    on = data.draw(st.sets(st.integers(0, max(0, len(changes) - 1))))
    result = compose(before, after, changes, on)
    if result is not None:
        body = body_of([result])
        assert normalise_body(body) == normalise_body(normalise_body(body))
    assert compose(before, after, changes, []) == before
    assert compose(before, after, changes, range(len(changes))) == after


@PROFILE
@given(two_bodies(), two_bodies(), st.data())
def test_a_draft_that_moved_on_loses_no_word(both, draft_pair, data):
    sent, file = both
    cards = section_cards("u", sent, file)
    draft = draft_of(data.draw(st.sampled_from([*draft_pair, file, sent])), sent, cards)
    out = hashes(sent)
    for number in range(len(cards)):
        before = hashes(draft.body)
        try:
            result, replaced = draft.take(number)
        except BlockChanged:
            continue
        left = list(before)
        for gone in replaced:
            # What a card takes out is just what went out, nobody's newer words.
            assert block_hash(gone) in left and block_hash(gone) in out
            left.remove(block_hash(gone))
        assert sorted([*left, *(block_hash(one) for one in result)]) == sorted(hashes(draft.body))
