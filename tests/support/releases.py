"""Dumps of the demonstration as each release kept it, in tests/fixtures/releases: an upgrade is tested from
every one of them. ``python -m tests.support.releases VERSION`` adds one (docs/upgrading.md).

A backup of the last one, with its files, is what ``tests.support.production.upgrade`` begins with."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

import django

from tests.support.services.postgres import Postgres, migrate, program, run, start

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "releases"
RELEASES = sorted(
    (path.name.removesuffix(".sql.xz") for path in FOLDER.glob("*.sql.xz")),
    key=lambda name: [int(part) for part in name.split(".")],
)
"""Oldest first."""
MATERIALS = 2
FILES = f"""
import io
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image
from config.demo.instruments import sources
from documents.editions import blobs
from documents.models import Blob, Edition
from tests.support.documents.word.sample import ministry_docx
from materials.actions.make import make_waiting
from materials.models import Material
from public.models import Picture
first = list(Material.objects.order_by("pk").values_list("pk", flat=True)[:{MATERIALS}])
Material.objects.exclude(pk__in=first).update(state=Material.State.FAILED)
make_waiting()
data = io.BytesIO()
Image.new("RGB", (640, 480), "#0a3641").save(data, "JPEG")
Picture.objects.create(title="Door", file=ContentFile(data.getvalue(), name="door.jpg")).get_rendition("width-320")
edition = Edition.objects.order_by("pk")[0]
source = next(iter(sources()))
word = blobs.put(ministry_docx(source.tree(1, source.languages[0])), Blob.Kind.SOURCE, "application/zip")
blobs.link(edition, word, "source.docx", drafters_only=True)
"""
"""What the demonstration has no file of, and as many materials as it takes to see that they come along."""


def load(server: Postgres, release: str) -> str:
    """A database as ``release`` left it; gives its address."""
    address = server.empty_database()
    with NamedTemporaryFile(suffix=".sql") as dump:
        dump.write(lzma.decompress((FOLDER / f"{release}.sql.xz").read_bytes()))
        dump.flush()
        run([program("psql"), "--quiet", "--set=ON_ERROR_STOP=1", f"--file={dump.name}", address])
    return address


def hashes_of(release: str) -> dict[str, dict[str, str]]:
    """The hashes of its texts, editions and manifests."""
    found: dict[str, dict[str, str]] = json.loads((FOLDER / f"{release}.json").read_text())
    return found


def hashes() -> dict[str, dict[str, str]]:
    """The hashes of the texts, editions and manifests in the site's database, made from the texts."""
    from documents.editions.hashing import hash_of_edition, version_hashes
    from documents.models import Edition, Manifest, Section
    from documents.text import text_hash

    found: dict[str, dict[str, str]] = {"editions": {}, "manifests": {}, "sections": {}, "versions": {}}
    for edition in Edition.objects.select_related("instrument"):
        path, languages = f"{edition.instrument.path}/{edition.number}", edition.instrument.languages
        versions = version_hashes(edition, languages)
        # A draft that was never submitted has no hash yet.
        found["editions"][path] = hash_of_edition(edition, versions) if edition.sha256 else ""
        found["versions"] |= {f"{path}/{language}": versions[language] for language in languages}
        for section in Section.objects.filter(edition=edition):
            for language in languages:
                if stored := getattr(section, f"text_hash_{language}"):
                    assert stored == text_hash(getattr(section, f"body_{language}"))
                    found["sections"][f"{path}/{language}/{section.uid}"] = stored
    for manifest in Manifest.objects.select_related("edition__instrument"):
        path = f"{manifest.edition.instrument.path}/{manifest.edition.number}"
        found["manifests"][f"{path}/{manifest.pk}"] = manifest.sha256
    return found


def add(version: str) -> None:
    """Write the demonstration of this release, and the hashes of its texts, as fixtures of ``version``."""
    server = start()
    address = server.empty_database()
    migrate(address)
    own = {"KODEKS_DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
    run([sys.executable, "manage.py", "load_demo"], **own)
    os.environ |= own
    django.setup()
    dump = run([program("pg_dump"), "--no-owner", "--no-privileges", address])
    FOLDER.mkdir(exist_ok=True)
    add_backup(run(["git", "rev-parse", "--short", "HEAD"]).strip())
    (FOLDER / f"{version}.sql.xz").write_bytes(lzma.compress(dump.encode(), preset=9))
    (FOLDER / f"{version}.json").write_text(json.dumps(hashes(), indent=0, sort_keys=True) + "\n")


def add_backup(commit: str) -> None:
    """Write a backup of the demonstration and its files, as this release makes it, in place of the last one."""
    server = start()
    address = server.empty_database()
    with TemporaryDirectory() as folder:
        own = {"KODEKS_DATABASE_URL": address, "KODEKS_TEST_VAR": f"{folder}/var"}
        own["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
        for command in (
            ["migrate", "--verbosity=0"],
            ["load_demo"],
            ["shell", "-c", FILES],
            ["backup", folder],
        ):
            run([sys.executable, "manage.py", *command], **own)
        (bag,) = Path(folder).glob("kodeks-*")
        for old in FOLDER.glob("*.tar.xz"):
            old.unlink()
        to = FOLDER / f"{commit}.tar.xz"
        subprocess.run(["tar", "-C", folder, "-cJf", to, bag.name], check=True)


if __name__ == "__main__":
    add(sys.argv[1])
