"""Hand out recordings, audio, video and captions: in parts, and to the public only what a page shows now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from public.files import may_fetch
from recordings.clean import CONTENT_TYPES
from recordings.models import Captions, Medium, Recording
from recordings.rights import may_see
from recordings.targets import is_heard
from theme import file_answers

PIECE = 64 * 1024
PART = re.compile("bytes=([0-9]{0,18})-([0-9]{0,18})")
# Nothing stays on the device, and what was taken down is heard nowhere.
SAFE = file_answers.SAFE | {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


def recording(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Recording.objects.select_related("page", "hotline"), pk=pk)
    if not (is_heard(found) if request.public else _may_see(request, found)):
        raise Http404
    return in_parts(request, found.sound, found.size, found.sha256, found.ending)


def _may_see(request: HttpRequest, found: Recording) -> bool:
    owner = found.page or found.hotline
    return owner is not None and may_see(request.user, owner.country_id)


def medium(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Medium.objects.exclude(sha256=""), pk=pk)
    if not may_fetch(request, found):
        raise Http404
    return in_parts(request, found.file, found.size, found.sha256, found.file_extension)


def transcript(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Medium, pk=pk)
    if not may_fetch(request, found):
        raise Http404
    return HttpResponse(found.transcript, content_type="text/plain; charset=utf-8", headers=SAFE)


def poster(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture before a video plays: for whoever may see the video."""
    found = get_object_or_404(Medium.objects.select_related("poster"), pk=pk)
    if found.poster is None or not may_fetch(request, found):
        raise Http404
    rendition = found.poster.get_rendition("width-800|format-jpeg")
    return FileResponse(rendition.file.open("rb"), content_type="image/jpeg", headers=SAFE)


def captions(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    found = get_object_or_404(Captions.objects.select_related("medium"), medium=pk, language=language)
    if not may_fetch(request, found.medium):
        raise Http404
    return HttpResponse(found.text, content_type="text/vtt; charset=utf-8", headers=SAFE)


def in_parts(request: HttpRequest, field: FieldFile, size: int, sha256: str, ending: str) -> HttpResponseBase:
    """A file, or the part of it that the browser asks for; of several parts the whole file instead."""
    etag = f'"{sha256[:32]}"'
    headers = SAFE | {"ETag": etag, "Accept-Ranges": "bytes"}
    asked = request.headers.get("Range", "")
    fresh = request.headers.get("If-Range", etag) == etag
    first, last = _part(asked, size) if asked and fresh else (0, size - 1)
    if first > last:
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    whole = (first, last) == (0, size - 1) and not (asked and fresh and PART.fullmatch(asked))
    headers["Content-Length"] = str(last - first + 1)
    if not whole:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    file = field.open("rb")
    return StreamingHttpResponse(
        _pieces(file, first, last - first + 1),
        status=200 if whole else 206,
        content_type=CONTENT_TYPES.get(ending, "application/octet-stream"),
        headers=headers,
    )


def _part(asked: str, size: int) -> tuple[int, int]:
    """First and last byte; the first after the last where there is no such part."""
    match = PART.fullmatch(asked)
    if match is None or match.groups() == ("", ""):
        return 0, size - 1
    first, last = match.groups()
    if not first:
        return (max(0, size - int(last)), size - 1) if int(last) else (1, 0)
    if int(first) >= size:
        return 1, 0
    return int(first), min(int(last), size - 1) if last else size - 1


def _pieces(file: IO[bytes], start: int, length: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while length > 0 and (piece := file.read(min(PIECE, length))):
            length -= len(piece)
            yield piece
