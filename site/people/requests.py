"""The type of a request on the office host, where everybody is signed in
(config.middleware.SignInMiddleware)."""

from __future__ import annotations

from django.http import HttpRequest

from people.models import User


class OfficeRequest(HttpRequest):
    """A request of a signed-in person. For annotations only: at run time it is Django's own."""

    user: User  # type: ignore[assignment]
    public: bool
    LANGUAGE_CODE: str
