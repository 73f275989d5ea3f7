"""What happened in a review, in order of time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.models import Entry
from audit.trail import thing_name
from theme.locales import native_name
from theme.localized_names import localized_name
from workflows.choices import Outcome, ReviewState
from workflows.models import Review, Seat, SignOff, Stage
from workflows.procedures.deadlines import day_there


@dataclass(frozen=True)
class Event:
    """When, in which stage (empty: the round), and what, in words."""

    at: datetime
    stage: str
    words: str


def on_one_day(review: Review) -> bool:
    """Whether a review began and ended on one day, in the country of its text."""
    return review.ended is not None and day_there(review.started, review.zone) == day_there(
        review.ended, review.zone
    )


def events_of(review: Review, stages: Sequence[Stage], ended: str) -> list[Event]:
    """The events of a round, the oldest first; ``ended``: how it ended, in words."""
    found: list[Event] = []
    for stage in stages:
        if stage.kept_id or stage.opened is None:
            continue
        name = f"{stage.order}. {stage.title} ·"
        found.append(Event(stage.opened, name, _("began")))
        for seat in stage.seats.all():
            # Whose answer it is tells more than the name of the stage once more.
            found += [Event(at, f"{stage.order}.", text) for at, text in _answers(seat)]
        if stage.closed is not None:
            voided = stage.outcome == Outcome.VOIDED
            text = _("ended without a result") if voided else _("ended: %(how)s")
            found.append(Event(stage.closed, name, text % {"how": stage.outcome_label}))
    found += [*_although(review), *_without(review), *_taken_back(review)]
    found = [Event(review.started, "", _("The round started")), *sorted(found, key=lambda event: event.at)]
    if review.ended is not None:
        text = (
            _("The text was adopted") if review.state == ReviewState.DONE else _("The round ended: %(how)s")
        )
        found.append(Event(review.ended, "", text % {"how": ended}))
    return found


def _although(review: Review) -> Iterator[Event]:
    """Why the text was submitted or adopted with an outdated authentic text; a reason that was removed is a
    dash."""
    entries = Entry.objects.filter(thing=thing_name(review.edition), refused=False)
    submitted = entries.filter(verb="submit", detail__manifest=review.manifest_id)
    adopted = entries.filter(verb="adopt") if review.state == ReviewState.DONE else entries.none()
    messages = {
        "submit": _(
            "The text was submitted although these languages were out of date: "
            "%(languages)s. Reason: %(reason)s"
        ),
        "adopt": _(
            "The text was adopted although these languages were out of date: "
            "%(languages)s. Reason: %(reason)s"
        ),
    }
    for entry in (submitted | adopted).select_related("reason"):
        if entry.detail.get("behind"):
            names = ", ".join(native_name(language) for language in entry.detail["behind"])
            reason = entry.reason.text if hasattr(entry, "reason") else entry.detail.get("reason", "")
            yield Event(entry.at, "", messages[entry.verb] % {"languages": names, "reason": reason or "–"})


def _taken_back(review: Review) -> Iterator[Event]:
    """When an answer was given and taken back."""
    given = SignOff.every.filter(seat__stage__review=review, taken_back=True)
    for one in given.select_related("seat__stage", "seat__institution"):
        body, stage = localized_name(one.seat.institution), f"{one.seat.stage.order}."
        yield Event(one.at, stage, f"{body}: {one.get_choice_display()}")
        if one.voided_at is not None:
            yield Event(one.voided_at, stage, f"{body}: {_('answer taken back')}")


def _without(review: Review) -> Iterator[Event]:
    """When it was confirmed that the text goes on without accepted suggestions."""
    entries = Entry.objects.filter(verb="go_without", thing=thing_name(review), refused=False)
    for entry in entries:
        n = len(entry.detail.get("comments", []))
        message = ngettext(
            "Confirmed that the text goes ahead without %(n)s accepted suggestion",
            "Confirmed that the text goes ahead without %(n)s accepted suggestions",
            n,
        )
        yield Event(entry.at, "", message % {"n": n})


def _answers(seat: Seat) -> list[tuple[datetime, str]]:
    """The result for an institution: its answer, or the silence that counts as one."""
    body = localized_name(seat.institution)
    found = [(one.at, f"{body}: {one.get_choice_display()}") for one in seat.sign_offs.all()]
    if seat.assented is not None and not found:
        found.append((seat.assented, f"{body}: {_('no answer, counted as agreement')}"))
    return found
