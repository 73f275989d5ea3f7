"""A country leaves one site and goes on in another: everything equal, or nothing taken in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import bagit
import pyrage
import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from audit import guards
from audit.models import Entry
from audit.verify import head, problems
from backup import check
from backup.errors import BackupError
from backup.take import hash_of
from config.cli import main
from config.demo.clock import clock_at, moment_of
from config.demo.instruments import sources
from config.demo.people import load_people
from config.demo.schedule import Story, first_day, run
from config.settings.env import database_url
from directory.demo import load_services
from documents.choices import Classification
from documents.models import AdoptionAct, Blob, Comment, Edition, Instrument, Section
from handover import rows, tables
from handover.export import export
from handover.take_in import take_in
from people.models import Institution, Membership, User
from people.roles import Role
from public.demo import load_campaigns
from public.models import CampaignPage, Hotline
from tests.support.factories import make_institution, make_person, narrow
from tests.support.html import PageClient
from tests.support.releases import hashes
from tests.support.services.postgres import Postgres
from workflows.models import Procedure, SignOff

FOLDERS = ("rs-sop", "al-sop", "mk-border")
Go = Callable[[str], None]


@pytest.fixture(scope="module")
def sites(
    postgres_cluster: Postgres,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Go]:
    """Goes to the site of a name, with a database and a storage of its own; a new one is empty."""
    addresses: dict[str, str] = {}
    before = connections.settings["default"]["NAME"]
    media = override_settings()

    def go(name: str) -> None:
        if name not in addresses:
            addresses[name] = postgres_cluster.new_database()
        connections.close_all()
        connections.settings["default"]["NAME"] = database_url(addresses[name])["NAME"]
        media.disable()
        media.options["MEDIA_ROOT"] = str(tmp_path_factory.getbasetemp() / f"media-{name}")
        media.enable()

    media.enable()
    with django_db_blocker.unblock():
        yield go
        connections.close_all()
        connections.settings["default"]["NAME"] = before
    media.disable()


@pytest.fixture(scope="module")
def bags(sites: Go, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What Serbia, Albania and North Macedonia export of a part of the demonstration."""
    sites("origin")
    stories = [Story(one, {}, timezone.localdate()) for one in sources() if one.folder in FOLDERS]
    with clock_at(moment_of(first_day(stories))):
        people = load_people()
    for story in stories:
        story.people = people
    list(run(stories))
    edition = Edition.objects.filter(instrument__country="mk")[0]
    author = people["reviewer.interior"]
    fields = {"uid": edition.sections.all()[0].uid, "language": "mk", "author": author}
    first = Comment.objects.create(edition=edition, text="Рокот е кус.", quote="рок", **fields)
    Comment.objects.create(edition=edition, text="Да.", parent=first, **fields)
    load_campaigns(["work-abroad"], ["en", "mk"])
    load_services()
    assert list(problems()) == []
    target = tmp_path_factory.mktemp("bags")
    done = {country: export(country, target) for country in ("rs", "al", "mk")}
    assert not any(one.lost for one in done.values())
    return {country: one.path for country, one in done.items()}


@pytest.fixture(scope="module")
def neighbours(sites: Go, bags: dict[str, Path]) -> None:
    """Two, in a site that was empty: Serbia where Albania is already."""
    sites("elsewhere")
    for country in ("al", "rs"):
        assert take_in(bags[country]) == country


@pytest.fixture(scope="module")
def taken_in(sites: Go, neighbours: None, bags: dict[str, Path]) -> None:
    """All three."""
    sites("elsewhere")
    assert take_in(bags["mk"]) == "mk"


def found() -> dict[str, Any]:
    """What must be the same in both sites, by names that no number is in."""
    answers = SignOff.every.order_by("at").values_list(
        "seat__institution__key", "choice", "reason", "person__name", "person__actor", "manifest_sha256", "at"
    )
    comments = Comment.objects.order_by("written").values_list(
        "text", "quote", "author__name", "parent__text"
    )
    acts = AdoptionAct.objects.order_by("edition_sha256", "number")
    instruments = Instrument.objects.order_by("country", "slug")
    return hashes()["versions"] | {
        "editions": hashes()["editions"],
        "sections": hashes()["sections"],
        "answers": list(answers),
        "comments": list(comments),
        "acts": list(
            acts.values_list("edition_sha256", "number", "body", "signed_file", "recorded_by__actor")
        ),
        "access": list(instruments.values_list("slug", "classification", "owner__key", "languages")),
        "numbers": list(Hotline.objects.order_by("key").values_list("key", "number", "is_shown")),
        "services": [
            (one.key, one.organisation.key, sorted(place.key for place in one.places.all()))
            for one in apps.get_model("directory.Service").objects.order_by("key")
        ],
        "campaigns": [
            (one.slug, one.tag, one.live, one.title, len(one.body), one.hotline and one.hotline.key)
            for one in CampaignPage.objects.filter(country="mk").order_by("slug", "locale__language_code")
        ],
    }


