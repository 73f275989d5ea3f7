"""The whole path on real servers: a Word file is taken in, recorded, revised, reviewed, adopted, found and
read.

Site and worker run with the production settings on PostgreSQL, Elasticsearch, S3-compatible storage and SMTP;
the people here know addresses and forms only.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from config.demo.instruments import sources
from tests.support.documents.word.sample import ministry_docx
from tests.support.pdf import PDF
from tests.support.production.visitor import Visitor, parsed
from tests.support.services.production import Production

PASSWORD = "a long password of words"
NEW_WORDS = "Новата одредба важи за хеликоптери."

SETUP = """
from people.roles import Role
from tests.support.factories import make_institution, make_person
owner = make_institution("mk-coordinator")
people = {"first": (Role.COORDINATOR, owner), "second": (Role.COORDINATOR, owner), "drafter": (Role.DRAFTER, owner)}
for key in ("interior", "social", "justice"):
    people[key] = (Role.REVIEWER, make_institution(f"mk-{key}"))
people["practitioner"] = (Role.PRACTITIONER, make_institution("mk-social"))
people["stranger"] = (Role.REVIEWER, make_institution("rs-interior"))
for key, (role, institution) in people.items():
    make_person(role, institution, name=key, email=f"{key}@test.example")
print("ready")
"""


@pytest.fixture(scope="module")
def people(kodeks: Production) -> dict[str, Visitor]:
    assert "ready" in kodeks.manage("shell", "-c", SETUP)
    names = ("first", "second", "drafter", "interior", "social", "justice", "practitioner", "stranger")
    return {name: Visitor(kodeks, f"{name}@test.example", PASSWORD) for name in names}


def today() -> str:
    """By the clock of the country, where a new day begins before midnight in UTC."""
    return datetime.now(ZoneInfo("Europe/Skopje")).date().isoformat()


def act(number: str, day: str) -> dict[str, str]:
    return {
        "act0-body": "Влада",
        "act0-kind": "government_decision",
        "act0-number": number,
        "act0-date": day,
        "act0-gazette": "Службен весник",
        "act0-gazette_number": "1/2026",
    }


def edition_id(visitor: Visitor) -> str:
    found = re.search(r"/desk/(\d+)/", visitor.page.url)
    assert found, visitor.page.url
    return found[1]


def waited_for(visitor: Visitor, words: str) -> None:
    """Looks again until the worker has done its part, as the page does by itself."""
    until = time.monotonic() + 60
    while words not in visitor.words() and time.monotonic() < until:
        time.sleep(0.3)
        visitor.get(visitor.page.url)
    assert words in visitor.words(), visitor.words()[:800]


def test_the_whole_path(kodeks: Production, people: dict[str, Visitor]) -> None:
    first, second, drafter = people["first"], people["second"], people["drafter"]

    # A coordinator enters the document and takes the Word files in, the second language against the first.
    source = next(s for s in sources() if s.folder == "mk-sop")
    first.get("/en/desk/new/empty/")
    first.send(
        has="slug",
        data={
            "kind": "sop",
            "level": "national",
            "source_language": "mk",
            "title": "Процедури",
            "languages": ["mk", "sq"],
            "authentic_languages": ["mk", "sq"],
            "slug": "sop",
            "topics": ["identification"],
            "classification": "public",
        },
    )
    draft = edition_id(first)
    for language in ("mk", "sq"):
        first.get(f"/en/desk/{draft}/upload/")
        word = ministry_docx(source.tree(1, language))
        first.send(has="language", data={"language": language}, files={"file": (f"{language}.docx", word)})
        waited_for(first, "Save and decide later")
        first.send(has="do", data={"do": "take"})
        waited_for(first, "Text imported:")
        assert first.page.url.endswith("/report/"), first.words()[:800]
    first.get(f"/en/desk/{draft}/upload/")
    short = source.tree(1, "sq")
    other = ministry_docx(type(short)(short.language, short.title, short.sections[:-1]))
    first.send(has="language", data={"language": "sq"}, files={"file": ("sq.docx", other)})
    waited_for(first, "Save and decide later")
    assert "1 section of the original has no match in the file" in first.words()
    first.send(has="drop", data={}, button="drop")
    first.send(has="drop", data={"answers": "confirmed"})

    # Adopted before Kodeks: one coordinator proposes, the other confirms.
    first.get(f"/en/desk/reviews/prior/{draft}/")
    signed = {"act0-signed": ("act.pdf", PDF)}
    first.send(has="act0-body", data=act("41-1", "2023-12-01") | {"valid_from": "2024-01-01"}, files=signed)
    first.send(has="act0-body", data={"answers": "confirmed"})
    decide = first.page.url.partition("//")[2].partition("/")[2]
    assert first.post(f"/{decide}", {"decision": "confirm"}).status_code == 404
    people["practitioner"].get("/en/i/mk/sop/", status=404)
    second.get(f"/{decide}")
    second.send(has="decision", data={}, button="decision")
    assert "In force" in people["practitioner"].get("/en/i/mk/sop/")

    # The next edition: the drafter changes one section; everything else keeps its hash.
    first.get(f"/en/desk/{draft}/revise/")
    first.send(has="csrfmiddlewaretoken", data={})
    revised = edition_id(first)
    assert revised != draft
    drafter.get(f"/en/desk/{revised}/")
    links = parsed(drafter.page.content).xpath("//a/@href")
    section = next(link for link in links if re.search(rf"/desk/{revised}/s/[0-9a-f-]+/mk/$", link))
    body, sha256 = opened(drafter, section)
    unchanged = drafter.post(section, {"body": body, "expected": sha256}, as_json=True)
    assert unchanged.json()["hash"] == sha256
    body["blocks"].append({"type": "paragraph", "content": [{"type": "text", "text": NEW_WORDS}]})
    saved = drafter.post(section, {"body": body, "expected": sha256}, as_json=True)
    assert saved.status_code == 200, saved.text
    other_text = body | {"blocks": body["blocks"][:-1]}
    late = drafter.post(section, {"body": other_text, "expected": sha256}, as_json=True)
    assert late.status_code == 409
    assert late.json()["conflict"]
    assert (
        people["stranger"].post(section, {"body": body, "expected": sha256}, as_json=True).status_code == 404
    )

    # The review: two institutions, then the lawyers; nobody skips a stage, and nobody writes meanwhile.
    first.get(f"/en/desk/reviews/start/{revised}/?procedure=joint-order")
    # The Albanian is authentic and older than what was just written: it goes along only with a reason.
    first.send(has="due", data={}, status=400)
    first.send(has="due", data={"although": "on", "because": "The Albanian follows within the week."})
    first.send(has="due", data={"answers": "confirmed"})
    review = re.search(r"/reviews/(\d+)/", first.page.url)
    assert review, first.words()[:800]
    number = review[1]
    locked = drafter.post(section, {"body": body, "expected": saved.json()["hash"]}, as_json=True)
    assert locked.status_code == 409
    early = first.post(f"/en/desk/reviews/{number}/adopt/", act("41-9", today()) | {"valid_from": today()})
    assert early.status_code == 409
    people["justice"].get(f"/en/review/{number}/", status=404)
    people["stranger"].get(f"/en/review/{number}/", status=404)
    for name in ("interior", "social", "justice"):
        people[name].get(f"/en/review/{number}/")
        people[name].send(has="choice", data={"choice": "agree"})
        people[name].send(has="seat", data={"answers": "confirmed"})
        again = people[name].post(
            f"/en/review/{number}/answer/", {"choice": "agree", "seat": "1", "seen": "x"}
        )
        assert again.status_code in (404, 409)

    # The adoption: the new edition is in force, the former superseded, and neither changes again.
    first.get(f"/en/desk/reviews/{number}/adopt/")
    first.send(
        has="act0-body",
        data=act("41-2", today())
        | {"valid_from": today(), "because": "The Albanian follows within the week."},
        files={"act0-signed": ("act.pdf", PDF)},
    )
    first.send(has="act0-body", data={"answers": "confirmed"})
    reader = people["practitioner"]
    assert NEW_WORDS not in reader.get("/en/i/mk/sop/1/?whole=1")
    assert "Do not act on this text" in reader.words()
    reader.get("/en/i/mk/sop/2/?whole=1")
    assert NEW_WORDS in reader.words()
    assert (
        drafter.post(section, {"body": body, "expected": saved.json()["hash"]}, as_json=True).status_code
        == 409
    )
    assert first.post(f"/en/desk/reviews/{number}/reopen/", {"reason": "x"}).status_code in (404, 409)

    # Read: what changed, downloads, the public host. Find: in either host, on Elasticsearch, within seconds.
    reader.get("/en/i/mk/sop/2/compare/1/?text=mk")
    assert "хеликоптери" in reader.words()
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF-"), ("json", b"{")):
        reader.get(f"/en/i/mk/sop/2.{kind}")
        assert reader.page.content.startswith(start)
    assert wait_for(lambda: "хеликоптер" in reader.get("/mk/search/?q=хеликоптер")), reader.words()[:800]
    nobody = Visitor(kodeks)
    nobody.base = kodeks.public_url
    assert "Процедури" in nobody.get("/mk/library/") or nobody.words()
    assert "хеликоптери" in nobody.get("/mk/library/i/mk/sop/2/?whole=1")
    assert not nobody.http.cookies

    # Everybody who was asked got a mail, by a real mail server.
    asked = {address for mail in kodeks.mailbox.wait_for(3) for address in mail.recipients}
    assert {"interior@test.example", "social@test.example", "justice@test.example"} <= asked


def test_who_may_not_sees_nothing(kodeks: Production, people: dict[str, Visitor]) -> None:
    for path in ("/en/desk/reviews/", "/en/desk/new/", "/en/people/", "/en/outbox/", "/en/i/mk/nothing/"):
        people["stranger"].get(path, status=404)


def opened(visitor: Visitor, path: str) -> tuple[dict[str, Any], str]:
    """The body of a section as the editor gets it, and its hash."""
    visitor.get(path)
    form = next(f for f in parsed(visitor.page.content).forms if "body" in f.fields)
    return json.loads(form.fields["body"]), form.fields["expected"]


def wait_for(condition: Callable[[], bool], seconds: float = 20.0) -> bool:
    """Whether the condition comes true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.25)
    return False
