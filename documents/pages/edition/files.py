"""/files/{sha256}/{name}: a picture, a signed act or a Word file, for those who may read its use."""

from __future__ import annotations

import re
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from documents import blobs
from documents.models import Blob, BlobUse, Edition
from documents.pages import links
from documents.text.html_context import SHOWN_IMAGES, File
from people.access import has_role, may
from people.roles import Role, Verb

CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that can make "gpj.exe" look like a picture."""
FOREVER = "private, max-age=31536000, immutable"
SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""Whatever a file holds, nothing in it runs and nothing is fetched (an SVG keeps its own styles)."""


@require_safe
def file(request: HttpRequest, sha256: str, name: str) -> HttpResponse | FileResponse:
    """The bytes under their SHA-256. The name in the address is for the reader only."""
    use = _use(request.user, sha256)
    if use is None:
        raise Http404
    blob = use.blob
    image = blob.content_type in SHOWN_IMAGES
    response = FileResponse(blobs.open(blob), content_type=blob.content_type)
    response.headers["Content-Length"] = str(blob.size)
    response.headers["Content-Disposition"] = disposition(use.name, attachment=not image)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    # A right may end, but what was fetched once is on the reader's machine anyway; only pictures of a text
    # are worth it.
    response.headers["Cache-Control"] = FOREVER if image else "private, no-store"
    return response


def disposition(name: str, *, attachment: bool = True) -> str:
    """A Content-Disposition for a file of any name, which can't end the header early."""
    clean = CONTROL.sub("", name.replace("\\", "/").rpartition("/")[2]).strip() or "file"
    return content_disposition_header(attachment, clean) or "attachment"


def attachment(data: bytes, content_type: str, name: str) -> HttpResponse:
    """A file made for this reader, that no cache keeps."""
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
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
