"""kill -9 at random moments: of web, worker, PostgreSQL and one of three nodes of Elasticsearch, and a storage
that hangs; while people import, save, sign off and adopt, mails go out and the index follows.

``KODEKS_KILLS`` moments each (the goal is 200), as many of them as begin within ``KODEKS_KILL_MINUTES``;
``KODEKS_KILL_SEED`` gives others; ``KODEKS_AWAY`` seconds without storage; ``KODEKS_NODES`` nodes of Elasticsearch.
"""

from __future__ import annotations

import logging
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from bench.acts import ACTS, ROUNDS, SETUP, Act, sign_in
from tests.support.production.battered import Battered, battered
from tests.support.production.visitor import Visitor
from tests.support.services.missing import provide

KILLS = int(os.environ.get("KODEKS_KILLS", "10"))
MINUTES = float(os.environ.get("KODEKS_KILL_MINUTES", "inf"))
SEED = int(os.environ.get("KODEKS_KILL_SEED", "27"))
AWAY = float(os.environ.get("KODEKS_AWAY", "60"))
NODES = int(os.environ.get("KODEKS_NODES", "3"))
PAGES = ("/en/", "/mk/work-abroad/", "/ar/help/?in=mk", "/en/help/", "/en/library/")
PROXY = 15.0
"""Seconds for which the proxy in front (deploy/caddy) tries a page again that no process took."""
SIGNED_IN = 40 * 60.0
"""Seconds after which people sign in anew: an adoption asks for a second factor of the last hour."""
SPAN = 4.0
"""The seconds in which the moments lie: what people do here takes about so long."""


@dataclass
class Reader:
    """Reads public pages all the time, through a proxy that tries a GET again where the line breaks off."""

    site: Battered
    served: int = 0
    failed: list[str] = field(default_factory=list)
    longest: float = 0.0
    now: str = ""
    ended: bool = False

    def run(self) -> None:
        while not self.ended:
            for path in PAGES:
                self.read(path)
                time.sleep(0.3)

    def read(self, path: str) -> None:
        start = time.monotonic()
        while True:
            try:
                answer = self.site.kodeks.client().get(self.site.kodeks.public_url + path, timeout=20)
            except requests.RequestException as problem:
                if time.monotonic() - start < PROXY:
                    time.sleep(0.25)
                    continue
                self.failed.append(f"{self.now}: {path} {type(problem).__name__}")
            else:
                self.served += answer.status_code == 200
                if answer.status_code != 200:
                    self.failed.append(f"{self.now}: {path} {answer.status_code}")
            self.longest = max(self.longest, time.monotonic() - start)
            return


@dataclass
class Stage:
    site: Battered
    people: dict[str, Visitor]
    reader: Reader
    rounds: Iterator[dict[str, Any]]
    done: list[Act] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)


def rounds(site: Battered) -> Iterator[dict[str, Any]]:
    """Texts for one moment each, made when they are needed."""
    first, many = 0, min(KILLS + 1, 25)
    while True:
        yield from site.shell(ROUNDS % (first, first + many))
        first += many


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with provide(lambda: battered(NODES, {})) as site:
        site.shell(SETUP)
        reader = Reader(site)
        for path in PAGES:
            reader.read(path)
        assert not reader.failed, reader.failed
        thread = threading.Thread(target=reader.run, daemon=True)
        thread.start()
        made = Stage(site, sign_in(site), reader, rounds(site))
        moment(made, "nothing", 0.0)
        yield made
        reader.ended = True
        thread.join(30)


