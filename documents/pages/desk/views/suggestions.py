"""A reviewed Word file comes back; what it suggests is taken into the draft or left, one by one or by section."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from documents.access import Text, writable_languages
from documents.actions.bring_back import bring_back
from documents.actions.coming_back.joined_words import joins_of, text_in_join
from documents.actions.decide_suggestion import MovedOn, accept, decide_all, refuse
from documents.actions.errors import ActionError
from documents.models import Edition, ReturnedFile, Suggestion
from documents.pages.desk.forms import UploadForm
from documents.pages.desk.suggested import drawn, groups, marked, short
from documents.pages.desk.views.common import editable, locked, tell, telling_numbers
from documents.pages.desk.worklist import edition_or_404, title_of
from documents.suggestions.put_in import nearest
from documents.suggestions.suggestion import follows
from documents.text_storage import EMPTY, load_tree
from people.access import require
from people.decorators import post_or
from people.requests import OfficeRequest
from people.roles import Verb
from theme import locales

SHOWN = 200
"""How many suggestions one page draws."""


@require_http_methods(["GET", "HEAD", "POST"])
def back(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """The form; a file that is refused leaves everything as it was."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    languages = writable_languages(request.user, edition)
    if not languages:
        raise Http404
    source = edition.instrument.source_language
    first = source if source in languages else languages[0]
    form = UploadForm(languages, request.POST or None, request.FILES or None, initial={"language": first})
    known = False
    if request.method == "POST" and form.is_valid():
        file, language = form.cleaned_data["file"], form.cleaned_data["language"]
        try:
            returned = bring_back(request.user, edition, language, file.read(), file.name)
        except ActionError as problem:
            form.add_error("file", problem.message)
            known = problem.code == "brought_back"
        else:
            messages.success(request, _said(returned))
            return redirect("desk:suggestions", edition.pk)
    context = {"edition": edition, "title": title_of(edition), "form": form, "known": known}
    return render(request, "documents/desk/back.html", context, status=422 if form.errors else 200)


def _said(returned: ReturnedFile) -> str:
    counts = returned.counts
    said = ngettext("%(n)s suggestion", "%(n)s suggestions", counts["suggestions"]) % {
        "n": counts["suggestions"]
    }
    said += ", " + ngettext("%(n)s comment", "%(n)s comments", counts["comments"]) % {"n": counts["comments"]}
    return _("The file is here: %(what)s. The text of the draft was not changed.") % {"what": said}


@require_safe
def suggested(request: OfficeRequest, edition_id: int) -> HttpResponse:
    """All suggestions of a draft, the open ones first or all of them."""
    edition = edition_or_404(request, edition_id)
    every = request.GET.get("show") == "all"
    found = _of(edition, writable_languages(request.user, edition) or edition.instrument.languages)
    total = found.filter(state=Suggestion.State.OPEN).count()
    if not every:
        found = found.filter(state=Suggestion.State.OPEN)
    files = ReturnedFile.objects.filter(edition=edition).select_related("by")
    waiting = Count("suggestions", filter=Q(suggestions__state=Suggestion.State.OPEN))
    context = {
        "edition": edition,
        "title": title_of(edition),
        "groups": groups(request.user, edition, found[:SHOWN]),
        "more": found.count() > SHOWN,
        "open": total,
        "every": every,
        "files": files.annotate(waiting=waiting),
        "several": len(edition.instrument.languages) > 1,
        "writes": writable_languages(request.user, edition),
        "editable": editable(edition),
        "here": request.path,
    }
    return render(request, "documents/desk/suggestions.html", context)


def _of(edition: Edition, languages: list[str]) -> QuerySet[Suggestion]:
    return (
        Suggestion.objects.filter(edition=edition, language__in=languages)
        .select_related("returned", "decided_by")
        .order_by("pk")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: OfficeRequest, edition_id: int, suggestion_id: int) -> HttpResponse:
    """POST decides; GET shows the three texts: as the file had it, as it suggests, as the draft says now."""
    edition = edition_or_404(request, edition_id)
    suggestion = Suggestion.objects.filter(edition=edition, pk=suggestion_id).first()
    if suggestion is None:
        raise Http404
    if not editable(edition):
        return locked(request, edition, suggestion.new)
    require(request.user, Verb.DRAFT, Text(edition, suggestion.language, str(suggestion.uid)))
    if request.method != "POST":
        return _three(request, edition, suggestion)
    try:
        if request.POST.get("do") == "refuse":
            refuse(request.user, suggestion)
        else:
            how = request.POST.get("how", "")
            with telling_numbers(request, edition):
                accept(request.user, suggestion, how=how if how in ("instead", "beside") else "")
    except MovedOn as problem:
        tell(request, problem)
        return redirect("desk:suggestion", edition.pk, suggestion.pk)
    except ActionError as problem:
        tell(request, problem)
    return _on(request, edition, suggestion.uid, suggestion.language)


