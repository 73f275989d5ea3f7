"""Store a picture that the editor puts into a section."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from documents.actions.errors import ActionError
from documents.actions.store_picture import MOST_BYTES, store_picture
from documents.pages.desk.views.common import editable
from documents.pages.desk.views.section import open_section
from documents.text import plain_line
from people.decorators import post_or
from people.requests import OfficeRequest


@post_or("desk:section", "edition_id", "uid", "language")
def put(request: OfficeRequest, edition_id: int, uid: UUID, language: str) -> HttpResponse:
    """Answers with the hash of the picture; the editor puts it where the cursor stands."""
    edition = open_section(request, edition_id, uid, language)
    if not editable(edition):
        return JsonResponse({"message": _("The text can't be changed now.")}, status=409)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise ActionError(_("Choose a picture."))
        if not plain_line(request.POST.get("alt", "")):
            raise ActionError(_("Describe the picture in a few words, for those who do not see it."))
        sha256 = store_picture(request.user, edition, str(uid), language, file.read(MOST_BYTES + 1))
    except ActionError as problem:
        return JsonResponse({"message": problem.message}, status=400)
    return JsonResponse({"sha256": sha256})
