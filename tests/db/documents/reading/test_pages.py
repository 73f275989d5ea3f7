"""Who reads what where: every reading address on both hosts, for those who may, those who may not, and
nobody."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from documents.actions.edit_contacts import enter_contact
from documents.choices import Classification
from documents.models import BlobUse, Comment, Contact, Edition, OldSlug, Section
from people.roles import Role
from tests.support.documents.reading.pages import FIRST, SECOND, supersede
from tests.support.factories import make_draft, make_in_force, make_institution, make_person, make_tree
from tests.support.html import PageClient, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def public() -> Client:
    """Somebody on the public host."""
    return PageClient(headers={"host": "public.test"})


def paths(edition: Edition, uid: str = FIRST) -> list[str]:
    """Every reading address of an edition in force, behind /{lang}/ and the host's own part."""
    home = f"i/{edition.instrument.path}/"
    return [
        home,
        f"{home}on/",
        f"{home}on/2024-06-01/",
        f"{home}{edition.number}/",
        f"{home}{edition.number}/?whole=1",
        f"{home}{edition.number}/s/{uid}/",
        f"{home}{edition.number}.json",
        f"{home}{edition.number}.docx",
        f"{home}{edition.number}.pdf",
    ]


def signed_file(edition: Edition) -> str:
    use = BlobUse.objects.get(edition=edition, blob__kind="signed")
    return f"/files/{use.blob_id}/{use.name}"


def test_a_public_text_is_read_on_both_hosts(public: Client) -> None:
    edition = make_in_force()
    reader = signed_in(make_person(Role.PRACTITIONER))
    for path in paths(edition):
        assert reader.get(f"/en/{path}").status_code == 200, path
        answer = public.get(f"/en/library/{path}")
        assert answer.status_code == 200, path
        assert not answer.cookies
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert reader.get(signed_file(edition)).status_code == 200
    assert public.get(signed_file(edition)).status_code == 200


@pytest.mark.parametrize(
    ("classification", "role", "institution", "reads"),
    [
        (Classification.OFFICIAL, Role.PRACTITIONER, "mk-interior", True),
        (Classification.OFFICIAL, Role.PRACTITIONER, "al-interior", False),
        (Classification.TLP_GREEN, Role.REGIONAL_PARTNER, "al-interior", True),
        (Classification.TLP_AMBER, Role.PRACTITIONER, "mk-interior", False),
        (Classification.TLP_AMBER_STRICT, Role.PRACTITIONER, "mk-coordinator", True),
        (Classification.TLP_AMBER_STRICT, Role.COORDINATOR, "mk-interior", False),
        (Classification.TLP_RED, Role.COORDINATOR, "mk-coordinator", False),
        (Classification.OFFICIAL, Role.OPERATOR, "mk-coordinator", False),
    ],
)
def test_a_closed_text_is_not_there_for_those_whom_it_is_not_for(
    public: Client, classification: str, role: str, institution: str, reads: bool
) -> None:
    edition = make_in_force(classification=classification)
    reader = signed_in(make_person(role, make_institution(institution)))
    for path in [*paths(edition), f"i/{edition.instrument.path}/s/{FIRST}/"]:
        assert (reader.get(f"/en/{path}").status_code != 404) is reads, path
        assert public.get(f"/en/library/{path}").status_code == 404, path
    assert (reader.get(signed_file(edition)).status_code == 200) is reads
    assert public.get(signed_file(edition)).status_code == 404


def test_a_superuser_reads_no_more_than_anybody() -> None:
    edition = make_in_force(classification=Classification.TLP_AMBER_STRICT)
    reader = signed_in(make_person(is_superuser=True))
    assert {reader.get(f"/en/{path}").status_code for path in paths(edition)} == {404}


def test_anonymous_in_the_office_every_address_leads_to_the_sign_in() -> None:
    edition = make_in_force()
    nobody = PageClient()
    there = [f"/en/{path}" for path in paths(edition)] + [
        signed_file(edition),
        "/en/library/",
        "/en/i/mk/nothing/",
    ]
    for path in there:
        answer = nobody.get(path)
        assert answer.status_code == 302 and answer.headers["Location"].startswith("/en/sign-in/"), path


