"""What people do while servers are killed: each act says whether it is done, from the database, and can be
done again by somebody who got no answer."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.documents.word.sample import ministry_docx
from tests.support.factories import make_tree
from tests.support.pdf import PDF
from tests.support.production.battered import Battered
from tests.support.production.visitor import Visitor, parsed

PASSWORD = "a long enough password"
PATIENCE = 90.0

SETUP = """
import json
from django.db import transaction
from tests.support.reviews import make_cast
with transaction.atomic():  # a text is there with its instrument, or the index hears of the instrument alone
    make_cast()
from public.demo import load_campaigns
from people.models import Country
for code in ("al", "ba", "me", "mk", "rs", "xk"):
    Country.objects.get_or_create(code=code, defaults={"name_en": code.upper()})
load_campaigns(["work-abroad"], ["en", "mk", "ar"])
print(json.dumps({}))
"""
ROUNDS = """
import json
from django.db import transaction
from people.models import Country, Institution, User
from documents.models import Edition
from documents.actions.create_instrument import create_instrument
from tests.support.reviews import Cast, pass_all
def person(name): return User.objects.get(email=f"{name}@example.org")
def body(key): return Institution.objects.get(key=f"mk-{key}")
cast = Cast(country=Country.objects.get(code="mk"), commission=body("coordinator"), interior=body("interior"),
    social=body("social"), justice=body("justice"), health=body("health"), coordinator=person("elena"),
    second=person("bojan"), drafter=person("marija"), goran=person("goran"), biljana=person("biljana"),
    teuta=person("teuta"), outsider=person("ivana"), edition=Edition.objects.order_by("pk")[0])
rounds = []
for number in range(%d, %d):
    empty = create_instrument(cast.coordinator, owner=cast.commission, slug=f"import-{number}", kind="sop",
        titles={"mk": "Процедури"}, languages=["mk", "en"], source_language="mk", classification="public")
    with transaction.atomic():
        drafted, asked, signed = (cast.another(f"{kind}-{number}") for kind in ("draft", "asked", "signed"))
    review, ready = asked.start(), signed.start()
    pass_all(signed, ready)
    rounds.append({"import": empty.pk, "draft": drafted.edition.pk, "uid": str(drafted.uids[0]), "review": review.pk,
        "adopt": ready.pk, "adopted": signed.edition.pk})
print(json.dumps(rounds))
"""


class Unfinished(AssertionError):
    """An act that could not be done within the patience of a person."""


@dataclass
class Act(ABC):
    """``answered``: a page said that it is done. ``refused``: what the site said instead, where it answered."""

    site: Battered
    ids: dict[str, Any]
    people: dict[str, Visitor]
    answered: bool = False
    tries: int = 0
    faults: list[str] = field(default_factory=list)

    @abstractmethod
    def step(self) -> None:
        """Does it from the beginning, or from where it stands."""

    @abstractmethod
    def times(self) -> int:
        """How often it is done: 1 at the end, 0 or 1 meanwhile."""

    def half(self) -> str:
        """What is there of it though it is not done."""
        return ""

    def attempt(self) -> None:
        """Once; whatever goes wrong is a person's to see."""
        self.tries += 1
        try:
            self.step()
            self.answered = True
        except Exception as problem:
            self.faults.append(f"{type(problem).__name__}: {str(problem)[:120]}")

    def finish(self) -> None:
        """Does it again until it is done, as its person does who looks first. Raises Unfinished."""
        end = time.monotonic() + PATIENCE
        while not self.times():
            if time.monotonic() > end:
                raise Unfinished(f"{type(self).__name__}: {self.faults[-3:]}")
            self.attempt()
            time.sleep(0.5)


class Save(Act):
    def step(self) -> None:
        person = self.people["marija"]
        path = f"/en/desk/{self.ids['draft']}/s/{self.ids['uid']}/mk/"
        person.get(path)
        form = next(f for f in parsed(person.page.content).forms if "body" in f.fields)
        body, expected = json.loads(form.fields["body"]), form.fields["expected"]
        text = f"Нова реченица {self.ids['draft']}."
        if text in form.fields["body"]:
            return
        body["blocks"].append({"type": "paragraph", "content": [{"type": "text", "text": text}]})
        answer = person.post(path, {"body": body, "expected": expected}, as_json=True)
        assert answer.status_code == 200, answer.status_code

    def times(self) -> int:
        return int(
            self.site.one(
                "SELECT count(*) FROM documents_sectionchange WHERE edition_id = %s AND verb = 'save'",
                self.ids["draft"],
            )
        )

    def half(self) -> str:
        found = self.site.one(
            "SELECT count(*) FROM documents_section WHERE edition_id = %s AND body_mk::text LIKE %s",
            self.ids["draft"],
            f"%реченица {self.ids['draft']}.%",
        )
        return "" if found == self.times() else f"text {found}, log {self.times()}"


