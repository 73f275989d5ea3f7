"""Languages that follow the adoption: a further authentic one by its own act, an unofficial translation as
its next number."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.http import Http404
from django.test import Client
from django.utils import timezone

from audit.models import Entry
from audit.verify import problems
from documents.access.rights import writable_languages
from documents.actions import adopt_language
from documents.actions.adopt_edition import adopt_edition
from documents.actions.errors import ActionError, Locked, NotReady
from documents.actions.save_section import save_section
from documents.actions.submit_edition import submit_edition
from documents.editions.hashing import version_hashes
from documents.editions.language_versions import Shown
from documents.exports.data import as_json
from documents.models import (
    AdoptionAct,
    LanguageVersion,
    Section,
    VersionCheck,
    VersionText,
)
from mail.models import Message
from people.models import User
from people.roles import Role
from search.outbox.documents import documents_of
from tests.support.documents.following import DAY, Cast, approved, cast, no_review, read, version, write
from tests.support.factories import body, make_act, make_draft, make_person
from tests.support.html import signed_in
from tests.support.reviews import CONFIRMED
from workflows.record.build import build
from workflows.record.format import as_bytes
from workflows.record.verify import problems as of_record

pytestmark = pytest.mark.django_db
__all__ = ["cast", "no_review"]


def test_a_language_that_the_act_left_out_follows_by_its_own(cast: Cast) -> None:
    edition = cast["edition"]
    mk = version_hashes(edition, ["mk"])["mk"]
    assert AdoptionAct.objects.get().covers == {"mk": mk}
    assert list(problems()) == []
    # Readers are told, and see nothing of it; who translates it goes on, in that column alone.
    page = read(cast["practitioner"], "/en/i/mk/sop/1/?text=sq")
    assert "is not adopted yet" in page and "not adopted yet" in page and "{sq}" not in page
    assert not [one for one in documents_of(edition) if one.language == "sq"]
    assert writable_languages(cast["translator"], edition) == ["sq"]
    uid = str(Section.objects.filter(edition=edition)[0].uid)
    for language in ("mk", "en"):
        with pytest.raises((Http404, Locked)):
            save_section(cast["translator"], edition, uid, language, body("x"), "")
    with pytest.raises(Http404):
        save_section(cast["practitioner"], edition, uid, "sq", body("x"), "")
    write(cast, "sq", "Shqip")
    adopt_language.submit(cast["translator"], version(cast))
    with pytest.raises((Http404, Locked)):
        save_section(cast["translator"], edition, uid, "sq", body("y"), "")
    waiting = version(cast)
    with pytest.raises(ActionError, match="not checked"):
        adopt_language.adopt_language(cast["coordinator"], waiting, [make_act(number="9")])
    with pytest.raises(ActionError, match="You can't check a translation that you wrote or submitted"):
        adopt_language.check(cast["translator"], waiting, True, "", waiting.sha256)
    with pytest.raises(ActionError, match="must be checked by"):
        adopt_language.check(cast["stranger"], waiting, True, "", waiting.sha256)
    with pytest.raises(ActionError, match="has changed since you opened this page"):
        adopt_language.check(cast["reviewer"], waiting, True, "", "0" * 64)
    adopt_language.check(cast["reviewer"], waiting, False, "A word is wrong.", waiting.sha256)
    write(cast, "sq", "Teksti")
    adopted = approved(cast, "sq")
    assert adopted.unfinished
    with pytest.raises(NotReady):
        adopt_language.adopt_language(cast["coordinator"], adopted, [])
    adopt_language.adopt_language(cast["coordinator"], adopted, [make_act(number="9", protocol="p")])
    sq = version_hashes(edition, ["sq"])["sq"]
    assert AdoptionAct.objects.get(number="9").covers == {"sq": sq}
    assert version(cast).sha256 == sq and not version(cast).unfinished
    assert "Teksti" in read(cast["practitioner"], "/en/i/mk/sop/1/?text=sq")
    assert {one.language for one in documents_of(edition)} == {"mk", "sq", "en"}
    assert list(problems()) == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Section.objects.filter(edition=edition).update(body_sq={})
    record = build(edition)
    assert [one["language"] for one in record["edition"]["followed"]] == ["sq"]
    exports = [
        json.dumps(as_json(edition, one, "", ""), ensure_ascii=False).encode() for one in ("mk", "sq", "en")
    ]
    assert list(of_record(as_bytes(record), exports)) == ["it was adopted without a review"]


def test_a_courtesy_translation_is_replaced_by_its_next_number(cast: Cast) -> None:
    edition = cast["edition"]
    first = version(cast, "en")
    for who in ("translator", "reviewer", "practitioner"):
        with pytest.raises(Http404):
            adopt_language.begin_next(cast[who], edition, "en")
    with pytest.raises(ActionError, match="authentic"):
        adopt_language.begin_next(cast["coordinator"], edition, "mk")
    adopt_language.begin_next(cast["coordinator"], edition, "en")
    with pytest.raises(ActionError, match="already"):
        adopt_language.begin_next(cast["coordinator"], edition, "en")
    write(cast, "en", "Better")
    # Readers keep the number before it until the next is checked: page, search, file.
    for _ in range(2):
        assert "Better" not in read(cast["practitioner"], "/en/i/mk/sop/1/")
        assert "Better" not in read(cast["practitioner"], "/en/i/mk/sop/1.md?text=en")
        assert not any("Better" in one.text for one in documents_of(edition))
    assert Shown(edition).tree("en").sections[0].text.heading == "Општо en"
    done = approved(cast, "en")
    assert (done.number, done.unfinished) == (2, False)
    page = read(cast["practitioner"], "/en/i/mk/sop/1/")
    assert "Better" in page and "Translation no. 2" in page and "Checked by: Mk Coordinator" in page
    assert any("Better" in one.text for one in documents_of(edition))
    old = read(cast["practitioner"], "/en/i/mk/sop/1/?text=en&number=1")
    assert "Better" not in old and "There is a newer translation." in old and "Општо en" in old
    assert VersionText.objects.filter(version=first).count() == 3
    assert list(problems()) == []
    assert [one["number"] for one in build(edition)["edition"]["courtesy"]] == [1, 2]


CHANGES = {
    "the adopted language": lambda c: Section.objects.filter(edition=c["edition"]).update(body_mk={}),
    "the order": lambda c: Section.objects.filter(edition=c["edition"]).update(position=9),
    "a section more": lambda c: Section.objects.bulk_create([Section(edition=c["edition"], position=9)]),
    "finished without a check": lambda c: LanguageVersion.objects.filter(language="sq").update(
        unfinished=False
    ),
    "finished with a check of nothing": lambda c: VersionCheck.objects.create(
        version=version(c),
        sha256="0" * 64,
        person=c["reviewer"],
        institution=c["edition"].instrument.owner,
        agrees=True,
    ),
    "an authentic one opened again": lambda c: LanguageVersion.objects.filter(language="mk").update(
        unfinished=True
    ),
    "authentic made courtesy": lambda c: LanguageVersion.objects.filter(language="sq").update(
        authentic=False
    ),
    "a number of an authentic one": lambda c: LanguageVersion.objects.create(
        edition=c["edition"], language="mk", number=2, authentic=True, unfinished=True
    ),
    "an act of nothing": lambda c: AdoptionAct.objects.create(
        edition=c["edition"], edition_sha256="0", body="x", kind="other", number="1", date=DAY
    ),
    "the version removed": lambda c: LanguageVersion.objects.filter(language="sq")._raw_delete("default"),
    "submitted text": lambda c: (
        LanguageVersion.objects.filter(language="sq").update(submitted=timezone.now(), sha256="1" * 64),
        Section.objects.filter(edition=c["edition"]).update(body_sq={}),
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_database_keeps_the_rest(cast: Cast, change: Any) -> None:
    def everything() -> list[Any]:
        kept = (Section, LanguageVersion, AdoptionAct, VersionCheck)
        return [list(model._default_manager.order_by("pk").values()) for model in kept]

    before = everything()
    with pytest.raises(DatabaseError), transaction.atomic():
        change(cast)
    assert everything() == before


def test_who_coordinates_is_told_that_a_translation_waits_and_who_wrote_it_is_not_sent_to_check_it(
    cast: Cast,
) -> None:
    User.objects.filter(pk=cast["coordinator"].pk).update(language="mk")
    write(cast, "sq", "Shqip")
    adopt_language.submit(cast["translator"], version(cast, "sq"))
    letter = Message.objects.get(template="to_check", to=cast["coordinator"].email)
    assert "за проверка" in letter.subject
    pages = f"/en/desk/{cast['edition'].pk}/versions/"
    assert f"{pages.replace('/en/', '/mk/')}sq/check/" in letter.text
    assert f"{pages}sq/check/" not in read(cast["translator"], pages)
    assert f"{pages}sq/check/" in read(cast["reviewer"], pages)


def test_by_its_pages(cast: Cast) -> None:
    edition = cast["edition"]
    pages = f"/en/desk/{edition.pk}/versions/"

    def client(who: str) -> Client:
        return signed_in(cast[who])

    assert client("practitioner").get(pages).status_code == 404
    assert client("stranger").get(pages).status_code == 404
    assert "Not adopted yet" in read(cast["coordinator"], pages)
    write(cast, "sq", "Shqip")
    assert client("translator").post(pages, {"language": "sq", "submit": "1"}).status_code == 302
    check = f"{pages}sq/check/"
    assert client("practitioner").get(check).status_code == 404
    assert "check a translation that you wrote or submitted" in read(cast["translator"], check)
    seen = version(cast).sha256
    shown = read(cast["reviewer"], check)
    assert "<h2>Shqip</h2><p>Shqip.</p>" in shown and "<h2>Општо</h2><p>Текст.</p>" in shown
    assert client("reviewer").post(check, {"answer": "back", "seen": seen}).status_code == 409
    assert client("reviewer").post(check, {"answer": "agree", "seen": seen}).status_code == 302
    adopt = f"{pages}sq/adopt/"
    assert client("reviewer").get(adopt).status_code == 404
    act = {"acts": "1", "act0-body": "Gov", "act0-kind": "law", "act0-number": "5", "act0-date": "2024-02-01"}
    assert client("coordinator").post(adopt, act | {"act0-number": ""}).status_code == 400
    asked = client("coordinator").post(adopt, act)  # the text was checked today
    assert asked.status_code == 409 and "Is this date correct?" in asked.content.decode()
    assert version(cast).unfinished
    assert client("coordinator").post(adopt, act | {"antedated": "2024-02-01"} | CONFIRMED).status_code == 302
    assert Entry.objects.get(verb="adopt_language").detail["antedated"] == ["2024-02-01"]
    assert not version(cast).unfinished
    assert client("coordinator").post(pages, {"language": "en", "begin": "1"}).status_code == 302
    assert "Translation no. 2 is in progress" in read(cast["coordinator"], pages)


@pytest.mark.usefixtures("no_review")
def test_a_language_that_is_not_whole_is_submitted_with_a_reason_and_follows() -> None:
    draft = make_draft(authentic=["mk", "sq"], languages=("mk", "sq"), translations=[])
    coordinator = make_person(Role.COORDINATOR, draft.instrument.owner)
    with pytest.raises(NotReady, match="no text in an authentic language"):
        submit_edition(coordinator, draft)
    submit_edition(coordinator, draft, "Albanian follows by its own act.")
    draft.refresh_from_db()
    with pytest.raises(NotReady, match="is incomplete"):
        adopt_edition(coordinator, draft, [make_act()], DAY, ["sq"])
    adopt_edition(coordinator, draft, [make_act()], DAY)
    assert list(AdoptionAct.objects.get().covers) == ["mk"]
    assert LanguageVersion.objects.get(edition=draft, language="sq").unfinished
    assert list(problems()) == []
