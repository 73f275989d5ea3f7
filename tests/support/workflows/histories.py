"""A text that goes through what may honestly happen to it, move after move by the real actions, as chance has
it.

What is refused is left: only that counts which Kodeks lets people do. Each number gives the same history
again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from unittest.mock import patch

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from documents.actions.assign import assign
from documents.actions.errors import ActionError
from documents.actions.save_section import save_section
from documents.models import Edition, Section
from people.actions.invite import enter_role
from people.actions.leave import hand_over
from people.models import Institution, Membership, User
from people.roles import Role
from tests.support.factories import beside, body, make_draft
from tests.support.reviews import make_cast, person
from workflows.actions.ask_another import ask_another
from workflows.actions.comments import settle_comment, write_comment
from workflows.actions.delegate import delegate, end_delegate
from workflows.actions.end_coordination import end_consultation, end_coordination, end_due_consultations
from workflows.actions.remind import extend_deadline, remind
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart, withdraw_review
from workflows.actions.sign_off import sign_off
from workflows.actions.start_review import Plan, Respondent, start_review
from workflows.models import Delegate, Procedure, Review, Seat, Stage
from workflows.models.procedures import clean_stages
from workflows.reminders.deadlines import send_reminders, take_silence_as_assent

CHOICES = ["agree"] * 6 + ["agree_with_remarks"] * 2 + ["return", "abstain"]
KINDS = ["consultation", "coordination", "opinion", "opinion", "sign_off", "sign_off", "translation"]
LANGUAGES = ("mk", "sq", "en")


class _Any(type):
    def __instancecheck__(cls, one: object) -> bool:
        return isinstance(one, datetime)


class Clock:
    """Every look at it is later than the one before, by up to a second, or by ``step``: no two moments are
    sure to be the same."""

    def __init__(self, chance: Random, step: float | None = None) -> None:
        self.chance, self.step, self.at = chance, step, timezone.now()

    def now(self, tz: Any = None) -> datetime:
        self.at += timedelta(seconds=self.chance.random() if self.step is None else self.step)
        return self.at.astimezone(tz) if tz else self.at.replace(tzinfo=None)

    @contextmanager
    def running(self) -> Iterator[None]:
        class Now(datetime, metaclass=_Any):
            now = self.now  # type: ignore[assignment]

        with patch.object(timezone, "datetime", Now):
            yield


class History:
    """One text and everybody around it. ``made`` counts what was done, ``left`` what was refused."""

    def __init__(self, number: int) -> None:
        self.chance = Random(number)
        self.clock = Clock(self.chance)
        self.made: Counter[str] = Counter()
        self.left: Counter[str] = Counter()

    def begin(self) -> None:
        cast = make_cast()
        self.owner, self.drafter = cast.commission, cast.drafter
        self.translator = person("Besa", cast.commission, Role.TRANSLATOR)
        Membership.objects.filter(user=self.translator).update(languages=["sq", "en"])
        self.reader = person("Zoran", cast.commission, Role.REVIEWER)
        self.institutions = [cast.interior, cast.social, cast.justice, cast.health]
        self.reviewers = {
            place: [user, person(f"Other{n}", place, Role.REVIEWER)]
            for n, (place, user) in enumerate(
                zip(self.institutions, (cast.goran, cast.biljana, cast.teuta, cast.outsider), strict=True)
            )
        }
        # Who reviews for two, who coordinates and reviews, who writes and reviews.
        self.join(cast.biljana, cast.health, Role.REVIEWER)
        self.join(cast.second, cast.justice, Role.REVIEWER)
        self.join(cast.teuta, cast.commission, Role.DRAFTER)
        self.coordinators = [cast.coordinator, cast.second, person("Lena", cast.commission, Role.COORDINATOR)]
        self.authors = [self.drafter] * 9 + [cast.teuta]
        number = self.chance.randint(0, 2)
        self.edition = make_draft(
            "text", cast.commission, by=cast.coordinator, authentic=list(LANGUAGES[: 1 + number])
        )
        for language in ("sq", "en"):
            assign(cast.coordinator, self.edition, self.translator, language)
        self.procedures = [self.new_procedure(n) for n in range(2)]

    def join(self, user: User, place: Institution, role: Role) -> None:
        enter_role(user, place, role)
        if role == Role.REVIEWER:
            self.reviewers[place].append(user)

    # ---- procedures

    def new_procedure(self, number: int) -> Procedure:
        chance = self.chance
        while True:
            kinds = [chance.choice(KINDS) for _ in range(chance.randint(1, 5))]
            stages: list[dict[str, Any]] = [
                {
                    "kind": kind,
                    "least": chance.choice((1, 1, 2)),
                    "quorum": chance.choice(("all", "all", "any", "1", "2")),
                    "silence": chance.choice(("nothing", "assent")),
                    "delegate": chance.choice(("asked", "asked", "coordinator", "nobody")),
                    "days": chance.randint(1, 12),
                    "working": chance.random() < 0.3,
                    "together": chance.random() < 0.4,
                }
                for kind in kinds
            ]
            if chance.random() < 0.9:
                stages.append({"kind": "adoption"})
            try:
                stages = clean_stages(stages)
            except ValidationError:
                continue
            return Procedure.objects.create(key=f"mk-own-{number}", name=f"Own {number}", stages=stages)

    def plan(self, stage: dict[str, Any]) -> Plan:
        if stage["kind"] in ("coordination", "adoption"):
            return Plan()
        chance = self.chance
        least = max(stage["least"], int(stage["quorum"]) if stage["quorum"].isdecimal() else 1)
        places = chance.sample(self.institutions, chance.randint(least, 3))
        return Plan(
            tuple(
                Respondent(one, chance.choice(self.reviewers[one]) if chance.random() < 0.6 else None)
                for one in places
            )
        )

    # ---- what is there

    @property
    def review(self) -> Review | None:
        return Review.objects.filter(edition=self.edition).order_by("-round").first()

    def now(self) -> Edition:
        return Edition.objects.select_related("instrument").get(pk=self.edition.pk)

    def stages(self) -> list[Stage]:
        found = Stage.objects.filter(review__edition=self.edition, review__state="running")
        return list(found.filter(opened__isnull=False, closed=None).select_related("review"))

    def seats(self) -> list[Seat]:
        found = Seat.objects.filter(stage__in=self.stages(), sign_offs=None)
        return list(found.select_related("stage__review__manifest", "institution", "user"))

    def coordinator(self) -> User:
        return self.chance.choice(self.coordinators)

    # ---- moves

    def do(self, move: Callable[[], bool | None] | Callable[[], None], name: str = "") -> bool:
        """Whether it was done: refused, or nothing to do, it was not."""
        name = name or move.__name__
        try:
            done = move() is not False
        except (ActionError, Http404):
            self.left[name] += 1
            return False
        self.made[name] += done
        return done

    def start(self) -> None:
        procedure = self.chance.choice(self.procedures)
        begin = self.chance.choice((1, 1, 1, self.chance.randint(1, len(procedure.stages))))
        plans = [self.plan(stage) for stage in procedure.stages]
        because = self.chance.choice(("", "The rest follows."))
        start_review(self.coordinator(), self.now(), procedure, plans, begin, because)

    def answer(self, choices: list[str] = CHOICES) -> bool:
        seats = self.seats()
        if not seats:
            return False
        seat = self.chance.choice(seats)
        named = [one.to for one in Delegate.objects.filter(asked=seat.user, institution=seat.institution)]
        by = self.chance.choice([seat.user] * 3 + named if seat.user else self.reviewers[seat.institution])
        choice = self.chance.choice(choices)
        sign_off(by, seat, choice, "" if choice == "agree" else "A word.", seat.stage.review.manifest.sha256)
        return True

    def silence(self) -> bool:
        self.clock.at += timedelta(days=self.chance.randint(1, 9))
        ended = end_due_consultations()
        taken = take_silence_as_assent()
        send_reminders()
        return bool(ended or taken)

    def more_time(self) -> bool:
        for stage in self.stages()[:1]:
            day = timezone.localdate() + timedelta(days=self.chance.randint(1, 30))
            extend_deadline(self.coordinator(), stage, day, "Holidays.")
            return True
        return False

    def coordinate(self) -> bool:
        for stage in self.stages():
            if stage.kind == "coordination":
                end_coordination(self.coordinator(), stage, self.chance.choice(("", "It follows.")))
                return True
        return False

    def heard(self) -> bool:
        for stage in self.stages():
            if stage.kind == "consultation":
                end_consultation(self.coordinator(), stage)
                return True
        return False

    def another(self) -> bool:
        for seat in self.seats()[:2]:
            ask_another(self.coordinator(), seat, self.chance.choice(self.reviewers[seat.institution]))
            return True
        return False

    def hand_on(self) -> bool:
        named = [seat for seat in self.seats() if seat.user]
        if not named:
            return False
        seat = self.chance.choice(named)
        assert seat.user is not None
        by = self.chance.choice([seat.user, self.coordinator()])
        to = self.chance.choice(self.reviewers[seat.institution])
        today: date = timezone.localdate()
        until = today + timedelta(days=self.chance.randint(0, 20))
        delegate(by, seat.user, seat.institution, to, today, until, "On leave.")
        return True

    def take_back(self) -> bool:
        for given in Delegate.objects.filter(ended=None)[:1]:
            end_delegate(given.asked, given)
            return True
        return False

    def leave(self) -> bool:
        place = self.chance.choice(self.institutions)
        if self.made["leave"]:
            return False  # once in a history, so that somebody is left to answer
        leaving, successor = self.chance.sample(self.reviewers[place], 2)
        if leaving in self.coordinators:
            return False
        held = Membership.objects.get(user=leaving, institution=place, role=Role.REVIEWER)
        hand_over(self.coordinators[0], held, successor)
        self.reviewers[place].remove(leaving)
        return True

    def reminded(self) -> bool:
        for seat in self.seats()[:1]:
            remind(self.coordinator(), seat)
            return True
        return False

    def write(self) -> None:
        by = self.chance.choice(self.authors)
        uid, old = self.section("mk")
        words = f"Збор {self.chance.randint(1, 9)}."
        save_section(by, self.now(), uid, "mk", body("Наслов", words), old)

    def translate(self) -> bool:
        """Every section of a language, so that it is not behind the original."""
        done = [self.do(lambda one=one: self.translate_into(one), one) for one in LANGUAGES[1:]]  # type: ignore[misc]
        return any(done)

    def translate_into(self, language: str) -> None:
        for uid, old in self.sections(language):
            words = f"Word {self.chance.randint(1, 9)} {language}."
            seen = beside(self.now(), uid)
            save_section(self.translator, self.now(), uid, language, body("Title", words), old, seen=seen)

    def comment(self) -> bool:
        review = self.review
        if review is None or not review.running:
            return False
        by = self.chance.choice(self.reviewers[self.chance.choice(self.institutions)])
        made = write_comment(by, review, self.section("mk")[0], "mk", "A comment.")
        settle_comment(by, made, review, settled=True)
        return True

    def back(self) -> bool:
        """Reopened, withdrawn with the text kept, or begun anew from some stage."""
        review = self.review
        if review is None:
            return False
        how = self.chance.choice(("reopen", "withdraw", "restart", "restart", "restart"))
        if how == "reopen":
            return self.do(lambda: reopen(self.coordinator(), review, "A word was wrong."), how)
        if how == "withdraw":
            return self.do(
                lambda: withdraw_review(self.coordinator(), review, "Not now.", text_too=False), how
            )
        order = self.chance.randint(1, review.stages.count())
        return self.do(lambda: bool(restart(self.coordinator(), review, order, "Once more.")), how)

    def sections(self, language: str) -> list[tuple[str, str]]:
        rows = Section.objects.filter(edition=self.edition).order_by("position")
        return [(str(row.uid), getattr(row, f"text_hash_{language}")) for row in rows]

    def section(self, language: str) -> tuple[str, str]:
        return self.chance.choice(self.sections(language))
