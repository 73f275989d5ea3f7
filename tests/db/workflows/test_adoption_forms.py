"""The form of an adoption: its acts, their dates and signed files."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone

from audit.models import Entry
from audit.verify import problems
from documents.actions.manage_uploads import forget_uploads
from documents.actions.record_corrigendum import propose_corrigendum
from documents.choices import State
from documents.display.acts import describe_act
from documents.editions import blobs
from documents.models import AdoptionAct, BlobUse, LanguageVersion
from people.roles import Role
from proposals.models import Proposal
from tests.support.documents.following import Cast as Following
from tests.support.documents.following import approved, no_review
from tests.support.documents.following import cast as following
from tests.support.factories import make_person
from tests.support.reviews import Cast, act_form, client_of, page_of, pass_all, pdf, say, seat_of, sign, to
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure, Review
from workflows.pages.coordinator.adopt import _signed_on
from workflows.pages.coordinator.forms import LanguagesForm, ready
from workflows.procedures.deadlines import day_there
from workflows.reminders.deadlines import take_silence_as_assent


@pytest.fixture
def address(cast: Cast, review: Review) -> str:
    pass_all(cast, review)
    return to("coordinate:adopt", review.pk)


def second(n: int = 1, **other: object) -> dict[str, object]:
    first = {name: value for name, value in act_form().items() if name.startswith("act0-")}
    del first["act0-signed"]
    return {name.replace("act0", f"act{n}"): value for name, value in first.items()} | other


def shown(page: str) -> dict[str, str]:
    """The numbers of the acts that the page shows."""
    return dict(re.findall(r'name="(act\d-number)" value="([^"]*)"', page))


def test_an_act_that_was_added_once_too_often_is_taken_away_and_the_others_stay(
    cast: Cast, address: str
) -> None:
    client = client_of(cast.coordinator)
    page = client.post(address, act_form() | {"another": "1"}).content.decode()
    assert (
        page.count('name="away"') == 2
        and "act.pdf is saved" in page
        and "An act that you leave empty is ignored." in page
    )
    token = re.search(r'name="act0-kept" value="([^"]+)"', page)
    assert token
    three = act_form() | {"act0-signed": "", "act0-kept": token[1], "acts": "3"}
    three |= second(1, **{"act1-number": "41"}) | second(
        2, **{"act2-number": "42", "act2-signed": pdf("third.pdf")}
    )
    page = client.post(address, three | {"away": "1"}).content.decode()
    assert shown(page) == {"act0-number": "40-1/2026", "act1-number": "42"}
    assert "act.pdf is saved" in page and "third.pdf is saved" in page and 'name="acts" value="2"' in page
    page = client.post(address, three | {"away": "0"}).content.decode()
    assert shown(page) == {"act0-number": "41", "act1-number": "42"} and "act.pdf is saved" not in page
    # The last one stays, and what is no number of an act takes nothing away.
    for odd in ("7", "x", ""):
        assert len(shown(client.post(address, three | {"away": odd}).content.decode())) == 3
    assert client.post(address, act_form() | {"away": "0"}).content.decode().count('name="act0-number"') == 1
    assert not AdoptionAct.objects.exists()


@pytest.mark.parametrize("empty", [0, 1])
def test_an_act_that_is_left_empty_is_passed_over(cast: Cast, address: str, empty: int) -> None:
    client = client_of(cast.coordinator)
    page = client.post(address, act_form() | {"another": "1"}).content.decode()
    assert "required" not in page.partition('name="act1-body"')[2].partition(">")[0]
    form: dict[str, Any] = {
        "valid_from": "2026-02-01",
        "answers": "confirmed",
        "acts": "2",
        f"act{empty}-kind": "ministers_order",
        "antedated": "2026-01-15",
    }
    form |= second(1 - empty)
    assert client.post(address, form).status_code == 302
    assert AdoptionAct.objects.get().number == "40-1/2026"


def test_a_single_act_that_is_empty_is_refused(cast: Cast, address: str) -> None:
    response = client_of(cast.coordinator).post(address, {"acts": "2", "act1-kind": "ministers_order"})
    assert response.status_code == 400 and not AdoptionAct.objects.exists()


def test_not_now_asks_before_it_loses_what_was_typed(cast: Cast, address: str, review: Review) -> None:
    client = client_of(cast.coordinator)
    page = client.post(address, act_form() | {"leave": "1"}).content.decode()
    assert "Your entries are not recorded yet." in page and "Leave without recording" in page
    assert shown(page) == {"act0-number": "40-1/2026"} and "act.pdf is saved" in page
    assert "Your entries" in client.post(address, {"leave": "1", "valid_from": "2026-02-01"}).content.decode()
    nothing = client.post(address, {"leave": "1", "acts": "1", "act0-kind": "ministers_order"})
    assert nothing.status_code == 302 and nothing["Location"] == to("coordinate:review", review.pk)
    assert not AdoptionAct.objects.exists()


def test_enter_records_nothing_and_a_refusal_is_said_at_the_head_and_at_its_field(
    cast: Cast, address: str
) -> None:
    client = client_of(cast.coordinator)
    page = client.post(address, act_form() | {"same": "1"}).content.decode()
    assert shown(page) == {"act0-number": "40-1/2026"} and not AdoptionAct.objects.exists()
    assert page.index('name="same"') < page.index('name="another"')
    said = "The date of entry into force can&#x27;t be before the date of the act."
    page = client.post(address, act_form(valid_from="2026-01-01")).content.decode()
    assert page.count(said) == 2 and page.count("There is a problem") == 1


TODAY = timezone.localdate()


def dated(day: date, **other: object) -> dict[str, object]:
    form = act_form(**{"act0-date": day.isoformat(), "act0-published": "", "valid_from": TODAY.isoformat()})
    del form["antedated"]
    return form | other


@pytest.fixture
def signed(cast: Cast, review: Review) -> Review:
    pass_all(cast, review)
    return review


def test_an_act_before_the_sign_offs_is_asked_and_taken_when_confirmed(cast: Cast, signed: Review) -> None:
    client, address = client_of(cast.coordinator), to("coordinate:adopt", signed.pk)
    before = TODAY - timedelta(days=6)
    assert "id_antedated" not in client.get(address).content.decode()
    asked = client.post(address, dated(before))
    page = asked.content.decode()
    assert asked.status_code == 409 and "Is this date correct?" in page
    assert "The last sign-off was given on" in page and '<a href="#id_antedated">' in page
    assert "act.pdf is saved" in page, "nothing that was typed or chosen is lost"
    assert not AdoptionAct.objects.exists() and not Entry.objects.filter(verb="adopt").exists()
    # A tick for another date confirms nothing.
    other = (before - timedelta(days=1)).isoformat()
    assert client.post(address, dated(before, antedated=other)).status_code == 409
    assert client.post(address, dated(before, antedated=before.isoformat())).status_code == 302
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_FORCE and AdoptionAct.objects.get().date == before
    told = Entry.objects.get(verb="adopt")
    assert told.detail["antedated"] == [before.isoformat()]
    trail = client.get("/en/audit/").content.decode()
    assert "Act dated before the sign-offs (confirmed)" in trail
    assert list(problems()) == []


def test_an_act_of_the_day_of_the_last_sign_off_is_taken_unasked(cast: Cast, signed: Review) -> None:
    client = client_of(cast.coordinator)
    assert client.post(to("coordinate:adopt", signed.pk), dated(TODAY)).status_code == 302
    assert "antedated" not in Entry.objects.get(verb="adopt").detail


def test_what_else_is_wrong_is_said_with_the_question(cast: Cast, signed: Review) -> None:
    before = TODAY - timedelta(days=6)
    early = (before - timedelta(days=1)).isoformat()
    form = dated(before, valid_from=early)
    page = client_of(cast.coordinator).post(to("coordinate:adopt", signed.pk), form).content.decode()
    assert "Is this date correct?" in page and "be before the date of the act" in page
    form = dated(before, valid_from=early, antedated=before.isoformat())
    page = client_of(cast.coordinator).post(to("coordinate:adopt", signed.pk), form).content.decode()
    assert "be before the date of the act" in page and f'value="{before.isoformat()}" checked' in page


def test_the_question_is_asked_in_the_language_of_the_reader(cast: Cast, signed: Review) -> None:
    cast.coordinator.language = "mk"
    cast.coordinator.save(update_fields=["language"])
    address = to("coordinate:adopt", signed.pk).replace("/en/", "/mk/")
    page = client_of(cast.coordinator).post(address, dated(TODAY - timedelta(days=6))).content.decode()
    assert "г. Дали тој датум е точен?" in page and "Is this date correct?" not in page
    assert "г.." not in page, "a date ends in a dot there"


def test_of_several_acts_each_that_is_early_is_asked(cast: Cast, signed: Review) -> None:
    before = TODAY - timedelta(days=6)
    form = dated(before, acts="2")
    form |= {key.replace("act0", "act1"): value for key, value in form.items() if key.startswith("act0-")}
    form |= {"act1-date": TODAY.isoformat(), "act1-number": "41-1/2026", "act1-signed": ""}
    page = client_of(cast.coordinator).post(to("coordinate:adopt", signed.pk), form).content.decode()
    assert page.count("Is this date correct?") == 2, "at the head and beside the tick, of one act"
    assert "Act no. 40-1/2026 has the date" in page and "Act no. 41-1/2026 has the date" not in page


def test_silence_that_was_taken_as_assent_is_a_sign_off_too(cast: Cast) -> None:
    """An act of the day of the last vote is asked about where others assented by silence after it."""
    stages = [{"kind": "sign_off", "silence": "assent"}, {"kind": "adoption"}]
    procedure = Procedure.objects.create(key="mk-s", name="s", stages=stages)
    asked = Plan((Respondent(cast.interior, cast.goran), Respondent(cast.social, cast.biljana)))
    review = start_review(cast.coordinator, cast.edition, procedure, [asked, Plan()])
    sign(cast.goran, seat_of(review, cast.interior))
    later = timezone.now() + timedelta(days=60)
    assert take_silence_as_assent(later)
    day, words = _signed_on(review)
    assert day == day_there(later, review.zone) and words.startswith(
        "The last missing answer was counted as agreement on"
    )


pytestmark = pytest.mark.django_db
__all__ = ["following", "no_review"]


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields of a page, by name."""
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def test_a_signed_file_outlives_a_refused_form(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    refused = client.post(address, act_form(valid_from="2026-01-01"))
    page = refused.content.decode()
    assert refused.status_code == 409 and "act.pdf is saved" in page
    assert (
        '<a href="#id_valid_from">The date of entry into force can' in page
        and 'id="id_valid_from_error"' in page
    )
    assert 'value="08-1234/1"' in page
    again = {name: value for name, value in act_form().items() if name != "act0-signed"}
    token = {"act0-kept": fields_of(page)["act0-kept"]}
    # Another person's token, and a forgotten one, do not pass in silence.
    other = client_of(cast.second).post(address, again | token)
    assert other.status_code == 400 and "Choose it again, or tick the box below" in other.content.decode()
    assert client.post(address, again | {"act0-kept": "-"}).status_code == 400
    assert not AdoptionAct.objects.exists()
    case = {"act0-body": "Влада, ЈМБГ 0101006500006", "answers": ""}
    assert "May be case data" in client.post(address, again | token | case).content.decode()
    assert not AdoptionAct.objects.exists()
    client.post(address, again | token)
    act = AdoptionAct.objects.get()
    assert act.signed_file is not None and blobs.read(act.signed_file) == pdf().read()
    assert BlobUse.objects.get(blob=act.signed_file).name == "act.pdf"


def test_a_refused_signed_file_is_left_out_only_by_a_tick(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    page = client.post(address, act_form(**{"act0-signed": pdf(data=b"MZ a program")})).content.decode()
    again = {name: value for name, value in act_form().items() if name != "act0-signed"} | {
        "act0-kept": fields_of(page)["act0-kept"]
    }
    assert client.post(address, again).status_code == 400
    assert "Record the act without its signed file" in client.post(address, again).content.decode()
    client.post(address, again | {"act0-without": "on"})
    assert AdoptionAct.objects.get().signed_file is None


def test_another_act_keeps_the_signed_file_of_the_first(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    page = client.post(address, act_form() | {"another": "1"}).content.decode()
    assert "act.pdf is saved" in page
    first = {name: value for name, value in act_form().items() if name != "act0-signed"}
    second = {name.replace("act0", "act1"): value for name, value in first.items() if name.startswith("act0")}
    kept = {"act0-kept": fields_of(page)["act0-kept"]}
    client.post(address, first | second | kept | {"acts": "2", "act1-number": "41-1/2026"})
    assert {act.number: act.signed_file is not None for act in AdoptionAct.objects.all()} == {
        "40-1/2026": True,
        "41-1/2026": False,
    }


def test_a_prior_adoption_keeps_its_signed_file_and_forgets_it_in_time(cast: Cast) -> None:
    client, address = client_of(cast.coordinator), to("coordinate:prior", cast.edition.pk)
    page = client.post(address, act_form(valid_from="tomorrow")).content.decode()
    again = {name: value for name, value in act_form().items() if name != "act0-signed"} | {
        "act0-kept": fields_of(page)["act0-kept"]
    }
    assert forget_uploads() == 0
    client.post(address, again)
    assert Proposal.objects.get().values["signed_file"]
    with override_settings(KODEKS_UPLOAD_DAYS=-1):
        assert forget_uploads() >= 1 and forget_uploads() == 0


def test_a_corrigendum_and_a_further_language_keep_it_too(following: Following) -> None:
    edition, coordinator = following["edition"], client_of(following["coordinator"])
    again = {name: value for name, value in act_form().items() if name != "act0-signed"}
    uid = edition.sections.first().uid
    one = propose_corrigendum(
        following["coordinator"], edition, uid, "mk", "Текст", "Друг текст", "Погрешно."
    )
    approved(following, "sq")
    second = client_of(make_person(Role.COORDINATOR, edition.instrument.owner))
    for client, address in (
        (second, f"/en/desk/corrigenda/{one.pk}/"),
        (coordinator, f"/en/desk/{edition.pk}/versions/sq/adopt/"),
    ):
        wrong = client.post(address, act_form(**{"act0-date": "2200-01-01", "act0-published": ""}))
        page = wrong.content.decode()
        assert wrong.status_code == 409 and 'id="id_act0-date_error"' in page
        client.post(address, again | {"act0-kept": fields_of(page)["act0-kept"]})
    assert one.acts.get().signed_file is not None
    assert AdoptionAct.objects.latest("pk").signed_file is not None


def test_the_adoption_is_recorded(cast: Cast, review: Review) -> None:
    client = client_of(cast.coordinator)
    address = to("coordinate:adopt", review.pk)
    early = client.get(address)
    assert "has not ended yet" in early.content.decode() and "act0-body" not in early.content.decode()
    assert client.post(address, act_form()).status_code == 409
    assert not AdoptionAct.objects.exists()
    pass_all(cast, review)
    assert "act0-body" in client.get(address).content.decode()
    for wrong, said in (
        ({"act0-signed": pdf(data=b"MZ a program")}, "not a PDF"),
        ({"act0-number": ""}, "required"),
        ({"valid_from": "tomorrow"}, "Enter a real date"),
        ({"act0-gazette_year": "26"}, "greater than or equal"),
    ):
        response = client.post(address, act_form(**wrong))
        assert response.status_code == 400 and said in response.content.decode()
    before = client.post(address, act_form(valid_from="2026-01-01"))
    assert before.status_code == 409 and "be before the date of the act" in before.content.decode()
    early = client.post(address, act_form(**{"act0-published": "2026-01-14"}))
    assert early.status_code == 409 and "must be on or after the date of the act" in early.content.decode()
    done = client.post(address, act_form(), follow=True)
    assert "The text is in force" in done.content.decode()
    cast.edition.refresh_from_db()
    act = AdoptionAct.objects.get()
    assert cast.edition.state == State.IN_FORCE and act.gazette_year == 2026
    said = describe_act(act)
    assert "protocol no. 08-1234/1, session no. 83, Official Gazette 7/2026, published on" in said
    read = client.get(f"/en/i/{cast.edition.instrument.path}/").content.decode()
    assert said in read
    assert act.signed_file is not None and act.edition_sha256 == review.manifest.sha256
    assert client.post(address, act_form()).status_code == 409
    assert AdoptionAct.objects.count() == 1


def test_a_file_of_more_than_20_mb_is_refused(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    big = pdf(data=b"%PDF-" + b"0" * (20 * 1024 * 1024))
    response = client_of(cast.coordinator).post(
        to("coordinate:adopt", review.pk), act_form(**{"act0-signed": big})
    )
    assert response.status_code == 400 and "larger than 20 MB" in response.content.decode()
    assert not AdoptionAct.objects.exists()


def test_a_prior_adoption_takes_two_people(cast: Cast) -> None:
    first, second = client_of(cast.coordinator), client_of(cast.second)
    propose = to("coordinate:prior", cast.edition.pk)
    unsigned = {name: value for name, value in act_form().items() if name != "act0-signed"}
    assert first.post(propose, unsigned).status_code == 400
    first.post(propose, act_form())
    decide = first.get(propose)["Location"]
    assert "somebody else must confirm" in first.get(decide).content.decode()
    assert first.post(decide, {"decision": "confirm"}).status_code == 404
    assert "Awaiting confirmation" in second.get(to("coordinate:desk")).content.decode()
    assert "Compare the signed file with the text" in second.get(decide).content.decode()
    second.post(decide, {"decision": "confirm"})
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.IN_FORCE and cast.edition.recorded


def test_a_prior_adoption_is_refused_with_a_reason(cast: Cast) -> None:
    case = {"act0-session": "ЈМБГ 0101006500006"}
    client_of(cast.coordinator).post(to("coordinate:prior", cast.edition.pk), act_form(**case))
    decide = to("proposals:decide", Proposal.objects.get().pk)
    assert "May be case data" in page_of(cast.second, decide)
    client_of(cast.second).post(decide, {"decision": "refuse", "reason": "Another file."})
    assert Proposal.objects.get().decided_by == cast.second and not Proposal.objects.get().confirmed
    cast.edition.refresh_from_db()
    assert cast.edition.state == State.DRAFT


def test_the_adoption_form_says_how_much_of_a_language_is_up_to_date(cast: Cast, review: Review) -> None:
    pass_all(cast, review)
    page = page_of(cast.coordinator, to("coordinate:adopt", review.pk))
    said = re.findall(r"(?:authentic|translation), (\d of \d) sections up to date", page)
    assert said and said == [ready(cast.edition, code)[:6] for code in LanguagesForm(cast.edition).others]


def test_the_page_before_the_adoption_says_what_the_act_does_and_repeats_each_warning(cast: Cast) -> None:
    instrument = cast.edition.instrument
    instrument.authentic_languages = ["mk", "en"]
    instrument.save()
    LanguageVersion.objects.filter(edition=cast.edition, language="en").update(authentic=True)
    cast.change(0, "Во рок од 12 часа.")
    started = start_review(
        cast.coordinator, cast.edition, cast.procedure, cast.plans(), behind_because="English follows."
    )
    pass_all(cast, started)
    say(cast, started, quote="", suggestion="")
    address, client = to("coordinate:adopt", started.pk), client_of(cast.coordinator)

    def sent(**more: object) -> tuple[int, str]:
        known = {"choose": "1", "languages": ["en"], "answers": "", "because": "It is law."}
        response = client.post(address, act_form(**(known | more)), follow=True)
        return response.status_code, re.sub(r"\s+", " ", response.content.decode())

    status, refused = sent(because="")
    assert status == 409 and 'href="#id_because"' in refused
    _status, checked = sent()
    for words in (
        "<dt>Adopted now</dt><dd>Македонски<br>English, 2 of 3 sections up to date</dd>",
        "<dd>It is law.</dd>",
        "1 comment is unanswered. You cannot answer it once the adoption is recorded.",
        "The last sign-off was given on",
    ):
        assert words in checked, words
    assert "Adopted or checked later" not in checked
    _status, left = sent(languages=[])
    assert "Adopted or checked later" in left and "<dd>It is law." not in left
    assert not AdoptionAct.objects.exists()
    _status, done = sent(answers="confirmed")
    assert "adopted although these languages were out of date: English. Reason: It is law." in done
