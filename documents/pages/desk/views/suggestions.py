"""What returned Word files suggest is taken into the draft or not: one by one, by author, section or file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from documents.access.rights import Text, writable_languages
from documents.actions import decide_suggestions
from documents.actions.decide_suggestions import Outcome
from documents.actions.errors import ActionError
from documents.editions.text_storage import load_outline
from documents.models import Edition, ReturnedFile, Suggestion
from documents.pages.desk.suggestion_cards import UNDOABLE, drawn, groups, marked, result_shown
from documents.pages.desk.views.common import editable, locked, number_in, number_warning, tell
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.text import block_text
from documents.word.review.cards import SECTION_KINDS
from documents.word.review.changes import BETWEEN_NAMES
from documents.word.review.normalise import block_hash, body_of
from people.access import require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from theme import check_answers, locales, undo
from theme.locales import native_name
from theme.localized_names import localized_name

SHOWN = 200
"""How many cards one page draws."""
NAMED = 10
"""How many sections a message names."""
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
                accepted=Count("suggestions", filter=Q(suggestions__state=State.ACCEPTED)),
                refused=Count("suggestions", filter=Q(suggestions__state=State.REFUSED)),
            )
        ],
        "last": _last_batch(request, found) if every else None,
        "several": len(edition.instrument.languages) > 1,
        "writes": writes,
        "editable": editable(edition),
        "here": request.path,
    }
    return render(request, "documents/desk/suggestions.html", context)


def _authors(found: QuerySet[Suggestion]) -> list[dict[str, Any]]:
    """Who made open changes in a file, where that are several, and how many. Without changes of which several
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
    """POST decides; GET shows the texts: as exported, in the file, and in the draft now. ``?result=1&on=0``
    gives what some of its changes make."""
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
        _report(request, edition, outcome, request.POST.get("do", ""))
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
    """Accepts or rejects several at once, after a page that shows what will happen. These are of a file
    (``file``), an author (``author``), a section (``uid``, ``language``), or differences in looks
    (``looks``).

    ``n`` is the number on the button: where it is another one by now, nothing is decided."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    found, do = _chosen(request, edition), request.POST.get("do", "")
    for language in {row.language for row in found}:
        require(request.user, Verb.DRAFT, Text(edition, language))
    if check_answers.is_reopened(request) or do not in ("accept", "refuse"):
        return redirect("desk:suggestions", edition.pk)
    if number_in(request.POST.get("n", "")) != len(found) or not found:
        messages.error(
            request,
            _("Someone else has decided on some of these suggestions. Nothing was changed. Check the list."),
        )
        return redirect("desk:suggestions", edition.pk)
    if not check_answers.is_confirmed(request):
        return _check(request, edition, found, do)
    decide_all = decide_suggestions.accept if do == "accept" else decide_suggestions.refuse
    with number_warning(request, edition):
        outcome = decide_all(request.user, found)
    _report(request, edition, outcome, do)
    if request.POST.get("uid"):
        return _on(request, edition, found[0].uid, found[0].language)
    return redirect("desk:suggestions", edition.pk)


def _check(request: OfficeRequest, edition: Edition, found: list[Suggestion], do: str) -> HttpResponse:
    """What will happen, before it does."""
    n, files = len(found), {row.returned.name: "" for row in found}
    authors = {localized_name(row.author_name): "" for row in found if row.author_name}
    sections = len({(row.uid, row.language) for row in found})
    if do == "accept":
        button = ngettext("Accept %(n)s suggestion", "Accept %(n)s suggestions", n)
        lead = _("The suggested text replaces the text of the draft. You can undo this.")
    else:
        button = ngettext("Reject %(n)s suggestion", "Reject %(n)s suggestions", n)
        lead = _("The draft keeps its text. You can undo this.")
    answers = [
        check_answers.Answer(_("File"), "\n".join(files)),
        check_answers.Answer(_("Language"), ", ".join({native_name(row.language): "" for row in found})),
        check_answers.Answer(_("Sections with suggestions"), sections),
    ]
    if authors:
        answers.append(check_answers.Answer(_("Suggested by"), "\n".join(authors)))
    if whole := sum(row.kind in SECTION_KINDS for row in found):
        answers.append(check_answers.Answer(_("Sections added, removed or moved"), whole))
    trail = [
        (title_of(edition), reverse("desk:draft", args=[edition.pk])),
        (_("Suggestions from Word"), reverse("desk:suggestions", args=[edition.pk])),
    ]
    return check_answers.page(
        request,
        title=button % {"n": n},
        subject=title_of(edition),
        lead=lead,
        answers=answers,
        button=button % {"n": n},
        trail=trail,
        has_form=False,
    )


@post_or("desk:suggestions", "edition_id")
def undo_batch(request: OfficeRequest, edition_id: int, batch: UUID) -> HttpResponse:
    """Reopens what was decided at once; a text comes back only where nobody has changed it since."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    found = list(_of(edition, edition.instrument.languages).filter(batch=batch, state__in=UNDOABLE))
    if not found:
        raise Http404
    for language in {row.language for row in found}:
        require(request.user, Verb.DRAFT, Text(edition, language))
    with number_warning(request, edition):
        outcome = decide_suggestions.undo(request.user, found)
    _report(request, edition, outcome, "undo")
    return redirect("desk:suggestions", edition.pk)


