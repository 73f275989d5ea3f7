"""Starting a review: which draft, which procedure, whom to ask, by when."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import audit
from documents.actions.adopt_edition import today_in
from documents.actions.errors import ActionError, NotReady
from documents.actions.submit_edition import behind_source
from documents.choices import State, Translation
from documents.models import Edition
from documents.text_storage import language_states
from people.access import require
from people.roles import Verb
from workflows.actions.start_review import start_review
from workflows.models import Procedure, Review
from workflows.pages.coordinator.forms import reason_given
from workflows.pages.coordinator.last_round import LastRound
from workflows.pages.coordinator.rows import rows_for
from workflows.pages.coordinator.stage_descriptions import picture_of
from workflows.pages.coordinator.stage_forms import number, stage_forms
from workflows.pages.coordinator.views import coordinator, say_moved
from workflows.procedure_names import words
from workflows.rules import steps
from workflows.rules.kept_stages import answered_by, asked_again, kept_stages, may_begin_with
from workflows.rules.unapplied_suggestions import confirmed_in, listed
from workflows.texts import title_for


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The drafts that can be submitted."""
    user = coordinator(request)
    drafts = [row for row in rows_for(user, get_language() or "en") if row.is_draft]
    return render(request, "workflows/choose.html", {"drafts": drafts})


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The plan of a review; sent, it starts. With problems it comes back as it was filled in."""
    edition = owned_edition(request, edition_id, Verb.SUBMIT)
    before = Review.objects.filter(edition=edition).order_by("-round").first()
    if edition.state != State.DRAFT or (before is not None and before.running):
        if before is None:
            raise Http404
        if request.method == "POST":
            audit.refused(
                "start_review", edition, request.user, why="running" if before.running else "locked"
            )
            messages.error(request, _("A review of this text was started already. Nothing was changed."))
        return HttpResponseRedirect(reverse("coordinate:review", args=[before.pk]))
    if before is not None:
        before.edition = edition
    procedures = Procedure.objects.for_country(edition.instrument.country_id)
    if not procedures:
        raise Http404
    sent = request.method == "POST"
    last = LastRound(before, edition.instrument.country_id)
    wanted = request.POST.get("procedure") or request.GET.get("procedure")
    as_before = last.procedure_of(procedures)
    procedure = next((one for one in procedures if one.key == wanted), as_before or procedures[0])
    stages = stage_forms(edition, procedure, request.POST if sent else None, last)
    may_begin = may_begin_with(before, procedure.copy()["stages"])
    # Whose answer would be kept may not submit the round that keeps it: with the stage of it at the latest
    # they may begin.
    own = answered_by(request.user, kept_stages(before, procedure.copy()["stages"]))  # type: ignore[arg-type]
    latest = max(n for n in may_begin if own is None or n <= own[0].order)
    begin = (number(request.POST.get("begin")) or 1) if sent else latest
    locked_from = steps.first_locked(procedure.copy()["stages"]) + 1
    problems: list[str] = []
    if sent:
        try:
            review = start_review(
                request.user,  # type: ignore[arg-type]
                edition,
                procedure,
                [stage.plan for stage in stages],
                begin,
                reason_given(request),
                confirmed_in(request),
            )
        except NotReady as refusal:
            problems = refusal.problems
        except ActionError as refusal:
            problems = [refusal.message]
        else:
            messages.success(request, _("The review has started, and those who are asked were told."))
            begun = review.stages.get(order=begin)
            begun.review = review
            say_moved(request, stages[begin - 1].due, begun.due_day)
            return HttpResponseRedirect(reverse("coordinate:review", args=[review.pk]))
    context = {
        "edition": edition,
        "title": title_for(edition, get_language() or "en"),
        "procedures": procedures,
        "procedure": procedure,
        "stages": stages,
        "wanting": [stage for stage in stages if stage.wanting and stage.order >= begin],
        "gone": words(before.procedure.get("name", ""), before.procedure.get("names"))
        if before is not None and as_before is None
        else "",
        "locked_from": locked_from,
        "locks": begin >= locked_from,
        "may_lock": max(may_begin) >= locked_from,
        "may_stay_open": min(may_begin) < locked_from,
        "picture": picture_of(procedure.copy()["stages"], str(procedure)),
        "beginnings": [stage for stage in stages if stage.order in may_begin],
        "last_beginning": max(may_begin),
        "again": asked_again(before, procedure.copy()["stages"]),
        "begin": begin,
        "problems": problems,
        "behind": behind(edition),
        "older": behind_source(edition),
        "left_out": listed(request, before),
        "round": before.round + 1 if before else 1,
        "today": today_in(edition),
    }
    return render(request, "workflows/start.html", context, status=400 if problems else 200)


@dataclass(frozen=True)
class Behind:
    """A translation of which some sections are missing or older than the original."""

    language: str
    authentic: bool
    ready: int
    total: int


def behind(edition: Edition) -> list[Behind]:
    """The language versions that would be submitted without being up to date, the authentic ones first."""
    instrument = edition.instrument
    found = []
    for language, counts in language_states(edition).items():
        ready, total = counts.get(Translation.CURRENT, 0), sum(counts.values())
        if language != instrument.source_language and ready < total:
            found.append(Behind(language, language in instrument.authentic_languages, ready, total))
    return sorted(found, key=lambda one: not one.authentic)


def owned_edition(request: HttpRequest, edition_id: int, verb: Verb) -> Edition:
    """An edition with which the person may do ``verb``; Http404 otherwise."""
    edition = (
        Edition.objects.select_related("instrument__country", "instrument__owner", "supersedes")
        .filter(pk=edition_id)
        .first()
    )
    if edition is None:
        raise Http404
    require(request.user, verb, edition)
    return edition
