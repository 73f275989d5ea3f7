"""The demonstration's translations: older than their original are those that its files name, and no others."""

from __future__ import annotations

import pytest
from django.test import override_settings

from config.demo.instruments import create, load_next_draft, record_as_adopted, sources
from config.demo.people import load_people
from documents.choices import Translation
from documents.demo.markdown import uid_of
from documents.editions.text_storage import load_outline
from documents.models import Edition

pytestmark = pytest.mark.django_db


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
def test_only_what_is_named_as_older_is_older() -> None:
    load_people()
    source = next(one for one in sources() if one.data.get("stale"))
    first = create(source)
    record_as_adopted(source, first, source.data["edition"][0])
    editions = {1: first, 2: load_next_draft(source, first)}
    for number, edition in editions.items():
        for language in source.languages[1:]:
            named = source.data["stale"].get(f"edition{number}_{language}", [])
            assert _not_current(edition, language) == {uid_of(source.folder, key) for key in named}


def _not_current(edition: Edition, language: str) -> set[str]:
    return {row.uid for row in load_outline(edition, language) if row.state != Translation.CURRENT}
