"""Who wrote a text, and so can't sign it off."""

from __future__ import annotations

import pytest

from documents.access.authorship import authors
from documents.actions.edit_outline import add_section, fingerprint, move_section, outline_of
from documents.actions.save_section import save_section
from documents.actions.set_titles import set_titles
from documents.models import Section
from people.models import User
from people.roles import Role
from tests.support.factories import body, make_draft, make_person

pytestmark = pytest.mark.django_db


def test_whoever_saved_moved_added_or_named_anything_is_an_author() -> None:
    draft = make_draft()
    owner = draft.instrument.owner
    saves, moves, adds, names, reads = (make_person(Role.DRAFTER, owner) for _ in range(5))
    first, *_, last = outline_of(draft)
    row = Section.objects.get(edition=draft, uid=first.uid)
    save_section(saves, draft, first.uid, "mk", body("Ново", "Текст."), row.text_hash_mk)
    move_section(moves, draft, last.uid, None, 1, fingerprint(draft))
    add_section(adds, draft, None, 1, "section", {"mk": "Прво"}, fingerprint(draft))
    set_titles(names, draft, {"mk": "Друг наслов"})
    set_titles(reads, draft, {"mk": "Друг наслов"})  # nothing changed by it

    def wrote(*people: User) -> set[object]:
        return {person.actor for person in people}

    assert authors(draft) == wrote(saves, moves, adds, names)