class SignOff(Act):
    def step(self) -> None:
        for name in ("goran", "biljana"):
            if name in self._signed():
                continue
            person = self.people[name]
            person.get(f"/en/review/{self.ids['review']}/")
            person.send(has="choice", data={"choice": "agree"})
            person.send(has="seat", data={"answers": "confirmed"})

    def _signed(self) -> list[str]:
        rows = self.site.rows(
            "SELECT split_part(u.email, '@', 1) FROM workflows_signoff o JOIN workflows_seat s ON s.id = o.seat_id "
            "JOIN workflows_stage t ON t.id = s.stage_id JOIN people_user u ON u.id = o.person_id "
            "WHERE t.review_id = %s",
            self.ids["review"],
        )
        return [name for (name,) in rows]

    def times(self) -> int:
        signed = self._signed()
        return max(map(signed.count, signed)) if len(set(signed)) == 2 else 0

    def half(self) -> str:
        """The next institution is asked where, and only where, both have signed."""
        asked = self.site.one(
            "SELECT count(*) FROM workflows_stage WHERE review_id = %s AND outcome = 'passed' AND \"order\" = 1",
            self.ids["review"],
        )
        return "" if asked == (1 if self.times() else 0) else f"asked {asked}, signed {self._signed()}"


class Adoption(Act):
    def step(self) -> None:
        person, today = self.people["elena"], datetime.now(UTC).date().isoformat()
        person.get(f"/en/desk/reviews/{self.ids['adopt']}/adopt/")
        act = {
            "act0-body": "Влада",
            "act0-kind": "government_decision",
            "act0-number": f"41-{self.ids['adopt']}",
            "act0-date": today,
            "act0-gazette": "Службен весник",
            "act0-gazette_number": "1/2026",
        }
        paper = {"act0-signed": ("act.pdf", PDF)}
        person.send(has="act0-body", data=act | {"valid_from": today}, files=paper)
        person.send(has="act0-body", data={"answers": "confirmed"})

    def times(self) -> int:
        return int(
            self.site.one(
                "SELECT count(*) FROM documents_adoptionact WHERE edition_id = %s", self.ids["adopted"]
            )
        )

    def half(self) -> str:
        state, entries = self.site.rows(
            "SELECT state, (SELECT count(*) FROM audit_entry WHERE verb = 'adopt' AND thing = %s) "
            "FROM documents_edition WHERE id = %s",
            f"edition:{self.ids['adopted']}",
            self.ids["adopted"],
        )[0]
        whole = (state in ("approved", "in_force"), entries) == (bool(self.times()), self.times())
        return "" if whole else f"{state}, acts {self.times()}, entries {entries}"


class Import(Act):
    def step(self) -> None:
        person, draft = self.people["bojan"], self.ids["import"]
        state = self._state()
        if state in ("", "refused"):
            if state:
                self.faults.append("REJECTED")
            person.get(f"/en/desk/{draft}/upload/")
            word = ministry_docx(make_tree())
            person.send(has="language", data={"language": "mk"}, files={"file": ("mk.docx", word)})
        if self._waited("read", "taken") == "read":
            number = self.site.one("SELECT max(id) FROM documents_upload WHERE edition_id = %s", draft)
            person.get(f"/en/desk/{draft}/upload/{number}/")
            person.send(has="do", data={"do": "take"})
        assert self._waited("taken") == "taken", self._state()

    def _state(self) -> str:
        rows = self.site.rows(
            "SELECT state FROM documents_upload WHERE edition_id = %s ORDER BY id DESC LIMIT 1",
            self.ids["import"],
        )
        return str(rows[0][0]) if rows else ""

    def _waited(self, *states: str) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            state = self._state()
            if state in (*states, "refused"):
                return state
            time.sleep(0.3)
        raise AssertionError(f"the file is {self._state()} after a minute")

    def times(self) -> int:
        return int(
            self.site.one(
                "SELECT count(*) FROM audit_entry WHERE verb = 'import' AND thing = %s",
                f"edition:{self.ids['import']}",
            )
        )

    def half(self) -> str:
        sections = self.site.one(
            "SELECT count(*) FROM documents_section WHERE edition_id = %s", self.ids["import"]
        )
        taken = self.site.one(
            "SELECT count(*) FROM documents_upload WHERE edition_id = %s AND state = 'taken'",
            self.ids["import"],
        )
        whole = (sections, taken) == (3 * self.times(), self.times())
        return "" if whole else f"sections {sections}, taken {taken}, entries {self.times()}"


ACTS = (Import, Save, SignOff, Adoption)


def sign_in(site: Battered) -> dict[str, Visitor]:
    names = ("elena", "bojan", "marija", "goran", "biljana")
    return {name: Visitor(site.kodeks, f"{name}@example.org", PASSWORD) for name in names}
