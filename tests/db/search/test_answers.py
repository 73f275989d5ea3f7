"""A hit that answers: steps, numbers to call, the sentence asked for; sections like it, and in other
countries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from documents.actions.edit_contacts import enter_contact
from documents.choices import Classification
from documents.models import Contact, Edition
from documents.text import Section, SectionText, SectionTree
from people.roles import Role
from search.outbox import drain
from tests.support.factories import make_country, make_in_force, make_institution, make_person
from tests.support.html import PageClient
from tests.support.search.library import get, plain

pytestmark = pytest.mark.django_db

UID = "00000000-0000-4000-8000-00000000000{}"


def _tree(
    language: str, title: str, *sections: tuple[str, str, list[tuple[str, str, str, str]]]
) -> SectionTree:
    def paragraph(text: str) -> dict[str, Any]:
        return {"type": "paragraph", "content": [{"type": "text", "text": text}]}

    made = []
    for number, (heading, text, steps) in enumerate(sections):
        blocks: list[dict[str, Any]] = [paragraph(text)]
        for what, who, limit, more in steps:
            attrs = {"title": what, "who": who, "limit": limit}
            blocks.append({"type": "step", "attrs": attrs, "content": [paragraph(more)]})
        body = {"heading": [{"type": "text", "text": heading}], "blocks": blocks}
        made.append(Section(UID.format(number), 1, "section", SectionText("", body)))
    return SectionTree(language, title, tuple(made))


OFFICE = [
    ("Notify the Office", "police officer", "2 hours", "By telephone. Use the duty number within 2 hours."),
    ("Assign a social worker", "the Office", "same day", "The Office informs the Centre for Social Work."),
]
MK = _tree(
    "en",
    "Procedures",
    ("Notifying the Office", "The Office is notified of every presumed victim.", OFFICE),
    ("Reflection period", "It serves recovery. The reflection period lasts 90 days. It may be extended.", []),
    ("Notifying the family", "The family of the victim is notified by the Office with consent.", []),
)
RS = _tree(
    "en",
    "Serbian procedures",
    ("Notifying the Centre", "Notify the Centre of every presumed victim; the police officer does.", []),
    ("Kitchen", "Meals at noon.", []),
)


@pytest.fixture
def texts(search_index: object) -> dict[str, Edition]:
    make_country("rs", languages=["en"], name_en="Serbia")
    make_country("mk", name_en="North Macedonia")
    own = make_in_force(slug="mk-sop", languages=("en",), tree=MK)
    other = make_in_force(slug="rs-sop", owner=make_institution("rs-coordinator"), languages=("en",), tree=RS)
    red = make_in_force(
        slug="rs-red",
        owner=make_institution("rs-coordinator"),
        languages=("en",),
        classification=Classification.TLP_AMBER_STRICT,
        tree=_tree(
            "en", "Zxsecret", ("Zxnotifying the Office", "The Office is notified of victims.", OFFICE)
        ),
    )
    enter_contact(Contact(
        instrument=own.instrument, uid=UID.format(0), names={"en": "Duty"}, number="02 333", tel="+3892333",
        checked=date(2026, 1, 1),
    ))  # fmt: skip
    drain()
    return {"own": own, "other": other, "red": red}


@pytest.fixture
def office(texts: object) -> Client:
    client = PageClient()
    client.force_login(make_person(Role.PRACTITIONER))
    return client


def test_a_hit_answers(office: Client, texts: dict[str, Edition]) -> None:
    page = get(office, "q=who+informs+the+social+worker")
    hit = page[page.index("<article") : page.index("</article>")]
    assert '<p class="answers" lang="en" dir="ltr">The Office <mark>informs</mark> the' in hit
    assert "The Office informs the Centre for Social Work." in plain(hit)
    assert plain(hit).count("Assign a social worker") == 1, "in its facts, and not once more in the text"
    assert "Whothe Office" in plain(hit) and "Time limitsame day" in plain(hit)
    assert "Notify the Office" not in plain(hit), "the step that answers, not every step"
    assert '<a href="tel:+3892333">' in hit and "Duty" in hit
    sentence = "The <mark>reflection</mark> <mark>period</mark> lasts 90 <mark>days</mark>."
    assert sentence in get(office, "q=how+many+days+reflection+period")
    assert 'class="answers"' not in get(office, "q=reflection+period")
    [first, *_] = office.get("/api/v1/search", {"q": "when to notify the office"}).json()["results"]
    assert first["answer"] == "Use the duty number within 2 hours."
    assert first["steps"][0] == {
        "what": "Notify the Office", "who": "police officer", "time_limit": "2 hours"
    }  # fmt: skip
    assert first["numbers"] == [{"name": "Duty", "number": "02 333", "hours": "", "checked": "2026-01-01"}]
    assert "<article" not in get(office, "q=prosecutor&exact=1")
    [contact] = Contact.objects.all()
    enter_contact(Contact(id=contact.pk,
        instrument=texts["own"].instrument, uid=UID.format(0), names={"en": "Duty prosecutor"}, number="02 444",
        tel="+3892444", checked=date(2026, 1, 1),
    ))  # fmt: skip
    drain()
    assert '<a href="tel:+3892444">' in get(office, "q=prosecutor&exact=1"), "who answers is found too"


@pytest.mark.parametrize("name", ["like", "countries"])
def test_who_may_see_the_sections_like_one(
    name: str, office: Client, texts: dict[str, Edition], settings: Any
) -> None:
    def ask(client: Client, edition: Edition, uid: str = UID.format(0)) -> Any:
        return client.get(reverse(f"search:{name}", urlconf=conf, args=[edition.pk, uid]))

    conf = "config.urls_office"
    page = ask(office, texts["own"])
    assert page.status_code == 200 and page["X-Robots-Tag"] == "noindex, nofollow"
    words = plain(page.content.decode())
    assert "Notifying the Centre" in words and "Kitchen" not in words
    assert ("Notifying the family" in words) == (name == "like")
    assert words.count("Zxnotifying") == words.count("Zxsecret") == 0
    owner = PageClient()
    owner.force_login(make_person(Role.PRACTITIONER, texts["red"].instrument.owner))
    assert "Zxnotifying" in plain(ask(owner, texts["red"]).content.decode())
    for edition, uid in ((texts["red"], UID.format(0)), (texts["own"], UID.format(9))):
        assert ask(office, edition, uid).status_code == 404
    assert ask(PageClient(), texts["own"]).status_code == 302, "sign in first"
    conf = "config.urls_public"
    public = PageClient(headers={"host": "public.test"})
    assert ask(public, texts["own"]).status_code == 200
    assert ask(public, texts["red"]).status_code == 404
    conf = "config.urls_office"
    assert office.post(reverse(f"search:{name}", args=[texts["own"].pk, UID.format(0)])).status_code == 405


def test_while_the_search_is_away_the_pages_say_so(office: Client, texts: dict[str, Edition]) -> None:
    from search.factory import engine

    engine().close()
    for path in (engine()._files._path,):  # type: ignore[attr-defined]
        path.rename(path.with_name("away"))
    page = office.get(reverse("search:like", args=[texts["own"].pk, UID.format(0)]))
    assert page.status_code == 503 and "not working" in page.content.decode()
