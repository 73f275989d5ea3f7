"""What happened in the demonstration, in order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from config.demo.clock import clock_at, day_of, moment_of
from config.demo.instruments import Source, create, load_next_draft, record_as_adopted
from config.demo.reviews import adopt, answer, begin, comment
from documents.actions.adopt_edition import enter_due
from documents.models import Edition, Instrument
from people.models import User
from workflows.models import Review

Step = tuple[date, Callable[[], str]]
OPENED = date(2025, 10, 1)
"""When the offices began to work with Kodeks: what was adopted before is recorded then."""


@dataclass
class Story:
    """What happens to one document. ``editions`` and ``review`` are filled in as it goes."""

    source: Source
    people: dict[str, User]
    today: date
    editions: dict[int, Edition] = field(default_factory=dict)
    review: Review | None = None

    @property
    def known(self) -> bool:
        data = self.source.data
        return Instrument.objects.filter(country=data["country"], slug=data["slug"]).exists()

    def steps(self) -> Iterator[Step]:
        for data in self.source.data["edition"]:
            made = day_of(data.get("made") or max(data["valid_from"], OPENED), self.today)
            yield made, partial(self.make, data)
            if review := data.get("review"):
                yield from self.steps_of(data, review)

    def steps_of(self, data: dict[str, Any], review: dict[str, Any]) -> Iterator[Step]:
        begins = day_of(review["begins"], self.today)
        yield begins, partial(self.begin, data["number"], day_of(review["due"], self.today))
        yield begins + timedelta(days=1), partial(self.comment, data["number"])
        for one in review.get("answer", []):
            yield day_of(one["day"], self.today), partial(self.answer, one)
        if "adopted" in review:
            yield day_of(review["adopted"], self.today), partial(self.adopt, data)
            yield day_of(data["valid_from"], self.today), self.enter

    def make(self, data: dict[str, Any]) -> str:
        """Enters an edition: the first as adopted before Kodeks where it was, later ones as drafts."""
        number = data["number"]
        if number == 1:
            self.editions[1] = create(self.source)
            if "act" in data and "review" not in data:
                record_as_adopted(self.source, self.editions[1], data)
        else:
            self.editions[1].refresh_from_db()
            self.editions[number] = load_next_draft(self.source, self.editions[number - 1])
        return f"{self.editions[number].instrument.path}, edition {number}"

    def begin(self, number: int, due: date) -> str:
        self.review = begin(self.editions[number], due)
        return f"{self.editions[number].instrument.path}, review"

    def comment(self, number: int) -> str:
        self.editions[number].refresh_from_db()
        comment(self.source, self.editions[number], self.people)
        return ""

    def answer(self, one: dict[str, Any]) -> str:
        assert self.review is not None  # noqa: S101 - an answer stands below its review
        answer(self.review, one["institution"], one["choice"], one.get("reason", ""))
        return ""

    def adopt(self, data: dict[str, Any]) -> str:
        edition = self.editions[data["number"]]
        edition.refresh_from_db()
        adopt(edition, data, self.today)
        return ""

    def enter(self) -> str:
        enter_due()
        return ""


def run(stories: list[Story]) -> Iterator[str]:
    """Every step of the stories, each on its day; gives a line for what is worth one."""
    steps = [step for story in stories for step in story.steps()]
    last = None
    for day, do in sorted(steps, key=lambda step: step[0]):
        with clock_at(max(moment_of(day), last or moment_of(day))):
            line = do()
            last = timezone.now()
        if line:
            yield line


def first_day(stories: list[Story]) -> date:
    """The day before anything happens: people are there from then on."""
    days = [day for story in stories for day, _do in story.steps()]
    return min(days, default=timezone.localdate()) - timedelta(days=1)
