"""Suggestions put into a draft that somebody changed while the file was out: nobody's words are lost or stand twice, nothing is
accepted without effect, and what can't be decided is asked."""

from __future__ import annotations

import random
from typing import Any

import pytest

from documents.suggestions.put_in import nearest, put_in
from documents.suggestions.suggest import suggestions
from documents.suggestions.suggestion import ADDED, beside, follows
from tests.documents.docx.build import cell, item, listing, para, table
from tests.documents.suggestions.test_moved_and_changed import DECIDES, SHELTER, TALK, of, paragraphs
from tests.documents.suggestions.test_paragraph_ends import LAST, put
from tests.documents.suggestions.test_repeated import lines
from tests.documents.suggestions.test_suggestions_one_by_one import body, numbered, put_all, rows

Json = dict[str, Any]
KINDS: Any = pytest.mark.parametrize("kind", [paragraphs, numbered, rows])
LINES: Any = pytest.mark.parametrize("kind", [paragraphs, numbered])
NEW = "Податоците на децата се чуваат одделно и под клуч."
RIGHTS = "Секое дете без придружба добива старател истиот ден."
JOINED = f"{DECIDES} {SHELTER}"


@LINES
@pytest.mark.parametrize(
    ("old", "new", "now"),
    [
        ((TALK, DECIDES, SHELTER), (TALK, JOINED), (SHELTER, TALK, DECIDES)),
        ((TALK, DECIDES, SHELTER), (TALK, JOINED), (DECIDES, TALK, SHELTER, NEW)),
        ((DECIDES, SHELTER, TALK), (JOINED, TALK), (SHELTER, NEW, TALK, DECIDES)),
        ((TALK, JOINED), (DECIDES, SHELTER, TALK), (JOINED, TALK)),
        ((TALK, DECIDES, SHELTER, LAST), (TALK, JOINED, LAST), (TALK, SHELTER, NEW, LAST)),
        ((DECIDES, SHELTER, TALK), (JOINED, TALK), (NEW, LAST, TALK)),
        ((JOINED, TALK), (DECIDES, SHELTER, TALK), (NEW, TALK)),
    ],
)
def test_what_was_joined_or_divided_asks_where_the_draft_moved_it_or_has_another_one(
    kind: Any, old: tuple[str, ...], new: tuple[str, ...], now: tuple[str, ...]
) -> None:
    (found,) = suggestions(of(kind, *old), of(kind, *new))
    assert put(of(kind, *now), found) is None


@pytest.mark.parametrize(
    "now",
    [(SHELTER, TALK, DECIDES), (DECIDES, TALK, SHELTER, NEW), (TALK, DECIDES, NEW), (TALK, SHELTER)],
)
def test_instead_of_those_that_are_shown_it_stands_once_and_what_is_not_shown_stays(
    now: tuple[str, ...],
) -> None:
    (found,) = suggestions(of(paragraphs, TALK, DECIDES, SHELTER), of(paragraphs, TALK, JOINED))
    text = of(paragraphs, *now)
    shown, made = nearest(text, found.before, found.place), put(text, found, force=True)
    assert shown is not None and lines(shown) == [one for one in now if one in (DECIDES, SHELTER)]
    assert made is not None and sorted(lines(made)) == sorted(
        [JOINED, *(one for one in now if one not in lines(shown))]
    )


def test_both_divided_it_and_one_changed_a_word() -> None:
    old, new = of(paragraphs, JOINED, TALK), of(paragraphs, DECIDES, SHELTER, TALK)
    (found,) = suggestions(old, new)
    changed = SHELTER.replace("храна", "облека")
    now = of(paragraphs, DECIDES, changed, TALK)
    shown = nearest(now, found.before, found.place)
    assert put(now, found) is None and shown is not None and lines(shown) == [DECIDES, changed]
    assert put(now, found, force=True) == new


