"""What Wagtail's admin offers for the directory."""

from __future__ import annotations

from typing import Any

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from directory.office.record_admin import DirectoryGroup
from directory.office.record_pages import check

register_snippet(DirectoryGroup)


@hooks.register("register_admin_urls")
def checks() -> list[Any]:
    return [path("directory/services/<int:pk>/check/", check, name="kodeks_service_check")]
