"""A note that stands elsewhere in a file that comes back."""

from __future__ import annotations

import pytest

from documents.actions.bring_back import bring_back
from documents.actions.decide_suggestion import decide_all
from documents.exports.own_file import export_own
from documents.models import Edition
from documents.text_storage import load_tree
from people.models import User
from tests.documents.desk.returning import taken_in
from tests.documents.desk.test_back_again import edited, p
from tests.documents.desk.test_back_again_headings import drafter
from tests.documents.docx.build import HEADINGS, word_file

__all__ = ["drafter"]
pytestmark = pytest.mark.django_db
BY = 'w:author="Ana" w:date="2026-03-04T10:00:00Z"'
NOTE = '<w:footnote w:id="2"><w:p><w:r><w:t>Службен весник.</w:t></w:r></w:p></w:footnote>'
REFERENCE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
STYLE = '<w:pStyle w:val="Heading1"/>'


@pytest.fixture
def draft(drafter: User) -> Edition:
    later = '<w:r><w:t xml:space="preserve"> веднаш.</w:t></w:r>'
    decides = f"<w:p><w:r><w:t>Центарот одлучува</w:t></w:r>{REFERENCE}{later}</w:p>"
    source = p("Цел", True) + decides + p("Последен став.")
    return taken_in(drafter, word_file(source, styles=HEADINGS, footnotes=NOTE))


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize(
    ("was", "now", "made"),
    [
        (
            STYLE,
            f'{STYLE}<w:rPr><w:del w:id="90" {BY}/></w:rPr>',
            ("ЦелЦентарот одлучува веднаш.", "Последен став.\nСлужбен весник."),
        ),
        ("Цел</w:t></w:r>", f"Цел</w:t></w:r>{REFERENCE}", ("Цел", "Центарот одлучува веднаш.\nПоследен став.\nСлужбен весник.")),
    ],
)  # fmt: skip
def test_it_is_brought_back_and_all_is_accepted(
    drafter: User, draft: Edition, was: str, now: str, made: tuple[str, str], backwards: bool
) -> None:
    def change(xml: str) -> str:
        changed = xml.replace(was, now, 1)
        assert changed != xml
        if REFERENCE in now:  # It moved.
            at = changed.index(REFERENCE) + len(REFERENCE)
            changed = changed[:at] + changed[at:].replace(REFERENCE, "")
        return changed

    returned = bring_back(
        drafter, draft, "mk", edited(export_own(drafter, draft, "mk").data, change), "b.docx"
    )
    found = list(returned.suggestions.order_by("-pk" if backwards else "pk"))
    assert len(found) == 2 and decide_all(drafter, found, "accept") == []
    (section,) = load_tree(draft, "mk").sections
    assert (section.text.heading, section.text.plain) == made and len(section.text.body["notes"]) == 1