def test_beside_puts_in_a_paragraph_of_which_an_equal_one_stands_elsewhere() -> None:
    signed = "За полицијата"
    old = of(paragraphs, signed, TALK, f"{DECIDES} {signed}", LAST)
    new = of(paragraphs, signed, TALK, DECIDES.replace("три", "два"), signed, LAST)
    (found,) = suggestions(old, new)
    now = of(paragraphs, signed, TALK, f"{DECIDES} {signed}".replace("три", "пет"), LAST)
    place = beside(found.kind, found.before, found.after, found.place)
    made = put_in(now, ADDED, found.before, found.after, place)
    assert made is not None and lines(made)[3:5] == [DECIDES.replace("три", "два"), signed]
    assert put_in(made, ADDED, found.before, found.after, place) == made


@KINDS
def test_what_goes_is_taken_out_wherever_it_stands_and_asks_where_its_words_are_in_another_one(
    kind: Any,
) -> None:
    (found,) = suggestions(of(kind, DECIDES, SHELTER, TALK), of(kind, DECIDES, TALK))
    for now in ((SHELTER, TALK, DECIDES), (SHELTER, DECIDES, TALK), (TALK, DECIDES, SHELTER)):
        made = put(of(kind, *now), found)
        assert made == of(kind, *(one for one in now if one != SHELTER))
    for joined in ((JOINED, TALK), (DECIDES, f"{SHELTER} {TALK}")):
        assert put(of(kind, *joined), found) is None
    gone = of(kind, DECIDES, TALK)
    assert put(gone, found) == gone


@pytest.mark.parametrize(
    "became",
    [
        "Секој ден, и без да биде прашан, Центарот дава сместување во посебни станови на брегот.",
        "За секој случај министерството слуша од мобилниот тим, кој води список.",
    ],
)
def test_what_goes_and_was_written_anew_asks_and_what_is_shown_is_taken_out(became: str) -> None:
    (found,) = suggestions(of(paragraphs, DECIDES, SHELTER, TALK), of(paragraphs, DECIDES, TALK))
    now = of(paragraphs, DECIDES, became, TALK)
    shown = nearest(now, found.before, found.place)
    assert put(now, found) is None and shown is not None and lines(shown) == [became]
    assert put(now, found, force=True) == of(paragraphs, DECIDES, TALK)


@pytest.mark.parametrize("new", [(TALK, LAST), (TALK, LAST, JOINED)])
def test_one_that_the_draft_divided_goes_or_moves_with_all_its_pieces(new: tuple[str, ...]) -> None:
    (found,) = suggestions(of(paragraphs, JOINED, TALK, LAST), of(paragraphs, *new))
    pieces = DECIDES.replace("три", "два"), SHELTER.replace("храна", "облека")
    now = of(paragraphs, *pieces, TALK, LAST)
    shown = nearest(now, found.before, found.place)
    assert put(now, found) is None and shown is not None and lines(shown) == [*pieces]
    assert put(now, found, force=True) == of(paragraphs, *new)


def test_instead_of_one_that_moved_and_that_the_draft_wrote_anew_it_stands_once() -> None:
    (found,) = suggestions(of(paragraphs, SHELTER, DECIDES, TALK), of(paragraphs, DECIDES, TALK, SHELTER))
    became = "За секој случај министерството слуша од мобилниот тим, кој води список."
    now = of(paragraphs, became, DECIDES, TALK)
    shown = nearest(now, found.before, found.place)
    assert put(now, found) is None
    made = put(now, found, force=True)
    assert made is not None and (shown is None or lines(shown) == [became])
    assert lines(made) == [*([] if shown else [became]), DECIDES, TALK, SHELTER]


def test_what_moves_to_the_very_beginning_of_a_long_list_names_no_other_item_before_it() -> None:
    items = [f"{number}. {NEW}" for number in range(410)]
    (found,) = suggestions(of(numbered_long, *items), of(numbered_long, items[-1], *items[:-1]))
    assert found.kind == "shifted" and follows(found.place) == ""


def numbered_long(*words: str) -> Json:
    return listing(True, *(item(f"{number}.", para(one)) for number, one in enumerate(words, 1)))


