"""What may be done with a text that is still being written after the adoption, and what the others see of it:
nothing."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from PIL import Image

from audit.models import Entry
from audit.verify import problems
from documents.access.rights import writable_languages
from documents.actions import adopt_language
from documents.actions.assign import assign
from documents.actions.errors import ActionError, Locked
from documents.actions.record_corrigendum import propose_corrigendum
from documents.actions.start_revision import start_revision
from documents.actions.store_picture import forget_pictures, store_picture
from documents.actions.submit_edition import submit_edition
from documents.editions.language_versions import Shown
from documents.editions.text_history import in_force_text
from documents.models import Assignment, Blob, BlobUse, Corrigendum, Edition, Section
from documents.pages.desk.translation_memory import offers_for
from people.actions.leave import hand_over
from people.models import Membership
from people.roles import Role
from tests.support.documents.following import Cast, approved, cast, no_review, read, version, write
from tests.support.factories import make_draft, make_person
from tests.support.html import signed_in

pytestmark = pytest.mark.django_db
__all__ = ["cast", "no_review"]


def first(cast: Cast) -> str:
    return str(Section.objects.filter(edition=cast["edition"]).order_by("position")[0].uid)


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (7, 7)).save(made, "PNG")
    return made.getvalue()


def test_a_corrigendum_is_of_text_that_an_act_adopted(cast: Cast) -> None:
    edition, uid = cast["edition"], first(cast)
    address = f"/en/desk/{edition.pk}/s/{uid}/sq/correct/"
    for language in ("sq", "mk"):
        page = signed_in(cast["coordinator"]).get(address.replace("/sq/", f"/{language}/"))
        assert page.status_code == (404 if language == "sq" else 200)
    with pytest.raises(ActionError, match="not adopted yet"):
        propose_corrigendum(
            cast["coordinator"], edition, Section.objects.get(uid=uid).uid, "sq", "sq", "x", "A slip."
        )
    for language in ("sq", "en"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Corrigendum.objects.create(
                edition=edition, uid=uid, language=language, proposed_by=cast["coordinator"]
            )
    Corrigendum.objects.create(edition=edition, uid=uid, language="mk", proposed_by=cast["coordinator"])


def test_what_is_written_is_no_part_of_the_next_edition_until_it_was_checked(cast: Cast) -> None:
    edition, coordinator, uid = cast["edition"], cast["coordinator"], first(cast)
    adopt_language.begin_next(coordinator, edition, "en")
    write(cast, "en", "Unchecked")
    write(cast, "sq", "Pa miratuar")
    draft = start_revision(coordinator, edition)
    row = Section.objects.get(edition=draft, uid=uid)
    assert row.heading_en == "Општо en" and row.body_en == Shown(edition).tree("en").by_uid[uid].text.body
    # What readers never had, and the next act adopts or leaves out: its writers go on with it.
    assert row.heading_sq == "Pa miratuar"
    kept = {one.uid: one for one in Shown(edition).outline("en")}
    now = {one.uid: one for one in Shown(draft).outline("en")}
    assert [kept[uid].text_hash, kept[uid].state] == [now[uid].text_hash, now[uid].state]
    assert (in_force_text(draft, uid, "en") or {})["heading"][0]["text"] == "Општо en"
    assert in_force_text(draft, uid, "sq") is None
    assert list(problems()) == []


def test_a_translator_is_offered_only_what_was_checked(cast: Cast) -> None:
    edition = cast["edition"]
    other = make_draft("other", edition.instrument.owner, authentic=["mk"], by=cast["coordinator"])
    row = Section.objects.filter(edition=other).order_by("position")[0]

    def offered() -> set[str]:
        return {
            one.pair.target
            for one in offers_for(
                cast["coordinator"], other, str(row.uid), "en", row.body_mk, {"heading": []}
            )
        }

    assert "Општо en" in offered()
    adopt_language.begin_next(cast["coordinator"], edition, "en")
    write(cast, "en", "Unchecked")
    assert "Unchecked" not in offered() and "Општо en" in offered()
    approved(cast, "en")
    assert "Unchecked" in offered()


def test_who_was_asked_for_one_section_does_not_submit_the_whole(cast: Cast) -> None:
    edition, uid = cast["edition"], first(cast)
    last = str(Section.objects.filter(edition=edition).order_by("-position")[0].uid)
    helper = make_person(Role.TRANSLATOR, edition.instrument.owner, languages=["sq"])
    # Asking goes on after the adoption, for what is still written alone.
    assign(cast["coordinator"], edition, helper, "sq", last)
    for language in ("mk", "en"):
        with pytest.raises((Locked, ActionError)):
            assign(cast["coordinator"], edition, cast["translator"], language)
    write(cast, "sq", "Shqip")
    pages = f"/en/desk/{edition.pk}/versions/"
    page = read(helper, pages)
    assert f"/en/desk/{edition.pk}/s/{last}/sq/" in page and uid not in page
    assert "Submit for checking" not in page and "Submit for checking" in read(cast["translator"], pages)
    with pytest.raises(ActionError, match="assigned only some sections"):
        adopt_language.submit(helper, version(cast))
    signed_in(helper).post(pages, {"language": "sq", "submit": "1"})
    assert version(cast).submitted is None
    adopt_language.submit(cast["translator"], version(cast))


def test_people_are_asked_by_the_page_and_their_parts_handed_over(cast: Cast) -> None:
    edition, owner = cast["edition"], cast["edition"].instrument.owner
    helper = make_person(Role.TRANSLATOR, owner, languages=["sq", "en"])
    address = f"/en/desk/{edition.pk}/people/"
    page = read(cast["coordinator"], address)
    assert 'value="sq"' in page and 'value="en"' not in page
    sent = {"person": helper.pk, "language": "sq", "section": "", "due": ""}
    assert signed_in(cast["coordinator"]).post(address, sent).status_code == 302
    assert writable_languages(helper, edition) == ["sq"]
    assert signed_in(cast["coordinator"]).post(address, sent | {"language": "en"}).status_code == 422
    successor = make_person(Role.TRANSLATOR, owner, languages=["sq", "en"])
    hand_over(cast["coordinator"], Membership.objects.get(user=helper), successor)
    parts = Assignment.objects.filter(edition=edition)
    assert {(one.user, one.language) for one in parts if one.user == successor} == {(successor, "sq")}


def test_a_coordinator_sends_back_what_was_checked_with_a_reason(cast: Cast) -> None:
    edition, coordinator = cast["edition"], cast["coordinator"]
    pages = f"/en/desk/{edition.pk}/versions/"
    write(cast, "sq", "Shqip")
    with pytest.raises(ActionError, match="not submitted"):
        adopt_language.send_back(coordinator, version(cast), "A word.")
    approved(cast, "sq")
    for who in ("translator", "reviewer", "practitioner"):
        with pytest.raises(Http404):
            adopt_language.send_back(cast[who], version(cast), "A word.")
    with pytest.raises(ActionError, match="Enter the reason for sending it back"):
        adopt_language.send_back(coordinator, version(cast), "  ")
    assert "Send back for changes" in read(coordinator, pages)
    assert "Send back" not in read(cast["reviewer"], pages)
    sent = {"language": "sq", "send_back": "1", "reason": "A word is wrong."}
    assert signed_in(coordinator).post(pages, sent).status_code == 302
    assert "A word is wrong." in read(cast["translator"], pages)
    assert writable_languages(cast["translator"], edition) == ["sq"]
    # Even unchanged it is looked at again.
    adopt_language.submit(cast["translator"], version(cast))
    with pytest.raises(ActionError, match="not checked"):
        adopt_language.adopt_language(coordinator, version(cast), [])
    waiting = version(cast)
    adopt_language.check(cast["reviewer"], waiting, True, "", waiting.sha256)
    # Who submitted it may take it back too, and the others read why.
    adopt_language.send_back(cast["coordinator"], version(cast), "A figure too.")
    assert "Sent back: A figure too." in read(cast["translator"], pages)
    assert Entry.objects.filter(verb="return_translation", refused=False).count() == 2
    assert list(problems()) == []


def test_an_earlier_number_stays_itself_in_links_and_files(cast: Cast) -> None:
    edition = cast["edition"]
    adopt_language.begin_next(cast["coordinator"], edition, "en")
    write(cast, "en", "Better")
    approved(cast, "en")
    asked = "text=en&number=1"
    page = read(cast["practitioner"], f"/en/i/mk/sop/1/?{asked}")
    assert "1.pdf?text=en&amp;number=1" in page and f"/s/{first(cast)}/?text=en&amp;number=1" in page
    section = read(cast["practitioner"], f"/en/i/mk/sop/1/s/{first(cast)}/?{asked}")
    assert "Општо en" in section and "Better" not in section
    for kind in ("md", "html", "json"):
        old = signed_in(cast["practitioner"]).get(f"/en/i/mk/sop/1.{kind}?{asked}")
        new = signed_in(cast["practitioner"]).get(f"/en/i/mk/sop/1.{kind}?text=en")
        assert "Општо en" in old.content.decode() and "Better" not in old.content.decode(), kind
        assert "Better" in new.content.decode(), kind
        assert "-en-no1." in old["Content-Disposition"] and "-en." in new["Content-Disposition"]
    told = signed_in(cast["practitioner"]).get(f"/en/i/mk/sop/1.json?{asked}").json()
    assert told["version_number"] == 1
    assert told["version_sha256"] == next(
        one["sha256"] for one in told["versions"] if (one["language"], one["number"]) == ("en", 1)
    )


def test_what_a_superseded_edition_left_open_is_not_written_any_more(cast: Cast) -> None:
    edition, uid = cast["edition"], first(cast)
    assert writable_languages(cast["translator"], edition) == ["sq"]
    edition.state = "superseded"
    assert writable_languages(cast["translator"], edition) == []
    page = f"/en/desk/{edition.pk}/s/{uid}/sq/"
    assert "data-dialog=" in read(cast["translator"], page) and "Put a picture in" not in read(
        cast["translator"], page
    )


def test_pictures_are_put_into_drafts_and_forgotten_in_drafts(no_review: None, settings: Any) -> None:
    draft = make_draft(authentic=["mk"])
    coordinator = make_person(Role.COORDINATOR, draft.instrument.owner)
    uid = str(Section.objects.filter(edition=draft)[0].uid)
    other = make_draft("other", draft.instrument.owner)
    store_picture(coordinator, draft, uid, "mk", picture())
    store_picture(coordinator, other, str(Section.objects.filter(edition=other)[0].uid), "mk", picture())
    stale = Edition.objects.get(pk=draft.pk)
    submit_edition(coordinator, draft)
    with pytest.raises(Locked):
        store_picture(coordinator, stale, uid, "mk", picture())
    settings.KODEKS_UPLOAD_DAYS = -1
    # The one in review keeps what it was submitted with; that of the draft goes, whatever the other says.
    assert forget_pictures() == 1
    assert [use.edition_id for use in BlobUse.objects.filter(blob__kind=Blob.Kind.IMAGE)] == [draft.pk]
