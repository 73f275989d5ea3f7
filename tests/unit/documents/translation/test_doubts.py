"""What of a translation that a file brought a person has to read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from documents.demo.markdown import read_markdown
from documents.text import normalise_body
from documents.text.types import Body
from documents.translation.doubts import Former, Reason, doubts
from documents.translation.languages import other_language

DEMONSTRATION = Path(__file__).parents[4] / "documents" / "demo"


def text(*paragraphs: str | list[dict[str, Any]]) -> Body:
    contents = [[{"type": "text", "text": one}] if isinstance(one, str) else one for one in paragraphs]
    return normalise_body({"blocks": [{"type": "paragraph", "content": one} for one in contents]})


def linked(before: str, words: str) -> list[dict[str, Any]]:
    link = {"type": "link", "attrs": {"href": "https://example.org/"}}
    return [{"type": "text", "text": before}, {"type": "text", "text": words, "marks": [link]}]


LONG = "Полицијата го известува надлежниот центар и не го испрашува детето пред да дојде старателот."
LONG_SQ = "Policia njofton qendrën përgjegjëse dhe nuk e pyet fëmijën para se të vijë kujdestari."


@pytest.mark.parametrize(
    ("original", "translation", "languages", "reason"),
    [
        # Wrong words.
        (text(LONG), text("–"), "mk sq", Reason.EMPTY),
        (text("identification of victims"), text("identification of victims"), "en sq", Reason.SAME),
        (text(LONG), text(LONG), "mk sq", Reason.SAME),
        (text(LONG), text("Надлежниот центар се известува за детето."), "mk sq", Reason.LANGUAGE),
        (text(LONG), text("Policia njofton. Центарот го известува старателот."), "mk sq", Reason.LANGUAGE),
        (text(LONG), text("The police must notify the centre before the child is questioned."), "mk sq", Reason.LANGUAGE),
        (text(LONG_SQ), text("Полиција обавештава центар и не испитује дете пре него што дође старатељ који је именован."), "sq mk", Reason.LANGUAGE),
        (text(LONG_SQ), text("Policija obaveštava centar i ne ispituje dete pre nego što dođe staratelj."), "sq mk", Reason.LANGUAGE),
        (text(LONG), text("Policija obaveštava centar i ne ispituje dete pre nego što dođe staratelj."), "mk en", Reason.LANGUAGE),
        # Not whole.
        (text(LONG), text("Policia njofton."), "mk sq", Reason.SHORT),
        (text(LONG, "Центарот именува старател во рок од еден ден."), text(LONG_SQ, LONG_SQ), "mk sq", Reason.REPEATED),
        # Numbers, dates, time limits.
        (text("Во рок од 24 часа."), text("Brenda afatit."), "mk sq", Reason.FIGURES),
        (text("Во рок од 24 часа."), text("Brenda 48 orëve."), "mk sq", Reason.FIGURES),
        (text("Во рок од 24 часа."), text("Brenda 24 ditëve."), "mk sq", Reason.FIGURES),
        (text("Од 3.12.2026 година."), text("Nga 3 nëntori 2026."), "mk sq", Reason.FIGURES),
        (text("Износ од 10.500 денари."), text("Shuma prej 10.050 denarësh."), "mk sq", Reason.FIGURES),
        # What is not words.
        (text(linked("Види ", "образец")), text("Shih formularin"), "mk sq", Reason.MARKS),
        (text("Име: ____"), text("Emri:"), "mk sq", Reason.MARKS),
        # Right as it is.
        (text("GRETA"), text("GRETA"), "mk sq", None),
        (text("Ana Petrova, UNHCR"), text("Ana Petrova, UNHCR"), "en sq", None),
        (text("12/2026"), text("12/2026"), "mk sq", None),
        (text("Од 3.12.2026 година."), text("Nga 3 dhjetori 2026."), "mk sq", None),
        (text("Износ од 10.500 денари."), text("The amount of 10,500 denars."), "mk en", None),
        (text("Најмногу 3 лица."), text("At most three persons."), "mk en", None),
        (text("Деноноќно"), text("24 orë"), "mk sq", None),
        (text("Policija obaveštava centar."), text("Полиција обавештава центар."), "sr bs", None),
        (text("Policija obavještava centar."), text("Policija obavještava centar."), "bs hr", None),
        (text(linked("Види ", "образец")), text(linked("Shih ", "formularin")), "mk sq", None),
    ],
)  # fmt: skip
def test_a_text_is_held_against_its_original(
    original: Body, translation: Body, languages: str, reason: Reason | None
) -> None:
    one, other = languages.split()
    found = doubts(original, translation, (one, other))
    assert (found[0].reason if found else None) == reason


def test_the_old_text_of_a_changed_original_is_in_doubt_and_what_was_read_is_not() -> None:
    old, now = text("Најмалку еден стручњак.", "Втор."), text("Најмалку двајца стручњаци.", "Втор.")
    sq = text("Të paktën një specialist.", "I dyti.")
    (found,) = doubts(now, sq, ("mk", "sq"), Former(sq, old))
    assert (found.slot, found.reason) == ("b0", Reason.UNCHANGED)
    assert [one.reason for one in doubts(now, sq, ("mk", "sq"), Former(sq))] == [Reason.UNREAD] * 2
    same = text("Në afat.", "I dyti.")
    assert doubts(text("Во рок од 24 часа.", "Втор."), same, ("mk", "sq"), Former(same, read=True)) == []


def test_other_blocks_are_compared_as_a_whole() -> None:
    found = doubts(text(LONG, "Во рок од 24 часа."), text(f"{LONG_SQ} Në afat."), ("mk", "sq"))
    assert [(one.slot, one.reason) for one in found] == [("", Reason.FIGURES)]


def test_nothing_of_the_demonstration_is_in_doubt() -> None:
    found, compared = [], 0
    for instrument in DEMONSTRATION.glob("*/instrument.toml"):
        source = tomllib.loads(instrument.read_text("utf-8"))["source_language"]
        for edition in instrument.parent.glob("edition-*"):
            trees = {
                file.stem: read_markdown(file.read_text("utf-8"), instrument.parent.name, file.stem)
                for file in edition.glob("*.md")
            }
            for language, tree in trees.items():
                for section in tree.sections:
                    assert not other_language(section.text.heading, language)
                    original = trees[source].by_uid[section.uid].text.body
                    compared += language != source
                    if language != source:
                        found += doubts(original, section.text.body, (source, language))
    assert compared > 300 and not found