def of_three(all_of: dict[str, Any]) -> dict[str, Any]:
    """Without the numbers and services of countries that stayed."""
    here = ("al", "rs", "mk")
    return all_of | {
        name: [row for row in all_of[name] if row[0].startswith(here)] for name in ("numbers", "services")
    }


# First: the others take North Macedonia in.
def test_a_forged_export_gets_at_nothing_of_another_country(
    sites: Go, neighbours: None, bags: dict[str, Path], tmp_path: Path
) -> None:
    sites("elsewhere")
    before, bag = str(head()), tmp_path / "bag"
    shutil.copytree(bags["mk"], bag)
    theirs = Blob.objects.filter(uses__edition__instrument__country="al")[0]
    Procedure.objects.create(key="shared", name="Shared", stages=[])
    (shared,) = rows.read(tables.Table("workflows.Procedure"), Procedure.objects.filter(key="shared"))
    (bag / "data/files/script.png").write_text("<script>")
    (bag / "data/files/broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    pages = json.loads((bag / "data/campaigns.json").read_text("utf-8"))
    use, blob = (first_row(bag, f"tables/{name}.jsonl") for name in ("documents_blobuse", "documents_blob"))
    section = first_row(bag, "tables/documents_section.jsonl")
    body = {"heading": [], "blocks": [{"type": "paragraph", "attrs": {"ooxml": "0" * 64}}]}

    def picture(file: str) -> str:
        shown = {"title": "A picture", "description": "", "file": file}
        return json.dumps([page | {"picture": shown} for page in pages])

    for name, changed, says in (
        (
            "shared/people_institution.jsonl",
            first_row(bag, "shared/people_institution.jsonl")
            | {"id": 9999, "key": "al-new", "country_id": "al"},
            r"institutions of other countries are not here: al-new \(AL\)",
        ),
        (
            "tables/documents_instrument.jsonl",
            first_row(bag, "tables/documents_instrument.jsonl") | {"country_id": "al"},
            r"documents_instrument \d+: its country_id \(al\) is nothing that the export brings",
        ),
        (
            "tables/public_hotline.jsonl",
            first_row(bag, "tables/public_hotline.jsonl") | {"country_id": "al"},
            r"public_hotline \d+: its country_id \(al\)",
        ),
        (
            "tables/workflows_procedure.jsonl",
            shared | {"key": "forged", "id": 4711},
            "workflows_procedure 4711 does not belong to MK",
        ),
        (
            "tables/documents_blobuse.jsonl",
            use | {"blob_id": theirs.pk},
            r"documents_blobuse \d+: its blob_id \(" + theirs.pk,
        ),
        (
            "tables/documents_blob.jsonl",
            blob | {"sha256": theirs.pk, "file": str(theirs.file.path)},
            f"documents_blob {theirs.pk} names .* not in the export",
        ),
        ("tables/documents_blob.jsonl", blob | {"file": "../trail.jsonl"}, "not in the export"),
        (
            "tables/documents_section.jsonl",
            section | {"body_mk": body},
            "names XML that is not in the export",
        ),
        ("campaigns.json", picture(str(theirs.file.name)), f"{theirs.file.name}, which is not in the export"),
        ("campaigns.json", picture("script.png"), "script.png, which is no PNG"),
        ("campaigns.json", picture("broken.png"), "broken.png, which is no PNG"),
        (
            "campaigns.json",
            '[{"id": 1}]',
            "Nothing was taken in: the export lacks 'language'|'translation_key'",
        ),
        ("campaigns.json", "[", "Nothing was taken in: Expecting value"),
        ("tables/public_hotline.jsonl", "[]\n", "Nothing was taken in: list indices"),
    ):
        path = bag / "data" / name
        original = path.read_text("utf-8")
        if isinstance(changed, dict):
            lines = [json.loads(line) for line in original.splitlines()]
            others = [line for line in lines if line.get("id") != changed.get("id") or "id" not in line]
            changed = "".join(json.dumps(line) + "\n" for line in [*others, changed])
        path.write_text(changed, "utf-8")
        reseal(bag)
        with pytest.raises(BackupError, match=says):
            take_in(bag)
        path.write_text(original, "utf-8")
    assert str(head()) == before and not Instrument.objects.filter(country="mk").exists()
    assert not Institution.objects.filter(key="al-new").exists()
    assert not default_storage.exists("script.png")


def first_row(bag: Path, name: str) -> dict[str, Any]:
    row: dict[str, Any] = json.loads((bag / "data" / name).read_text("utf-8").splitlines()[0])
    return row


def test_everything_is_equal_and_verifies(sites: Go, taken_in: None, bags: dict[str, Path]) -> None:
    sites("origin")
    before, trail = of_three(found()), str(head())
    sites("elsewhere")
    after = of_three(found())
    for name, value in before.items():
        assert after[name] == value, name
    assert after["answers"] and after["comments"] and after["services"] and after["campaigns"]
    assert list(problems()) == [] and guards.missing() == []

    # People are names: no account, no role. The trail says where it comes from, and the origin's is kept.
    people = User.objects.filter(actor__in=[row[4] for row in after["answers"]])
    assert people.exists() and not people.filter(is_active=True).exists() and not Membership.objects.exists()
    assert not any(one.has_usable_password() or "demo.example" in one.email for one in people)
    entries = Entry.objects.filter(verb="import_country").order_by("id")
    assert [one.thing for one in entries] == ["country:al", "country:rs", "country:mk"]
    stored = default_storage.open(f"origins/{entries[1].detail['trail_sha256']}.jsonl").read()
    assert stored == (bags["rs"] / "data/trail.jsonl").read_bytes()
    given = Entry.objects.filter(verb="sign_off").order_by("id")[0]
    assert given.detail["originally"] < given.at.isoformat() and given.detail["origin_entry"]
    assert int(trail.partition(":")[0]) > entries[2].detail["head"].count(":")


def test_pages_open_and_access_stays(sites: Go, taken_in: None) -> None:
    sites("elsewhere")
    client = PageClient()
    official = Edition.objects.get(instrument__country="rs", number=1)
    assert official.instrument.classification == Classification.OFFICIAL
    assert client.get("/en/i/rs/sop/1/").status_code in (302, 404)
    reader = User.objects.create_user("reader@rs.example", name="Reader")
    client.force_login(reader)
    assert client.get("/en/i/rs/sop/1/").status_code == 404
    drafter = make_person(Role.DRAFTER, make_institution("rs-coordinator", "rs"), "rs")
    client.force_login(drafter)
    assert client.get("/en/i/rs/sop/1/").status_code == 200
    draft = Edition.objects.get(instrument__country="rs", state="draft")
    assert client.get(f"/en/desk/{draft.pk}/").status_code == 200
    # The guards stand again: an adopted text can't be changed.
    section = Section.objects.filter(edition=official)[0]
    with pytest.raises(Exception, match="only the text of a draft"):
        Section.objects.filter(pk=section.pk).update(label_sr="x")


def test_it_is_refused_whole(sites: Go, taken_in: None, bags: dict[str, Path], tmp_path: Path) -> None:
    sites("elsewhere")
    with pytest.raises(BackupError, match="RS has documents or numbers here already"):
        take_in(bags["rs"])
    sites("refusing")
    before = str(head())
    bag = tmp_path / "bag"
    shutil.copytree(bags["rs"], bag)
    path = bag / "data/tables/documents_section.jsonl"
    data = bytearray(path.read_bytes())
    data[400] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupError, match=r"data/tables/documents_section\.jsonl: its bytes were changed"):
        take_in(bag)
    assert list(check.problems(bag)) == ["data/tables/documents_section.jsonl: its bytes were changed"]
    # What no entry of the trail tells, as whether a campaign is live, is bound to the hash of the whole.
    known = hash_of(bags["rs"])
    shutil.rmtree(bag)
    shutil.copytree(bags["rs"], bag)
    path = bag / "data/tables/documents_instrument.jsonl"
    path.write_text(path.read_text("utf-8").replace('"official"', '"public"'), "utf-8")
    reseal(bag)
    for given in (known, "", " "):  # an unset variable of a shell is empty
        with pytest.raises(BackupError, match="does not have the hash that you gave"):
            take_in(bag, given)
    # Somebody who counts the bag's hashes anew changes nothing either: text, row and trail must agree.
    default_storage.save("blobs/secret", ContentFile(b"of another country"))
    for name, wrong, right, says in (
        ("documents_section", "жртв", "лица", "the text in sr is not the one that was adopted"),
        ("documents_section", '"type": "paragraph"', '"type": "script"', "documents_section .*: blocks"),
        ("documents_manifest", '"round": 1', '"round": 2', "does not say what the trail says"),
        ("documents_adoptionact", '"number": "', '"number": "1', "it does not say what the trail says"),
        (
            "documents_blob",
            '"file": "blobs/',
            '"file": "blobs/secret',
            "it has other bytes|not in the export",
        ),
    ):
        shutil.rmtree(bag)
        shutil.copytree(bags["rs"], bag)
        path = bag / f"data/tables/{name}.jsonl"
        text = path.read_text("utf-8")
        assert wrong in text
        changed = text.replace(wrong, right, 1)
        if name == "documents_blob":
            changed = json.dumps(json.loads(text.splitlines()[0]) | {"file": "blobs/secret"})
        path.write_text(changed, "utf-8")
        reseal(bag)
        with pytest.raises(BackupError, match=says):
            take_in(bag)
    path = bag / "data/trail.jsonl"
    shutil.copyfile(
        bags["rs"] / "data/tables/documents_blob.jsonl",
        bag / "data/tables/documents_blob.jsonl",
    )
    path.write_text(path.read_text("utf-8").replace('"confirm_prior"', '"confirm_other"', 1), "utf-8")
    reseal(bag)
    with pytest.raises(BackupError, match=r"trail, entry \d+: it was changed"):
        take_in(bag)
    assert str(head()) == before and not Instrument.objects.exists() and not User.objects.exists()
    assert not list(Path(default_storage.location).rglob("*.jsonl"))  # type: ignore[attr-defined]


