"""The form that starts a next round: what it proposes, and what it says that it will refuse."""

from __future__ import annotations

from typing import Any

from documents.models import Instrument, LanguageVersion
from people.actions.invite import enter_role
from people.roles import Role
from tests.support.reviews import Cast, client_of, locked, open_review, page_of, person, seat_in, sign, to
from tests.support.workflows.rounds import begin
from workflows.actions.change_procedure import change_procedure, seen_of
from workflows.actions.reopen import reopen
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review


def opened(cast: Cast, **asked: Any) -> Any:
    """What the form shows as it is opened."""
    return client_of(cast.coordinator).get(to("coordinate:start", cast.edition.pk), asked).context


def asked_in(context: Any, order: int) -> dict[int, int | None]:
    return {
        candidate.institution.pk: candidate.person
        for candidate in context["stages"][order - 1].candidates
        if candidate.chosen
    }


def test_it_stands_on_the_procedure_of_the_last_round_whom_it_asked_and_the_days_it_gave(cast: Cast) -> None:
    colleague = person("Vera", cast.justice, Role.REVIEWER)
    plans = [
        Plan((Respondent(cast.interior), Respondent(cast.health, cast.outsider))),
        Plan((Respondent(cast.justice, colleague),), days=33),
        Plan(),
    ]
    review = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    # The country makes the shared procedure its own while the round runs: the next one is by that.
    shared = cast.procedure
    own = change_procedure(
        cast.coordinator,
        shared,
        cast.country,
        "Joint",
        shared.copy()["stages"],
        active=True,
        seen=seen_of(shared),
    )
    reopen(cast.coordinator, review, "It was returned.")
    form = opened(cast)
    assert form["procedure"] == own and form["procedures"][0] != own
    assert asked_in(form, 1) == {cast.interior.pk: None, cast.health.pk: cast.outsider.pk}
    assert asked_in(form, 2) == {cast.justice.pk: colleague.pk} and form["stages"][1].days == 33
    assert (
        b"no longer available"
        not in client_of(cast.coordinator).get(to("coordinate:start", cast.edition.pk)).content
    )
    # Another procedure is as it proposes itself.
    other = opened(cast, procedure="urgent")
    assert other["procedure"].key == "urgent" and other["stages"][1].days == 3


def test_a_number_of_days_that_the_procedure_says_since_is_not_the_old_one(
    cast: Cast, review: Review
) -> None:
    procedure = cast.procedure
    stages = procedure.copy()["stages"]
    stages[1]["days"] = 4
    Procedure.objects.filter(pk=procedure.pk).update(stages=stages)
    reopen(cast.coordinator, review, "Again.")
    assert opened(cast)["stages"][1].days == 4


def test_a_procedure_that_can_be_chosen_no_more_is_named(cast: Cast, review: Review) -> None:
    reopen(cast.coordinator, review, "Again.")
    Procedure.objects.filter(key="joint-order").update(active=False)
    response = client_of(cast.coordinator).get(to("coordinate:start", cast.edition.pk))
    said = "“Operating procedures by a joint order”, which is no longer available"
    assert said in response.content.decode()


def test_it_begins_where_the_last_round_came_to_and_folds_what_stays_passed(cast: Cast) -> None:
    review = locked(cast, open_review(cast))
    reopen(cast.coordinator, review, "One more change.")
    form = opened(cast)
    page = page_of(cast.coordinator, to("coordinate:start", cast.edition.pk))
    assert [stage.order for stage in form["beginnings"]] == [1, 2, 3] and form["begin"] == 3
    assert '<option value="3" selected>' in page
    assert '<details class="earlier" data-stage="1"><summary>' in page and 'data-stage="3"' not in page
    assert "the text cannot be changed during the review" in page.split("data-locked>")[-1]
    # Whom the stages asked that were kept twice is remembered too.
    again = start_review(
        cast.coordinator,
        cast.edition,
        Procedure.objects.get(pk=form["procedure"].pk),
        [stage.plan for stage in form["stages"]],
        3,
    )
    reopen(cast.coordinator, again, "And another.")
    assert asked_in(opened(cast), 1) == {cast.interior.pk: cast.goran.pk, cast.social.pk: cast.biljana.pk}


def test_a_reason_for_an_older_translation_is_asked_only_where_the_text_is_locked(cast: Cast) -> None:
    Instrument.objects.filter(pk=cast.edition.instrument_id).update(authentic_languages=["mk", "en"])
    LanguageVersion.objects.filter(edition=cast.edition).update(authentic=True)
    review = begin(cast)
    sign(cast.goran, seat_in(review, 1, cast.interior))
    sign(cast.teuta, seat_in(review, 2, cast.justice), "return", "Not so.")
    cast.change(0, "Изменет.")
    client = client_of(cast.coordinator)
    page = client.get(to("coordinate:start", cast.edition.pk))
    # The returned opinion and the consultation before it are open: nothing is submitted by beginning with
    # them.
    assert [stage.order for stage in page.context["beginnings"]] == [1, 2] and page.context["older"]
    assert 'name="although"' not in page.content.decode()
    urgent = client.get(to("coordinate:start", cast.edition.pk) + "?procedure=urgent").content.decode()
    assert 'name="although"' in urgent and "<div data-locked>" in urgent


def test_the_form_says_what_silence_means_and_how_many_it_takes(cast: Cast) -> None:
    stages = Procedure.objects.get(key="urgent").copy()["stages"]
    stages[0] |= {"quorum": "2", "least": 1}
    Procedure.objects.filter(key="urgent").update(stages=stages)
    address = to("coordinate:start", cast.edition.pk) + "?procedure=urgent"
    page = page_of(cast.coordinator, address)
    assert page.count("No answer by the deadline counts as agreement.") == 2
    assert (
        "Choose at least 2 institutions. The text moves to the next stage when 2 institutions agree." in page
    )
    assert page.count("Working days allowed") == 1 and "Days allowed" in page
    joint = page_of(cast.coordinator, address.replace("urgent", "joint-order"))
    assert "counts as agreement" not in joint


WROTE = "(author of this text)"
ALL = "All reviewers of this institution are authors of this text, so the institution cannot answer."


def start_page(cast: Cast) -> str:
    return client_of(cast.coordinator).get(to("coordinate:start", cast.edition.pk)).content.decode()


def test_an_institution_whose_reviewers_all_wrote_says_so(cast: Cast, review: Review) -> None:
    reopen(cast.coordinator, review, "Words.")
    assert WROTE not in start_page(cast) and ALL not in start_page(cast)
    enter_role(cast.teuta, cast.commission, Role.DRAFTER)
    cast.change(0, "Социјалниот работник одлучува во рок од 12 часа.", by=cast.teuta)
    page = start_page(cast)
    assert f"Teuta {WROTE}" in page
    # In both stages that ask institutions, each with the way to another reviewer.
    assert page.count(ALL) == 2 and page.count(f"?institution={cast.justice.pk}&amp;role=reviewer") == 2
    person("Arben", cast.justice, Role.REVIEWER)
    page = start_page(cast)
    assert ALL not in page and page.count(f"Teuta {WROTE}") == 2
    assert (
        page.count("Teuta, the previous reviewer, is an author of this text and cannot answer for it.") == 1
    )