def moment(stage: Stage, what: str, after: float) -> list[Act]:
    """All acts at once; what is killed ``after`` seconds comes back; then each person goes on."""
    site, ids = stage.site, next(stage.rounds)
    if time.monotonic() - stage.since > SIGNED_IN:
        stage.people, stage.since = sign_in(site), time.monotonic()
    stage.reader.now = f"{what} after {after:.2f}"
    acts: list[Act] = [kind(site, ids, stage.people) for kind in ACTS]
    threads = [threading.Thread(target=act.attempt) for act in acts]
    for thread in threads:
        thread.start()
    time.sleep(after)
    if what != "nothing":
        site.kill(what, AWAY)()
    for thread in threads:
        thread.join(240)
    assert not any(thread.is_alive() for thread in threads)
    for act in acts:
        assert act.times() or not act.answered, f"lost: {type(act).__name__}, {stage.reader.now}"
        if type(act).__name__ != "Import":  # the worker may be at it
            assert not act.half(), f"half: {act.half()}, {stage.reader.now}"
    for act in acts:
        act.finish()
        assert act.times() == 1, f"twice: {type(act).__name__} {act.times()}, {stage.reader.now}"
    for act in acts:
        settled(act)
    stage.done += acts
    return acts


def settled(act: Act) -> None:
    end = time.monotonic() + 60
    while act.half() and time.monotonic() < end:
        time.sleep(0.3)
    assert not act.half(), f"half: {type(act).__name__} {act.half()}"


@pytest.mark.parametrize("what", ["web", "worker", "database", "search", "storage"])
def test_nothing_is_lost_and_nothing_comes_twice(
    stage: Stage, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    chance, start = random.Random(f"{SEED} {what}"), time.monotonic()
    read, failed = stage.reader.served, len(stage.reader.failed)
    stage.reader.longest = 0.0
    unanswered: Counter[str] = Counter()
    rejected = 0
    moments = 0
    while moments < KILLS and time.monotonic() - start < 60 * MINUTES:
        logging.warning("%s: moment %d after %.0f s", what, moments, time.monotonic() - start)
        moments += 1
        for act in moment(stage, what, chance.uniform(0, SPAN)):
            unanswered[type(act).__name__] += act.tries > 1
            rejected += "REJECTED" in act.faults
    mails = in_the_end(stage)
    wrong = stage.reader.failed[failed:]
    with capsys.disabled():
        print(
            f"\n  {what}: {moments} moments in {time.monotonic() - start:.0f} s; 0 lost, 0 twice, 0 half; done by a "
            f"second attempt: {dict(unanswered)}; files rejected: {rejected}\n"
            f"    mails {mails}; public pages {stage.reader.served - read} served, {len(wrong)} not, the longest "
            f"after {stage.reader.longest:.1f} s {wrong[:3]}"
        )
    assert mails["lost"] == mails["written twice"] == rejected == 0
    assert not wrong


def in_the_end(stage: Stage) -> dict[str, int]:
    """Once the worker has caught up: trail and index hold; what became of the mails."""
    site = stage.site
    waits = (
        "SELECT (SELECT count(*) FROM search_outboxrow) + (SELECT count(*) FROM mail_message WHERE sent IS NULL "
        "AND withdrawn IS NULL AND NOT held) + (SELECT count(*) FROM django_tasks_database_dbtaskresult "
        "WHERE status IN ('RUNNING', 'READY'))"
    )
    end = time.monotonic() + 300
    while left := site.one(waits):
        assert time.monotonic() < end, (
            f"{left} still wait: {site.rows('SELECT task_path, status, worker_ids, run_after FROM django_tasks_database_dbtaskresult WHERE status IN (%s, %s)', 'RUNNING', 'READY')}"
        )
        time.sleep(1)
    site.kodeks.manage("verify_audit")
    site.kodeks.manage("reconcile", "--dry-run")
    ids = Counter(mail.message["Message-ID"] for mail in site.kodeks.mailbox.mails)
    sent = {name for (name,) in site.rows("SELECT message_id FROM mail_message WHERE sent IS NOT NULL")}
    # Who is asked next gets one mail for each review whose first stage ended.
    asked = site.rows(
        'SELECT count(*) FROM mail_message WHERE "to" LIKE %s GROUP BY about, template, subject', "teuta@%"
    )
    reviews = sum(type(act).__name__ == "SignOff" for act in stage.done)
    return {
        "sent": len(sent),
        "lost": len(sent - set(ids)) + max(0, reviews - len(asked)),
        "written twice": sum(count > 1 for (count,) in asked),
        "on the line twice": sum(count > 1 for count in ids.values()),
    }
