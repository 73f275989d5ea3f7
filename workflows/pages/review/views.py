"""The pages of the review room."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

import audit
from documents.access.authorship import wrote_in
from documents.actions.errors import ActionError
from documents.models.instruments import let_in
from people.access import asking_once, has_role, may, require
from people.models import Grant
from people.roles import Role, Verb
from people.second_factor import was_shown
from theme import check_answers
from theme.localized_names import localized_name
from workflows.actions.sign_off import check_sign_off, sign_off
from workflows.actions.take_back import take_back
from workflows.choices import Choice, StageKind
from workflows.models import Review, Seat, SectionRead, SignOff, Stage
from workflows.pages.calendar import may_have_calendar
from workflows.pages.delegates import concerns
from workflows.pages.review.check_page import check_page
from workflows.pages.review.page import RoomPage
from workflows.pages.review.visit import number_in
from workflows.rules.vote_conflicts import answered_for_another
from workflows.texts import title_for


@dataclass(frozen=True)
class AtComment:
    """A refused form ("reply", "decide", "accept") at its comment, with what was typed."""

    comment: int
    form: str
    message: str
    given: dict[str, str]


def post_or_room(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For an address that takes a form: a GET is led to the room."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **more: Any) -> HttpResponse:
        if request.method == "POST":
            return view(request, pk, **more)
        review = find_review(request, pk)
        page = RoomPage(request, review)
        comment = more.get("comment_pk")
        return HttpResponseRedirect(page.links.at_comment(comment) if comment else page.links.link())

    return wrapped


def find_review(request: HttpRequest, pk: int) -> Review:
    """The review, if the reader may see it; Http404 otherwise."""
    owner = ("edition__instrument__country", "edition__instrument__owner__country")
    wanted = Review.objects.select_related("manifest", "submitted_by", "edition__supersedes", *owner)
    # A hash for each section and language: what reads them asks for them.
    review = wanted.defer("manifest__texts").filter(pk=pk).first()
    if review is None or not may(request.user, Verb.READ, review):
        raise Http404
    if review.edition.supersedes is not None:
        review.edition.supersedes.instrument = review.edition.instrument
    return review


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """What is asked of the reader now, then what they were asked or commented on before."""
    tag = get_language() or "en"
    own_seats = Seat.objects.for_respondent(request.user)
    seats = (
        Seat.objects.annotate(asked=Exists(own_seats.filter(pk=OuterRef("pk"))))
        .filter(
            Q(asked=True) | Q(pk__in=Seat.objects.commented_by(request.user).values("pk")),
            stage__opened__isnull=False,
            stage__review__in=Review.objects.visible_to(request.user, spoken_in=True),
        )
        # What another reviewer has to answer, or nobody can: the reader's voice in the stage is another
        # institution's.
        .exclude(
            answered_for_another(request.user)
            & Q(stage__closed=None)
            & ~Exists(SignOff.objects.filter(seat=OuterRef("pk")))
        )
        .select_related(
            "institution__country",
            "user",
            "stage__review__edition__instrument__country",
            "stage__review__edition__instrument__owner",
        )
        .prefetch_related("sign_offs__person")
        .order_by("stage__due", "pk")
    )
    listed = list(seats)
    rows = [
        {
            "seat": seat,
            "asked": seat.asked,
            "review": review,
            "title": title_for(review.edition, tag),
            "answer": given,
            "by": given.person.name if given and given.person_id != request.user.pk else "",
            "wrote": given is None and wrote_in(request.user.actor, review.edition),  # type: ignore[union-attr]
            "url": f"{reverse('review:room', args=[review.pk])}?seat={seat.pk}",
        }
        for seat, review in zip(listed, _counting(listed), strict=True)
        for given in [seat.answer if seat.asked else seat.answer_of(request.user)]
    ]
    now = [
        row
        for row in rows
        if row["asked"]
        and row["answer"] is None
        and row["seat"].stage.open
        and row["seat"].stage.review.running
    ]
    before = sorted((row for row in rows if row not in now), key=_last_moved, reverse=True)
    context = {
        "now": now,
        "before": before,
        "may_calendar": may_have_calendar(request.user),
        "may_delegate": concerns(request.user),
    }
    return render(request, "workflows/list.html", context)


def _last_moved(row: dict[str, Any]) -> datetime:
    """When something was last answered or ended there, for an order in time."""
    stage = row["seat"].stage
    found: datetime = row["answer"].at if row["answer"] else stage.closed or stage.opened
    return found


def _counting(seats: Sequence[Seat]) -> list[Review]:
    """The round in which each answer counts: the last one that carried its stage over, else its own; one
    query."""
    stored = Stage.objects.filter(kept__in=[seat.stage_id for seat in seats]).order_by("review__round")
    by_stage = {
        one.kept_id: one.review for one in stored.select_related("review__edition__instrument__country")
    }
    own = (seat.stage.review for seat in seats)
    return [
        by_stage.get(seat.stage_id, review) if seat.asked else review
        for seat, review in zip(seats, own, strict=True)
    ]


@require_safe
def room(request: HttpRequest, pk: int) -> HttpResponse:
    with asking_once():
        return show(request, find_review(request, pk))


def show(
    request: HttpRequest,
    review: Review,
    *,
    refusal: ActionError | None = None,
    given: dict[str, str] | None = None,
    at: AtComment | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a review; after a refusal with what was typed."""
    page = RoomPage(request, review, str(at.comment) if at else "")
    consulted = bool(page.reader.seat and page.reader.seat.stage.kind == StageKind.CONSULTATION)
    options = [(value, Choice(value).label, hint) for value, hint in options_of(consulted=consulted)]
    context = {
        "page": page,
        "review": review,
        "options": options,
        "refusal": refusal,
        "given": given or {},
        "at": at,
    }
    return render(request, "workflows/room.html", context, status=status)


