"""Of which translations the next edition says that they were corrected together with their original."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pgtrigger
import pytest

from documents.actions import record_corrigendum
from documents.actions.start_revision import start_revision
from documents.choices import Translation
from documents.editions.text_storage import load_outline
from documents.models import Section
from documents.text import SectionText, SectionTree
from people.roles import Role
from tests.support.factories import body, make_act, make_in_force, make_person, make_tree

pytestmark = pytest.mark.django_db

WORDS = ("Рокот е триесет дена.", "Одговара судот.")
UID = UUID("00000000-0000-4000-8000-000000000000")


def tree(language: str) -> SectionTree:
    made = make_tree(language, sections=((1, "Општо", ""),))
    text = SectionText(made.sections[0].text.label, body("Општо", *WORDS))
    return replace(made, sections=(replace(made.sections[0], text=text),))


SLIP = ("mk", "триесет", "три", "7")


@pytest.mark.parametrize(
    ("corrected", "state"),
    [
        ([SLIP], Translation.STALE),
        # One act, one place.
        ([SLIP, ("sq", "триесет", "tre", "7")], Translation.CURRENT),
        # Two acts are two slips, and so are two places.
        ([SLIP, ("sq", "триесет", "tre", "8")], Translation.STALE),
        ([SLIP, ("sq", "судот", "gjykata", "7")], Translation.STALE),
        # The second slip of the original was never mended in the translation.
        ([SLIP, ("mk", "судот", "центарот", "8"), ("sq", "триесет", "tre", "7")], Translation.STALE),
        ([("sq", "триесет", "tre", "7")], Translation.CURRENT),
    ],
)
def test_one_act_at_one_place(corrected: list[tuple[str, str, str, str]], state: Translation) -> None:
    assert begun(corrected) == state


def test_a_translation_that_was_older_stays_older() -> None:
    assert begun([SLIP, ("sq", "триесет", "tre", "7")], older=True) == Translation.STALE


def begun(corrected: list[tuple[str, str, str, str]], older: bool = False) -> Translation:
    """The state of the Albanian text in the edition that is begun after these corrigenda."""
    edition = make_in_force(
        tree=tree("mk"), languages=("mk", "sq"), authentic=["mk", "sq"], translations=[tree("sq")]
    )
    owner = edition.instrument.owner
    proposes, records = make_person(Role.DRAFTER, owner), make_person(Role.COORDINATOR, owner)
    if older:
        pgtrigger.uninstall()
        Section.objects.filter(edition=edition, uid=UID).update(source_hash_sq="0" * 64)
        pgtrigger.install()
    for language, exact, words, number in corrected:
        one = record_corrigendum.propose_corrigendum(
            proposes, edition, UID, language, exact, words, "Грешка."
        )
        record_corrigendum.record(
            records, one, [make_act(number=number, date=date(2024, 1, 20))], date(2024, 2, 1)
        )
    draft = start_revision(records, edition)
    return next(row.state for row in load_outline(draft, "sq") if row.uid == str(UID))
