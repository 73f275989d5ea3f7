"""A history of tests/support/workflows/histories.py up to the adoption, and what follows it: corrigenda,
languages, translations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from audit.verify import problems as of_trail
from documents.actions import adopt_language, record_corrigendum, record_prior_adoption
from documents.actions.adopt_edition import ActData, adopt_edition, enter_due
from documents.exports.data import as_json
from documents.models import Corrigendum, Edition, LanguageVersion
from proposals.actions import decide
from tests.support.reviews import act
from tests.support.workflows.histories import LANGUAGES, History
from workflows.record.build import build
from workflows.record.format import as_bytes
from workflows.record.verify import problems

MOVES = ["answer"] * 12 + [
    "silence",
    "silence",
    "coordinate",
    "coordinate",
    "start",
    "start",
    "start",
    "back",
]
MOVES += [
    "back",
    "back",
    "back",
    "write",
    "more_time",
    "heard",
    "another",
    "hand_on",
    "take_back",
    "leave",
    "reminded",
]
MOVES += ["comment", "adopt", "prior"]
AFTER = ["slip", "slip", "record_slip", "record_slip", "translate", "submit", "check", "check", "send_back"]
AFTER += ["adopt_language", "next_number", "in_force"]


def said_of(edition: Edition, languages: Iterable[str]) -> list[str]:
    """What does not hold in the record of an edition with its texts, and in the trail."""
    texts = [json.dumps(as_json(edition, one, "https://x", "")).encode() for one in languages]
    return [*problems(as_bytes(build(edition)), texts), *of_trail()]


class Whole(History):
    """``go`` gives everything that does not hold at its end; None where the text was never adopted."""

    def go(self, moves: int = 30) -> list[str] | None:
        with self.clock.running():
            self.begin()
            for _ in range(moves):
                if not self.now().adopted:
                    self.do(getattr(self, self.chance.choice(MOVES)))
            for _ in range(60):
                if not self.now().adopted:
                    self.on()
            if not self.now().adopted:
                return None
            found = self.said()
            for _ in range(moves):
                self.do(getattr(self, self.chance.choice(AFTER)))
            return found + self.said()

    def on(self) -> None:
        """The shortest way to the adoption: all agree."""
        review = self.review
        if review is None or not review.running:
            self.do(self.translate)
            if not self.do(self.start) and review:
                self.do(self.back)
            return
        for _ in range(8):
            self.do(lambda: self.answer(["agree"]), "answer")
        for move in (self.coordinate, self.heard, self.silence, self.adopt):
            self.do(move)

    def said(self) -> list[str]:
        return said_of(self.now(), self.readable())

    def readable(self) -> list[str]:
        unfinished = LanguageVersion.objects.filter(edition=self.edition, unfinished=True, number=1)
        return [one for one in LANGUAGES if one not in set(unfinished.values_list("language", flat=True))]

    # ---- adopted

    def acts(self, most: int = 3) -> list[ActData]:
        today = timezone.localdate()
        back = self.chance.randint(0, 2)
        return [
            act(number=str(n), date=today - timedelta(days=back * n))
            for n in range(self.chance.choice((1, 1, most)))
        ]

    def adopt(self) -> None:
        languages = self.chance.choice((None, None, ["mk"], ["mk", "sq"], ["mk", "en"]))
        day = timezone.localdate() + timedelta(days=self.chance.choice((0, 0, 5)))
        because = "As it was decided."
        adopt_edition(self.coordinator(), self.now(), self.acts(), day, languages, because=because)

    def prior(self) -> bool:
        if self.chance.random() < 0.7:
            return False
        proposed = record_prior_adoption.propose_prior(
            self.coordinators[0], self.now(), act(), timezone.localdate()
        )
        if self.chance.random() < 0.5:
            decide.refuse(self.coordinators[1], proposed, "It was not.")
        else:
            decide.confirm(self.coordinators[1], proposed)
        return True

    # ---- after it

    def version(self) -> LanguageVersion | None:
        found = LanguageVersion.objects.select_related("edition__instrument").filter(edition=self.edition)
        return found.filter(unfinished=True).order_by("language").first()

    def slip(self) -> None:
        language = self.chance.choice(LANGUAGES)
        uid, _ = self.section(language)
        words = self.chance.choice(("Збор", "Word", "Social", "Социјалниот", "24"))
        by = self.chance.choice([self.drafter, *self.coordinators])
        record_corrigendum.propose_corrigendum(
            by, self.now(), UUID(uid), language, words, words[::-1], "A slip."
        )

    def record_slip(self) -> bool:
        waiting = list(Corrigendum.objects.filter(edition=self.edition, recorded=None, withdrawn=None))
        if not waiting:
            return False
        one = self.chance.choice(waiting)
        if self.chance.random() < 0.2:
            record_corrigendum.take_back(self.coordinator(), one)
            return True
        record_corrigendum.record(self.coordinator(), one, self.acts(2), timezone.localdate())
        return True

    def submit(self) -> bool:
        version = self.version()
        if version is None:
            return False
        adopt_language.submit(self.translator, version)
        return True

    def check(self) -> bool:
        version = self.version()
        if version is None:
            return False
        by = self.chance.choice([self.reader, *self.coordinators])
        agrees = self.chance.random() < 0.7
        adopt_language.check(by, version, agrees, "" if agrees else "A word is wrong.", version.sha256)
        return True

    def send_back(self) -> bool:
        version = self.version()
        if version is None or self.chance.random() < 0.5:
            return False
        adopt_language.send_back(self.coordinator(), version, "Seen late.")
        return True

    def adopt_language(self) -> bool:
        version = self.version()
        if version is None:
            return False
        adopt_language.adopt_language(self.coordinator(), version, self.acts(2))
        return True

    def next_number(self) -> None:
        adopt_language.begin_next(self.coordinator(), self.now(), self.chance.choice(LANGUAGES[1:]))

    def in_force(self) -> bool:
        self.clock.at += timedelta(days=2)
        return bool(enter_due())
