"""The desk's pages at work: what is listed, created, moved, assigned, taken in, classified."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Entry
from documents.actions.assign import assign
from documents.actions.errors import Locked
from documents.actions.save_section import save_section
from documents.actions.set_titles import set_titles
from documents.actions.submit_edition import submit_edition
from documents.choices import Classification, State
from documents.editions.text_storage import load_tree
from documents.models import Assignment, Edition, Instrument, Section
from documents.pages.desk.forms import slug_of
from mail.models import Message
from people.models import Membership
from people.roles import Role
from tests.support.documents.desk.fixtures import UID, UID2, UID3, As, Desk, new_document
from tests.support.factories import body, make_draft, make_in_force, make_institution, make_person, narrow
from tests.support.reviews import CONFIRMED

# My work


def test_a_translator_is_told_what_to_translate_and_by_when(desk: Desk, as_: As) -> None:
    Assignment.objects.update(due=timezone.localdate() + timedelta(days=10))
    desk.save("mk", body("Цел", "Друго."), UID2)
    page = as_(desk.translator).get("/en/desk/")
    html = page.content.decode()
    assert "1 section to translate: Shqip" in html
    assert "10 days left" in html
    assert f"/en/desk/{desk.edition.pk}/s/{UID2}/sq/" in html
    assert "Македонски</h3>" not in html


def test_a_drafter_is_told_which_sections_have_no_text_yet(desk: Desk, as_: As) -> None:
    heading_only = body("Постапка")
    desk.save("mk", heading_only, UID3)
    html = as_(desk.drafter).get("/en/desk/").content.decode()
    assert "1 section to write" in html
    # A chapter that holds other sections needs no text of its own.
    desk.save("mk", body("Општо"))
    assert "1 section to write" in as_(desk.drafter).get("/en/desk/").content.decode()


def test_who_was_asked_for_one_section_sees_that_one(desk: Desk, as_: As) -> None:
    second = make_person(Role.TRANSLATOR, make_institution("mk-social"), languages=["en"])
    assign(desk.coordinator, desk.edition, second, "en", UID2)
    for uid in (UID, UID2):
        row = desk.row(uid)
        save_section(desk.drafter, desk.edition, uid, "mk", body("Сменето", "Друго."), row.text_hash_mk)
    html = as_(second).get("/en/desk/").content.decode()
    assert f"s/{UID2}/en/" in html
    assert f"s/{UID}/en/" not in html
    assert as_(second).get(desk.section("en", UID2)).status_code == 200
    assert as_(second).get(desk.section("en", UID)).status_code == 404


def test_pages_ask_the_database_the_same_for_few_and_for_many_sections(
    desk: Desk, as_: As, django_assert_max_num_queries: Any
) -> None:
    client = as_(desk.coordinator)
    rows = [
        Section(edition=desk.edition, position=10 + n, heading_mk=f"s{n}", text_hash_mk="x" * 64)
        for n in range(60)
    ]
    Section.objects.bulk_create(rows)
    with django_assert_max_num_queries(45):
        client.get("/en/desk/")
    with django_assert_max_num_queries(50):
        client.get(desk.url())
    with django_assert_max_num_queries(60):
        client.get(desk.section("sq"))


def test_a_drafter_reports_a_draft_as_ready_until_it_changes(desk: Desk, as_: As) -> None:
    address = desk.url("ready/")
    for who, status in ((desk.translator, 404), (desk.stranger, 404)):
        assert as_(who).post(address).status_code == status
    assert not Message.objects.filter(template="draft_ready").exists()
    drafter, coordinator = as_(desk.drafter), as_(desk.coordinator)
    assert address in drafter.get(desk.url()).content.decode()
    assert address not in coordinator.get(desk.url()).content.decode(), "who submits needs not tell"
    for _again in range(2):
        assert drafter.post(address)["Location"] == desk.url()
    mails = Message.objects.filter(template="draft_ready")
    assert [mail.to for mail in mails] == [desk.coordinator.email]
    assert Entry.objects.filter(verb="report_ready", refused=False).count() == 1
    assert "Ready for review: " in coordinator.get("/en/").content.decode()
    assert "reported this draft as ready" in drafter.get(desk.url()).content.decode()
    desk.save("mk", body("Цел", "Друго."), UID2)
    assert address in drafter.get(desk.url()).content.decode()
    assert "Ready for review: " not in coordinator.get("/en/").content.decode()


def test_a_text_in_force_leads_its_coordinator_to_what_can_be_done(db: Any, as_: As) -> None:
    edition = make_in_force()
    owner = edition.instrument.owner
    reading, page = f"/en/i/{edition.instrument.path}/1/", f"/en/desk/{edition.pk}/"
    coordinator = as_(make_person(Role.COORDINATOR, owner))
    for address in (reading, "/en/desk/"):
        assert f'href="{page}"' in coordinator.get(address).content.decode(), address
    managed = coordinator.get(page).content.decode()
    assert '<details class="others" open>' in managed and f'href="{page}repeal/"' in managed
    assert f'href="/en/i/{edition.instrument.path}/1/"' in managed
    for other in (Role.DRAFTER, Role.PRACTITIONER):
        assert page not in as_(make_person(other, owner)).get(reading).content.decode()


# New documents and editions


def test_a_new_document(desk: Desk, as_: As) -> None:
    answer = new_document(as_(desk.coordinator))
    made = Instrument.objects.get(slug="guide")
    assert answer.status_code == 302
    assert answer["Location"] == f"/en/desk/{made.editions.get().pk}/"
    assert (made.languages, made.authentic_languages, made.topics) == (["en", "mk"], ["mk"], ["children"])
    assert as_(desk.coordinator).get(answer["Location"]).status_code == 200


@pytest.mark.parametrize(
    "fields",
    [
        {"slug": "sop"},
        {"slug": "Not An Address"},
        {"title": ""},
        {"slug": "", "title": "§ – ☂"},
        {"source_language": "xx"},
        {"authentic_languages": ["hr"]},
        {"classification": "secret"},
        {"owner": 99999},
    ],
)
def test_what_is_wrong_with_a_new_document_is_said_and_nothing_kept(
    desk: Desk, as_: As, fields: dict[str, object]
) -> None:
    answer = new_document(as_(desk.coordinator), **fields)
    assert answer.status_code == 422
    assert "There is a problem" in answer.content.decode()
    assert Instrument.objects.count() == 1


def test_a_coordinator_enters_documents_of_their_own_institution_only(desk: Desk, as_: As) -> None:
    other = make_institution("rs-interior")
    assert new_document(as_(desk.coordinator), owner=other.pk).status_code == 422


def test_the_next_edition(db: Any, as_: As) -> None:
    edition = make_in_force()
    coordinator = make_person(Role.COORDINATOR, edition.instrument.owner)
    client = as_(coordinator)
    assert "Start the next edition" in client.get("/en/desk/").content.decode()
    assert "Edition 1 stays in force" in client.get(f"/en/desk/{edition.pk}/revise/").content.decode()
    answer = client.post(f"/en/desk/{edition.pk}/revise/")
    draft = Edition.objects.get(state=State.DRAFT)
    assert answer["Location"] == f"/en/desk/{draft.pk}/"
    assert load_tree(draft, "mk").sections == load_tree(edition, "mk").sections
    again = client.post(f"/en/desk/{edition.pk}/revise/", follow=True)
    assert "is already being drafted" in again.content.decode()
    assert Edition.objects.count() == 2
    drafter = make_person(Role.DRAFTER, edition.instrument.owner)
    assert as_(drafter).post(f"/en/desk/{edition.pk}/revise/").status_code == 404


# People


def test_asking_and_taking_back(desk: Desk, as_: As, mailoutbox: Any) -> None:
    client = as_(desk.coordinator)
    data = {"person": desk.drafter.pk, "language": "mk", "section": UID2, "due": "2027-01-15"}
    assert client.post(desk.url("people/"), data).status_code == 302
    made = Assignment.objects.get(user=desk.drafter)
    assert (made.language, str(made.uid), made.due) == ("mk", UID2, date(2027, 1, 15))
    assert "Dragi" in client.get(desk.url("people/")).content.decode()
    assert as_(desk.drafter).post(desk.url(f"people/{made.pk}/end/")).status_code == 404
    assert client.post(desk.url(f"people/{made.pk}/end/")).status_code == 302
    assert not Assignment.objects.filter(user=desk.drafter).exists()


def test_a_translator_is_not_asked_for_a_language_that_is_not_theirs(desk: Desk, as_: As) -> None:
    data = {"person": desk.translator.pk, "language": "en", "section": ""}
    answer = as_(desk.coordinator).post(desk.url("people/"), data)
    assert answer.status_code == 422
    assert "neither a drafter nor a translator" in answer.content.decode()


def test_strangers_can_not_be_asked(desk: Desk, as_: As) -> None:
    answer = as_(desk.coordinator).post(desk.url("people/"), {"person": desk.stranger.pk, "language": "mk"})
    assert answer.status_code == 422
    assert "Stojan" not in as_(desk.coordinator).get(desk.url("people/")).content.decode()


def test_an_assignment_of_another_draft_is_not_found(desk: Desk, as_: As) -> None:
    other = make_institution("mk-other")
    coordinator = make_person(Role.COORDINATOR, other)
    theirs = make_draft(slug="other", owner=other, by=coordinator)
    assignment = Assignment.objects.get(user=desk.translator)
    assert as_(coordinator).post(f"/en/desk/{theirs.pk}/people/{assignment.pk}/end/").status_code == 404
    assert Assignment.objects.filter(pk=assignment.pk).exists()


# Classification


def test_opening_a_text_takes_two(desk: Desk, as_: As) -> None:
    narrow(Classification.TLP_AMBER_STRICT)
    first, second = as_(desk.coordinator), as_(make_person(Role.COORDINATOR, desk.edition.instrument.owner))
    url = desk.url("classification/")
    first.post(url, {"classification": "public", "reason": "For everyone"} | CONFIRMED)
    assert Instrument.objects.get().classification == Classification.TLP_AMBER_STRICT
    page = first.get(url).content.decode()
    assert "Another coordinator must confirm" in page and "For everyone" in page
    proposal = second.get(url).context["proposal"]
    decide = f"/en/proposals/{proposal.pk}/"
    assert first.post(decide, {"decision": "confirm"}).status_code == 404
    assert Instrument.objects.get().classification == Classification.TLP_AMBER_STRICT
    second.post(decide, {"decision": "confirm"})
    assert Instrument.objects.get().classification == Classification.PUBLIC
    assert "already decided" in second.post(decide, {"decision": "confirm"}, follow=True).content.decode()


def test_tightening_holds_at_once_and_needs_a_reason(desk: Desk, as_: As) -> None:
    client, url = as_(desk.coordinator), desk.url("classification/")
    assert client.post(url, {"classification": "official", "reason": ""}).status_code == 422
    assert (
        client.post(url, {"classification": "official", "reason": "Case details"} | CONFIRMED).status_code
        == 302
    )
    assert Instrument.objects.get().classification == Classification.OFFICIAL


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Дуги приручник за поступање", "dugi-prirucnik-za-postupanje"),
        ("Насоки за ѓаци и ќерки", "nasoki-za-gaci-i-kerki"),
        ("Smjernice za đake i žrtve", "smjernice-za-djake-i-zrtve"),
        ("Udhëzues për çështjet e fëmijëve", "udhezues-per-ceshtjet-e-femijeve"),
        ("– 1/2 –", "12"),
        ("…", ""),
    ],
)
def test_a_short_name_is_made_from_a_title_in_either_script(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_title_that_a_file_guessed_is_put_right(desk: Desk, as_: As) -> None:
    client = as_(desk.drafter)
    address = desk.url("titles/")
    assert "Title</a>" in client.get(desk.url()).content.decode()
    assert client.get(address).status_code == 200
    sent = {"mk": "  Стандардни\u000bпроцедури ", "sq": "", "en": "Procedures"}
    assert client.post(address, sent)["Location"] == desk.url()
    desk.edition.refresh_from_db()
    assert desk.edition.title_mk == "Стандардни процедури" and desk.edition.title_en == "Procedures"
    assert not desk.edition.title_sq
    assert Entry.objects.filter(verb="title").count() == 1
    client.post(address, sent)
    assert Entry.objects.filter(verb="title").count() == 1
    empty = client.post(address, sent | {"mk": " "})
    assert empty.status_code == 422
    desk.edition.refresh_from_db()
    assert desk.edition.title_mk == "Стандардни процедури"


def test_a_title_changes_only_in_a_draft_and_by_who_may_change_its_outline(desk: Desk, as_: As) -> None:
    sent = {"mk": "Друго", "sq": "", "en": ""}
    for person in (desk.translator, desk.reviewer, desk.practitioner, desk.stranger):
        assert as_(person).post(desk.url("titles/"), sent).status_code == 404
    submit_edition(desk.coordinator, desk.edition)
    assert as_(desk.coordinator).post(desk.url("titles/"), sent).status_code != 302
    with pytest.raises(Locked):
        set_titles(desk.coordinator, desk.edition, {"mk": "Друго"})
    desk.edition.refresh_from_db()
    assert desk.edition.title_mk != "Друго"


def test_a_serbian_title_is_in_the_script_of_the_page(db: Any, as_: As) -> None:
    coordinator = make_person(Role.COORDINATOR, make_institution("rs-office"))
    made = new_document(
        as_(coordinator),
        owner=Membership.objects.get(user=coordinator).institution_id,
        title="Упутство",
        source_language="sr",
        languages=["sr"],
        authentic_languages=["sr"],
    )
    address = made["Location"].removeprefix("/en")
    client = as_(coordinator)
    assert "<h1>Uputstvo</h1>" in client.get(f"/sr-latn{address}").content.decode()
    assert "<h1>Упутство</h1>" in client.get(f"/sr-cyrl{address}").content.decode()
