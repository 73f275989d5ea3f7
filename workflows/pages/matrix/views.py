"""The comment matrix: on screen, as a Word file, as an Excel sheet, and a filled-in sheet taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

import audit
from documents.actions import file_tasks
from documents.actions.errors import ActionError
from documents.choices import CommentOutcome, State
from documents.models import FileTask
from files.kinds import Kind, kind_of
from people.access import has_role, may, require
from people.roles import Role, Verb
from theme.file_answers import attachment
from workflows.models import Review
from workflows.pages.desk_links import DeskLinks
from workflows.pages.matrix import filters
from workflows.pages.matrix.paging import page_of, parts_of
from workflows.pages.matrix.rows import Row, rows_of
from workflows.pages.matrix.spreadsheet import MOST_BYTES, as_xlsx
from workflows.pages.matrix.word_table import as_docx
from workflows.pages.review.comment_list import comments_of
from workflows.pages.review.views import AtComment, find_review
from workflows.pages.review.visit import number_in
from workflows.rules.rounds import rounds_of
from workflows.texts import title_for

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_http_methods(["GET", "HEAD", "POST"])
def matrix(request: HttpRequest, pk: int) -> HttpResponse:
    """Every comment with its answer. A POST takes a filled-in table, all of it or nothing."""
    review = readable(request, pk)
    if request.method == "POST":
        if not runs_it(request, review):
            raise Http404
        upload = request.FILES.get("file")
        try:
            if upload is None or (upload.size or 0) > MOST_BYTES:
                raise ActionError(
                    _("Choose the completed table. The file can have up to %(n)d MB.")
                    % {"n": MOST_BYTES >> 20}
                )
            if kind_of(upload) not in (Kind.SHEET, Kind.OFFICE):
                raise ActionError(_("We cannot read this file as an Excel sheet (.xlsx)."))
        except ActionError as refusal:
            audit.refused("take_answers", review, request.user, why="no_table")
            return show_table(request, review, problem=refusal.message, status=422)
        try:
            started = file_tasks.start(request.user, "answers", upload, request.path, review=pk)  # type: ignore[arg-type]
        except ActionError as refusal:
            return show_table(request, review, problem=refusal.message, status=422)
        return redirect("desk:file_task", started.key)
    read = file_tasks.finished(request.user, "answers", request.GET.get("file", ""), review=pk)
    return _read(request, review, read) if read else show_table(request, review)


def _read(request: HttpRequest, review: Review, read: FileTask) -> HttpResponse:
    """What came of a filled-in table."""
    result = read.result
    problem = read.why or result.get("problem", "")
    if problem:
        return show_table(request, review, problem=problem, refused=result.get("refused"), status=422)
    if rows := result["case_data"]:
        message = _(
            "These rows may contain case data: %(rows)s. Kodeks stores no data about cases or persons."
        )
        messages.warning(request, message % {"rows": ", ".join(map(str, rows))})
    if stored := result["stored"]:
        message = ngettext("%(n)d response was imported.", "%(n)d responses were imported.", stored)
        messages.success(request, message % {"n": stored})
    else:
        messages.info(request, _("The table contains no changes, so nothing was changed."))
    return redirect("review:matrix", review.pk)


def show_table(
    request: HttpRequest,
    review: Review,
    *,
    problem: str = "",
    refused: list[Any] | None = None,
    at: AtComment | None = None,
    several: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The table. After a refusal it shows what is wrong in the file, at a comment (``at``), or in one answer
    (``several``)."""
    rows = rows_for(request, review)
    shown_by = filters.filter_of(query_shown(request) if at or several else request.GET.dict(), rows)
    of_filter = shown_by.of(rows)
    chosen = {row.pk for row in of_filter}
    comment = at.comment if at else number_in(request.GET.get("comment"))
    page = page_of(
        [row for row in rows if row.pk in chosen or row.pk == comment], request.GET.dict(), comment
    )
    files = parts_of(of_filter)
    context = {
        "review": review,
        "title": title_for(review.edition),
        "rows": list(page),
        "page": page,
        "previous": shown_by.at(page=page.previous_page_number()) if page.has_previous() else "",
        "next": shown_by.at(page=page.next_page_number()) if page.has_next() else "",
        "chosen": len(of_filter),
        "parts": [(part, shown_by.at(part=part.number)) for part in files] if len(files) > 1 else [],
        "filters": shown_by,
        "states": filters.states(),
        "institutions": filters.institutions(rows),
        "sections": filters.sections(rows),
        "all": len(rows),
        "open": sum(row.waits for row in rows),
        "closed": review.edition.state not in (State.DRAFT, State.IN_REVIEW),
        "runs": runs_it(request, review),
        "may_decide": runs_it(request, review) and may(request.user, Verb.COMMENT, review.edition),
        "hand": DeskLinks(request.user, review.edition),
        "outcomes": CommentOutcome.choices,
        "files": review.edition.instrument.may_be_file,
        "refused": refused or [],
        "problem": problem,
        "at": at,
        "several": several or {},
    }
    return render(request, "workflows/matrix.html", context, status=status)


@require_safe
def matrix_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The matrix as a file, of the comments that the address asks for or of all. TLP:RED goes into none."""
    review = readable(request, pk)
    if not review.edition.instrument.may_be_file:
        raise Http404
    every = rows_for(request, review)
    shown_by = filters.filter_of(request.GET.dict(), every)
    files = parts_of(shown_by.of(every))
    number = number_in(request.GET.get("part", "1"))
    if files and not 1 <= number <= len(files):
        raise Http404
    rows = files[number - 1].rows if files else []
    several = f"-{number}-of-{len(files)}" if len(files) > 1 else ""
    title = _("Comments: %(title)s") % {"title": title_for(review.edition)}
    if ending == "xlsx":
        data = as_xlsx(rows, review.pk, title)
    else:
        remark = _("Edition %(number)d, round %(round)d. %(classification)s") % {
            "number": review.edition.number,
            "round": review.round,
            "classification": review.edition.instrument.get_classification_display(),
        }
        if len(rows) < len(every):
            message = _("This file contains %(n)d of %(all)d comments.")
            remark = f"{remark} {message % {'n': len(rows), 'all': len(every)}}"
        data = as_docx(rows, title, remark)
    part = "-part" if shown_by.any else ""
    edition = f"{review.edition.instrument.slug}-{review.edition.number}"
    name = f"{edition}-comments-{review.round}{part}{several}.{ending}"
    return attachment(data, TYPES[ending], name)


def rows_for(request: HttpRequest, review: Review) -> list[Row]:
    return rows_of(review.edition, comments_of(review, rounds_of(review, request.user)))


def query_shown(request: HttpRequest) -> dict[str, str]:
    """What of the table the page showed from which a form came."""
    shown: dict[str, str] = QueryDict(request.POST.get("shown", "").removeprefix("?")).dict()
    return shown


def readable(request: HttpRequest, pk: int) -> Review:
    review = find_review(request, pk)
    require(request.user, Verb.READ, review.edition)
    return review


def runs_it(request: HttpRequest, review: Review) -> bool:
    return has_role(request.user, Role.COORDINATOR, review.edition.instrument.owner_id)
