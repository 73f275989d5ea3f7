"""A slip in adopted text is mended beside it: by two people, with an act, on every way that the text is read."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.http import Http404
from django.utils import timezone

from audit.models import Entry
from audit.verify import problems
from documents.actions import record_corrigendum
from documents.actions.errors import ActionError, NotReady
from documents.actions.start_revision import start_revision
from documents.choices import Translation
from documents.editions.corrected import corrected_tree
from documents.editions.hashing import version_hashes
from documents.editions.text_storage import load_outline, load_tree
from documents.models import BlobUse, Corrigendum, CorrigendumAct, Edition, Section, SectionChange
from people.access import may
from people.models import User
from people.roles import Verb
from proposals.errors import Decided
from search.outbox.documents import documents_of
from tests.support.documents.corrigenda.corrigenda import TREE, UID, Cast, proposed
from tests.support.documents.corrigenda.corrigenda import cast as cast
from tests.support.documents.exports.scrubbed import opened as parts_of
from tests.support.documents.schema import check, undescribed
from tests.support.factories import make_act
from tests.support.html import flat, signed_in
from tests.support.pdf import PDF

pytestmark = pytest.mark.django_db


def recorded(cast: Cast, one: Corrigendum | None = None, day: date = date(2024, 2, 1)) -> Corrigendum:
    one = one or proposed(cast)
    record_corrigendum.record(cast["coordinator"], one, [make_act(number="7", date=date(2024, 1, 20))], day)
    one.refresh_from_db()
    return one


def read(user: User, address: str) -> str:
    response = signed_in(user).get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_text_is_read_with_it_everywhere_and_the_adopted_bytes_stay(cast: Cast) -> None:
    edition: Edition = cast["edition"]
    before = version_hashes(edition, ["mk"])
    one = recorded(cast)
    assert one.number == 1 and len(one.sha256) == 64
    assert version_hashes(edition, ["mk"]) == before
    assert "три дена" in corrected_tree(edition, "mk").sections[0].text.plain
    assert "триесет дена" in load_tree(edition, "mk").sections[0].text.plain
    base = "/mk/i/mk/sop"
    page = read(cast["practitioner"], f"/en/i/mk/sop/1/s/{UID}/?text=mk")
    assert "<del>триесет дена</del><ins>три дена</ins>" in page
    assert 'href="/en/i/mk/sop/1/corrigenda/1/?text=mk"' in page and "no. 7 of" in page
    assert "Погрешен број." in read(cast["practitioner"], f"{base}/1/corrigenda/1/")
    assert f'href="{base}/1/corrigenda/1/"' in read(cast["practitioner"], f"{base}/1/corrigenda/")
    adopted = read(cast["practitioner"], f"{base}/1/s/{UID}/?as=adopted")
    assert (
        "<ins>" not in adopted.split("<article")[1].split('class="corrected"')[0]
        and "триесет дена" in adopted
    )
    # As in force on a day: before it holds, the text reads as it was adopted.
    assert "<ins>три дена" not in read(cast["practitioner"], f"{base}/on/2024-01-15/")
    assert "<ins>три дена" in read(cast["practitioner"], f"{base}/on/2024-02-01/")
    for ending in ("html", "md"):
        text = read(cast["practitioner"], f"{base}/1.{ending}")
        assert "три дена" in text and "Рокот е триесет" not in text
    reader = signed_in(cast["practitioner"])
    for ending in ("docx", "template.docx", "bilingual.docx?with=en", "bilingual.html?with=en"):
        answer = reader.get(f"{base}/1.{ending}")
        assert answer.status_code == 200, ending
        inside = re.sub(rb"<[^>]+>", b"", parts_of(answer.content)).decode(errors="replace")
        # The other language's text has no corrigendum and stands as it is.
        assert "три дена" in inside and inside.count("Рокот е триесет") == ("bilingual" in ending), ending
    data = json.loads(read(cast["practitioner"], f"{base}/1.json"))
    check(data, "edition")
    assert not undescribed(data, "edition")
    assert data["version_sha256"] == before["mk"]
    assert data["corrigenda"][0]["sha256"] == one.sha256
    assert "три дена" in json.dumps(data["corrected"][str(UID)], ensure_ascii=False)
    (found,) = [one for one in documents_of(edition, [UID]) if one.language == "mk"]
    assert "три дена" in found.text and "триесет" not in found.text
    assert list(problems()) == []


def test_the_next_edition_begins_with_the_corrected_words(cast: Cast) -> None:
    one = recorded(cast)
    draft = start_revision(cast["coordinator"], cast["edition"])
    row = Section.objects.get(edition=draft, uid=UID)
    assert row.text_hash_mk == one.after_sha256
    assert load_outline(draft, "en")[0].state == Translation.STALE
    assert load_outline(draft, "en")[1].state == load_outline(cast["edition"], "en")[1].state
    assert set(SectionChange.objects.filter(edition=draft).values_list("actor", flat=True)) == {None}
    earlier = read(cast["drafter"], f"/en/desk/{draft.pk}/s/{UID}/mk/earlier/")
    assert "corrected by a corrigendum to the previous edition" in earlier
    assert Entry.objects.get(verb="start_revision").detail["corrigenda"] == [1]
    compared = read(cast["drafter"], "/en/i/mk/sop/2/compare/1/?text=mk")
    assert "триесет" not in compared
    assert "same text" in read(cast["drafter"], f"/en/i/mk/sop/2/s/{UID}/?text=mk")


def test_it_takes_two_people_and_an_act(cast: Cast) -> None:
    one = record_corrigendum.propose_corrigendum(
        cast["coordinator"], cast["edition"], UID, "mk", "триесет дена", "три дена", "Број."
    )
    day = date(2024, 2, 1)
    with pytest.raises(Http404):
        record_corrigendum.record(cast["coordinator"], one, [make_act(date=day)], day)
    # A drafter whom a coordinator let in alone may be the coordinator's second address.
    by_drafter = proposed(cast)
    cast["drafter"].memberships.update(given_by=cast["coordinator"], confirmed_by=None)
    with pytest.raises(Http404):
        recorded(cast, by_drafter)
    assert may(cast["second"], Verb.RECORD, by_drafter)
    for who in ("drafter", "practitioner", "stranger"):
        with pytest.raises(Http404):
            record_corrigendum.record(cast[who], one, [make_act()], day)
    tomorrow = timezone.localdate() + timedelta(days=1)
    for acts, when, said in (
        ([], day, "at least one act"),
        ([make_act(date=date(2023, 12, 2))], date(2023, 12, 5), "before the text"),
        ([make_act(date=date(2023, 11, 2))], day, "older than"),
        ([make_act(date=day)], tomorrow, "on or after the day it takes effect"),
    ):
        with pytest.raises(NotReady, match=said):
            record_corrigendum.record(cast["second"], one, acts, when)
    assert not CorrigendumAct.objects.exists()
    recorded(cast | {"coordinator": cast["second"]}, one)
    for late in (
        lambda: record_corrigendum.take_back(cast["coordinator"], one),
        lambda: recorded(cast | {"coordinator": cast["second"]}, one),
    ):
        with pytest.raises(Decided):
            late()


def test_what_can_be_proposed(cast: Cast) -> None:
    edition = cast["edition"]

    def ask(exact: str, words: str = "x", language: str = "mk", reason: str = "r", uid: UUID = UID) -> None:
        record_corrigendum.propose_corrigendum(cast["drafter"], edition, uid, language, exact, words, reason)

    second = UUID(TREE.sections[1].uid)
    for call, said in (
        (lambda: ask("никаде"), "are not in this section"),
        (lambda: ask("е", uid=second), "times"),
        (lambda: ask("Општо Рокот"), "within one paragraph"),
        (lambda: ask("триесет", "триесет"), "the same"),
        (lambda: ask("триесет", reason=" "), "why"),
        (lambda: ask("", "y"), "Enter the wrong words"),
        (lambda: ask("en", language="en"), "authentic"),
    ):
        with pytest.raises(ActionError, match=said):
            call()
    for who in ("practitioner", "stranger"):
        with pytest.raises(Http404):
            record_corrigendum.propose_corrigendum(cast[who], edition, UID, "mk", "триесет", "три", "r")
    draft = start_revision(cast["coordinator"], edition)
    with pytest.raises(Http404):
        record_corrigendum.propose_corrigendum(cast["drafter"], draft, UID, "mk", "триесет", "три", "r")


def test_two_corrigenda_of_one_section_follow_each_other(cast: Cast) -> None:
    first, rival = proposed(cast), proposed(cast, "триесет", "тринаесет")
    recorded(cast, first)
    with pytest.raises(ActionError, match="corrected in another way"):
        recorded(cast, rival)
    record_corrigendum.take_back(cast["drafter"], rival)
    then = recorded(cast, proposed(cast, "е три дена", "изнесува три дена"))
    assert then.number == 2 and then.before_sha256 == first.after_sha256
    page = read(cast["practitioner"], f"/en/i/mk/sop/1/s/{UID}/?text=mk")
    assert "[corr. 1]" in page and "[corr. 2]" in page
    assert list(problems()) == []


CHANGES = {
    "its words": lambda one: Corrigendum.objects.filter(pk=one.pk).update(words="x"),
    "its day": lambda one: Corrigendum.objects.filter(pk=one.pk).update(valid_from=date(2025, 1, 1)),
    "taken back": lambda one: Corrigendum.objects.filter(pk=one.pk).update(withdrawn=timezone.now()),
    "removed": lambda one: Corrigendum.objects.filter(pk=one.pk)._raw_delete("default"),
    "its act": lambda one: CorrigendumAct.objects.update(number="9"),
    "its act, removed": lambda one: CorrigendumAct.objects.all()._raw_delete("default"),
    "another act": lambda one: CorrigendumAct.objects.create(
        corrigendum=one,
        corrigendum_sha256=one.sha256,
        body="x",
        kind="other",
        number="1",
        date=date(2024, 1, 1),
    ),
    "one recorded out of nothing": lambda one: Corrigendum.objects.bulk_create(
        [
            Corrigendum(
                edition=one.edition,
                uid=UID,
                language="mk",
                exact="a",
                proposed_by=one.proposed_by,
                recorded=timezone.now(),
            )
        ]
    ),
    "recorded without an act": lambda one: Corrigendum.objects.filter(recorded=None).update(
        recorded=timezone.now(), recorded_by=one.recorded_by, number=9, valid_from=date(2024, 2, 1)
    ),
    "its signed file": lambda one: BlobUse.objects.filter(edition=one.edition).delete(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_keeps_it(cast: Cast, change: Any) -> None:
    one = recorded(cast)
    proposed(cast, "Рокот", "Рок")
    before = list(Corrigendum.objects.values()), list(CorrigendumAct.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic():
        change(one)
    assert (list(Corrigendum.objects.values()), list(CorrigendumAct.objects.values())) == before


def test_by_its_pages(cast: Cast) -> None:
    edition = cast["edition"]
    address = f"/en/desk/{edition.pk}/s/{UID}/mk/correct/"
    for who in ("practitioner", "stranger"):
        assert signed_in(cast[who]).get(address).status_code == 404
    drawn = read(cast["drafter"], address)
    assert "<h3>Општо</h3>" in drawn and "<p>Рокот е триесет дена" in drawn
    form = {"exact": "триесет дена", "words": "три дена", "reason": "Slip"}
    wrong = signed_in(cast["drafter"]).post(address, form | {"exact": "никаде"})
    assert wrong.status_code == 409 and "are not in this section" in wrong.content.decode()
    assert signed_in(cast["drafter"]).post(address, form | {"reason": ""}).status_code == 400
    made = signed_in(cast["drafter"]).post(address, form)
    page = made["Location"]
    one = Corrigendum.objects.get()
    assert "Propose a corrigendum" in read(cast["drafter"], f"/en/i/mk/sop/1/s/{UID}/?text=mk")
    assert page in read(cast["drafter"], "/en/i/mk/sop/1/corrigenda/")
    assert page not in read(cast["practitioner"], "/en/i/mk/sop/1/corrigenda/")
    assert signed_in(cast["practitioner"]).get(page).status_code == 404
    assert signed_in(cast["practitioner"]).get("/en/i/mk/sop/1/corrigenda/1/").status_code == 404
    act = {
        "acts": "1",
        "act0-body": "Government",
        "act0-kind": "government_decision",
        "act0-number": "9/24",
        "act0-protocol": "08-7",
        "act0-date": "2024-01-20",
        "act0-signed": SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf"),
        "valid_from": "2024-01-01",
    }
    assert signed_in(cast["drafter"]).post(page, act).status_code == 404
    assert signed_in(cast["coordinator"]).post(page, act | {"act0-number": ""}).status_code == 400
    more = signed_in(cast["coordinator"]).post(page, act | {"another": "1"}).content.decode()
    assert "act1-body" in more and "9/24" in more
    # What may be case data is shown before the last button, and at the proposal to the second person.
    act["act0-signed"] = SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")
    case = signed_in(cast["coordinator"]).post(page, act | {"act0-session": "JMBG-0101006500006"})
    warned = case.content.decode()
    assert "This may be case data" in warned and "act0-kept" in warned and 'name="valid_from"' in warned
    one.refresh_from_db()
    assert one.waiting and "May be case data" not in read(cast["coordinator"], page)
    act["act0-signed"] = SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")
    done = signed_in(cast["coordinator"]).post(page, act)
    assert done["Location"].startswith("/en/i/mk/sop/1/corrigenda/1/")
    one.refresh_from_db()
    assert one.recorded_by == cast["coordinator"] and one.acts.get().protocol == "08-7"
    assert "protocol no. 08-7" in read(cast["practitioner"], "/en/i/mk/sop/1/corrigenda/1/?text=mk")


def test_a_second_person_is_warned_of_case_data_too(cast: Cast) -> None:
    one = record_corrigendum.propose_corrigendum(
        cast["drafter"], cast["edition"], UID, "mk", "триесет дена", "0101006 500006", "Slip"
    )
    page = flat(read(cast["coordinator"], f"/en/desk/corrigenda/{one.pk}/"))
    assert "May be case data: personal number" in page


def test_who_proposed_a_corrigendum_reads_who_records_it(cast: Cast) -> None:
    own = proposed(cast)
    said = read(cast["drafter"], f"/en/desk/corrigenda/{own.pk}/")
    assert "A coordinator records it with its act." in said and "another coordinator" not in said
    record_corrigendum.take_back(cast["drafter"], own)
    one = record_corrigendum.propose_corrigendum(
        cast["coordinator"], cast["edition"], UID, "mk", "триесет дена", "три дена", "Slip."
    )
    assert "another coordinator must record it" in read(cast["coordinator"], f"/en/desk/corrigenda/{one.pk}/")


def test_somebody_elses_proposal_is_rejected_after_a_page_that_shows_it(cast: Cast) -> None:
    one = proposed(cast)
    page, client = f"/en/desk/corrigenda/{one.pk}/", signed_in(cast["coordinator"])
    assert "Reject the proposal" in read(cast["coordinator"], page)
    assert signed_in(cast["practitioner"]).post(page, {"take_back": "1"}).status_code == 404
    asked = flat(client.post(page, {"take_back": "1"}).content.decode())
    one.refresh_from_db()
    assert "Reject this proposal?" in asked and "триесет дена" in asked and one.waiting
    assert client.post(page, {"take_back": "1", "answers": "change"})["Location"] == page
    one.refresh_from_db()
    assert one.waiting
    done = client.post(page, {"take_back": "1", "answers": "confirmed"}, follow=True).content.decode()
    one.refresh_from_db()
    assert "The proposal was rejected" in done and one.withdrawn_by == cast["coordinator"]
