"""What several test files of documents/desk begin with: pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.test import Client

from people.models import User
from tests.support.factories import make_institution

As = Callable[[User], Client]


def new_document(client: Client, **fields: object) -> Any:
    institution = make_institution()
    data: dict[str, object] = {
        "owner": institution.pk,
        "kind": "guideline",
        "level": "national",
        "source_language": "mk",
        "title": "Насоки",
        "languages": ["mk", "en"],
        "authentic_languages": ["mk"],
        "slug": "guide",
        "topics": ["children"],
        "classification": "tlp_amber_strict",
    }
    return client.post("/en/desk/new/", data | fields)
