"""Answering comments: one on a page of its own, or several with one answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from documents.actions.errors import ActionError
from documents.choices import CommentOutcome
from documents.pages.case_data import page_before_saving, warning_answers
from people.access import may
from people.decorators import post_or
from people.roles import Verb
from theme import check_answers
from theme.check_answers import Answer
from workflows.actions.comments import accept_suggestion, answer_comment, answer_comments
from workflows.models import Review
from workflows.pages.desk_links import DeskLinks
from workflows.pages.matrix import filters
from workflows.pages.matrix.rows import Row
from workflows.pages.matrix.views import query_shown, readable, rows_for, runs_it, show_table
from workflows.pages.review.comment_views import find_comment, go_back
from workflows.pages.review.views import AtComment, find_review, post_or_room, show
from workflows.texts import title_for

MOST = 200
"""So many comments get one answer at once."""


@require_safe
def one(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """One comment with its text, and the form of its answer; the ones before and after it."""
    return _show_one(request, readable(request, pk), comment_pk, request.GET.dict())


def _show_one(
    request: HttpRequest,
    review: Review,
    comment_pk: int,
    shown: dict[str, str],
    at: AtComment | None = None,
) -> HttpResponse:
    every = rows_for(request, review)
    shown_by = filters.filter_of(shown, every)
    rows = [row for row in every if row.pk == comment_pk or row in shown_by.of(every)]
    place = next((n for n, row in enumerate(rows) if row.pk == comment_pk), None)
    if place is None:
        raise Http404

    def url(n: int) -> str:
        return _url(review, rows[n], shown_by) if 0 <= n < len(rows) else ""

    context = {
        "review": review,
        "title": title_for(review.edition),
        "row": rows[place],
        "place": place + 1,
        "all": len(rows),
        "previous": url(place - 1),
        "next": url(place + 1),
        "filters": shown_by,
        "may_decide": runs_it(request, review) and may(request.user, Verb.COMMENT, review.edition),
        "hand": DeskLinks(request.user, review.edition),
        "at": at,
    }
    return render(request, "workflows/matrix_one.html", context, status=409 if at else 200)


@post_or_room
def decide_comment(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Keeps what becomes of a comment: accepted, partly, rejected, and why."""
    review = find_review(request, pk)
    comment = find_comment(review, comment_pk)
    given = {name: request.POST.get(name, "")[:10_000] for name in ("outcome", "answer", "seen")}
    if check_answers.is_reopened(request):
        return _refused(request, pk, AtComment(comment_pk, "decide", "", given))
    if warning := page_before_saving(request, given["answer"]):
        return warning
    try:
        answer_comment(request.user, comment, review, given["outcome"], given["answer"], given["seen"])  # type: ignore[arg-type]
    except ActionError as refusal:
        return _refused(request, pk, AtComment(comment_pk, "decide", refusal.message, given))
    messages.success(request, _("Your answer was saved."))
    return _after(request, review, comment_pk)


@post_or_room
def accept(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Puts the suggested words into the draft."""
    review = find_review(request, pk)
    comment = find_comment(review, comment_pk)
    try:
        accept_suggestion(request.user, comment, review, request.POST.get("seen", ""))  # type: ignore[arg-type]
    except ActionError as refusal:
        return _refused(request, pk, AtComment(comment_pk, "accept", refusal.message, {}))
    messages.success(request, _("The text was changed. The suggestion stays on this page, with its author."))
    return _after(request, review, comment_pk)


@post_or("review:matrix", "pk")
def answer_several(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer to every comment that was ticked: first a page to check it, then all of it or nothing."""
    review = readable(request, pk)
    if not runs_it(request, review):
        raise Http404
    given: dict[str, Any] = {name: request.POST.get(name, "")[:10_000] for name in ("outcome", "answer")}
    ticked = dict(one.partition("-")[::2] for one in request.POST.getlist("comments")[:MOST])
    given["ticked"] = list(ticked)
    wanted = [row for row in rows_for(request, review) if str(row.pk) in ticked]
    if check_answers.is_reopened(request):
        return show_table(request, review, several=given)
    chosen = [(row.comment, ticked[str(row.pk)]) for row in wanted]
    confirmed = check_answers.is_confirmed(request)
    try:
        answer_comments(
            request.user,  # type: ignore[arg-type]
            review,
            chosen,
            given["outcome"],
            given["answer"],
            only_check=not confirmed,
        )
    except ActionError as refusal:
        return show_table(request, review, problem=refusal.message, several=given, status=409)
    if not confirmed:
        return _check_page(request, review, wanted, given)
    n = len(chosen)
    message = ngettext("%(n)d comment was answered.", "%(n)d comments were answered.", n) % {"n": n}
    messages.success(request, f"{message} {_('The authors get an e-mail.')}")
    shown_by = filters.filter_of(query_shown(request), rows_for(request, review))
    return redirect(reverse("review:matrix", args=[review.pk]) + shown_by.query)


def _check_page(request: HttpRequest, review: Review, rows: list[Row], given: dict[str, Any]) -> HttpResponse:
    n = len(rows)
    return check_answers.page(
        request,
        title=_("Check your answer to these comments"),
        subject=title_for(review.edition),
        answers=[
            Answer(_("Outcome"), CommentOutcome(given["outcome"]).label),
            Answer(_("Response"), given["answer"].strip() or _("None given")),
            *warning_answers(given["answer"]),
            *(Answer(_("Comment %(n)d") % {"n": row.number}, _summary(row)) for row in rows),
        ],
        button=ngettext("Answer %(n)d comment", "Answer %(n)d comments", n) % {"n": n},
        trail=[(_("Comments"), reverse("review:matrix", args=[review.pk]))],
    )


def _summary(row: Row) -> str:
    words = row.text or row.suggestion
    return f"{row.institution or row.author}: {words[:200]}{'…' if len(words) > 200 else ''}"


def _refused(request: HttpRequest, pk: int, at: AtComment) -> HttpResponse:
    """The page from which it was sent, with the refusal at its comment and what was typed in the form."""
    review = find_review(request, pk)
    if request.POST.get("from") == "one" or (request.POST.get("from") == "matrix" and at.form == "decide"):
        return _show_one(request, review, at.comment, query_shown(request), at)
    if request.POST.get("from") == "matrix":
        return show_table(request, review, at=at, status=409)
    return show(request, review, at=at, status=409)


def _after(request: HttpRequest, review: Review, comment_pk: int) -> HttpResponse:
    origin = request.POST.get("from")
    if origin not in ("matrix", "one"):
        return go_back(request, review, comment_pk)
    rows = rows_for(request, review)
    shown_by = filters.filter_of(query_shown(request), rows)
    if origin == "one" and (following := _next_waiting(rows, comment_pk)):
        return HttpResponseRedirect(_url(review, following, shown_by))
    there = reverse("review:matrix", args=[review.pk]) + shown_by.at(comment=comment_pk)
    return HttpResponseRedirect(f"{there}#k{comment_pk}")


def _next_waiting(rows: list[Row], comment_pk: int) -> Row | None:
    """The next comment without an answer, after the one that was answered, then from the beginning."""
    place = next((n for n, row in enumerate(rows) if row.pk == comment_pk), 0)
    return next((row for row in [*rows[place + 1 :], *rows[:place]] if row.waits), None)


def _url(review: Review, row: Row, shown_by: filters.Filter) -> str:
    return reverse("review:one_comment", args=[review.pk, row.pk]) + shown_by.query
