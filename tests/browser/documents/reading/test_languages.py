"""In which language and script a text is read, and that a stand-in is said."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from documents.display.language import choose
from documents.models import Edition, Section
from people.roles import Role
from tests.support.factories import (
    make_country,
    make_draft,
    make_in_force,
    make_institution,
    make_person,
    make_tree,
)
from tests.support.html import flat

FIRST = "00000000-0000-4000-8000-000000000000"
TEXT = "Полицијски службеник обавештава Europol и Центар за заштиту жртава, www.cztlj.gov.rs."
TEXT_LATIN = "Policijski službenik obaveštava Europol i Centar za zaštitu žrtava, www.cztlj.gov.rs."


@pytest.mark.parametrize(
    ("page", "wanted", "available", "language", "shown", "parameter", "instead"),
    [
        ("mk", "", ["mk", "en"], "mk", "", "", False),
        ("en", "mk", ["mk", "en"], "mk", "", "mk", False),
        ("sq", "", ["mk", "en"], "mk", "", "", True),
        ("en", "sq", ["mk", "en"], "en", "", "", True),
        ("en", "nonsense", ["mk", "en"], "en", "", "", False),
        ("en", "../etc", ["mk"], "mk", "", "", True),
        ("sr-latn", "", ["mk", "sr"], "sr", "Latn", "", False),
        ("sr-cyrl", "", ["mk", "sr"], "sr", "Cyrl", "", False),
        ("sr-latn", "sr", ["mk", "sr"], "sr", "Latn", "", False),
        ("en", "sr-latn", ["mk", "sr"], "sr", "Latn", "sr-latn", False),
        ("en", "sr", ["mk", "sr"], "sr", "Cyrl", "sr", False),
        ("sr-cyrl", "sr-latn", ["mk", "sr"], "sr", "Latn", "sr-latn", False),
    ],
)
def test_which_text_is_read(
    page: str, wanted: str, available: list[str], language: str, shown: str, parameter: str, instead: bool
) -> None:
    text = choose(page, wanted, "mk", available, {"sr": "Закон"})
    assert (text.language, text.script.shown, text.parameter, text.instead) == (
        language,
        shown,
        parameter,
        instead,
    )


@pytest.fixture
def serbian(db: None) -> Edition:
    """A Serbian text in Cyrillic, with an English translation, in force and public."""
    make_country("rs", languages=["sr"], name_sr="Србија", time_zone="Europe/Belgrade")
    owner = make_institution("rs-coordinator", name_sr="Канцеларија")
    tree = make_tree("sr", "Процедуре", [(1, "Први разговор", TEXT), (1, "Смештај", "Текст.")])
    edition = make_in_force(owner=owner, languages=["sr", "en"], tree=tree, authentic=["sr"])
    assert edition.instrument.path == "rs/sop"
    return edition


@pytest.fixture
def reader(db: None) -> Client:
    client = Client()
    client.force_login(make_person(Role.PRACTITIONER, make_institution("rs-interior")))
    return client


def said(tag: str, message: str) -> str:
    """A message of the interface as a page in that language says it."""
    with translation.override(tag):
        return gettext(message)


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return flat(answer.content.decode())


def test_serbian_is_read_in_the_script_of_the_address(serbian: Edition, reader: Client) -> None:
    latin = page_of(reader, f"/sr-latn/i/rs/sop/1/s/{FIRST}/")
    assert TEXT_LATIN in latin and 'lang="sr-Latn"' in latin
    assert "Prvi razgovor" in latin and "Kancelarija" in latin and "Srbija" in latin
    cyrillic = page_of(reader, f"/sr-cyrl/i/rs/sop/1/s/{FIRST}/")
    assert TEXT in cyrillic and 'lang="sr-Cyrl"' in cyrillic
    assert f'href="/sr-latn/i/rs/sop/1/s/{FIRST}/"' in cyrillic


def test_on_an_english_page_serbian_stands_as_it_came_and_turns_by_text(
    serbian: Edition, reader: Client
) -> None:
    assert TEXT in page_of(reader, f"/en/i/rs/sop/1/s/{FIRST}/?text=sr")
    latin = page_of(reader, f"/en/i/rs/sop/1/s/{FIRST}/?text=sr-latn")
    assert TEXT_LATIN in latin
    # Where one goes from there, the wish goes with one.
    assert "/2/" not in latin and "?text=sr-latn" in latin


def test_a_language_without_a_text_is_said_and_the_original_stands_in(
    serbian: Edition, reader: Client
) -> None:
    page = page_of(reader, f"/sq/i/rs/sop/1/s/{FIRST}/")
    assert TEXT in page
    message = said(
        "sq",
        "There is no translation into this language: %(missing)s. "
        "You are reading the original text: %(shown)s.",
    )
    assert message % {"missing": "Shqip", "shown": "Српски"} in page


def test_macedonian_is_never_turned(db: None, reader: Client) -> None:
    make_in_force()
    assert "Целта." in page_of(reader, "/sr-latn/i/mk/sop/1/")


def test_the_menu_tells_what_each_language_is(db: None) -> None:
    draft = make_draft(languages=["mk", "sq", "en", "sr"], authentic=["mk", "sq"])
    rows = Section.objects.filter(edition=draft)
    rows.filter(uid=FIRST).update(source_hash_en="0" * 64)
    rows.update(body_sr=None, text_hash_sr="", heading_sr="")
    client = Client()
    client.force_login(make_person(Role.DRAFTER, draft.instrument.owner))
    page = page_of(client, "/en/i/mk/sop/1/")
    assert "original text" in page
    assert "authentic, up to date" in page
    assert "out of date" in page
    assert "not translated" in page
    assert 'href="/en/i/mk/sop/1/?text=sq"' in page
    assert "?text=sr" not in page


def test_one_section_without_a_translation_is_said_and_read_in_the_original(db: None) -> None:
    draft = make_draft()
    Section.objects.filter(edition=draft, uid=FIRST).update(body_sq=None, text_hash_sq="", heading_sq="")
    client = Client()
    client.force_login(make_person(Role.DRAFTER, draft.instrument.owner))
    page = page_of(client, f"/sq/i/mk/sop/1/s/{FIRST}/")
    message = said("sq", "This section is not translated. You are reading the original text.")
    assert message in page
    assert '<article class="text" lang="mk"' in page and "Текст." in page
    whole = page_of(client, "/sq/i/mk/sop/1/")
    assert message in whole and "Текст." in whole and "Целта. sq" in whole


def test_a_stale_section_says_so_and_leads_to_the_original(db: None) -> None:
    draft = make_draft()
    Section.objects.filter(edition=draft, uid=FIRST).update(source_hash_sq="0" * 64)
    client = Client()
    client.force_login(make_person(Role.DRAFTER, draft.instrument.owner))
    page = page_of(client, f"/sq/i/mk/sop/1/s/{FIRST}/")
    assert said("sq", "This translation is out of date.") in page
    assert f'href="/sq/i/mk/sop/1/s/{FIRST}/?text=mk"' in page


def test_a_language_that_only_campaigns_have_leads_to_the_english_library(db: None) -> None:
    make_in_force()
    public = Client(headers={"host": "public.test"})
    answer = public.get(f"/ar/library/i/mk/sop/1/s/{FIRST}/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/en/library/i/mk/sop/1/s/{FIRST}/?from=ar"
    page = page_of(public, answer.headers["Location"])
    assert 'lang="ar" dir="rtl"' in page.partition("<main")[2] and 'href="/ar/"' in page
    page = page_of(public, f"{answer.headers['Location']}&home=mk")
    assert 'href="/ar/?in=mk"' in page and 'href="/ar/help/?in=mk"' in page
    assert (
        '<header class="ptop" lang="ar" dir="rtl">' in page
        and "اعرفوا العلامات" in page.partition("<main")[0]
    )
    assert "It is shown in English." not in page_of(public, "/en/library/?from=%3Cscript%3E")
