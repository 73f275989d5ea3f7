"""Paragraphs and items that were joined or divided are one suggestion: decided apart, their words would stand twice or be lost."""

from __future__ import annotations

import random
import re
from collections import Counter
from typing import Any

import pytest

from documents.actions.coming_back.from_word import who
from documents.models import Edition, Suggestion
from documents.pages.desk.suggested import show
from documents.suggestions.put_in import nearest, put_in
from documents.suggestions.suggest import suggestions
from documents.suggestions.suggestion import ADDED, beside
from documents.text import normalise_body
from documents.word.review.tracked import TrackedChange
from tests.documents.docx.build import item, listing, para
from tests.documents.suggestions.test_moved_and_changed import (
    DECIDES,
    SHELTER,
    SOONER,
    TALK,
    of,
    paragraphs,
)
from tests.documents.suggestions.test_repeated import lines
from tests.documents.suggestions.test_suggestions_one_by_one import SIGNS, body, numbered, put_all

Json = dict[str, Any]
KINDS: Any = pytest.mark.parametrize("kind", [paragraphs, numbered])
LAST = "Лицето потпишува согласност на јазик што го разбира."


def put(text: Json, one: Any, *, force: bool = False) -> Json | None:
    return put_in(text, one.kind, one.before, one.after, one.place, force=force)


