"""Signing in with e-mail address and password."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from people.models import User


class MembersBackend(ModelBackend):
    """Django's own, with addresses in any case of letters."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        address = username or kwargs.get("email")
        return super().authenticate(
            request, username=address.strip().lower() if address else None, password=password
        )
