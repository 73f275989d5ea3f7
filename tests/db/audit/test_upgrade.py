"""A database of the last state upgrades: the same hashes, a sound trail, pages that open."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from audit import guards
from audit.verify import problems
from config.settings.env import database_url
from documents.hashing import hash_of_edition, version_hashes
from documents.models import Edition, Manifest, Section
from documents.text import text_hash
from people.models import Membership
from people.roles import Role
from tests.support.html import PageClient
from tests.support.services.postgres import Postgres, migrate, program, run

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@pytest.fixture(scope="module")
def upgraded(
    postgres_cluster: Postgres,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The default connection, on the dump after `migrate`."""
    dump = tmp_path_factory.mktemp("dump") / "demonstration.sql"
    dump.write_bytes(lzma.decompress((FIXTURES / "demonstration.sql.xz").read_bytes()))
    address = postgres_cluster.empty_database()
    run([program("psql"), "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump}", address])
    migrate(address)
    before = connections.settings["default"]["NAME"]
    with django_db_blocker.unblock():
        connections.close_all()
        connections.settings["default"]["NAME"] = database_url(address)["NAME"]
        yield
        connections.close_all()
        connections.settings["default"]["NAME"] = before


def path_of(edition: Edition) -> str:
    return f"{edition.instrument.country_id}/{edition.instrument.slug}/{edition.number}"


def test_no_hash_has_changed(upgraded: None) -> None:
    found: dict[str, dict[str, str]] = {"editions": {}, "manifests": {}, "sections": {}, "versions": {}}
    for edition in Edition.objects.select_related("instrument"):
        path, languages = path_of(edition), edition.instrument.languages
        hashes = version_hashes(edition, languages)
        # A draft that was never submitted has no hash yet.
        found["editions"][path] = hash_of_edition(edition, hashes) if edition.sha256 else ""
        found["versions"] |= {f"{path}/{language}": hashes[language] for language in languages}
        for section in Section.objects.filter(edition=edition):
            for language in languages:
                if kept := getattr(section, f"text_hash_{language}"):
                    assert kept == text_hash(getattr(section, f"body_{language}"))
                    found["sections"][f"{path}/{language}/{section.uid}"] = kept
    for manifest in Manifest.objects.select_related("edition__instrument"):
        found["manifests"][f"{path_of(manifest.edition)}/{manifest.pk}"] = manifest.sha256
    assert found == json.loads((FIXTURES / "demonstration_hashes.json").read_text())


def test_the_trail_verifies_and_every_guard_stands(upgraded: None) -> None:
    # The dump comes without the files.
    assert [line for line in problems() if not line.endswith(": the file is not there")] == []
    assert guards.missing() == [] and guards.strangers() == []


def test_a_text_is_read_and_edited(upgraded: None) -> None:
    client = PageClient()
    drafter = Membership.objects.filter(role=Role.DRAFTER, institution__country="mk")[0].user
    client.force_login(drafter)
    edition = Edition.objects.get(instrument__slug="word")
    adopted = Edition.objects.get(instrument__slug="sop", instrument__country="mk", number=1)
    assert client.get(f"/en/i/{adopted.instrument.path}/1/").status_code == 200
    assert client.get(reverse("desk:draft", args=[edition.pk])).status_code == 200