def reseal(bag: Path) -> None:
    """Write the hashes of a bag again, as a forger would."""
    bagit.Bag(str(bag)).save(manifests=True)


def test_red_is_written_encrypted_alone(
    sites: Go, bags: dict[str, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sites("origin")
    narrow(Classification.TLP_RED, Instrument.objects.get(country="al"))
    Instrument.objects.get(country="al").shared_with.add(Institution.objects.get(key="rs-coordinator"))
    with pytest.raises(CommandError, match="TLP:RED"):
        call_command("export_country", str(tmp_path), country="AL")
    key = pyrage.x25519.Identity.generate()
    (tmp_path / "key").write_text(f"{key}\n")
    out = StringIO()
    call_command("export_country", str(tmp_path), country="AL", key=str(key.to_public()), stdout=out)
    (made,) = tmp_path.glob("kodeks-country-al-*.age")
    assert main(["verify", str(made), "--key", str(tmp_path / "key")]) == 0
    sites("red")
    hash_of_export = out.getvalue().split()[-1]
    given = ["import-country", str(made), "--key", str(tmp_path / "key"), "--hash", hash_of_export]
    assert main([*given[:-1], hash_of_export[::-1]]) == 1
    assert "does not have the hash that you gave" in capsys.readouterr().err
    assert main(given) == 1
    assert "of other countries are not here: rs-coordinator (RS)" in capsys.readouterr().err
    assert main([*given, "--add-institutions"]) == 0
    assert "AL was taken in" in capsys.readouterr().out
    assert Instrument.objects.get().shared_with.get().country_id == "rs"
    assert Instrument.objects.get().classification == Classification.TLP_RED


def test_who_exports_reads_that_a_file_is_lost(sites: Go, bags: dict[str, Path], tmp_path: Path) -> None:
    sites("origin")
    lost = str(Blob.objects.filter(uses__edition__instrument__country="mk").exclude(file="")[0].file.name)
    default_storage.delete(lost)
    printed = StringIO()
    call_command("export_country", str(tmp_path), country="MK", stdout=StringIO(), stderr=printed)
    assert f"has lost 1 files of this country, the first is {lost}." in printed.getvalue()
    assert len(list(tmp_path.glob("kodeks-country-mk-*"))) == 1


def test_every_row_fits_the_schema(bags: dict[str, Path]) -> None:
    for bag in bags.values():
        defined = json.loads((bag / "data/schema.json").read_text("utf-8"))["$defs"]
        for path in (bag / "data/tables").iterdir():
            for line in path.read_text("utf-8").splitlines():
                fits(json.loads(line), defined[path.stem], path.stem)
        names = {one.name for one in (bag / "data/documents").rglob("*") if one.is_file()}
        assert {"record.json", "en.pdf", "en.docx", "en.json", "en.akn.xml"} <= names


KINDS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}


def fits(row: dict[str, Any], schema: dict[str, Any], name: str) -> None:
    assert sorted(row) == schema["required"], name
    for column, value in row.items():
        wanted = schema["properties"][column].get("type")
        kinds = [wanted] if isinstance(wanted, str) else wanted
        assert not kinds or any(isinstance(value, KINDS[kind]) for kind in kinds), (name, column, value)
