"""Editors, signers and readers at once: each opens a page, thinks, opens the next."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.support.production.visitor import parsed

TOKEN = "k" * 32
READS = ("/en/", "/mk/work-abroad/", "/ar/help/?in=mk", "/en/check-offer/", "/sq/signs/", "/en/library/")
ASKED = ("child", "passport", "žrtva", "shelter", "interview", "помош", "rights", "lawyer")

MAKE = """
import json
from django.conf import settings
from django.test import Client
from documents.actions.start_revision import start_revision
from documents.actions.save_section import save_section
from documents.models import Edition
from documents.editions.text_storage import load_tree, store_tree
from people.models import Institution, User
from people.roles import Role
from tests.support.factories import make_draft, make_in_force, make_person, put_in_force
from tests.support.public.whole import load_whole
from tests.support.reviews import make_cast
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Procedure
settings.ALLOWED_HOSTS = ["*"]
cast = make_cast()
load_whole()
def session(user):
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
in_force = Edition.objects.get(instrument__slug="sop", instrument__country="rs")
owner, tree = in_force.instrument.owner, load_tree(in_force, "sr")
revised = start_revision(make_person(Role.COORDINATOR, owner), in_force)
editors, signers = [], []
boss = make_person(Role.COORDINATOR, owner)
for number in range({editors}):
    draft = make_draft(slug=f"draft-{{number}}", owner=owner, by=boss, tree=tree, translations=(), languages=("sr",))
    person = make_person(Role.DRAFTER, owner)
    editors.append({{"session": session(person), "draft": draft.pk, "uids": [one.uid for one in tree][:20]}})
for number in range({signers}):
    person = make_person(Role.REVIEWER, cast.interior)
    reviews = []
    for turn in range({turns}):
        text = cast.another(f"asked-{{number}}-{{turn}}")
        first = Plan((Respondent(cast.interior, person), Respondent(cast.social, cast.biljana)))
        plans = [first, Plan((Respondent(cast.justice, cast.teuta),)), Plan()]
        reviews.append([start_review(cast.coordinator, text.edition, cast.procedure, plans).pk, text.uids[0]])
    signers.append({{"session": session(person), "reviews": reviews}})
names = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME]
print(json.dumps({{"cookies": names, "editors": editors, "signers": signers}}))
"""


class Ended(Exception):
    """The time is over: who is in the middle of something goes home."""


@dataclass
class Answer:
    kind: str
    status: int
    seconds: float
    path: str


@dataclass
class Crowd:
    """``port``: where gunicorn answers, without TLS, as to the proxy in front of it. ``cookies``: the names of
    those of the session and against forged requests."""

    port: int
    public: str
    office: str
    cookies: tuple[str, str]
    minutes: float
    answers: list[Answer] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    end: float = 0.0

    def run(self, people: list[Callable[[random.Random], None]]) -> None:
        self.end = time.monotonic() + self.minutes * 60
        threads = [
            threading.Thread(target=self._live, args=[live, random.Random(number)])
            for number, live in enumerate(people)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _live(self, live: Callable[[random.Random], None], chance: random.Random) -> None:
        # They do not all come in the same second.
        time.sleep(chance.uniform(0, 25))
        while time.monotonic() < self.end:
            try:
                live(chance)
            except Ended:
                return
            except Exception as problem:
                self.problems.append(f"{type(problem).__name__}: {problem}"[:200])
                time.sleep(5)

    def reader(self, chance: random.Random) -> None:
        if chance.random() < 0.15:
            word = chance.choice(ASKED)
            self.ask("search", f"/en/library/search/?{urlencode({'q': word, 'home': 'mk'})}")
        else:
            self.ask("read", chance.choice(READS))
        self.think(chance, 10, 30)

    def editor(self, one: dict[str, Any], chance: random.Random) -> None:
        own, draft = one["session"], one["draft"]
        self.ask("desk", "/en/desk/", own)
        self.think(chance, 10, 20)
        self.ask("draft", f"/en/desk/{draft}/", own)
        self.think(chance, 10, 20)
        path = f"/en/desk/{draft}/s/{chance.choice(one['uids'])}/sr/"
        for _ in range(3):
            form = next(f for f in parsed(self.ask("section", path, own)).forms if "body" in f.fields)
            body = json.loads(form.fields["body"])
            text = f"Rečenica {chance.random()}."
            body["blocks"] = [
                *body["blocks"][:30],
                {"type": "paragraph", "content": [{"type": "text", "text": text}]},
            ]
            self.think(chance, 10, 20)
            self.ask("save", path, own, {"body": body, "expected": form.fields["expected"]})
            self.think(chance, 10, 20)
        self.ask("changes", f"{path}earlier/", own)
        self.think(chance, 10, 20)
        self.ask("compare", "/en/i/rs/sop/2/compare/1/?text=sr", own)
        self.think(chance, 10, 20)

    def signer(self, one: dict[str, Any], chance: random.Random) -> None:
        own = one["session"]
        self.ask("list", "/en/review/", own)
        self.think(chance, 10, 20)
        if not one["reviews"]:
            return
        review, uid = one["reviews"].pop()
        room = f"/en/review/{review}/"
        self.ask("room", room, own)
        self.think(chance, 10, 20)
        self.ask("comment", f"{room}comment/", own, {"uid": uid, "text": "Too long a time."})
        self.think(chance, 10, 20)
        form = next(f for f in parsed(self.ask("room", room, own)).forms if "choice" in f.fields)
        given = dict(form.form_values()) | {"choice": "agree"}
        self.ask("sign", f"{room}answer/", own, given)
        self.think(chance, 5, 10)
        self.ask("sign", f"{room}answer/", own, given | {"answers": "confirmed"})
        self.think(chance, 5, 10)

    def think(self, chance: random.Random, least: float, most: float) -> None:
        """Raises Ended: all would ask at once if each did the rest without a pause."""
        pause, left = chance.uniform(least, most), self.end - time.monotonic()
        time.sleep(max(0.0, min(pause, left)))
        if pause >= left:
            raise Ended

    def ask(self, kind: str, path: str, session: str = "", data: dict[str, Any] | None = None) -> bytes:
        """A request with a connection of its own, as a proxy makes it. Raises what breaks off."""
        host = self.office if session else self.public
        # Each person asks from a network of their own.
        network = f"2001:db8:0:{threading.get_ident() >> 12 & 0xFFFF:x}::1"
        headers = {"Host": host, "X-Forwarded-Proto": "https", "X-Forwarded-For": network, "X-Kind": kind}
        headers["Accept-Encoding"] = "gzip"
        body = None
        if session:
            headers |= {
                "Cookie": f"{self.cookies[0]}={session}; {self.cookies[1]}={TOKEN}",
                "Accept-Encoding": "identity",
            }
        if data is not None:
            headers |= {"Referer": f"https://{host}{path}", "X-CSRFToken": TOKEN}
            is_json = "expected" in data and "body" in data
            body = json.dumps(data) if is_json else urlencode(data | {"csrfmiddlewaretoken": TOKEN})
            headers["Content-Type"] = "application/json" if is_json else "application/x-www-form-urlencoded"
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET" if data is None else "POST", path, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        finally:
            connection.close()
        self.answers.append(Answer(kind, answer.status, time.perf_counter() - start, path))
        return content


def hosts(env: dict[str, str]) -> Iterator[str]:
    yield from (urlsplit(env[name]).netloc for name in ("KODEKS_PUBLIC_URL", "KODEKS_OFFICE_URL"))
