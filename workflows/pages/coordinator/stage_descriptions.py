"""A stage of a procedure in words: the same that its picture and its form say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from theme.dates import of_date
from workflows.choices import OF_COORDINATOR, Delegation, Outcome, Silence, StageKind
from workflows.models import Review, Stage
from workflows.pages.coordinator import procedure_picture
from workflows.procedures import steps
from workflows.procedures.names import display_name, quorum_label, title_of


def sentences(stage: Mapping[str, Any], *, locked: bool) -> list[str]:
    """What a stage is, in short sentences."""
    found = [str(StageKind(stage["kind"]).label)]
    days = stage["days"]
    if stage["working"]:
        found.append(ngettext("%(n)d working day", "%(n)d working days", days) % {"n": days})
    else:
        found.append(ngettext("%(n)d day", "%(n)d days", days) % {"n": days})
    if stage["kind"] not in OF_COORDINATOR:
        found.append(quorum_label(stage["quorum"], stage["kind"]))
        if stage["silence"] == Silence.ASSENT:
            found.append(_("no answer counts as agreement"))
        if stage["delegate"] == Delegation.NOBODY:
            found.append(_("no delegation"))
        if stage["second_factor"]:
            found.append(_("two-factor authentication"))
    found.append(_("the text is locked") if locked else _("the text can be changed"))
    return found


def described(stages: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The stages of a procedure for a page: number, step, title, sentences."""
    locked = steps.first_locked(stages)
    return [
        {
            "number": n + 1,
            "step": step,
            "title": title_of(stage),
            "words": _without_kind(title_of(stage), sentences(stage, locked=n >= locked)),
        }
        for n, (stage, step) in enumerate(zip(stages, steps.steps(stages), strict=True))
    ]


def _without_kind(title: str, listed: list[str]) -> list[str]:
    """The sentences next to a title, which need not name its kind where the title is that kind."""
    return listed[1:] if listed[0] == title else listed


def legends(reviews: Iterable[tuple[Review, Sequence[Stage]]]) -> list[dict[str, Any]]:
    """What the numbers of stages mean, once for procedures with the same stages."""
    found: dict[tuple[str, ...], list[tuple[int, str]]] = {}
    names: dict[tuple[str, ...], list[str]] = {}
    for review, stages in reviews:
        name = display_name(review.procedure.get("name", ""), review.procedure.get("names"))
        numbered = [(stage.order, stage.title) for stage in stages]
        key = tuple(title for _order, title in numbered)
        found.setdefault(key, numbered)
        if name and name not in names.setdefault(key, []):
            names[key].append(name)
    return [{"name": ", ".join(names.get(key, ())), "stages": numbered} for key, numbered in found.items()]


def picture_of(stages: Sequence[Mapping[str, Any]], label: str) -> SafeString:
    """The picture of a procedure that does not run."""
    locked = steps.first_locked(stages)
    nodes = [
        procedure_picture.Node(n + 1, step, "later", n >= locked, title_of(stage))
        for n, (stage, step) in enumerate(zip(stages, steps.steps(stages), strict=True))
    ]
    return mark_safe(procedure_picture.svg(nodes, label))  # noqa: S308 - escaped there


def picture_of_review(stages: Sequence[Stage], label: str) -> SafeString:
    """The picture of a review's procedure, with where it is."""
    nodes = [procedure_picture.Node(s.order, s.step, state_of(s), s.locked, s.title) for s in stages]
    return mark_safe(procedure_picture.svg(nodes, label))  # noqa: S308 - escaped there


def standing_of(review: Review) -> str:
    """Where a review that runs is: the stage that ends first, and until when."""
    opened = [stage for stage in review.stages.all() if stage.open]
    for stage in opened:
        stage.review = review
    first = min(opened, key=lambda stage: (stage.due_day or date.max, stage.order), default=None)
    if first is None:
        return pgettext("state of an edition", "In review")
    if first.due_day is None:
        return first.title
    words = {"stage": first.title, "date": of_date(first.due_day, get_language() or "en")}
    if first.kind == StageKind.CONSULTATION:
        return _("In consultation until %(date)s") % words
    return _("%(stage)s until %(date)s") % words


def state_of(stage: Stage) -> str:
    """done, now, late or later."""
    if (
        stage.outcome == Outcome.VOIDED
    ):  # it ended with the round, or with a stage beside it that was returned
        return "later"
    if stage.closed:
        return "done" if stage.outcome == "passed" else "late"
    if stage.open:
        return "late" if stage.late else "now"
    return "later"
