"""Commenting in the review room: a page with the quote, answers, settling."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from documents.actions.errors import ActionError
from documents.comments.actions import LONGEST, LONGEST_QUOTE
from documents.display.script import unchanged
from documents.models import Comment
from documents.pages.case_data import page_before_saving
from documents.text import body_text
from documents.translation.script_choice import NAMES_TOO, typed_ways
from documents.translation.scripts import CYRILLIC, LATIN, script_of, to_latin
from people.access import require
from people.roles import Verb
from theme import check_answers
from workflows.actions.comments import settle_comment, write_comment
from workflows.models import Review
from workflows.pages.review.page import RoomPage
from workflows.pages.review.views import AtComment, find_review, post_or_room, show
from workflows.texts import original_text

AT_FIELD = {"no_text": "text", "long_text": "text", "quote": "quote", "suggestion": "suggestion"}
"""The field of the form at which a refusal is, by its code."""
FIELDS = ("quote", "prefix", "suffix", "suggestion", "text", "to")


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """A page to comment on one section. A POST with ``step=mark`` only brings the marked words."""
    review = find_review(request, pk)
    require(request.user, Verb.COMMENT, review.edition)
    page = RoomPage(request, review)
    uid = _uid(request)
    change = page.compared.comparison.by_uid.get(uid)
    if change is None or change.new is None:
        raise Http404
    given = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in FIELDS}
    problem, at_field = "", ""
    ways: dict[str, str] = {}
    is_sent = request.method == "POST" and request.POST.get("step") != "mark"
    if is_sent and not check_answers.is_reopened(request):
        if warning := page_before_saving(request, given["text"], given["suggestion"]):
            return warning
        quote = _in_own_script(page, given["quote"], change.uid) or given["quote"]
        ways = _ways(page, given["suggestion"], quote, change.uid, request.POST.get("letters", ""))
        try:
            if len(ways) > 1:
                raise ActionError(_("Choose the script for your words in the text."), "suggestion")
            stored = write_comment(
                page.visit.user,
                review,
                uid,
                page.compared.text.language,
                given["text"],
                to=given["to"],
                quote=quote,
                prefix=_in_own_script(page, given["prefix"], change.uid),
                suffix=_in_own_script(page, given["suffix"], change.uid),
                suggestion=next(iter(ways.values())),
            )
        except ActionError as refusal:
            problem, at_field = refusal.message, AT_FIELD.get(refusal.code, "")
        else:
            messages.success(request, _saved(stored.suggestion, given["suggestion"]))
            return HttpResponseRedirect(page.links.at_comment(stored.pk))
    items = page.items_of(frozenset({uid}), whole=True)
    context: dict[str, Any] = {
        "page": page,
        "review": review,
        "item": next(item for item in items if item.card.role != "stub"),
        "given": given,
        "problem": problem,
        "at_field": at_field,
        "suggests": bool(given["suggestion"]) or request.POST.get("suggest") == "1",
        "longest": LONGEST_QUOTE,
        "uid": uid,
        "ways": list(ways.items()) if len(ways) > 1 else [],
        "names_too": NAMES_TOO if NAMES_TOO in ways else "",
    }
    return render(request, "workflows/comment.html", context, status=400 if problem else 200)


@post_or_room
def reply(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Answers a comment."""
    review = find_review(request, pk)
    first = find_comment(review, comment_pk)
    given = {name: request.POST.get(name, "")[:10_000] for name in ("text", "to")}
    if check_answers.is_reopened(request):
        return show(request, find_review(request, pk), at=AtComment(comment_pk, "reply", "", given))
    if warning := page_before_saving(request, given["text"]):
        return warning
    try:
        write_comment(
            request.user,  # type: ignore[arg-type]
            review,
            str(first.uid),
            first.language,
            given["text"],
            to=given["to"],
            parent=first,
        )
    except ActionError as refusal:
        at = AtComment(comment_pk, "reply", refusal.message, given)
        return show(request, find_review(request, pk), at=at, status=409)
    messages.success(request, _("Your answer was saved."))
    return go_back(request, review, first.pk)


@post_or_room
def settle(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """Marks a thread as settled, or (``open``) as open again."""
    review = find_review(request, pk)
    first = find_comment(review, comment_pk)
    settled = not request.POST.get("open")
    try:
        settle_comment(request.user, first, review, settled=settled)  # type: ignore[arg-type]
    except ActionError as refusal:
        messages.error(request, refusal.message)
    else:
        opened = _("The comment is open again and needs an answer. The coordinator gets an e-mail.")
        messages.success(request, _("The comment is resolved.") if settled else opened)
    return go_back(request, review, first.pk)


def find_comment(review: Review, comment_pk: int) -> Comment:
    """The first comment of a thread of this text; Http404 where there is none."""
    found = (
        Comment.objects.select_related("edition__instrument", "parent", "author")
        .filter(pk=comment_pk, edition=review.edition_id, parent=None)
        .first()
    )
    if found is None:
        raise Http404
    return found


def go_back(request: HttpRequest, review: Review, comment_pk: int) -> HttpResponse:
    """To the room, at that comment."""
    return HttpResponseRedirect(RoomPage(request, review).links.at_comment(comment_pk))


def _uid(request: HttpRequest) -> str:
    try:
        return str(uuid.UUID(request.POST.get("uid") or request.GET.get("uid") or ""))
    except ValueError:
        raise Http404 from None


def _in_own_script(page: RoomPage, shown: str, uid: str) -> str:
    """Words of the page in the script of the stored text; "" where that is not possible."""
    compared = page.compared
    section = compared.tree.by_uid.get(uid)
    if not shown.strip() or section is None or not compared.text.script.shown:
        return shown
    text = body_text(section.text.body, heading=True)
    if compared.convert is unchanged and shown in text:
        return shown
    # Typed in the other letters than those of the page: in Latin every text is read alike.
    found = original_text(text, compared.convert, shown) or original_text(text, to_latin, to_latin(shown))
    return found or (shown if compared.convert is unchanged else "")


def _saved(stored: str, typed: str) -> str:
    """The message for a saved comment; with the words where they are stored in other letters."""
    if script_of(stored) in ("", script_of(typed)):
        return _("Your comment was saved.")
    return _(
        "Your comment was saved. In the script of the text, your words are: “%(words)s” If a "
        "name needs another script, mark the comment as resolved and write a new comment."
    ) % {"words": stored}


def _ways(page: RoomPage, typed: str, quote: str, uid: str, letters: str) -> dict[str, str]:
    """The suggested words as they can be stored, by script: one way where that is sure, or ``letters``
    says."""
    compared = page.compared
    shown, section = compared.text.script.shown, compared.tree.by_uid.get(uid)
    if not shown or section is None or not typed.strip() or len(typed) > LONGEST:
        return {"": typed}
    other = LATIN if shown == CYRILLIC else CYRILLIC
    own = shown if compared.convert is unchanged else other
    ways = typed_ways(typed, quote, body_text(section.text.body, heading=True), own, shown)
    return {letters: ways[letters]} if letters in ways else ways
