"""The coordinator asks somebody else of an institution."""

from __future__ import annotations

import pytest
from django.http import Http404

from audit.models import Entry
from audit.verify import problems
from documents.actions.errors import ActionError
from documents.choices import Classification, CommentOutcome
from mail.models import Message
from people.access import may
from people.actions.invite import enter_role
from people.models import Membership, User
from people.roles import Role, Verb
from tests.support.factories import narrow
from tests.support.reviews import Cast, client_of, make_cast, page_of, person, seat_of, sign, to
from tests.support.tampering import unguarded
from workflows.actions.ask_another import ask_another
from workflows.actions.comments import answer_comment, write_comment
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.choices import Delegation
from workflows.models import Review, Seat, Stage


@pytest.fixture
def vera(cast: Cast) -> User:
    return person("Vera", cast.interior, Role.REVIEWER)


def test_the_other_answers_and_the_former_is_told(cast: Cast, review: Review, vera: User) -> None:
    Message.objects.all().delete()
    client = client_of(cast.coordinator)
    page = client.get(to("coordinate:review", review.pk)).content.decode()
    assert page.count("Choose another reviewer<") == 1 and f'<option value="{vera.pk}">Vera' in page
    seat = seat_of(review, cast.interior)
    data = {"seat": seat.pk, "person": vera.pk}
    page = client.post(to("coordinate:ask", review.pk), data, follow=True).content.decode()
    assert "Vera will now answer instead of Goran. Both get an e-mail." in page
    asked, former = (Message.objects.get(to=user.email) for user in (vera, cast.goran))
    assert asked.template == "asked" and f"/review/{review.pk}/?seat={seat.pk}" in asked.text
    assert former.template == "asked_another" and "Vera to answer for Ministry of Interior" in former.text
    assert not may(cast.goran, Verb.READ, review.edition) and may(vera, Verb.READ, review.edition)
    with pytest.raises(Http404):
        sign(cast.goran, seat_of(review, cast.interior))
    given = sign(vera, seat_of(review, cast.interior))
    assert given.instead_of is None
    entry = Entry.objects.get(verb="hand_over_seat")
    assert entry.thing == f"seat:{seat.pk}" and entry.detail["to"] == str(vera.actor)
    assert list(problems()) == []


def test_where_there_is_nobody_else_a_reviewer_can_be_invited(cast: Cast, review: Review) -> None:
    address, alone = (
        to("coordinate:review", review.pk),
        "This institution has no other reviewer.",
    )
    client = client_of(cast.coordinator)
    page = client.get(address).content.decode()
    assert page.count(alone) == 3 and f"?institution={cast.interior.pk}&amp;role=reviewer" in page
    form = client.get(to("people:invite") + f"?institution={cast.interior.pk}&role=reviewer").content.decode()
    assert f'<option value="{cast.interior.pk}" selected' in form and '"reviewer" selected' in form
    assert client.get(to("people:invite") + "?institution=x&role=y").status_code == 200
    delegates = to("review:delegates")
    assert "None of the reviewing institutions has another" in client.get(delegates).content.decode()
    own = page_of(cast.goran, delegates)
    assert "Your institution has no other reviewer" in own and "Invite a reviewer" not in own
    Stage.objects.filter(review=review).update(delegate=Delegation.NOBODY)
    assert alone not in client.get(address).content.decode()


