"""The admin's first page: the same panels as on the office's first page, and the way there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from theme.home_panels import panels


class WhatThereIsToDo(Component):
    """What every room says on the office's first page, for whoever is in the admin."""

    name = "kodeks"
    order = 50
    template_name = "config/admin_home.html"

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"panels": panels(self.request)}
