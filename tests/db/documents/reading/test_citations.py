"""Citations on the reading pages: linked, listed, cited by, broken; and for whom."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from audit.models import Entry
from documents.actions.find_citations import find_all, find_due
from documents.actions.set_short_titles import set_short_titles
from documents.actions.set_titles import set_titles
from documents.actions.withdraw import repeal
from documents.choices import Classification
from documents.editions.citation_targets import _names
from documents.models import Citation, CitationDue, Edition
from documents.signals import edition_moved
from people.roles import Role
from tests.support.documents.reading.pages import FIRST, SECOND, supersede
from tests.support.factories import (
    make_draft,
    make_in_force,
    make_institution,
    make_person,
    make_tree,
    narrow,
    put_in_force,
)
from tests.support.html import PageClient, signed_in

pytestmark = pytest.mark.django_db

THIRD = "00000000-0000-4000-8000-00000000000f"
GUIDE = "Насоки за прв контакт на границата"
TEXT = (
    "Видете го поглавје 1. Закон за странците важи. Се постапува по оддел 2 од Насоките за прв контакт на"
    " границата, по член 12 од Законот за странците и по НПГ."
)


@pytest.fixture
def public() -> Client:
    return PageClient(headers={"host": "public.test"})


def _guide() -> Edition:
    guide = make_draft(slug="guide", tree=make_tree("mk", sections=[(1, "Прво", "А."), (1, "Второ", "Б.")]))
    set_titles(make_person(Role.COORDINATOR, guide.instrument.owner), guide, {"mk": GUIDE})
    return put_in_force(Edition.objects.get(pk=guide.pk))


def _citing(slug: str, **fields: object) -> Edition:
    sections = [(1, "Општо", "Ништо."), (1, f"Наслов {slug}", TEXT)]
    return make_in_force(slug=slug, tree=make_tree("mk", sections=sections), translations=[], **fields)  # type: ignore[arg-type]


def _in_mk(label: str) -> str:
    with override("mk"):
        return gettext(label)


def _page(client: Client, edition: Edition, rest: str = "", room: str = "") -> str:
    return client.get(f"/mk/{room}i/{edition.instrument.path}/{rest}").content.decode()


def test_citations_are_linked_listed_and_told_to_who_may_read_them(public: Client) -> None:
    guide, citing = _guide(), _citing("citing")
    closed = _citing("closed", classification=Classification.OFFICIAL)
    assert find_due() > 0 and not CitationDue.objects.exists()
    found = {row.quote: row for row in Citation.objects.filter(edition=citing)}
    part = found["оддел 2 од Насоките за прв контакт на границата"]
    assert (part.instrument_id, str(part.target_uid)) == (guide.instrument_id, SECOND)
    assert found["член 12 од Законот за странците"].instrument_id is None
    assert str(found["поглавје 1"].target_uid) == FIRST and len(found) == 4

    read = _page(public, citing, f"1/s/{SECOND}/", "library/")
    target = f"/mk/library/i/{guide.instrument.path}/s/{SECOND}/"
    assert f'<a class="cite" href="{target}">' in read
    assert (
        f'<a class="cite" href="/mk/library/i/{citing.instrument.path}/1/s/{FIRST}/">поглавје 1</a>' in read
    )
    assert 'cite" href' in _page(public, citing, "1/?whole=1", "library/")
    file = public.get(f"/mk/library/i/{citing.instrument.path}/1.akn").content.decode()
    assert f'<ref href="http://public.test{target}">' in file
    assert '<ref href="#sec_1">поглавје 1</ref>' in file
    listed = _page(public, citing, "1/", "library/").partition(_in_mk("Acts cited that are not held here"))[2]
    assert "Закон за странците" in listed and "Законот за странците" not in listed, "each act once"
    assert "Насоките" not in listed.partition("</ul>")[0]

    cited = _page(public, guide, f"1/s/{SECOND}/", "library/")
    assert "Наслов citing" in cited and "Наслов closed" not in cited
    member = signed_in(make_person(Role.PRACTITIONER, make_institution("mk-interior")))
    stranger = signed_in(make_person(Role.PRACTITIONER, make_institution("al-interior")))
    assert "Наслов closed" in _page(member, guide, f"1/s/{SECOND}/")
    assert "Наслов closed" not in _page(stranger, guide, f"1/s/{SECOND}/")
    assert f"/i/{closed.instrument.path}/" in _page(member, guide, "1/")
    assert f"/i/{closed.instrument.path}/" not in _page(stranger, guide, "1/")

    # A target that is closed to the reader is neither linked nor listed: only its title tells that it is one.
    narrow(Classification.OFFICIAL, guide.instrument_id)
    read = _page(public, citing, f"1/s/{SECOND}/", "library/")
    assert target not in read and "поглавје 1</a>" in read
    assert target not in public.get(f"/mk/library/i/{citing.instrument.path}/1.akn").content.decode()
    listed = (
        _page(public, citing, "1/", "library/")
        .partition(_in_mk("Acts cited that are not held here"))[2]
        .partition("</ul>")[0]
    )
    assert "Насоките" not in listed and "Закон за странците" in listed
    red = _citing("red", classification=Classification.TLP_RED)
    names = {one.instrument for one in _names()}
    assert red.instrument_id not in names and citing.instrument_id in names


def test_a_broken_citation_is_told_to_the_coordinator_of_the_citing_text(public: Client) -> None:
    guide, citing = _guide(), _citing("citing")
    find_due()
    owner = citing.instrument.owner
    coordinator = make_person(Role.COORDINATOR, owner)
    desk, other = (
        signed_in(coordinator),
        signed_in(make_person(Role.COORDINATOR, make_institution("al-interior"))),
    )
    assert "broken-citations" not in _page(desk, citing, "1/")
    # The section that it cites is not in the next edition; then the document ends.
    newer = supersede(guide, date(2024, 6, 1), {SECOND: THIRD})
    edition_moved.send(sender=Edition, edition=newer, before="")
    find_due()
    assert Citation.objects.get(edition=citing, instrument=guide.instrument).broken == "gone"
    assert f"[{_in_mk('no longer in force')}]" in _page(public, citing, f"1/s/{SECOND}/", "library/")
    repeal(coordinator, newer, "Нема потреба.", date(2025, 1, 1))
    find_due()
    assert Citation.objects.get(edition=citing, instrument=guide.instrument).broken == "repealed"
    assert f"[{_in_mk('repealed')}]" in _page(public, citing, f"1/s/{SECOND}/", "library/")
    for client, told in ((desk, True), (other, False), (public, False)):
        room = "library/" if client is public else ""
        assert ("broken-citations" in _page(client, citing, "1/", room)) is told
    assert "Broken citations" in desk.get("/en/").content.decode()
    assert "Broken citations" not in other.get("/en/").content.decode()


def test_short_titles_are_set_by_coordinators_and_found_at_once() -> None:
    guide, citing = _guide(), _citing("citing")
    find_all()
    address = f"/en/desk/{guide.pk}/short-titles/"
    for role in (Role.DRAFTER, Role.PRACTITIONER, Role.REVIEWER):
        assert signed_in(make_person(role, guide.instrument.owner)).get(address).status_code == 404
    coordinator = make_person(Role.COORDINATOR, guide.instrument.owner)
    desk = signed_in(coordinator)
    assert desk.post(address, {"before": "{}", "mk": "x"}).status_code == 422
    assert desk.post(address, {"before": "{}", "mk": "НПГ; НППК", "en": ""}).status_code == 302
    guide.instrument.refresh_from_db()
    assert guide.instrument.short_titles == {"mk": ["НПГ", "НППК"]}
    assert Entry.objects.get(verb="short_titles").detail == {"languages": ["mk"]}
    # Somebody else's form was filled before that.
    assert desk.post(address, {"before": "{}", "mk": "ДРУГО"}).status_code == 422
    assert not set_short_titles(coordinator, guide.instrument, {"mk": ["НПГ", "НППК"]}, {})
    find_due()
    assert Citation.objects.get(edition=citing, quote="НПГ").instrument == guide.instrument
