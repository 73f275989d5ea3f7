"""What Wagtail's chooser of pages offers: it shows drafts to everybody in the admin."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

_BY_NUMBER = re.compile(r"/admin/choose-page/(?:(?P<parent>\d+)|chosen-multiple)/$")


def offered(pages: Any, user: Any) -> Any:
    """Published pages; those with another title in a draft, and drafts, to whoever works on them."""
    own = PagePermissionPolicy().instances_user_has_any_permission_for(user, {"add", "change", "publish"})
    found = Page.objects.filter(Q(live=True, draft_title=F("title")) | Q(pk__in=own.values("pk")))
    return pages.filter(pk__in=found.values("pk"))  # the search knows filters of few fields


def may_choose(request: HttpRequest) -> bool:
    """Whether an address names no page of the chooser, or only pages that it offers."""
    found = _BY_NUMBER.match(request.path_info)
    if found is None:
        return True
    numbers = set([found["parent"]] if found["parent"] else request.GET.getlist("id"))
    if not all(one.isdecimal() and len(one) < 10 for one in numbers):
        return False
    return offered(Page.objects.filter(pk__in=numbers), request.user).count() == len(numbers)
