"""Words that nobody has checked stand on no page, in no file and in no answer of the search for readers, on
either host: the list of addresses comes from the addresses themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.urls import get_resolver, reverse

from documents.actions import adopt_language
from documents.actions.adopt_edition import adopt_edition
from documents.actions.save_section import save_section
from documents.actions.start_revision import start_revision
from documents.actions.submit_edition import submit_edition
from documents.models import Edition, Section
from people.models import User
from people.roles import Role
from search.models import SavedSearch
from search.outbox import drain
from tests.support.documents.exports.every_export import addresses
from tests.support.documents.exports.scrubbed import opened
from tests.support.documents.following import no_review
from tests.support.factories import beside, body, make_act, make_draft, make_person, make_tree
from tests.support.html import PageClient

pytestmark = pytest.mark.django_db
__all__ = ["no_review"]

MARKER = "Zxunchecked"
"""In the heading, the number and the text of everything that is being written."""
LANGUAGES = ("mk", "sq", "en")
UIDS = [f"00000000-0000-4000-8000-{index:012d}" for index in range(3)]
SPACES = ("documents:", "search:", "search-api:", "saved:")
NO_TEXT = {
    "documents:seen": "takes a note, shows nothing",
    "search-api:openapi-json": "a description for programs",
    "search-api:api-root": "has no page",
    "saved:delete": "asks before it deletes",
    "documents:corrigendum": "there is none: a corrigendum of unfinished text is refused",
}


@dataclass(frozen=True)
class Found:
    edition: Edition
    practitioner: User
    saved: SavedSearch


@pytest.fixture
def found(no_review: None, search_index: object) -> Found:
    """Edition 2 in force: its Albanian is still to be adopted, the next number of its English is being
    written, and in one section each of them says something that no reader may see. That section came from
    another one."""
    tree = make_tree(
        "mk", "Постапки", [(1, "Општо", "Текст."), (2, "Разговор", "Насамо."), (1, "Крај", "К.")], UIDS
    )
    draft = make_draft(authentic=["mk", "sq"], tree=tree)
    owner = draft.instrument.owner
    coordinator = make_person(Role.COORDINATOR, owner)
    day = date(2024, 1, 1)
    for edition, languages in ((draft, None), (None, ["en"])):
        now = edition or start_revision(coordinator, Edition.objects.get(number=1))
        if edition is None:
            Section.objects.filter(edition=now, uid=UIDS[1]).update(origins=[UIDS[0]])
            row = Section.objects.get(edition=now, uid=UIDS[1])
            save_section(
                coordinator, now, UIDS[1], "mk", body("Разговор", "Секогаш насамо."), row.text_hash_mk
            )
        submit_edition(coordinator, now, "Albanian follows.")
        now.refresh_from_db()
        adopt_edition(coordinator, now, [make_act(date=day)], day, languages)
        day += timedelta(days=60)
    now = Edition.objects.select_related("instrument").get(number=2)
    adopt_language.begin_next(coordinator, now, "en")
    for uid, language in product(UIDS, ("sq", "en")):
        opened_with = Section.objects.values_list(f"text_hash_{language}", flat=True).get(
            edition=now, uid=uid
        )
        new, seen = body(f"{MARKER} one", f"{MARKER} two."), beside(now, uid)
        save_section(coordinator, now, uid, language, new, opened_with, seen=seen)
        Section.objects.filter(edition=now, uid=uid).update(**{f"label_{language}": f"{MARKER} 7"})
    drain()
    practitioner = make_person(Role.PRACTITIONER, owner)
    saved = SavedSearch.objects.create(user=practitioner, name="s", query="q=Општо")
    return Found(now, practitioner, saved)


def asked(found: Found, host: str) -> Iterator[str]:
    """Every address for readers of that host, of every edition and language, of a section that came from another
    and of one that did not."""
    conf = f"config.urls_{host}"
    values: dict[str, list[Any]] = {
        "country": ["mk"], "slug": ["sop"], "number": [1, 2], "uid": UIDS[:2], "day": [date(2024, 4, 1)], "pk": [found.saved.pk],
        "edition": [found.edition.pk], "sha256": ["f" * 64],
    }  # fmt: skip
    for route, name in addresses(get_resolver(conf)):
        if not name.startswith(SPACES) or name in NO_TEXT:
            continue
        names = re.findall(r"<\w+:(\w+)>", route)
        for chosen in product(*(values[one] for one in names if one != "other")):
            kwargs = dict(zip([one for one in names if one != "other"], chosen, strict=True))
            if "other" in names:
                kwargs["other"] = 3 - kwargs["number"]
            address = reverse(name, conf, kwargs=kwargs)
            for language in LANGUAGES:
                if name.startswith(("search", "saved")):
                    words = ("Општо", "Разговор", "Zxunch", MARKER) if language == "mk" else ("Насамо",)
                    yield from (f"{address}?q={word}&language={language}&lang={language}" for word in words)
                else:
                    yield f"{address}?text={language}&with={'mk' if language != 'mk' else 'en'}&whole=1"
                    if "." not in address:  # a file has one view
                        yield f"{address}?text={language}&view=side&all=1&number=1"


def test_no_reader_ever_sees_it(found: Found) -> None:
    office = PageClient()
    office.force_login(found.practitioner)
    no_host_shows_it(found, "office", office)
    no_host_shows_it(found, "public", PageClient(headers={"host": "public.test"}))


def no_host_shows_it(found: Found, host: str, client: PageClient) -> None:
    answers = dict.fromkeys((200, 302, 404), 0)
    told = ""
    for address in asked(found, host):
        response = client.get(address)
        answers[response.status_code] += 1
        data = opened(response.getvalue() if response.streaming else response.content)
        said = data.decode(errors="replace")
        # What the reader typed is said back to them, and nothing more: not in lower case, not with its
        # ending.
        assert f"{MARKER} one" not in said and f"{MARKER} two" not in said and f"{MARKER} 7" not in said, (
            address
        )
        if MARKER not in address:
            assert MARKER not in said, address
        told += said if "text=en" in address else ""
    assert answers[200] > 40, answers
    assert "Општо en" in told and "Разговор en" in told
