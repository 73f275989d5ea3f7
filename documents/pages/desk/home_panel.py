"""What the desk says on the first page of the office."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from documents.choices import State
from documents.pages.desk.worklist import coordinated, has_a_desk, work_of
from theme.dates import of_date
from theme.home_panels import Line, Panel

MOST = 5


def panel(request: HttpRequest) -> Panel | None:
    """The documents that the person works on, with how many sections wait for them."""
    if not has_a_desk(request):
        return None
    lines = []
    coordinates = coordinated(request.user)
    # Whoever runs the review of a text finds it there, with what to do next.
    waiting = [
        work
        for work in work_of(request.user)  # type: ignore[arg-type]
        if work.edition.state == State.DRAFT or work.edition.instrument.owner_id not in coordinates
    ]
    for work in waiting[:MOST]:
        count = work.waiting
        wording = []
        if count:
            wording.append(
                ngettext("%(n)d section is waiting for you", "%(n)d sections are waiting for you", count)
                % {"n": count}
            )
        if work.due:
            wording.append(_("by %(date)s") % {"date": of_date(work.due, get_language() or "en")})
        url = reverse("desk:draft", args=[work.edition.pk])
        lines.append(Line(work.title, url, ", ".join(wording), work.edition.state))
    return Panel(
        _("My work"),
        lines,
        empty=_("No drafts are waiting for you."),
        more=_("All my work"),
        more_url=reverse("desk:home"),
        urgent=any(line.aside for line in lines),
    )
