"""A text that was taken in from a Word file, for the tests of files that come back."""

from __future__ import annotations

from documents.actions.import_word import import_word
from documents.models import Edition, Section
from people.models import User
from people.roles import Role
from tests.factories import make_draft, make_institution, make_person


def taken_in(drafter: User, source: bytes) -> Edition:
    """A draft in Macedonian with the sections of the file alone."""
    owner = make_institution()
    made = make_draft(owner=owner, by=make_person(Role.COORDINATOR, owner), languages=["mk"])
    Section.objects.filter(edition=made).delete()
    import_word(drafter, made, "mk", source, "sop.docx")
    return made


def paragraph(text: str, words: str) -> tuple[int, int]:
    """Where the paragraph with these words begins and ends in the XML of a file."""
    at = text.index(f"{words}</w:t>")
    return max(text.rfind("<w:p>", 0, at), text.rfind("<w:p ", 0, at)), text.index("</w:p>", at) + 6