def test_another_paragraph_of_the_draft_is_no_piece_of_what_stands_there() -> None:
    own = "Центарот дава храна"
    old, new = of(paragraphs, DECIDES, SHELTER, TALK), of(paragraphs, DECIDES, f"Дневниот {SHELTER}", TALK)
    (found,) = suggestions(old, new)
    changed = f"Ноќниот {SHELTER}"
    now = of(paragraphs, DECIDES, changed, own, TALK)
    shown = nearest(now, found.before, found.place)
    assert put(now, found) is None and shown is not None and lines(shown) == [changed]
    made = put(now, found, force=True)
    assert made is not None and lines(made) == [DECIDES, f"Дневниот {SHELTER}", own, TALK]


@KINDS
def test_words_go_into_no_other_one(kind: Any) -> None:
    """A sentence was put behind one that the draft replaced, or took out, or moved."""
    found = suggestions(of(kind, DECIDES, SHELTER, TALK), of(kind, f"{DECIDES} {LAST}", SHELTER, TALK))[0]
    for now in ((NEW, SHELTER, TALK), (SHELTER, TALK)):
        assert put(of(kind, *now), found) is None
    made = put(of(kind, SHELTER, TALK, DECIDES), found)
    assert made is not None and lines(made)[-2 if kind is rows else -1] == f"{DECIDES} {LAST}"


@LINES
def test_what_is_taken_out_of_one_that_was_divided_asks_where_the_rest_seems_to_be_all(kind: Any) -> None:
    (found,) = suggestions(of(kind, JOINED, TALK), of(kind, SHELTER, TALK))
    assert put(of(kind, DECIDES, SHELTER, TALK), found) is None


ROW = "39 | Safe accommodation | Separate accommodation for men and for families | MSPDY | June 2028 | Facility opened |"
ANEW = "1032 | Stable services | Three-year agreements with civil society organisations | MSPDY | June 2026 | Agreements signed |"


def cells(*words: str) -> Json:
    return table(*([cell(one) for one in line.split(" | ")] for line in words))


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        (paragraphs, (ROW,), (ANEW,)),
        (numbered, (ROW,), (ANEW,)),
        (cells, (ROW,), (ANEW,)),
        (paragraphs, ("Name: Marija P. | Seat: Skopje | Deputy: Ana", "Deputy: Ana"), ("Name: Agim R. | Seat: Tetovo | Deputy: Besa",)),
    ],
)  # fmt: skip
def test_the_last_of_many_changes_fits_one_that_is_like_the_old_one_no_more(
    kind: Any, old: tuple[str, ...], new: tuple[str, ...]
) -> None:
    before, after = (of(kind, *words, "Крај на мерките.") for words in (old, new))
    found = suggestions(before, after)
    assert len(found) > 2
    for order in (range(len(found)), reversed(range(len(found)))):
        assert put_all(before, after, [*order]) == after


def test_one_that_grew_on_both_sides_is_found_where_the_draft_moved_it() -> None:
    whole = f"{JOINED} за полицијата важи {LAST}"
    found = suggestions(
        of(paragraphs, TALK, "за полицијата важи", RIGHTS), of(paragraphs, TALK, whole, RIGHTS)
    )
    text = of(paragraphs, "за полицијата важи", TALK, RIGHTS)
    for one in found:
        text = put(text, one) or text
    assert len(found) == 2 and lines(text) == [whole, TALK, RIGHTS]


@pytest.mark.parametrize("kind", [numbered, rows])
def test_an_item_that_goes_and_was_written_anew_is_taken_out_where_a_person_says_so(kind: Any) -> None:
    (found,) = suggestions(of(kind, DECIDES, TALK), of(kind, TALK))
    now = of(kind, f"{DECIDES.removesuffix('.')} {SHELTER} {RIGHTS} {NEW} {LAST}", TALK)
    assert put(now, found) is None
    assert put(now, found, force=True) == of(kind, TALK)


