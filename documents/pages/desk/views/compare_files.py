"""Two Word files compared, for one person alone; stored for some hours."""

from __future__ import annotations

import json
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents.actions import compare_files, manage_uploads
from documents.comparison.json import to_json
from documents.comparison.render.strip import NARROW, WIDE, StripText, strip_svg
from documents.models import FileComparison
from documents.pages.compare.cards import cards, title_change
from documents.pages.compare.summary import chips, lead, strip_description
from documents.pages.desk.forms import CompareForm
from documents.pages.desk.views.uploads import progress
from documents.pages.edition.downloads import DOCX
from people.requests import OfficeRequest
from theme.file_answers import attachment

State = FileComparison.State


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: OfficeRequest) -> HttpResponse:
    """The form, and what the person has compared lately."""
    if not compare_files.may_compare(request.user):
        raise Http404
    posted = request.method == "POST"
    form = CompareForm(
        request.POST if posted else None, request.FILES if posted else None, initial={"one_text": True}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        created = compare_files.receive_two(
            request.user,
            data["old"],
            data["new"],
            one_text=data["one_text"],
            page_language=get_language() or "en",
        )
        return redirect("desk:compared", created.key)
    context = {
        "form": form,
        "lately": FileComparison.objects.filter(by=request.user),
        "hours": settings.KODEKS_COMPARISON_HOURS,
        "most": compare_files.MOST,
    }
    return render(request, "documents/desk/compare_files.html", context, status=422 if form.errors else 200)


def own(request: OfficeRequest, key: UUID) -> FileComparison:
    found = FileComparison.objects.filter(by=request.user, key=key).first()
    if found is None or not compare_files.may_compare(request.user):
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def compared(request: OfficeRequest, key: UUID) -> HttpResponse:
    """The comparison, or a page that waits. ``?view=inline|side``, ``?all=1`` with what is unchanged."""
    row = own(request, key)
    if request.method == "POST":
        if "drop" in request.POST:
            manage_uploads.forget_comparison(row)
            return redirect("desk:compare_files")
        return redirect("desk:compared", row.key)
    if row.state != State.DONE:
        status = 422 if row.state == State.REFUSED else 200
        return render(request, "documents/desk/compared_wait.html", {"row": row}, status=status)
    comparison = compare_files.load(row)
    view = "side" if request.GET.get("view") == "side" else "inline"
    unchanged = request.GET.get("all") == "1"
    drawn = cards(
        comparison,
        comparison.language or "en",
        side=view == "side",
        unchanged=unchanged,
        old_name=row.old_name,
        new_name=row.new_name,
    )
    steps = [card for card in drawn if card.role == "change"]
    first_sentence, rest = lead(comparison)
    name = StripText(_("Where the changes are"), strip_description(comparison))
    side, every = ("view=side" if view == "side" else ""), ("all=1" if unchanged else "")
    context = {
        "row": row,
        "comparison": comparison,
        "cards": drawn,
        "steps": steps,
        "changes": steps[-1].last if steps else 0,
        "chips": chips(comparison),
        "lead": first_sentence,
        "title_change": title_change(comparison),
        "lead_more": rest,
        "strip_wide": mark_safe(strip_svg(comparison, WIDE, name, "mirror hide-s")),  # noqa: S308
        "strip_narrow": mark_safe(strip_svg(comparison, NARROW, name, "mirror only-n")),  # noqa: S308
        "view": view,
        "unchanged": unchanged,
        "inline_link": f"?{every}",
        "side_link": "?" + "&".join(filter(None, ["view=side", every])),
        "all_link": "?" + "&".join(filter(None, [side, "" if unchanged else "all=1"])),
        "text": {"html_lang": comparison.language},
        "hours": settings.KODEKS_COMPARISON_HOURS,
    }
    return render(request, "documents/desk/compared.html", context)


@require_safe
def redline(request: OfficeRequest, key: UUID) -> HttpResponse:
    """The newer file with what changed as tracked changes."""
    row = own(request, key)
    if not row.redline:
        raise Http404
    with row.redline.open("rb") as stream:
        return attachment(stream.read(), DOCX, row.new_name.rsplit(".", 1)[0] + "-changes.docx")


@require_safe
def as_json(request: OfficeRequest, key: UUID) -> HttpResponse:
    """The same comparison for programs (docs/comparison.md)."""
    row = own(request, key)
    if row.state != State.DONE:
        raise Http404
    data = json.dumps(to_json(compare_files.load(row)), ensure_ascii=False, indent=1).encode()
    return attachment(data, "application/json", row.new_name.rsplit(".", 1)[0] + "-changes.json")


@require_safe
def state(request: OfficeRequest, key: UUID) -> JsonResponse:
    """How far it has got, for the page that waits."""
    row = own(request, key)
    return progress(row, row.get_state_display())