@post_or("desk:suggestions", "edition_id")
def of_section(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Decides all open suggestions of a section."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    if language not in edition.instrument.languages:
        raise Http404
    require(request.user, Verb.DRAFT, Text(edition, language, str(uid)))
    found = _of(edition, [language]).filter(uid=uid, state=Suggestion.State.OPEN)
    with telling_numbers(request, edition):
        left = decide_all(request.user, found, "refuse" if request.POST.get("do") == "refuse" else "accept")
    if left:
        messages.error(
            request,
            ngettext(
                "%(n)s suggestion does not fit the text as it is now. It stays open: look at it by itself.",
                "%(n)s suggestions do not fit the text as it is now. They stay open: look at them one by one.",
                len(left),
            )
            % {"n": len(left)},
        )
    return _on(request, edition, uid, language)


@post_or("desk:suggestions", "edition_id")
def of_file(request: OfficeRequest, edition_id: int, returned_id: int) -> HttpResponse:
    """Refuses all that is still open of a file: the wrong one was brought back, or nothing more of it is wanted."""
    edition = edition_or_404(request, edition_id)
    if not editable(edition):
        return locked(request, edition)
    returned = ReturnedFile.objects.filter(edition=edition, pk=returned_id).first()
    if returned is None:
        raise Http404
    require(request.user, Verb.DRAFT, Text(edition, returned.language))
    found = returned.suggestions.filter(state=Suggestion.State.OPEN).order_by("pk")
    count = len(found)
    decide_all(request.user, found, "refuse")
    messages.success(
        request,
        ngettext(
            "%(n)s suggestion of this file was refused.",
            "%(n)s suggestions of this file were refused.",
            count,
        )
        % {"n": count},
    )
    return redirect("desk:suggestions", edition.pk)


def _on(request: OfficeRequest, edition: Edition, uid: UUID, language: str) -> HttpResponse:
    """Back to where one decided: the section's page or the list."""
    if request.POST.get("from") == "section":
        return redirect(reverse("desk:section", args=[edition.pk, uid, language]) + "#suggestions")
    return redirect(reverse("desk:suggestions", args=[edition.pk]) + f"#s-{uid}-{language}")


def _three(request: OfficeRequest, edition: Edition, suggestion: Suggestion) -> HttpResponse:
    tree, joins = load_tree(edition, suggestion.language), joins_of(suggestion)
    section = tree.by_uid.get(joins[0].into if joins else str(suggestion.uid))
    now = None
    if section is not None:
        now = section.text.body or EMPTY
        now = (text_in_join(joins, now) or now) if joins else now
        if suggestion.kind != Suggestion.Kind.GONE:
            now = nearest(now, suggestion.before, suggestion.place)
    language, before, around = suggestion.language, suggestion.before, suggestion.before
    if suggestion.into_or_out_of_list and len(before["blocks"]) == 2:
        # A paragraph and the list that it goes into.
        before, around = ({**before, "blocks": [block]} for block in before["blocks"])
    context = {
        "edition": edition,
        "title": title_of(edition),
        "suggestion": suggestion,
        "label": section.text.label if section else "",
        "heading": section.text.heading if section else "",
        "html_lang": locales.html_lang(language),
        "before": drawn(edition, before, language, "b-"),
        "after": marked(edition, around, suggestion.after, language, "a-"),
        "now": marked(edition, before, now, language, "n-"),
        "open": suggestion.state == Suggestion.State.OPEN,
        "gone": section is None,
        "moves": suggestion.kind == Suggestion.Kind.SHIFTED,
        "follows": short(follows(suggestion.place)) if suggestion.kind == Suggestion.Kind.SHIFTED else "",
        "beside": bool(suggestion.after["blocks"]) and not suggestion.into_or_out_of_list,
    }
    return render(request, "documents/desk/suggestion.html", context)