def test_a_draft_is_for_those_who_work_on_it(public: Client) -> None:
    edition = make_draft()
    drafter = signed_in(make_person(Role.DRAFTER, edition.instrument.owner))
    reader = signed_in(make_person(Role.PRACTITIONER, edition.instrument.owner))
    home = f"i/{edition.instrument.path}/"
    for path in (home, f"{home}1/", f"{home}1/s/{FIRST}/", f"{home}1.json", f"{home}1.docx", f"{home}1.pdf"):
        assert drafter.get(f"/en/{path}").status_code == 200, path
        assert reader.get(f"/en/{path}").status_code == 404, path
        assert public.get(f"/en/library/{path}").status_code == 404, path
    page = drafter.get(f"/en/{home}1/").content.decode()
    assert "force-plain" in page and "This text is not in force." in page
    text = drafter.get(f"/en/{home}1.md").content.decode()
    assert (
        "**Draft.** This text is not in force." in text
        and 'state: "Draft. This text is not in force.' in text
    )


def test_red_is_read_on_the_page_and_goes_into_no_file() -> None:
    edition = make_in_force(classification=Classification.TLP_RED)
    named = signed_in(edition.instrument.named_readers.first())
    home = f"/en/i/{edition.instrument.path}/1"
    page = named.get(f"{home}/")
    assert page.status_code == 200
    assert ".pdf" not in page.content.decode()
    for ending in ("pdf", "docx", "json"):
        assert named.get(f"{home}.{ending}").status_code == 404
    assert named.get(signed_file(edition)).status_code == 404


def test_the_public_host_takes_no_post_and_answers_head(public: Client) -> None:
    edition = make_in_force()
    address = f"/en/library/i/{edition.instrument.path}/"
    assert public.post(address).status_code == 405
    assert public.head(address).status_code == 200
    assert signed_in(make_person()).post(f"/en/i/{edition.instrument.path}/").status_code == 405


def test_a_superseded_edition_says_so_and_leads_to_the_same_section_in_force() -> None:
    old = make_in_force()
    new = supersede(old, date(2025, 7, 1))
    reader = signed_in(make_person())
    home = f"/en/i/{old.instrument.path}/"
    page = reader.get(f"{home}1/s/{SECOND}/").content.decode()
    assert "Do not act on this text." in page and "force-old" in page
    assert f'href="{home}2/s/{SECOND}/"' in page
    assert "Superseded on 1 July 2025 by edition 2." in page
    now = reader.get(f"{home}2/s/{SECOND}/").content.decode()
    assert "Do not act" not in now and "In force since 1 July 2025." in now
    assert "text changed" in now
    assert "same text" in reader.get(f"{home}2/s/{FIRST}/").content.decode()
    assert reader.get(f"{home}s/{SECOND}/").headers["Location"] == f"{home}2/s/{SECOND}/"
    assert new.number == 2


def test_a_day_shows_the_edition_that_was_in_force_on_it() -> None:
    old = make_in_force()
    supersede(old, date(2025, 7, 1))
    reader = signed_in(make_person())
    home = f"/en/i/{old.instrument.path}/"
    assert "Superseded on 1 July 2025" in reader.get(f"{home}on/2025-06-30/").content.decode()
    assert "In force since 1 July 2025." in reader.get(f"{home}on/2025-07-01/").content.decode()
    before = reader.get(f"{home}on/2023-12-31/")
    assert before.status_code == 200
    assert "was in force on 31 December 2023." in before.content.decode()
    assert reader.get(f"{home}on/2025-02-30/").status_code == 404
    assert reader.get(f"{home}on/?day=2025-07-01").headers["Location"] == f"{home}on/2025-07-01/"
    wrong = reader.get(f"{home}on/", {"day": "<b>soon</b>"}).content.decode()
    assert "&lt;b&gt;soon&lt;/b&gt;" in wrong and "is not a valid date" in wrong


def test_a_former_address_leads_to_the_present_one(public: Client) -> None:
    edition = make_in_force()
    OldSlug.objects.create(country_id="mk", slug="old-name", instrument=edition.instrument)
    reader = signed_in(make_person())
    answer = reader.get("/en/i/mk/old-name/1.json?text=sq")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/en/i/{edition.instrument.path}/1.json?text=sq"
    assert public.get(f"/sq/library/i/mk/old-name/1/s/{FIRST}/").headers["Location"] == (
        f"/sq/library/i/{edition.instrument.path}/1/s/{FIRST}/"
    )


