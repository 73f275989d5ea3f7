"""What returned Word files suggest is taken into the draft or not: one by one, by author, section or file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from documents.access import Text, writable_languages
from documents.actions import decide_suggestions
from documents.actions.decide_suggestions import Outcome
from documents.actions.errors import ActionError
from documents.models import Edition, ReturnedFile, Suggestion
from documents.pages.desk.suggestion_cards import UNDOABLE, drawn, groups, marked, result_shown
from documents.pages.desk.views.common import editable, locked, number_warning, tell
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.text import block_text
from documents.text_storage import load_outline
from documents.word.review.cards import SECTION_KINDS
from documents.word.review.changes import BETWEEN_NAMES
from documents.word.review.normalise import block_hash, body_of
from people.access import require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from theme import locales

SHOWN = 200
"""How many cards one page draws."""
State = Suggestion.State
DECISIONS = {"undo": decide_suggestions.undo, "refuse": decide_suggestions.refuse}


@require_safe
def suggested(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """All suggestions of a draft, the open ones or all of them."""
    edition = edition_or_404(request, edition_id)
    every = request.GET.get("show") == "all"
    writes = writable_languages(request.user, edition)
    found = _of(edition, writes or edition.instrument.languages)
    total = found.filter(state=State.OPEN).count()
    looks = Suggestion.Kind.LOOKS
    shown = found if every else found.filter(state=State.OPEN).exclude(kind=looks)
    files = ReturnedFile.objects.filter(edition=edition).select_related("by")
    waits = Q(suggestions__state=State.OPEN)
    context = {
        "edition": edition,
        "title": title_of(edition),
        "groups": groups(request.user, edition, shown[:SHOWN]),
        "more": shown.count() > SHOWN,
        "open": total,
        "every": every,
        "files": [
            {"file": file, "authors": _authors(found.filter(returned=file))}
            for file in files.annotate(
                waiting=Count("suggestions", filter=waits),
                looks=Count("suggestions", filter=waits & Q(suggestions__kind=looks)),
            )
        ],
        "last": _last_batch(request, found),
        "several": len(edition.instrument.languages) > 1,
        "writes": writes,
        "editable": editable(edition),
        "here": request.path,
    }
    return render(request, "documents/desk/suggestions.html", context)


def _authors(found: QuerySet[Suggestion]) -> list[dict[str, Any]]:
    """Who made open changes in a file, where that are several, and how many; without those of which several
    persons made parts."""
    alone = found.filter(state=State.OPEN).exclude(author_name__contains=BETWEEN_NAMES)
    rows = alone.order_by("author_name").values("author_name")
    counted: list[Any] = list(rows.annotate(n=Count("pk")))
    return counted if len(counted) > 1 else []


def _last_batch(request: OfficeRequest, found: QuerySet[Suggestion]) -> dict[str, Any] | None:
    """What this person decided last, to undo it."""
    decided = found.filter(decided_by=request.user, state__in=UNDOABLE, batch__isnull=False)
    last = decided.order_by("-decided").first()
    if last is None:
        return None
    count = decided.filter(batch=last.batch).count()
    return {"batch": last.batch, "n": count, "accepted": last.state == State.ACCEPTED}


def _of(edition: Edition, languages: list[str]) -> QuerySet[Suggestion]:
    return (
        Suggestion.objects.filter(edition=edition, language__in=languages)
        .select_related("returned__by", "decided_by", "edition__instrument")
        .order_by("pk")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: OfficeRequest, edition_id: int, suggestion_id: int) -> HttpResponse:
    """POST decides; GET shows the texts: as it went out, as the file has it, as the draft says now.
    ``?result=1&on=0`` gives what some of its changes make."""
    edition = edition_or_404(request, edition_id)
    suggestion = _of(edition, edition.instrument.languages).filter(pk=suggestion_id).first()
    if suggestion is None:
        raise Http404
    if not editable(edition):
        return locked(request, edition, suggestion.words)
    require(request.user, Verb.DRAFT, Text(edition, suggestion.language, str(suggestion.uid)))
    if "result" in request.GET:
        return HttpResponse(result_shown(edition, suggestion, _numbers(request.GET.getlist("on"))))
    if request.method != "POST":
        return _texts(request, edition, suggestion)
    with number_warning(request, edition):
        outcome = _decide_one(request, suggestion)
    if outcome.left:
        messages.error(request, outcome.left[0][1])
        if suggestion.state == State.OPEN and suggestion.kind not in SECTION_KINDS:
            return redirect("desk:suggestion", edition.pk, suggestion.pk)
    else:
        _report(request, outcome)
    return _on(request, edition, suggestion.uid, suggestion.language)


def _numbers(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isdecimal()]


def _decide_one(request: OfficeRequest, suggestion: Suggestion) -> Outcome:
    do, by = request.POST.get("do", ""), request.user
    if do in DECISIONS:
        return DECISIONS[do](by, [suggestion])
    if do in ("write", "instead"):
        text = request.POST.get("text", "").replace("\r\n", "\n")
        lines = [line for line in text.split("\n") if line.strip()] if do == "write" else None
        return decide_suggestions.write(by, suggestion, request.POST.getlist("seen"), lines)
    on = _numbers(request.POST.getlist("on")) if "some" in request.POST else None
    if on == []:
        return decide_suggestions.refuse(by, [suggestion])
    return decide_suggestions.accept(by, [suggestion], on)


@post_or("desk:suggestions", "edition_id")
def decide(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """Decides several at once: those of a file (``file``), an author (``author``), a section (``uid``,
    ``language``), differences in looks (``looks``); or undoes what was decided at once (``batch``)."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    found, do = _chosen(request, edition), request.POST.get("do")
    for language in {row.language for row in found}:
        require(request.user, Verb.DRAFT, Text(edition, language))
    decide_all = DECISIONS.get(do or "", decide_suggestions.accept)
    with number_warning(request, edition):
        outcome = decide_all(request.user, found)
    _report(request, outcome)
    if outcome.left:
        messages.error(
            request,
            ngettext(
                "%(n)s suggestion does not fit the current text. It stays open; check it separately.",
                "%(n)s suggestions do not fit the current text. They stay open; check them one by one.",
                len(outcome.left),
            )
            % {"n": len(outcome.left)},
        )
    uid = request.POST.get("uid", "")
    if uid and found:
        return _on(request, edition, found[0].uid, found[0].language)
    return redirect("desk:suggestions", edition.pk)


