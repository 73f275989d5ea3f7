"""Who reads a review: what they are asked, what they answered, and what they may do on its page."""

from __future__ import annotations

from datetime import timedelta
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from documents.access.authorship import wrote_in
from documents.display import language as display_language
from people.access import has_role, may
from people.roles import Role, Verb
from people.second_factor import address_to_show, was_shown
from theme.localized_names import localized_name
from workflows.access import own_seats, spoken_seats
from workflows.actions.sign_off import covered
from workflows.actions.take_back import time_left
from workflows.choices import Silence, StageKind
from workflows.models import Review, Seat, SignOff
from workflows.pages.review.progress import Progress
from workflows.pages.review.visit import Links, Visit
from workflows.rules import vote_conflicts
from workflows.rules.rounds import Rounds, rounds_of


class Reader:
    """The reader of a review's page: their seats, their answer and their rights. Lazy."""

    def __init__(self, visit: Visit, links: Links, progress: Progress) -> None:
        self.visit = visit
        self.review, self.user, self.edition = visit.review, visit.user, visit.edition
        self.links = links
        self.progress = progress

    @cached_property
    def rounds(self) -> Rounds:
        return rounds_of(self.review, self.user)

    @cached_property
    def own_seats(self) -> list[Seat]:
        """The seats for which the reader answers, in the order of their stages."""
        own = {seat.pk: seat for seat in own_seats(self.user, self.review, earlier=True)}
        # Those of the list of institutions, whose answers are fetched already.
        own |= {seat.pk: seat for seat in self.progress.seats if seat.pk in own}
        return [own[pk] for pk in reversed(own)]

    @cached_property
    def seat(self) -> Seat | None:
        """The seat of the page: that of ``?seat=``, the first that waits, else the last one."""
        if self.seat_named is not None:
            return self.seat_named
        if waiting := self.waiting:
            return vote_conflicts.in_turn(self.user, waiting, self.others_in_stage)[0]
        opened = [seat for seat in self.own_seats if seat.stage.open]
        answered = [seat for seat in opened if seat.answer is not None]
        return next(reversed(answered or opened or self.own_seats), None)

    @cached_property
    def spoke_at(self) -> Seat | None:
        """The seat in whose name the reader commented, where another is asked by now."""
        if self.own_seats or self.coordinates:
            return None
        return next(iter(spoken_seats(self.user, self.review)), None)

    @property
    def waiting(self) -> list[Seat]:
        """The seats for which the reader can still answer: one in a stage."""
        opened = [seat for seat in self.own_seats if seat.stage.open]
        answered = {seat.stage_id for seat in opened if self._spoke(seat.answer)}
        return [seat for seat in opened if seat.answer is None and seat.stage_id not in answered]

    @cached_property
    def others_in_stage(self) -> dict[int, list[str]]:
        """Who else can answer, where a stage asks the reader for several institutions."""
        return vote_conflicts.who_else(self.user, self.review, vote_conflicts.sharing_stage(self.waiting))

    @cached_property
    def one_of(self) -> list[dict[str, Any]]:
        """Before the answer, the several institutions of the stage, with who else could answer."""
        several = vote_conflicts.sharing_stage(self.waiting) if self.may_sign else []
        here = [seat for seat in several if self.seat and seat.stage_id == self.seat.stage_id]
        return self._each(here, self.others_in_stage)

    @cached_property
    def left_in_stage(self) -> list[dict[str, Any]]:
        """After it, the institutions that wait for somebody else's answer."""
        mine = self.seat.answer if self.seat and self.seat.stage.open and self.review.running else None
        if not self._spoke(mine):
            return []
        left = [one for one in self.own_seats if self.seat and one.stage_id == self.seat.stage_id]
        waited = [one for one in left if one.answer is None and not one.assented]
        return self._each(waited, vote_conflicts.who_else(self.user, self.review, waited))

    def _each(self, seats: list[Seat], others: dict[int, list[str]]) -> list[dict[str, Any]]:
        return [
            {
                "seat": seat,
                "here": seat == self.seat,
                "named": seat.user_id == self.user.pk,
                "others": ", ".join(localized_name(name) for name in others[seat.pk]),
                "url": self.links.link(seat=str(seat.pk)) + "#answer",
            }
            for seat in seats
        ]

    @cached_property
    def seat_named(self) -> Seat | None:
        """The seat that ``?seat=`` names, if it is one of the reader's."""
        wanted = self.visit.request.POST.get("seat") or self.visit.request.GET.get("seat")
        return next((seat for seat in self.own_seats if str(seat.pk) == wanted), None)

    @property
    def source_round(self) -> Review | None:
        """The round before in which the reader's institution was asked, where this one carried the stage
        over."""
        source = self.seat.stage.kept if self.seat else None
        return next((one for one in self.rounds.every if source and one.pk == source.review_id), None)

    @property
    def restarted_from(self) -> int | None:
        """Of a round that a restart ended, the stage from which the next one began."""
        return self.rounds.restarts.get(self.review.round)

    @property
    def state_label(self) -> str:
        """The state of the round, in words."""
        this = next(one for one in self.rounds.every if one.pk == self.review.pk)
        return self.rounds.state_label(this)

    @property
    def answer_here_url(self) -> str:
        """This page at the place where the reader answers."""
        return self.links.link(seat=str(self.seat.pk) if self.seat else "") + "#answer"

    @property
    def other_seats(self) -> list[dict[str, Any]]:
        """What else waits for an answer of the reader in this review, each with its own address."""
        if not self.review.running or self.is_author or self.is_submitter:
            return []
        listed = {one["seat"].pk for one in self.one_of}
        return [
            {"seat": seat, "url": self.links.link(seat=str(seat.pk)) + "#answer"}
            for seat in self.waiting
            if seat != self.seat and seat.pk not in listed
        ]

    @cached_property
    def barred_seats(self) -> list[dict[str, Any]]:
        """For an author or submitter: the other seats that wait for them, with who else can answer."""
        here = self.seat
        barred = self.review.running and (self.is_author or self.is_submitter)
        if here is None or self.answer is not None or not barred:
            return []
        left = [seat for seat in self.waiting if seat != here and not seat.assented]
        return self._each(left, vote_conflicts.who_else(self.user, self.review, left))

    @property
    def signs(self) -> bool:
        """Whether the answer is bound to the text, so that the reader signs it."""
        return bool(self.seat and self.seat.stage.locked)

    @cached_property
    def signed_languages(self) -> dict[str, str]:
        """The languages that a sign-off covers, by name; empty where nothing is signed."""
        if not self.signs:
            return {}
        known = covered(self.review.manifest)
        return {
            one: display_language.name_of(one) for one in self.edition.instrument.languages if one in known
        }

    @property
    def signed_names(self) -> str:
        return ", ".join(self.signed_languages.values())

    @property
    def assents(self) -> bool:
        """Whether no answer of the reader would be taken as assent."""
        return bool(self.seat and self.seat.stage.silence == Silence.ASSENT)

    @cached_property
    def may_read(self) -> bool:
        return may(self.user, Verb.READ, self.edition)

    @property
    def has_record(self) -> bool:
        """Whether the reader may have the approval record."""
        if not self.edition.adopted or not self.may_read:
            return False
        return self.edition.instrument.may_be_file and self.rounds.sees_last

    @cached_property
    def may_comment(self) -> bool:
        return self.may_read and may(self.user, Verb.COMMENT, self.edition)

    @cached_property
    def coordinates(self) -> bool:
        return has_role(self.user, Role.COORDINATOR, self.edition.instrument.owner_id)

    @cached_property
    def is_author(self) -> bool:
        return wrote_in(self.user.actor, self.edition)

    @cached_property
    def stand_ins(self) -> str:
        """Who else can answer where the reader can't; empty where nobody can."""
        if self.seat is None:
            return ""
        others = vote_conflicts.who_else(self.user, self.review, [self.seat])[self.seat.pk]
        return ", ".join(localized_name(name) for name in others)

    @property
    def is_submitter(self) -> bool:
        """Whether they began this round or locked its text; of rounds before it the refusal knows."""
        return self.user.pk in (
            self.review.submitted_by_id,
            self.review.manifest.made_by_id,
        )

    @cached_property
    def answered_for_other(self) -> str:
        """The other institution for which the reader has answered in this open stage."""
        if self.seat is None or not self.seat.stage.open:
            return ""
        others = (
            one
            for one in self.progress.seats
            if one.stage_id == self.seat.stage_id and one.pk != self.seat.pk
        )
        answers = ((one.body, one.answer) for one in others)
        return next((body for body, given in answers if self._spoke(given)), "")

    def _spoke(self, given: SignOff | None) -> bool:
        """Whether an answer is the reader's: their own, or that of their delegate."""
        return bool(given and given.counts and self.user.pk in (given.person_id, given.instead_of_id))

    @property
    def instead_of(self) -> str:
        """Whom the reader represents; empty where they were asked themselves."""
        respondent = self.seat.user if self.seat else None
        return (
            localized_name(respondent.name)
            if respondent is not None and respondent.pk != self.user.pk
            else ""
        )

    @property
    def asks_factor(self) -> bool:
        """Whether a second factor must be shown before answering."""
        return bool(self.seat and self.seat.stage.second_factor) and not was_shown(self.visit.request)

    @property
    def factor_url(self) -> str:
        return address_to_show(self.user, self.answer_here_url)

    @cached_property
    def may_sign(self) -> bool:
        return bool(
            self.seat
            and self.review.running
            and self.seat.stage.open
            and self.answer is None
            and not self.is_author
            and not self.is_submitter
            and not self.answered_for_other
            and may(self.user, Verb.SIGN_OFF, self.seat)
        )

    @cached_property
    def answer(self) -> SignOff | None:
        return self.seat.answer if self.seat else None

    @property
    def minutes_to_take_back(self) -> int:
        """How many minutes the reader can still take their own answer back; 0 where they can't."""
        given = self.answer
        if given is None or given.person_id != self.user.pk:
            return 0
        return -(-time_left(given) // timedelta(minutes=1))

    @property
    def answer_is_own(self) -> bool:
        """Whether the reader gave the answer, or somebody in their place; else a colleague did."""
        given = self.answer
        return bool(given and self.user.pk in (given.person_id, given.instead_of_id))

    @cached_property
    def asks(self) -> str:
        """The one sentence: what is asked of the reader."""
        if self.seat is None:
            return ""
        text = {"institution": self.seat.body}
        if self.seat.stage.kind == StageKind.SIGN_OFF:
            return _("Your sign-off: %(institution)s") % text
        if self.seat.stage.kind == StageKind.TRANSLATION:
            return _("Your check of the translation: %(institution)s") % text
        return _("Your opinion: %(institution)s") % text
