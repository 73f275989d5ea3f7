"""Nothing that looks like case data is adopted before a second person has said why it is none."""

from __future__ import annotations

import json

import pytest
from django.db import IntegrityError, transaction

from audit.models import Entry
from audit.verify import problems as trail_problems
from documents.actions import explain_case_data
from documents.actions.errors import ActionError
from documents.editions import adoption_checks
from documents.models import CaseDataAnswer, Comment, Section
from mail.models import Message
from tests.support.documents.desk.fixtures import post_json
from tests.support.factories import body
from tests.support.html import flat
from tests.support.reviews import Cast, client_of, page_of, pass_all, say, seat_of, to
from workflows.models import Review

NUMBER = "0101006500006"
REASON = "An invented number in the example of a form."


def found(cast: Cast) -> list[explain_case_data.Found]:
    return explain_case_data.find(cast.edition)


def told(cast: Cast) -> str:
    """All that the trail, mails and reasons hold."""
    entries = [json.dumps(one.detail) for one in Entry.objects.all()]
    return " ".join([*entries, *Message.objects.values_list("text", flat=True)])


def test_it_blocks_the_adoption_until_a_second_person_says_why_it_is_none(cast: Cast) -> None:
    cast.change(0, "Образец.", f"ЈМБГ {NUMBER}", by=cast.drafter)
    one = found(cast)[0]
    assert [(place.block, place.start) for place in one.places] == [(2, "ЈМБГ")]
    uid = cast.uids[0]

    # Who writes sees it next to the text.
    page = page_of(cast.drafter, to("desk:section", cast.edition.pk, uid, "mk"))
    assert "may contain case data" in page and "Paragraph 2" in page and "personal number" in page
    assert "may contain case data" not in page_of(
        cast.drafter, to("desk:section", cast.edition.pk, cast.uids[1], "mk")
    )

    # At once with Save, until it is explained or gone.
    def save(text: str) -> str:
        row = cast.edition.sections.get(uid=cast.uids[1])
        given = {"body": body("Образец", text), "expected": row.text_hash_mk}
        saved = post_json(client_of(cast.drafter), to("desk:section", cast.edition.pk, row.uid, "mk"), given)
        return str(saved.json()["case_data"])

    assert "may contain case data" in save(f"ЈМБГ {NUMBER}") and save("Образец.") == ""

    # Who may explain it gets a mail as the review starts, once for the same text, and a line on the first page.
    review = cast.start()
    mails = Message.objects.filter(template="to_explain")
    assert [one.to for one in mails] == [cast.second.email]
    assert f"/desk/{cast.edition.pk}/case-data/" in mails[0].text and NUMBER not in mails[0].text
    listed = to("desk:case_data", cast.edition.pk)
    assert "Ask a second person" in page_of(cast.drafter, listed)
    assert "Ask a second person" not in page_of(cast.second, listed), "who may explain it asks nobody"
    again = client_of(cast.drafter).post(listed, follow=True).content.decode()
    assert "already asked" in again and mails.count() == 1
    for user, sees in (
        (cast.second, True),
        (cast.goran, True),
        (cast.drafter, False),
        (cast.outsider, False),
    ):
        assert ("1 section may contain case data" in page_of(user, "/en/")) == sees, user
    pass_all(cast, review)
    refused = page_of(cast.coordinator, to("coordinate:adopt", review.pk))
    assert "1 section may contain case data." in refused
    assert to("desk:case_data", cast.edition.pk) in refused
    assert any("case data" in one for one in adoption_checks.problems(cast.edition))
    cast.edition.refresh_from_db()

    # Who wrote there, who has no part in it and who has another role can't say so.
    explain = to("desk:explain_case_data", cast.edition.pk, uid, "mk")
    for user in (cast.outsider,):
        assert client_of(user).get(explain).status_code == 404
        assert client_of(user).get(listed).status_code == 404
        assert client_of(user).post(listed).status_code == 404
    assert "A coordinator or a reviewer" in page_of(cast.drafter, explain)
    assert "or ask a second person" in flat(page_of(cast.drafter, explain))
    own = flat(page_of(cast.second, explain))
    assert "This section may contain case data." in own and "or ask a second person" not in own
    for user, code in ((cast.drafter, "not_second"), (cast.coordinator, "")):
        if code:
            with pytest.raises(ActionError) as refusal:
                explain_case_data.explain(user, cast.edition, uid, "mk", one.text_hash, REASON)
            assert refusal.value.code == code

    # A form, a page to check, and the reason stands; without one, or with the number in it, nothing does.
    client = client_of(cast.coordinator)
    assert NUMBER in client.get(explain).content.decode()  # who may read the text reads all of it
    form = {"seen": one.text_hash, "reason": REASON}
    for wrong in ("", f"It is {NUMBER}."):
        answer = client.post(explain, form | {"reason": wrong, "answers": "confirmed"})
        assert answer.status_code == 422
    assert "Check your reason" in client.post(explain, form).content.decode()
    assert client.post(explain, form | {"answers": "confirmed"}).status_code == 302
    reason = CaseDataAnswer.objects.get()
    assert (reason.person, reason.reason, reason.kinds) == (cast.coordinator, REASON, ["person_number"])
    assert REASON in client.get(listed).content.decode()
    assert adoption_checks.problems(cast.edition) == []
    assert "may contain" not in page_of(cast.coordinator, to("coordinate:adopt", review.pk))
    with pytest.raises(ActionError, match="already explained"):
        explain_case_data.explain(cast.second, cast.edition, uid, "mk", one.text_hash, REASON)

    entry = Entry.objects.get(verb="no_case_data", refused=False)
    assert entry.detail["kinds"] == ["person_number"] and entry.detail["sha256"] == one.text_hash
    assert NUMBER not in told(cast)
    assert list(trail_problems()) == []
    assert "explained why a text holds no case data" in flat(page_of(cast.coordinator, to("audit:trail")))