def options_of(*, consulted: bool) -> list[tuple[str, str]]:
    """The four answers, each with what it leads to; in a consultation nobody stops a text."""
    returned = (
        _(
            "You do not agree with the text as it is. The coordinator reads your reason, and the "
            "text moves to the next stage."
        )
        if consulted
        else _("The text goes back to the coordinator.")
    )
    abstained = (
        ""
        if consulted
        else _(
            "You answer without agreeing. If no institution agrees, the text goes back to the coordinator."
        )
    )
    return [
        (Choice.AGREE, ""),
        (Choice.REMARKS, _("Your remarks go to the coordinator. The text moves to the next stage.")),
        (Choice.RETURN, returned),
        (Choice.ABSTAIN, abstained),
    ]


@post_or_room
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the answer of an institution; a refusal shows the page with what was typed."""
    try:
        return _answer(request, find_review(request, pk))
    except Http404:
        if led := answered_by_another(request, number_in(request.POST.get("seat"))):
            return led
        raise


def _answer(request: HttpRequest, review: Review) -> HttpResponse:
    seat = seat_sent(request, review)
    given = {name: request.POST.get(name, "") for name in ("choice", "reason", "seen")}
    if check_answers.is_reopened(request):
        return show(request, review, given=given)
    act = sign_off if check_answers.is_confirmed(request) else check_sign_off
    try:
        stored = act(
            request.user,  # type: ignore[arg-type]
            seat,
            given["choice"],
            given["reason"],
            given["seen"],
            second_factor=was_shown(request),
        )
    except ActionError as refusal:
        status = 400 if refusal.code in ("no_choice", "no_reason", "not_possible") else 409
        return show(request, find_review(request, review.pk), refusal=refusal, given=given, status=status)
    page = RoomPage(request, review)
    if stored is None:
        return check_page(request, page, seat, given["choice"], given["reason"])
    messages.success(
        request,
        _("Your answer was recorded. We sent you a receipt by e-mail. Answer: %(answer)s.")
        % {"answer": stored.get_choice_display()},
    )
    return HttpResponseRedirect(page.links.link(seat=str(seat.pk)))


@post_or_room
def take_back_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the reader's own answer back, while that can be done."""
    review = find_review(request, pk)
    seat = seat_sent(request, review)
    try:
        take_back(request.user, seat)  # type: ignore[arg-type]
    except ActionError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("Your answer was taken back. You can answer again."))
    return HttpResponseRedirect(RoomPage(request, review).links.link(seat=str(seat.pk)) + "#answer")


@post_or_room
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps that the reader has read a section as it is now, or (``unread``) forgets it."""
    review = find_review(request, pk)
    require(request.user, Verb.READ, review.edition)
    page = RoomPage(request, review)
    try:
        uid = str(uuid.UUID(request.POST.get("uid", "")))
    except ValueError:
        raise Http404 from None
    change = page.compared.comparison.by_uid.get(uid)
    if change is None:
        raise Http404
    rows = SectionRead.objects.filter(
        user=page.visit.user, edition=review.edition, uid=uid, language=page.compared.text.language
    )
    if request.POST.get("unread"):
        rows.delete()
    else:
        SectionRead.objects.update_or_create(
            user=page.visit.user,
            edition=review.edition,
            uid=uid,
            language=page.compared.text.language,
            defaults={"text_hash": page.compared.hash_of(change), "at": timezone.now()},
        )
    following = request.POST.get("next", "")
    anchor = following if following.replace("-", "").isalnum() else f"s-{uid}"
    return HttpResponseRedirect(f"{page.links.link()}#{anchor}")


def seat_sent(request: HttpRequest, review: Review) -> Seat:
    """The seat of the review that a form names; Http404 where there is none."""
    seats = Seat.objects.select_related("stage__review", "institution", "user")
    return get_object_or_404(seats, pk=number_in(request.POST.get("seat")), stage__review=review)


def stage_sent(request: HttpRequest, review: Review) -> Stage:
    """The stage of the review that a form names; Http404 where there is none."""
    found = get_object_or_404(Stage, pk=number_in(request.POST.get("stage")), review=review)
    found.review = review
    return found


def answered_by_another(request: HttpRequest, seat_pk: int) -> HttpResponse | None:
    """For who was asked until a moment ago: back to their reviews, with a message. None for others."""
    # Asked for anew: it became somebody else's while the answer was on its way.
    known = Seat.objects.select_related("stage__review__edition__instrument", "user")
    seat = known.filter(pk=seat_pk).first()
    if seat is None or seat.user is None or not seat.stage.review.running:
        return None
    review, user = seat.stage.review, request.user
    had_seat = Grant.objects.filter(
        user=user.pk,
        verb=Verb.SIGN_OFF,
        of_stage__stage=seat.stage,
        for_institution=seat.institution_id,
    ).exists()
    reviews = has_role(user, Role.REVIEWER, seat.institution_id)
    if not (had_seat and reviews and let_in(user, review.edition.instrument)):
        return None
    wanted = _("Only %(whom)s can give this answer. You cannot answer for them.")
    message = wanted % {"whom": localized_name(seat.user.name)}
    audit.refused("sign_off", seat, user, why="not_asked")
    messages.error(request, f"{_('Your answer was not recorded.')} {message}")
    return redirect("review:list")