def test_a_former_address_of_a_closed_text_tells_nothing(public: Client) -> None:
    edition = make_in_force(classification=Classification.OFFICIAL)
    OldSlug.objects.create(country_id="mk", slug="old-name", instrument=edition.instrument)
    assert public.get("/en/library/i/mk/old-name/").status_code == 404


def test_a_section_that_was_joined_leads_to_the_one_that_took_it_in() -> None:
    gone = "00000000-0000-4000-8000-0000000000aa"
    draft = make_draft()
    Section.objects.filter(edition=draft, uid=SECOND).update(origins=[SECOND, gone])
    reader = signed_in(make_person(Role.DRAFTER, draft.instrument.owner))
    home = f"/en/i/{draft.instrument.path}/"
    assert reader.get(f"{home}1/s/{gone}/").headers["Location"] == f"{home}1/s/{SECOND}/"
    assert reader.get(f"{home}s/{gone}/").headers["Location"] == f"{home}1/s/{SECOND}/"
    assert reader.get(f"{home}s/{'0' * 8}-0000-4000-8000-{'b' * 12}/").status_code == 404


def test_numbers_to_call_stand_beside_their_section(public: Client) -> None:
    edition = make_in_force()
    enter_contact(
        Contact(
            instrument=edition.instrument,
            uid=FIRST,
            names={"mk": "Центар <24>", "en": "Centre"},
            hours={"mk": "секој ден"},
            number="02 000 00 00",
            tel="+389 2 000\" onx='",
            checked=date(2026, 11, 2),
        )
    )
    page = public.get(f"/mk/library/i/{edition.instrument.path}/1/s/{FIRST}/").content.decode()
    assert "Центар &lt;24&gt;" in page and 'href="tel:+3892000"' in page
    assert 'href="#call"' in page
    english = public.get(f"/en/library/i/{edition.instrument.path}/1/s/{FIRST}/").content.decode()
    assert "Centre" in english and "checked on 2 November 2026" in english
    assert (
        'id="call"'
        not in public.get(f"/mk/library/i/{edition.instrument.path}/1/s/{SECOND}/").content.decode()
    )


def test_open_comments_are_counted_for_those_at_work_only() -> None:
    draft = make_draft()
    Comment.objects.create(edition=draft, uid=FIRST, language="mk", text="?")
    drafter = signed_in(make_person(Role.DRAFTER, draft.instrument.owner))
    assert "1 open comment" in drafter.get(f"/en/i/{draft.instrument.path}/1/s/{FIRST}/").content.decode()
    edition = make_in_force(slug="other")
    Comment.objects.create(edition=edition, uid=FIRST, language="mk", text="?")
    reader = signed_in(make_person(Role.PRACTITIONER))
    assert "open comment" not in reader.get(f"/en/i/{edition.instrument.path}/1/").content.decode()


def test_a_long_document_begins_with_its_contents_and_a_short_one_with_its_text() -> None:
    long = make_in_force(tree=make_tree("mk", sections=[(1, f"Глава {n}", f"Текст {n}.") for n in range(20)]))
    short = make_in_force(slug="short")
    reader = signed_in(make_person())
    page = reader.get(f"/mk/i/{long.instrument.path}/").content.decode()
    assert "Глава 19" in page and "Текст 19." not in page and "toc-page" in page
    whole = reader.get(f"/mk/i/{long.instrument.path}/1/?whole=1").content.decode()
    assert "Текст 19." in whole
    assert "Целта." in reader.get(f"/mk/i/{short.instrument.path}/").content.decode()


def test_a_page_asks_the_database_as_often_for_many_sections_as_for_few(
    public: Client, django_assert_max_num_queries: object
) -> None:
    tree = make_tree("mk", sections=[(1 + n % 3, f"Глава {n}", f"Текст {n}.") for n in range(120)])
    edition = make_in_force(tree=tree)
    for path, most in ((f"1/s/{FIRST}/", 14), ("", 12), ("1/?whole=1", 13)):
        with django_assert_max_num_queries(most):  # type: ignore[operator]
            assert public.get(f"/mk/library/i/{edition.instrument.path}/{path}").status_code == 200