def _chosen(request: OfficeRequest, edition: Edition) -> list[Suggestion]:
    """The open suggestions that a form names; 404 where it names none."""
    form, found = request.POST, _of(edition, edition.instrument.languages).filter(state=State.OPEN)
    try:
        if "uid" in form:
            return list(found.filter(uid=UUID(form["uid"]), language=form.get("language", "")))
        found = found.filter(returned=int(form["file"]))
    except (KeyError, ValueError):
        raise Http404 from None
    if "author" in form:
        found = found.filter(author_name=form["author"])
    return list(found.filter(kind=Suggestion.Kind.LOOKS) if "looks" in form else found)


def _report(request: OfficeRequest, edition: Edition, outcome: Outcome, do: str) -> None:
    """Says what was done, with *Undo*, and names the sections where it was not."""
    n = len(outcome.done)
    if do == "undo":
        text = ngettext("%(n)s suggestion was reopened.", "%(n)s suggestions were reopened.", n)
    elif do == "refuse":
        text = ngettext("%(n)s suggestion was rejected.", "%(n)s suggestions were rejected.", n)
    else:
        text = ngettext("%(n)s suggestion was accepted.", "%(n)s suggestions were accepted.", n)
    if n and do == "undo":
        messages.success(request, text % {"n": n})
    elif n:
        back = reverse("desk:undo_suggestions", args=[edition.pk, outcome.batch])
        undo.success(request, text % {"n": n}, back)
    for reason, rows in _left(outcome).items():
        if do == "undo":
            left = ngettext(
                "%(n)s suggestion was not reopened: %(sections)s. %(reason)s",
                "%(n)s suggestions were not reopened: %(sections)s. %(reason)s",
                len(rows),
            )
        else:
            left = ngettext(
                "%(n)s suggestion stays open: %(sections)s. %(reason)s",
                "%(n)s suggestions stay open: %(sections)s. %(reason)s",
                len(rows),
            )
        values = {"n": len(rows), "sections": _sections(edition, rows), "reason": reason}
        messages.error(request, left % values)


def _left(outcome: Outcome) -> dict[str, list[Suggestion]]:
    """What was not decided, by the reason."""
    found: dict[str, list[Suggestion]] = {}
    for row, reason in outcome.left:
        found.setdefault(reason, []).append(row)
    return found


def _sections(edition: Edition, rows: list[Suggestion]) -> str:
    """The sections of suggestions, by name."""
    names = {row.uid: row.name for row in load_outline(edition, edition.instrument.source_language)}
    named = dict.fromkeys(names.get(str(row.uid)) or row.words[:60] or "–" for row in rows)
    return "; ".join(list(named)[:NAMED]) + (" …" if len(named) > NAMED else "")


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
