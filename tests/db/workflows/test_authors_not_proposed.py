"""The form of a round says why an institution is not proposed, and who of its reviewers wrote in the text."""

from __future__ import annotations

from people.actions.invite import enter_role
from people.roles import Role
from tests.support.reviews import Cast, client_of, person, to
from workflows.actions.reopen import reopen
from workflows.models import Review

WROTE = "(wrote in this text)"
ALL = "Every reviewer of this institution wrote in this text, so it can&#x27;t answer for it."


def page_of(cast: Cast) -> str:
    return client_of(cast.coordinator).get(to("coordinate:start", cast.edition.pk)).content.decode()


def test_an_institution_whose_reviewers_all_wrote_says_so(cast: Cast, review: Review) -> None:
    reopen(cast.coordinator, review, "Words.")
    assert WROTE not in page_of(cast) and ALL not in page_of(cast)
    enter_role(cast.teuta, cast.commission, Role.DRAFTER)
    cast.change(0, "Социјалниот работник одлучува во рок од 12 часа.", by=cast.teuta)
    page = page_of(cast)
    assert f"Teuta {WROTE}" in page
    # In both stages that ask institutions, each with the way to another reviewer.
    assert page.count(ALL) == 2 and page.count(f"?institution={cast.justice.pk}&amp;role=reviewer") == 2
    person("Arben", cast.justice, Role.REVIEWER)
    page = page_of(cast)
    assert ALL not in page and page.count(f"Teuta {WROTE}") == 2
    assert page.count("Teuta, who was asked before, wrote in this text and can&#x27;t answer for it.") == 1
