"""My work: what to do now, then every draft that I work on."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.choices import State
from documents.editions.behind import Lack, lacks_of
from documents.models import Edition, Upload, UploadBatch
from documents.pages.behind_marks import language_marks
from documents.pages.desk.worklist import DraftWork, at_the_desk, coordinated, has_a_desk, work_of
from people.requests import OfficeRequest
from theme.home_panels import Mark

SHOWN = 8
"""How many waiting sections of one language are listed; the draft's own page has all of them."""


@require_safe
def home(request: OfficeRequest) -> HttpResponse:
    """The sections that wait for this person, by document and language."""
    if not has_a_desk(request):
        raise Http404
    work = work_of(request.user)
    coordinates = coordinated(request.user)
    in_force = (
        Edition.objects.visible_to(request.user)
        .filter(instrument__owner__in=coordinates, state=State.IN_FORCE)
        .exclude(instrument__editions__state__in=[State.DRAFT, State.IN_REVIEW, State.APPROVED])
        .select_related("instrument")
        .order_by("instrument")
    )
    now = [(draft, language) for draft in work for language in draft.languages if language.waiting]
    lacks = lacks_of([draft.edition for draft in work if draft.edition.state == State.DRAFT])
    context = {
        "work": [(draft, _others_behind(draft, lacks.get(draft.edition.pk, {}))) for draft in work],
        "now": sorted(now, key=lambda pair: (pair[1].due is None, pair[1].due))[:3],
        "may_create": bool(coordinates),
        "keeps_templates": bool(coordinates),
        "revisable": in_force if coordinates else [],
        "shown": SHOWN,
        "uploads": Upload.objects.light()
        .filter(Q(edition=None) | Q(edition__in=at_the_desk(request.user)), by=request.user, batch=None)
        .exclude(state=Upload.State.TAKEN)
        .select_related("edition__instrument"),
        "batches": UploadBatch.objects.filter(by=request.user),
    }
    return render(request, "documents/desk/home.html", context)


def _others_behind(draft: DraftWork, lacks: dict[str, list[Lack]]) -> list[Mark]:
    """The languages that are out of date, of those that nobody asked this person to translate."""
    own = {one.language for one in draft.languages}
    others = {language: found for language, found in lacks.items() if language not in own}
    return list(language_marks(draft.edition, others))