@KINDS
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ((DECIDES, SHELTER, TALK), (DECIDES + SHELTER, TALK)),
        ((DECIDES, SHELTER, TALK), (f"{SOONER} {SHELTER}", TALK)),
        ((DECIDES, SHELTER, TALK, LAST), (f"{DECIDES} {SHELTER} {TALK}", LAST)),
        (("Рок.", "Два дена.", TALK), ("Рок. Два дена.", TALK)),
        ((DECIDES, TALK), (DECIDES[:22], DECIDES[22:], TALK)),
        ((f"{DECIDES} {SHELTER}", TALK), (SOONER, SHELTER.replace("храна", "облека"), TALK)),
        ((DECIDES, f"{SHELTER} {TALK}", LAST), (f"{DECIDES} {SHELTER}", TALK, LAST)),
        ((DECIDES, SHELTER, TALK, LAST), (TALK, LAST, f"{DECIDES} {SHELTER}")),
        ((f"{DECIDES} {SHELTER}", TALK, LAST), (TALK, LAST, DECIDES, SHELTER)),
    ],
)
def test_it_is_one_suggestion_and_makes_the_text_of_the_file(
    kind: Any, old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    before, after = of(kind, *old), of(kind, *new)
    (found,) = suggestions(before, after)
    assert put_all(before, after) == after
    assert put(after, found) == after, "it is there already"


def test_paragraphs_of_an_item_that_were_joined_are_one_suggestion() -> None:
    old = body(listing(True, item("1.", para(DECIDES), para(SHELTER)), item("2.", para(TALK))))
    new = body(listing(True, item("1.", para(DECIDES + SHELTER)), item("2.", para(TALK))))
    assert len(suggestions(old, new)) == 1 and put_all(old, new) == new


@KINDS
def test_what_the_draft_changed_in_their_words_stays_and_the_same_words_ask_a_person(kind: Any) -> None:
    (found,) = suggestions(of(kind, DECIDES, SHELTER, TALK), of(kind, f"{SOONER} {SHELTER}", TALK))
    written = DECIDES.replace("одлука", "писмена одлука"), SHELTER.replace("храна", "облека")
    made = put(of(kind, *written, TALK), found)
    joined = " ".join(written).replace("три дена", "еден ден")
    assert made is not None and lines(made) == [joined, TALK]
    for now in ((DECIDES.replace("три", "два"), SHELTER, TALK), (DECIDES, TALK)):
        assert put(of(kind, *now), found) is None
        forced = put(of(kind, *now), found, force=True)
        assert forced is not None and f"{SOONER} {SHELTER}" in lines(forced)
    back = next(iter(suggestions(of(kind, f"{DECIDES} {SHELTER}", TALK), of(kind, DECIDES, SHELTER, TALK))))
    made = put(of(kind, " ".join(written), TALK), back)
    assert made is not None and lines(made) == [*written, TALK]


def test_what_the_draft_moved_fits_still() -> None:
    whole = f"{DECIDES} {SHELTER}"
    for old, new, now, made in (
        ((TALK, whole), (TALK, DECIDES, SHELTER), (whole, TALK), (DECIDES, SHELTER, TALK)),
        ((TALK, DECIDES, SHELTER), (TALK, whole), (DECIDES, SHELTER, TALK), (whole, TALK)),
    ):
        (found,) = suggestions(of(paragraphs, *old), of(paragraphs, *new))
        assert put(of(paragraphs, *now), found) == of(paragraphs, *made)


def test_one_that_is_put_in_beside_is_there_whole_and_once() -> None:
    """Of those that it was divided into, one stands there already."""
    old, new = of(paragraphs, TALK, f"{DECIDES} {SHELTER}"), of(paragraphs, TALK, DECIDES, SHELTER)
    (found,) = suggestions(old, new)
    now = of(paragraphs, TALK, DECIDES, LAST)
    assert put(now, found) is None
    place = beside(found.kind, found.before, found.after, found.place)
    made = put_in(now, ADDED, found.before, found.after, place)
    assert made is not None
    assert sorted(lines(made)) == sorted((TALK, DECIDES, SHELTER, LAST))
    assert put_in(made, ADDED, found.before, found.after, place) == made


def test_one_that_is_put_in_instead_leaves_none_of_those_that_it_was_joined_from() -> None:
    whole = f"{DECIDES} {SHELTER} {LAST}"
    (found,) = suggestions(of(paragraphs, TALK, DECIDES, SHELTER, LAST), of(paragraphs, TALK, whole))
    now = of(paragraphs, TALK, DECIDES, LAST)
    assert put(now, found) is None
    assert put(now, found, force=True) == of(paragraphs, TALK, whole)


def test_what_stands_between_them_in_the_draft_stays() -> None:
    (found,) = suggestions(of(paragraphs, DECIDES, SHELTER), of(paragraphs, DECIDES + SHELTER))
    made = put(of(paragraphs, DECIDES, TALK, SHELTER), found)
    assert made is not None and lines(made) == [DECIDES + SHELTER, TALK]


def test_notes_and_marks_stay() -> None:
    def text(*content: Json) -> Json:
        note = {"type": "paragraph", "content": [{"type": "text", "text": "Ибид., стр. 4."}]}
        return normalise_body({"heading": [], "blocks": list(content), "notes": {"n1": [note], "n2": [note]}})

    notes = [{"type": "note", "attrs": {"id": one}} for one in ("n1", "n2")]
    bold = {"type": "text", "text": SHELTER, "marks": [{"type": "bold"}]}
    old = text(para(DECIDES, notes[0]), para(bold, notes[1]))
    new = text(para(DECIDES, notes[0], bold, notes[1]))
    (found,) = suggestions(old, new)
    assert put(old, found) == new
    (found,) = suggestions(new, old)
    assert put(new, found) == old


def test_an_equal_one_beside_is_decided_by_itself() -> None:
    old, new = of(paragraphs, DECIDES, SHELTER, SHELTER, TALK), of(paragraphs, DECIDES + SHELTER, TALK)
    assert len(suggestions(old, new)) == 2
    for order in ([0, 1], [1, 0]):
        assert put_all(old, new, order) == new


def test_all_of_them_are_shown_and_a_move_names_its_place() -> None:
    (found,) = suggestions(of(paragraphs, DECIDES, SHELTER, TALK), of(paragraphs, TALK, DECIDES + SHELTER))
    shown = show(Edition(), Suggestion(pk=1, language="mk", **vars(found)))
    assert found.kind == "shifted" and shown.place == TALK and "храна" in str(shown.text)
    now = nearest(
        of(paragraphs, DECIDES.replace("три", "два"), LAST, SHELTER, TALK), found.before, found.place
    )
    assert now is not None and lines(now) == [DECIDES.replace("три", "два"), SHELTER]


def test_who_joined_them_is_told_and_not_who_put_words_in_elsewhere() -> None:
    (found,) = suggestions(of(paragraphs, DECIDES, SHELTER), of(paragraphs, DECIDES + SHELTER))
    words = TrackedChange("", "Ана", "", True, "одлука", "inserted")
    end = TrackedChange("", "Марија", "", False, "", "deleted", "paragraph")
    assert who(found, [words, end])[0] == "Марија"


WORD = re.compile(r"\w+")


def texts(chance: random.Random) -> tuple[Json, Json]:
    """A text of which no word stands twice, and what became of it: paragraphs and items joined and divided, besides others that were
    changed, moved, taken out and put in."""
    known: set[str] = set()

    def sentence(count: int) -> str:
        said: list[str] = []
        while len(said) < count:
            word = "".join(chance.choices(SIGNS, k=chance.randint(3, 9)))
            said += [word] if word not in known else []
            known.add(word)
        return " ".join(said) + "."

    old = [
        (kind, [sentence(chance.choice((6, 8, 12, 20))) for _ in range(1 if kind == "p" else chance.randint(2, 5))])
        for kind in chance.choices("ppl", k=chance.randint(2, 6))
    ]  # fmt: skip
    new = [(kind, list(said)) for kind, said in old]
    whole = {said for _kind, each in old for said in each}
    """Those to which nothing was done yet: what is joined and divided again and again is another text."""
    for edit in chance.choices(("join", "divide", "word", "move", "gone", "new"), (3, 3, 1, 1, 1, 1), k=4):
        at = chance.randrange(len(new))
        kind, said = new[at]
        place = chance.randrange(len(said))
        words = said[place].split(" ")
        if edit == "new":
            new.insert(at, ("p", [sentence(6)]))
        elif said[place] not in whole:
            continue
        elif edit == "join" and said[place + 1 :] and said[place + 1] in whole:
            said[place] += chance.choice(("", " ")) + said.pop(place + 1)
        elif (
            edit == "join"
            and kind == "p"
            and new[at + 1 :]
            and new[at + 1][0] == "p"
            and new[at + 1][1][0] in whole
        ):
            said[0] += chance.choice(("", " ")) + new.pop(at + 1)[1][0]
        elif edit == "divide":
            cut = chance.randrange(2, len(words) - 1)
            pieces = [" ".join(words[:cut]), " ".join(words[cut:])]
            if kind == "p":
                new[at : at + 1] = [("p", [piece]) for piece in pieces]
            else:
                said[place : place + 1] = pieces
        elif edit == "word":
            words[chance.randrange(len(words))] = sentence(1)[:-1]
            said[place] = " ".join(words)
        elif edit == "move" and all(one == "p" for one, _said in new):
            new.insert(chance.randrange(len(new)), new.pop(at))
        elif edit == "gone" and len(said) > 1:
            said.pop(place)
    made = ([para(said[0]) if kind == "p" else numbered(*said) for kind, said in each] for each in (old, new))
    return body(*next(made)), body(*next(made))


def words_of(text: Json) -> Counter[str]:
    return Counter(word for line in lines(text) for word in WORD.findall(line))


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_accepted_no_word_is_lost_and_none_stands_twice(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        old, new = texts(chance)
        found = suggestions(old, new)
        order = list(range(len(found)))
        assert lines(put_all(old, new, order)) == lines(new)
        chance.shuffle(order)
        assert lines(put_all(old, new, order)) == lines(new)
        stay = words_of(old).keys() & words_of(new).keys()
        for _subset in range(4):
            text = old
            for index in chance.sample(order, chance.randint(0, len(order))):
                made = put(text, found[index])
                assert made is not None
                text = made
            told = words_of(text)
            assert all(told[word] == 1 for word in stay) and max(told.values()) == 1
        assert all(put(new, one) == new for one in found)
