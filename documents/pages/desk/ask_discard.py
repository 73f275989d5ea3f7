"""The question before a file that was brought is discarded."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from people.requests import OfficeRequest
from theme import check_answers
from theme.check_answers import Answer

FIELD = "drop"


def is_wanted(request: OfficeRequest) -> bool:
    """Whether the button that discards was pressed, and not taken back on the page that asks."""
    return request.method == "POST" and FIELD in request.POST and not check_answers.is_reopened(request)


def ask(
    request: OfficeRequest,
    names: Sequence[str],
    trail: Sequence[tuple[str, str]] = (),
    *,
    is_list: bool = False,
) -> HttpResponse | None:
    """The page that asks; None once its last button was pressed."""
    if check_answers.is_confirmed(request):
        return None
    several = len(names) > 1
    title = _("Discard the files?") if several else _("Discard the file?")
    button = _("Discard the files") if several else _("Discard the file")
    if is_list:
        title, button = _("Discard the list?"), _("Discard the list")
    return check_answers.page(
        request,
        title=title,
        answers=[Answer(_("Files") if several else _("File"), "\n".join(names))],
        warning=_("What you corrected in its outline is lost too. You can't undo this."),
        button=button,
        trail=trail,
        is_dangerous=True,
        has_form=False,
    )