def _chosen(request: OfficeRequest, edition: Edition) -> list[Suggestion]:
    """The suggestions that a form names; 404 where it names none."""
    form, found = request.POST, _of(edition, edition.instrument.languages)
    try:
        if "batch" in form:
            return list(found.filter(batch=UUID(form["batch"]), state__in=UNDOABLE))
        found = found.filter(state=State.OPEN)
        if "uid" in form:
            return list(found.filter(uid=UUID(form["uid"]), language=form.get("language", "")))
        found = found.filter(returned=int(form["file"]))
    except (KeyError, ValueError):
        raise Http404 from None
    if "author" in form:
        found = found.filter(author_name=form["author"])
    return list(found.filter(kind=Suggestion.Kind.LOOKS) if "looks" in form else found)


def _report(request: OfficeRequest, outcome: Outcome) -> None:
    n, do = len(outcome.done), request.POST.get("do")
    if do == "undo":
        text = ngettext("%(n)s suggestion was reopened.", "%(n)s suggestions were reopened.", n)
    elif do == "refuse":
        text = ngettext(
            "%(n)s suggestion was rejected.",
            "%(n)s suggestions were rejected.",
            n,
        )
    else:
        text = ngettext("%(n)s suggestion was accepted.", "%(n)s suggestions were accepted.", n)
    messages.success(request, text % {"n": n})


def _on(request: OfficeRequest, edition: Edition, uid: UUID, language: str) -> HttpResponse:
    """Back to where one decided: the section's page or the list."""
    if request.POST.get("from") == "section":
        return redirect(reverse("desk:section", args=[edition.pk, uid, language]) + "#suggestions")
    return redirect(reverse("desk:suggestions", args=[edition.pk]) + f"#s-{uid}-{language}")


def _texts(request: OfficeRequest, edition: Edition, suggestion: Suggestion) -> HttpResponse:
    """The page of one suggestion: the texts side by side, and the field for what a person writes."""
    language = suggestion.language
    context: dict[str, Any] = {
        "edition": edition,
        "title": title_of(edition),
        "suggestion": suggestion,
        "row": next((row for row in load_outline(edition, language) if row.uid == str(suggestion.uid)), None),
        "html_lang": locales.html_lang(language),
        "before": drawn(edition, suggestion.before, language, "b-"),
        "after": marked(edition, suggestion.before, suggestion.after, language, "a-"),
        "open": suggestion.state == State.OPEN,
    }
    if suggestion.kind in SECTION_KINDS or not context["open"]:
        return render(request, "documents/desk/suggestion.html", context)
    try:
        now, fits = decide_suggestions.now_at(suggestion)
    except ActionError as problem:
        tell(request, problem)
        return redirect("desk:suggestions", edition.pk)
    heading = suggestion.kind == Suggestion.Kind.HEADING
    body = body_of([], now[0]["content"]) if heading else body_of(now)
    file = decide_suggestions.blocks_of(suggestion, suggestion.after)
    context |= {
        "fits": fits,
        "now": marked(edition, suggestion.before, body, language, "n-"),
        "seen": [block_hash(block) for block in now],
        "plain": all(block["type"] == "paragraph" for block in (*now, *file)),
        "typed": "\n".join(block_text(block).replace("\n", " ") for block in (now or file)),
    }
    return render(request, "documents/desk/suggestion.html", context)