def test_a_stage_that_comes_later_asks_the_other_too(cast: Cast, review: Review) -> None:
    colleague = person("Agim", cast.justice, Role.REVIEWER)
    Message.objects.all().delete()
    ask_another(cast.coordinator, seat_of(review, cast.justice), colleague)
    assert not Message.objects.exists() and not may(colleague, Verb.READ, review.edition)
    sign(cast.goran, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    assert Message.objects.filter(template="asked", to=colleague.email).exists()
    assert not Message.objects.filter(template="asked", to=cast.teuta.email).exists()
    assert list(problems()) == []


def test_where_who_is_asked_wrote_in_the_text_somebody_else_is_offered(
    cast: Cast, review: Review, vera: User
) -> None:
    reopen(cast.coordinator, review, "Words.")
    again = cast.start()
    enter_role(cast.goran, cast.commission, Role.DRAFTER)
    from documents.models import SectionChange

    SectionChange.objects.create(
        edition=cast.edition, uid=cast.uids[0], language="mk", actor=cast.goran.actor
    )
    page = page_of(cast.coordinator, to("coordinate:review", again.pk))
    assert (
        "Choose another reviewer of this institution below." in page and "in the next round</a>" not in page
    )
    ask_another(cast.coordinator, seat_of(again, cast.interior), vera)
    page = page_of(cast.coordinator, to("coordinate:review", again.pk))
    assert "Goran" not in page.partition("Choose this reviewer")[0].partition("<select")[2]


def refused(cast: Cast, review: Review, who: User, by: User | None = None) -> str:
    with pytest.raises(ActionError) as refusal:
        ask_another(by or cast.coordinator, seat_of(review, cast.interior), who)
    assert (
        Entry.objects.filter(verb="ask_another", refused=True).latest("pk").detail["why"]
        == refusal.value.code
    )
    return refusal.value.code


def test_what_can_t_be_is_refused_and_told(cast: Cast, review: Review, vera: User) -> None:
    assert refused(cast, review, cast.outsider) == refused(cast, review, cast.goran) == "no_reviewer"
    for user in (cast.coordinator, cast.drafter, cast.second):
        enter_role(user, cast.interior, Role.REVIEWER)
    assert refused(cast, review, cast.coordinator, by=cast.second) == "submitter"
    assert refused(cast, review, cast.second, by=cast.second) == "not_second"
    with pytest.raises(Http404):
        ask_another(cast.goran, seat_of(review, cast.interior), vera)
    sign(cast.goran, seat_of(review, cast.interior))
    assert refused(cast, review, vera) == "answered"
    assert "Choose another reviewer<" not in page_of(cast.coordinator, to("coordinate:review", review.pk))
    reopen(cast.coordinator, Review.objects.get(pk=review.pk), "Again.")
    assert refused(cast, review, vera) == "not_open"
    assert list(problems()) == []


def test_an_author_is_not_asked_and_a_procedure_can_say_nobody_is(cast: Cast, vera: User) -> None:
    enter_role(cast.drafter, cast.interior, Role.REVIEWER)
    cast.change(0, "Изменет.")
    review = cast.start()
    assert refused(cast, review, cast.drafter) == "author"
    Stage.objects.filter(review=review).update(delegate=Delegation.NOBODY)
    assert refused(cast, review, vera) == "no_delegates"
    assert "Choose another reviewer<" not in page_of(cast.coordinator, to("coordinate:review", review.pk))


def test_who_may_not_read_the_text_is_not_asked(db: None) -> None:
    cast = make_cast(Classification.TLP_RED)
    cast.edition.instrument.named_readers.set([cast.coordinator, cast.goran, cast.biljana, cast.teuta])
    review = cast.start()
    assert refused(cast, review, person("Vera", cast.interior, Role.REVIEWER)) == "may_not_read"


def test_where_any_reviewer_may_answer_nobody_else_is_asked(cast: Cast, review: Review, vera: User) -> None:
    seat = seat_of(review, cast.interior)
    with unguarded():
        Seat.objects.filter(pk=seat.pk).update(user=None)
    with pytest.raises(ActionError, match="can already answer"):
        ask_another(cast.coordinator, seat, vera)
    assert may(cast.goran, Verb.READ, review.edition)


def test_who_commented_reads_on_and_learns_what_became_of_it(cast: Cast, review: Review, vera: User) -> None:
    uid = cast.uids[0]
    comment = write_comment(cast.goran, review, uid, "en", "Two hours are too long.")
    seat = seat_of(review, cast.interior)
    ask_another(cast.coordinator, seat, vera)
    letter = Message.objects.get(to=cast.goran.email, template="asked_another")
    assert "you can still read the text" in letter.text and to("review:room", review.pk) in letter.text
    Message.objects.all().delete()
    assert may(cast.goran, Verb.READ, review.edition) and not may(cast.goran, Verb.SIGN_OFF, seat)
    client = client_of(cast.goran)
    page = client.get(to("review:room", review.pk)).content.decode()
    assert "Vera now answers for Ministry of Interior instead of you." in page
    assert "Two hours are too long." in page and 'id="answer"' not in page
    assert to("review:room", review.pk) in client.get(to("review:list")).content.decode()
    with pytest.raises(ActionError, match="Only Vera can give this answer"):
        sign(cast.goran, seat_of(review, cast.interior))
    answer_comment(cast.coordinator, comment, review, CommentOutcome.REJECTED, "The law says two.")
    told = Message.objects.get(to=cast.goran.email)
    assert told.template == "comment_answered"
    reply = write_comment(cast.goran, review, uid, "en", "Which law?", parent=comment)
    assert reply.institution == cast.interior
    assert list(problems()) == []
    other = Membership.objects.get(user=cast.goran, institution=cast.interior)
    other.ends = other.starts
    other.save()
    # The last role has ended, and with it the session.
    assert client.get(to("review:room", review.pk))["Location"].startswith("/en/sign-in/")


def test_who_commented_in_an_earlier_round_only_does_not_open_the_next(
    cast: Cast, review: Review, vera: User
) -> None:
    write_comment(cast.goran, review, cast.uids[0], "en", "Two hours are too long.")
    ask_another(cast.coordinator, seat_of(review, cast.interior), vera)
    reopen(cast.coordinator, review, "A slip.")
    assert not may(cast.goran, Verb.READ, review.edition)
    assert client_of(cast.goran).get(to("review:room", review.pk)).status_code == 200
    plans = [
        Plan((Respondent(cast.interior, vera), Respondent(cast.social, cast.biljana))),
        *cast.plans()[1:],
    ]
    again = start_review(cast.coordinator, cast.edition, cast.procedure, plans)
    assert client_of(cast.goran).get(to("review:room", again.pk)).status_code == 404


def test_the_list_leads_who_was_replaced_to_the_round_in_which_they_commented(
    cast: Cast, review: Review, vera: User
) -> None:
    write_comment(cast.goran, review, cast.uids[0], "en", "Two hours are too long.")
    ask_another(cast.coordinator, seat_of(review, cast.interior), vera)
    sign(vera, seat_of(review, cast.interior))
    sign(cast.biljana, seat_of(review, cast.social))
    again = restart(cast.coordinator, review, 2, "Once more.")
    page = page_of(cast.goran, to("review:list"))
    assert to("review:room", review.pk) in page and to("review:room", again.pk) not in page
    assert client_of(cast.goran).get(to("review:room", review.pk)).status_code == 200


def test_a_comment_of_a_drafter_of_whom_nothing_was_asked_opens_nothing(
    cast: Cast, review: Review, vera: User
) -> None:
    """It bears the institution for which they review, too."""
    drafts = enter_role(vera, cast.commission, Role.DRAFTER)
    assert write_comment(vera, review, cast.uids[0], "en", "Two hours.").institution == cast.interior
    client = client_of(vera)
    assert client.get(to("review:room", review.pk)).status_code == 200
    Membership.objects.filter(pk=drafts.pk).update(ends="2020-01-01")
    assert client.get(to("review:room", review.pk)).status_code == 404
    assert to("review:room", review.pk) not in client.get(to("review:list")).content.decode()
    ask_another(cast.coordinator, seat_of(review, cast.interior), vera)
    write_comment(vera, review, cast.uids[0], "en", "Four hours.")
    assert list(Seat.objects.commented_by(vera)) == [seat_of(review, cast.interior)]


def test_an_answer_that_comes_too_late_is_told_who_is_asked_now(
    cast: Cast, review: Review, vera: User
) -> None:
    seat, client = seat_of(review, cast.interior), client_of(cast.goran)
    ask_another(cast.coordinator, seat, vera)
    url, given = to("review:answer", review.pk), {"seat": seat.pk, "choice": "agree", "seen": "x"}
    page = client.post(url, given, follow=True)
    assert page.redirect_chain == [(to("review:list"), 302)]
    assert "Only Vera can give this answer." in page.content.decode()
    assert not seat_of(review, cast.interior).sign_offs.exists()
    # Whoever was never asked learns nothing, nor who may not know of the document any more.
    tina = person("Tina", cast.interior, Role.REVIEWER)
    assert (
        client_of(tina).post(url, given).status_code
        == client_of(cast.outsider).post(url, given).status_code
        == 404
    )
    assert client.post(url, given | {"seat": seat_of(review, cast.social).pk}).status_code == 404
    assert client.get(to("review:room", review.pk)).status_code == 404
    narrow(Classification.TLP_RED, cast.edition.instrument)
    assert client.post(url, given).status_code == 404


@pytest.mark.parametrize("way", ["reopened", "withdrawn", "restarted"])
def test_who_was_replaced_learns_that_the_round_ended_and_is_promised_nothing(
    cast: Cast, review: Review, vera: User, way: str
) -> None:
    write_comment(cast.goran, review, cast.uids[0], "en", "Two hours are too long.")
    ask_another(cast.coordinator, seat_of(review, cast.interior), vera)
    Message.objects.all().delete()
    if way == "reopened":
        reopen(cast.coordinator, review, "A slip.")
    elif way == "withdrawn":
        withdraw_review(cast.coordinator, review, "A slip.", text_too=False)
    else:
        restart(cast.coordinator, review, 1, "A slip.")
    (told,) = Message.objects.filter(to=cast.goran.email)
    said = {"reopened": "is open for changes", "withdrawn": "was withdrawn"}
    said["restarted"] = "restarts from an earlier stage"
    assert told.template == "round_ended" and said[way] in told.text and "A slip." in told.text
    assert Message.objects.filter(to=vera.email, template="no_longer_asked").count() == 1
    client = client_of(cast.goran)
    page = client.get(to("review:room", review.pk)).content.decode()
    said["restarted"] = "was restarted from stage 1"
    said["reopened"] = "The text was reopened on"
    assert said[way] in page and "<q>A slip.</q>" in page and "Your comments are saved." in page
    readable = may(cast.goran, Verb.READ, review.edition)
    assert (
        not readable
        and to("review:matrix", review.pk) not in page
        and "You can see the answers to them here" not in page
    )
    listed = client.get(to("review:list")).content.decode()
    assert ("the review was withdrawn" if way == "withdrawn" else "the round has ended") in listed


def test_the_answer_of_who_came_after_is_not_told_as_theirs(cast: Cast, review: Review, vera: User) -> None:
    write_comment(cast.goran, review, cast.uids[0], "en", "Two hours are too long.")
    ask_another(cast.coordinator, seat_of(review, cast.interior), vera)
    sign(vera, seat_of(review, cast.interior))
    page = page_of(cast.goran, to("review:list"))
    assert "you commented" in page and "Agree" not in page


def test_of_a_stage_that_has_not_begun_nobody_is_said_to_be_told(cast: Cast, review: Review) -> None:
    other = person("Arben", cast.justice, Role.REVIEWER)
    Message.objects.all().delete()
    client = client_of(cast.coordinator)
    assert (
        "The new reviewer gets an e-mail when the stage starts."
        in client.get(to("coordinate:review", review.pk)).content.decode()
    )
    data = {"seat": seat_of(review, cast.justice).pk, "person": other.pk}
    page = client.post(to("coordinate:ask", review.pk), data, follow=True).content.decode()
    assert "Arben will answer instead of Teuta. The stage has not started yet." in page
    assert not Message.objects.exists()
