"""Everybody who had a part in a text is told once that it was adopted."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from documents.actions.adopt_edition import adopt_edition, enter_due
from documents.choices import Classification
from documents.models import Assignment, Edition
from mail.models import DigestReader, Message
from people.access import may
from people.models import Grant, Membership
from people.roles import Role, Verb
from tests.support.html import PageClient
from tests.support.reviews import Cast, act, locked, make_cast, open_review, person, seat_in, seat_of, sign
from workflows.actions.ask_another import ask_another
from workflows.actions.restart import restart
from workflows.actions.write_comment import write_comment
from workflows.models import Review
from workflows.reminders.adoption_notices import tell_of_adoptions


def told(template: str = "adopted") -> dict[str, Message]:
    """The mails by their address, once the worker has written them."""
    tell_of_adoptions()
    assert tell_of_adoptions() == 0, "once"
    found = list(Message.objects.filter(template=template))
    assert len({one.to for one in found}) == len(found), "each once"
    return {one.to: one for one in found}


def pass_all(cast: Cast, review: Review) -> None:
    for user, body in ((cast.goran, cast.interior), (cast.biljana, cast.social), (cast.teuta, cast.justice)):
        sign(user, seat_of(review, body))


def test_all_who_had_a_part_get_one_mail_in_their_language(cast: Cast) -> None:
    translator = person("Ardita", cast.commission, Role.TRANSLATOR, "sq")
    Assignment.objects.create(
        edition=cast.edition, user=translator, language="en", assigned_by=cast.coordinator
    )
    cast.change(0, "Изменет.")
    review = cast.start()
    DigestReader.objects.create(email=cast.biljana.email)
    pass_all(cast, review)
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    mails = told()
    people = (cast.goran, cast.biljana, cast.teuta, cast.drafter, cast.second, translator)
    assert set(mails) == {user.email for user in people}, "not who recorded it, nor who had no part"
    text = mails[cast.goran.email].text
    assert "adopted and is in force" in text and "Procedures" in mails[cast.goran.email].subject
    path = f"/en/i/{cast.edition.instrument.path}/1/"
    record = f"/en/review/{review.pk}/record.pdf"
    assert f"http://testserver{path}" in text and f"http://testserver{record}" in text
    client = PageClient()
    client.force_login(cast.goran)
    assert client.get(path).status_code == 200
    assert client.get(record.replace("pdf", "json")).status_code == 200
    # A translator reads no review, so there is no record for them; whoever wants one mail a day gets it with
    # that.
    assert "/sq/i/" in mails[translator.email].text and "record" not in mails[translator.email].text
    assert mails[cast.biljana.email].held and not mails[cast.goran.email].held


def test_who_was_asked_in_a_stage_that_is_kept_is_told_too(cast: Cast) -> None:
    review = locked(cast, open_review(cast))
    sign(cast.goran, seat_in(review, 3, cast.interior))
    again = restart(cast.coordinator, review, 4, "The wrong person was asked.")
    sign(cast.teuta, seat_in(again, 4, cast.justice))
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    assert {cast.goran.email, cast.biljana.email, cast.teuta.email} <= set(told())


def test_who_commented_before_somebody_else_was_asked_is_told_too(cast: Cast, review: Review) -> None:
    vera = person("Vera", cast.interior, Role.REVIEWER)
    write_comment(cast.goran, review, cast.uids[0], "en", "Two hours are too long.")
    ask_another(cast.coordinator, seat_of(review, cast.interior), vera)
    again = restart(cast.coordinator, review, 1, "Once more.")
    mail = Message.objects.get(template="round_ended")
    assert mail.to == cast.goran.email and "begins again" in mail.subject
    assert "You get a mail when the text is adopted." in mail.text
    for user, body in ((vera, cast.interior), (cast.biljana, cast.social), (cast.teuta, cast.justice)):
        sign(user, seat_of(again, body))
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    assert cast.goran.email in told()


def test_a_text_that_is_in_force_later_says_from_when(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    day = timezone.localdate() + timedelta(days=40)
    adopt_edition(cast.coordinator, cast.edition, [act()], day)
    text = told()[cast.goran.email].text
    assert "It comes into force on" in text and "From that day on it is read here:" in text
    # Until then it is read, with its record, by who answered for it.
    client = PageClient()
    client.force_login(cast.goran)
    page = client.get(f"/en/review/{review.pk}/").content.decode()
    assert "The text is being changed" not in page and "record.pdf" in page
    assert client.get(f"/en/review/{review.pk}/record.json").status_code == 200
    assert not may(cast.goran, Verb.COMMENT, Edition.objects.get(pk=cast.edition.pk))
    assert not may(cast.outsider, Verb.READ, Edition.objects.get(pk=cast.edition.pk))
    assert enter_due(timezone.localdate() + timedelta(days=41))
    assert not Grant.objects.active(timezone.localdate() + timedelta(days=1)).filter(user=cast.goran).exists()
    assert may(cast.goran, Verb.READ, Edition.objects.get(pk=cast.edition.pk))


def test_of_what_is_tlp_red_neither_title_nor_address_is_mailed(db: None) -> None:
    cast = make_cast(Classification.TLP_RED)
    readers = [cast.coordinator, cast.goran, cast.biljana, cast.teuta, cast.drafter]
    cast.edition.instrument.named_readers.set(readers)
    cast.change(0, "Изменет.")
    review = cast.start()
    pass_all(cast, review)
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    mails = told()
    assert set(mails) == {user.email for user in readers[1:]}, "the second coordinator reads nothing of it"
    for mail in mails.values():
        whole = mail.subject + mail.text
        assert "a document" in whole and "Procedures" not in whole
        assert "sop" not in whole and "record.pdf" not in whole
    assert f"/en/review/{review.pk}/" in mails[cast.goran.email].text


def test_who_works_for_nobody_any_more_is_not_told(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    Membership.objects.filter(user=cast.goran).delete()
    adopt_edition(cast.coordinator, cast.edition, [act()], act().date)
    assert cast.goran.email not in told() and cast.teuta.email in told()
