"""/files/{sha256}/{name}: a picture, a signed act or a Word file, for those who may read its use."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from documents.display import links
from documents.editions import blobs
from documents.models import Blob, BlobUse, Edition
from documents.text.html_context import SHOWN_IMAGES, File
from people.access import has_role, may
from people.roles import Role, Verb
from theme.file_answers import as_file

FOREVER = "private, max-age=31536000, immutable"


@require_safe
def file(request: HttpRequest, sha256: str, name: str) -> FileResponse:
    """The bytes under their SHA-256. The name in the address is for the reader only."""
    use = _use(request.user, sha256)
    if use is None:
        raise Http404
    blob = use.blob
    image = blob.content_type in SHOWN_IMAGES
    answer = FileResponse(blobs.open(blob), content_type=blob.content_type)
    response = as_file(answer, use.name, attachment=not image)
    response.headers["Content-Length"] = str(blob.size)
    # A right may end, but what was fetched once is on the reader's machine anyway; only pictures of a text
    # are worth it.
    response.headers["Cache-Control"] = FOREVER if image else "private, no-store"
    return response


def _use(user: Any, sha256: str) -> BlobUse | None:
    """A use of the file that opens it to this reader."""
    uses = (
        BlobUse.objects.filter(blob=sha256, edition__in=Edition.objects.visible_to(user))
        .select_related("blob", "edition__instrument")
        .order_by("drafters_only", "-edition")
    )
    for use in uses:
        if use.drafters_only and not _writes(user, use.edition):
            continue
        # TLP:RED is read on the page: its pictures are part of the page, its files are not handed out.
        if not use.edition.instrument.may_be_file and use.blob.kind != Blob.Kind.IMAGE:
            continue
        return use
    return None


def _writes(user: Any, edition: Edition) -> bool:
    """Whether the person may edit the draft, or drafts or coordinates for the owner."""
    return may(user, Verb.DRAFT, edition) or any(
        has_role(user, role, edition.instrument.owner_id) for role in (Role.DRAFTER, Role.COORDINATOR)
    )


def files_of(edition: Edition, hashes: set[str]) -> dict[str, File]:
    """The pictures among these hashes that readers of the edition may fetch."""
    if not hashes:
        return {}
    uses = BlobUse.objects.filter(edition=edition, drafters_only=False, blob__kind=Blob.Kind.IMAGE)
    # By the edition and not by the hashes: a whole document may name more than a database takes in one list.
    return {
        sha256: File(links.file_url(sha256, name), content_type)
        for sha256, name, content_type in uses.values_list("blob", "name", "blob__content_type")
        if sha256 in hashes
    }
