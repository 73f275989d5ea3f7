"""What the reader of a review knows of its text: for which text they, or their institution, answered last."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from django.utils.translation import gettext as _

from documents.choices import State
from workflows.models import Seat, SignOff
from workflows.pages.review.comparison import Compared, compare_review
from workflows.pages.review.progress import Progress
from workflows.pages.review.reader import Reader
from workflows.pages.review.visit import Links, Visit
from workflows.texts import Since, answers_of, former_edition

END = "end"
"""``?answer=`` this: the text with which a round ended, although the reader answered an earlier one."""


class Baseline:
    """What the text of the page is compared with, and whose answer it shows."""

    def __init__(self, visit: Visit, links: Links, progress: Progress, reader: Reader) -> None:
        self.visit = visit
        self.review, self.edition = visit.review, visit.edition
        self.links = links
        self.progress = progress
        self.reader = reader

    @cached_property
    def compared(self) -> Compared:
        """The text in the first language, compared with what the reader knows."""
        wanted = self.visit.request.GET.get("text", "")[:12]
        return compare_review(self.review, self.visit.tag, wanted, self.visit.against, self.since)

    @cached_property
    def answer_shown(self) -> SignOff | None:
        """The answer whose text is shown: that of ``?answer=``, or the reader's own in an ended round."""
        wanted = self.visit.request.GET.get("answer", "")
        named = {str(one.pk): one for one in self.given_open}
        own = None if self.review.running or wanted == END else self.open_answer
        return named.get(wanted) or (own if self._of_this_round or self.reader.seat_named else None)

    @property
    def _of_this_round(self) -> bool:
        """Whether the stage of the page's seat was asked in this round, not carried over."""
        return self.reader.seat is not None and self.reader.seat.stage.kept_id is None

    @cached_property
    def may_comment(self) -> bool:
        """Not on a text that was, while the round goes on with another one."""
        return self.reader.may_comment and not (self.review.running and self.compared.answer_shown)

    @property
    def open_answer(self) -> SignOff | None:
        """The reader's answer, where it was given for a text that could still change."""
        return self.reader.answer if self.reader.seat and not self.reader.seat.stage.locked else None

    @property
    def given_open(self) -> list[SignOff]:
        """The answers of this round that were given while the text could still change."""
        return [one for seat in self.progress.seats if not seat.stage.locked for one in seat.sign_offs.all()]

    @cached_property
    def since(self) -> Since:
        """What the text is compared with: what was answered before the answer of which the page speaks."""
        seat: Seat | None = self.answer_shown.seat if self.answer_shown else self.reader.seat
        if seat is None:
            return Since(open=bool(self.given_open), round=self.reader.rounds.before)
        found = answers_of(self.review, seat.institution_id)
        open_ones = bool(self.given_open) or any(not one.seat.stage.locked for one in found)
        known = Since(respondent=True, open=open_ones, answers=found)
        if self.answer_shown is not None:
            place = next(n for n, one in enumerate(found) if one == self.answer_shown)
            return replace(known, answers=found[place + 1 :], answer_shown=found[place])
        last = found[0] if found else None
        # Whichever stage the page speaks of: what the institution answered last, it has read. Of an answer of
        # this round, while no other is asked for, one still sees what it was given for.
        if last is None or self.reader.answer is None or last.seat.stage.review_id != self.review.pk:
            return known
        return replace(known, answers=found[1:]) if last.seat.stage.locked else replace(known, own=last)

    @cached_property
    def earlier(self) -> frozenset[int]:
        """The answers to a text that is another one by now and can be shown."""
        if not self.given_open or not self.reader.may_read or self.reader.may_sign:
            return frozenset()
        compared = self.compared
        stored = {
            one.pk: compared.answered.get(one.manifest.versions.get(compared.text.language, ""))
            for one in self.given_open
        }
        return frozenset(pk for pk, text in stored.items() if text and text.key != compared.last_key)

    @property
    def answered_earlier(self) -> bool:
        """Whether the reader's institution answered an earlier text of an ended round."""
        given = self.open_answer
        return (
            not self.review.running
            and self._of_this_round
            and self.compared.answer_shown is None
            and bool(given and given.pk in self.earlier)
        )

    @property
    def last_url(self) -> str:
        """The text as it is now, or as it was when the round ended, in place of the answered one."""
        return self.links.link(answer="" if self.review.running else END) + "#changes"

    @property
    def answered_url(self) -> str:
        """The text that the reader's institution answered."""
        return self.links.link(answer="") + "#changes"

    @cached_property
    def has_former_edition(self) -> bool:
        return former_edition(self.edition) is not None

    @property
    def heading(self) -> str:
        """What the text is compared with, in words."""
        compared, base = self.compared, self.compared.base
        if compared.not_stored:
            return _("The text of this round")
        if base.answer is not None:
            of = base.answer.seat
            if self.reader.seat and of.institution_id == self.reader.seat.institution_id:
                return _("Changes since your answer in round %(n)s") % {"n": base.round}
            wanted = next(seat for seat in self.progress.seats if seat.institution_id == of.institution_id)
            return _("Changes since the answer of %(institution)s in round %(n)s") % {
                "institution": wanted.body,
                "n": base.round,
            }
        if base.round is not None:
            return _("Changes since round %(n)s") % {"n": base.round}
        if base.edition is None:
            return _("New text")
        if base.edition.state == State.IN_FORCE:
            return _("Changes from the text in force")
        return _("Changes from edition %(n)s") % {"n": base.edition.number}

    @property
    def other_base(self) -> str:
        """The words of the link to the other comparison; empty where there is none."""
        if not self.visit.against:
            other = self.compared.base.round is not None and self.has_former_edition
            return _("Changes from the previous edition") if other else ""
        if self.since.answers:
            return _("Only since the last answer")
        return _("Only since the last round") if self.since.round else ""
