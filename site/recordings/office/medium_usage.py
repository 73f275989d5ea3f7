"""Where a file is used. wagtailmedia's page asks nobody who they are."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.permissions import policy_registry
from wagtailmedia.views import media

from recordings.models import Medium


def usage(request: HttpRequest, media_id: int) -> HttpResponse:
    found = get_object_or_404(Medium, pk=media_id)
    if not policy_registry.get_by_type(Medium).user_has_permission_for_instance(request.user, "view", found):
        raise Http404
    answer: HttpResponse = media.usage(request, media_id)
    return answer