def test_both_put_a_long_paragraph_into_one_item() -> None:
    def text(*first: str) -> Json:
        return body(listing(True, item("1.", *map(para, first)), item("2.", para(TALK))))

    short = "тим дава превод"
    old, new = text(short), text(f"{JOINED} {LAST}", short)
    (found,) = suggestions(old, new)
    now = text(f"{NEW} {RIGHTS} {LAST}", short)
    made = put(now, found)
    assert made is None or lines(made).count(short) == 1


def test_in_a_very_long_section_they_are_known_where_they_stand_together() -> None:
    """Of more than 400 blocks a suggestion does not say what became of each."""
    rest = [f"{number}. {NEW}" for number in range(410)]
    old, new = of(paragraphs, DECIDES, SHELTER, *rest), of(paragraphs, JOINED, *rest)
    changed = SHELTER.replace("храна", "облека")
    for one, other in ((old, new), (new, old)):
        (found,) = suggestions(one, other)
        assert put(one, found) == other and put(other, found) == other
    (found,) = suggestions(old, new)
    made = put(of(paragraphs, DECIDES, changed, *rest), found)
    assert made is not None and lines(made)[0] == f"{DECIDES} {changed}"
    assert put(of(paragraphs, SHELTER, NEW, DECIDES, *rest), found) is None


@LINES
@pytest.mark.parametrize("seed", range(2))
def test_whatever_the_draft_became_no_sentence_is_lost_or_stands_twice(kind: Any, seed: int) -> None:
    chance = random.Random(seed)
    accepted = 0
    for _ in range(150):
        old, new, now = texts(chance)
        text, left = of(kind, *map(" ".join, now)), []
        found = suggestions(of(kind, *map(" ".join, old)), of(kind, *map(" ".join, new)))
        for one in chance.sample(found, len(found)):
            made = put(text, one)
            left += [one] if made is None else []
            accepted += made is not None
            text = made or text
        said = "\n".join(lines(text))
        was, come, is_now = ({sentence for part in each for sentence in part} for each in (old, new, now))
        for sentence in was | come | is_now:
            assert said.count(sentence) <= 1, (old, new, now)
        for sentence in (come & is_now) | (is_now - was):
            assert sentence in said, (old, new, now)
        if not left:
            assert not [sentence for sentence in come - was if sentence not in said], (old, new, now)
            assert not [sentence for sentence in was - come if sentence in said], (old, new, now)
    assert accepted > 100


Parts = list[list[str]]


def texts(chance: random.Random) -> tuple[Parts, Parts, Parts]:
    """Paragraphs of sentences of which none stands twice; what the file and what the draft made of them: one edit or two each."""
    count = iter(range(1000))

    def sentence() -> str:
        words = ["".join(chance.choices("абвгдежзикл", k=chance.randint(3, 9))) for _ in range(7)]
        return f"Б{next(count)} {' '.join(words)}."

    old = [[sentence() for _ in range(chance.randint(1, 3))] for _ in range(chance.randint(3, 5))]

    def edited(edits: tuple[str, ...]) -> Parts:
        made = [list(part) for part in old]
        for edit in edits:
            at = chance.randrange(len(made))
            part = made[at]
            if edit == "divide" and len(part) > 1:
                made[at : at + 1] = [part[:1], part[1:]]
            elif edit == "join" and made[at + 1 :]:
                made[at : at + 2] = [part + made[at + 1]]
            elif edit == "gone" and len(made) > 2:
                made.pop(at)
            elif edit == "come":
                made.insert(at, [sentence()])
            elif edit == "move":
                made.insert(chance.randrange(len(made)), made.pop(at))
            elif edit == "sentence":
                part.insert(chance.randrange(len(part) + 1), sentence())
        return made

    edits = ("divide", "join", "gone", "come", "move", "sentence")
    file = edited((chance.choice(edits),))
    return old, file, edited(tuple(chance.choices(edits, k=chance.randint(1, 2))))
