"""What was moved and changed as well is one suggestion: neither its old place nor its new words can be lost alone."""

from __future__ import annotations

import random
from typing import Any

import pytest

from documents.models import Edition, Suggestion
from documents.pages.desk.suggested import show
from documents.suggestions.put_in import put_in
from documents.suggestions.suggest import suggestions
from tests.documents.docx.build import para
from tests.documents.suggestions.test_repeated import lines
from tests.documents.suggestions.test_suggestions_one_by_one import body, numbered, put_all, rows

DECIDES = "Органот носи одлука во рок од три дена по приемот на пријавата."
SOONER = "Органот носи одлука во рок од еден ден по приемот на пријавата."
SHELTER = "Центарот дава сместување, храна и правна помош на секое лице."
TALK = "Тимот закажува нов разговор ако лицето тоа го побара."


def paragraphs(*words: str) -> list[dict[str, Any]]:
    return [para(one) for one in words]


def of(kind: Any, *words: str) -> dict[str, Any]:
    made = kind(*words)
    return body(*made) if isinstance(made, list) else body(made)


KINDS: Any = pytest.mark.parametrize("kind", [paragraphs, numbered, rows])


@KINDS
def test_it_is_one_suggestion_and_makes_the_text_of_the_file(kind: Any) -> None:
    old, new = of(kind, DECIDES, SHELTER, TALK), of(kind, SHELTER, TALK, SOONER)
    (found,) = suggestions(old, new)
    assert found.kind == "shifted" and found.old.startswith(DECIDES) and found.new.startswith(SOONER)
    assert put_all(old, new) == new
    assert put_in(new, found.kind, found.before, found.after, found.place) == new, "it is there already"


@KINDS
def test_other_words_that_the_draft_changed_meanwhile_go_along_and_the_same_ones_ask_a_person(
    kind: Any,
) -> None:
    (found,) = suggestions(of(kind, DECIDES, SHELTER, TALK), of(kind, SHELTER, TALK, SOONER))
    now = of(kind, DECIDES.replace("одлука", "писмена одлука"), SHELTER, TALK)
    made = put_in(now, found.kind, found.before, found.after, found.place)
    assert made is not None
    said = [line for line in lines(made) if " " in line]
    assert said == [SHELTER, TALK, SOONER.replace("одлука", "писмена одлука")]
    now = of(kind, DECIDES.replace("три дена", "два дена"), SHELTER, TALK)
    assert put_in(now, found.kind, found.before, found.after, found.place) is None
    forced = put_in(now, found.kind, found.before, found.after, found.place, force=True)
    assert forced is not None and SOONER in list(lines(forced))


def test_a_few_words_and_quite_other_ones_are_no_move() -> None:
    old, new = of(paragraphs, "Рок.", SHELTER, TALK), of(paragraphs, SHELTER, TALK, "Рокови.")
    assert [one.kind for one in suggestions(old, new)] == ["removed", "added"]
    old, new = (
        of(paragraphs, DECIDES, SHELTER, TALK),
        of(paragraphs, SHELTER, TALK, "Сосема друга реченица стои тука."),
    )
    assert [one.kind for one in suggestions(old, new)] == ["removed", "added"]


def test_whatever_is_accepted_no_line_is_lost() -> None:
    pool = [DECIDES, SHELTER, TALK, "Лицето потпишува согласност на јазик што го разбира."]
    for seed in range(60):
        chance = random.Random(seed)
        order = chance.sample(pool, len(pool))
        moved = chance.choice(order)
        rest = [one for one in order if one != moved]
        rest.insert(
            chance.randrange(len(order)), moved.replace(" на ", " и на ") if chance.random() < 0.7 else moved
        )
        for kind in (paragraphs, numbered):
            found = suggestions(of(kind, *order), of(kind, *rest))
            text = of(kind, *order)
            for one in chance.sample(found, chance.randint(0, len(found))):
                text = put_in(text, one.kind, one.before, one.after, one.place) or text
            assert len(list(lines(text))) == len(pool)


def test_the_words_that_changed_are_drawn_and_the_place_is_named() -> None:
    (found,) = suggestions(of(paragraphs, DECIDES, SHELTER, TALK), of(paragraphs, SHELTER, TALK, SOONER))
    shown = show(Edition(), Suggestion(pk=1, language="mk", **vars(found)))
    assert shown.place == TALK
    assert "<del>три дена</del>" in str(shown.text) or "три" in str(shown.text).split("<del")[1]
    assert "еден" in str(shown.text).split("<ins")[1]