def test_a_changed_text_asks_again_and_the_database_takes_no_answer_of_its_writer(cast: Cast) -> None:
    cast.change(0, f"ЈМБГ {NUMBER}")
    one = found(cast)[0]
    explain_case_data.explain(cast.second, cast.edition, one.uid, "mk", one.text_hash, REASON)
    assert not explain_case_data.unanswered(cast.edition)
    cast.change(0, f"ЈМБГ {NUMBER}, Скопје")
    assert [one.uid for one in explain_case_data.unanswered(cast.edition)] == [cast.uids[0]]
    with pytest.raises(ActionError, match="changed since"):
        explain_case_data.explain(cast.second, cast.edition, one.uid, "mk", one.text_hash, REASON)

    # The number of a section is looked through too; a reason for its text is none for its number.
    Section.objects.filter(edition=cast.edition, uid=cast.uids[1]).update(label_mk=NUMBER)
    by_hand = next(one for one in found(cast) if one.uid == cast.uids[1])
    assert by_hand.label == "" and by_hand.places[0].block == 0 and by_hand.answer is None
    assert "may contain case data" in page_of(
        cast.drafter, to("desk:section", cast.edition.pk, cast.uids[1], "mk")
    )
    explain_case_data.explain(cast.second, cast.edition, by_hand.uid, "mk", by_hand.text_hash, REASON)
    Section.objects.filter(edition=cast.edition, uid=cast.uids[1]).update(label_mk=f"{NUMBER} a")
    assert by_hand.uid in [one.uid for one in explain_case_data.unanswered(cast.edition)]

    answer = CaseDataAnswer.objects.first()
    assert answer is not None
    for change in (
        lambda: CaseDataAnswer.objects.create(
            edition=cast.edition, uid=one.uid, language="mk", text_hash="f" * 64, person=cast.second
        ),
        lambda: CaseDataAnswer.objects.update(reason="other"),
        lambda: answer.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_titles_warn_before_they_are_saved_and_are_in_no_mail(cast: Cast) -> None:
    client, titles = client_of(cast.coordinator), to("desk:titles", cast.edition.pk)
    given = dict.fromkeys(cast.edition.instrument.languages, f"Упатство {NUMBER}")
    assert "This may be case data" in client.post(titles, given).content.decode()
    assert NUMBER in client.post(titles, given | {"answers": "change"}).content.decode()
    cast.edition.refresh_from_db()
    assert NUMBER not in cast.edition.title_mk
    assert client.post(titles, given | {"answers": "confirmed"}).status_code == 302
    cast.change(0, f"ЈМБГ {NUMBER}", by=cast.drafter)
    asked = client.post(to("desk:case_data", cast.edition.pk), follow=True).content.decode()
    assert "The coordinators get an e-mail." in asked
    mail = Message.objects.get(template="to_explain")
    assert "a document" in mail.subject and NUMBER not in mail.subject + mail.text + mail.html

    # As a section does, a title blocks the adoption until somebody who did not write it says why it is none.
    cast.edition.refresh_from_db()
    title = next(one for one in found(cast) if one.uid == explain_case_data.TITLE and one.language == "mk")
    place = to("desk:explain_case_data", cast.edition.pk, title.uid, "mk")
    form = {"seen": title.text_hash, "reason": REASON, "answers": "confirmed"}
    n = len(explain_case_data.unanswered(cast.edition))
    assert "You wrote in this section" in client.get(place).content.decode()
    assert client.post(place, form).status_code == 422
    second = client_of(cast.second)
    assert NUMBER in second.get(place).content.decode()
    assert second.post(place, form).status_code == 302
    assert len(explain_case_data.unanswered(cast.edition)) == n - 1
    assert client.post(titles, given | {"mk": f"Друго {NUMBER}", "answers": "confirmed"}).status_code == 302
    cast.edition.refresh_from_db()
    assert len(explain_case_data.unanswered(cast.edition)) == n and NUMBER not in told(cast)
    assert "Title" in flat(page_of(cast.coordinator, to("audit:trail")))


def test_comments_and_answers_warn_before_they_are_saved(cast: Cast, review: Review) -> None:
    goran, text = client_of(cast.goran), f"The person {NUMBER} was referred."
    comment = to("review:comment", review.pk)
    form = {"uid": cast.uids[0], "text": text}
    assert "This may be case data" in goran.post(comment, form).content.decode()
    assert not Comment.objects.exists()
    again = goran.post(comment, form | {"answers": "change"}).content.decode()
    assert text in again and not Comment.objects.exists()
    assert goran.post(comment, form | {"answers": "confirmed"}).status_code == 302
    assert Comment.objects.get().text == text

    first = say(cast, review)
    reply = to("review:reply", review.pk, first.pk)
    assert "This may be case data" in goran.post(reply, {"text": text}).content.decode()
    assert text in goran.post(reply, {"text": text, "answers": "change"}).content.decode()
    assert goran.post(reply, {"text": text, "answers": "confirmed"}).status_code == 302

    elena, decide = client_of(cast.coordinator), to("review:decide", review.pk, first.pk)
    given = {"outcome": "rejected", "answer": text, "seen": ""}
    assert "This may be case data" in elena.post(decide, given).content.decode()
    assert elena.post(decide, given | {"answers": "confirmed"}).status_code == 302
    assert Comment.objects.get(pk=first.pk).outcome_text == text
    seat = seat_of(review, cast.interior)
    signed = {"seat": seat.pk, "choice": "return", "reason": text, "seen": seat.stage.review.manifest.sha256}
    assert (
        seat.pk and "May be case data" in goran.post(to("review:answer", review.pk), signed).content.decode()
    )
    assert NUMBER not in told(cast)
