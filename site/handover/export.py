"""Write all that a country owns into a bag."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

import audit
from audit.verify import head, one_moment
from backup.errors import BackupError
from backup.files import copy_one
from backup.take import FILES, make_bag
from documents.choices import Classification
from documents.models import Blob, Fragment, Instrument
from handover import campaigns, documents, evidence, rows
from handover.schema import schema
from handover.tables import BY_HASH, GLOSSARY, SHARED, Table, tables
from people.actions.make_nameless import NOBODY
from people.models import Country, Institution, User

README = Path(__file__).parent / "README.txt"
TABLES, SHARED_FOLDER, TRAIL, CAMPAIGNS = "tables", "shared", "trail.jsonl", "campaigns.json"
PERSON = ("id", "actor", "name")


@dataclass(frozen=True)
class Exported:
    """``sha256``: of the bag's manifest. Whoever takes it in must be told it by another way. ``lost``: files
    that a row names by their hash and the storage has lost: no other site takes such an export in."""

    path: Path
    sha256: str
    lost: list[str]


def export(country: str, target: Path, recipient: str = "", by: User | None = None) -> Exported:
    """Write a bag of the country into the folder ``target``, encrypted where ``recipient`` is given.

    Raises BackupError where there is no such country, or TLP:RED would lie in clear."""
    if not Country.objects.filter(pk=country).exists():
        codes = ", ".join(Country.objects.order_by("code").values_list("code", flat=True)).upper()
        raise BackupError(f"There is no country {country.upper()!r} here. There are: {codes}.")
    red = Instrument.objects.filter(country=country, classification=Classification.TLP_RED)
    if red.exists() and not recipient:
        raise BackupError("The country has documents with TLP:RED. Give a key to encrypt them: --key age1…")
    lost: list[str] = []
    fill = partial(_fill, country, lost)
    path, sha256 = make_bag(target, f"kodeks-country-{country}", recipient, README, fill)
    with transaction.atomic():
        audit.record("export_country", f"country:{country}", by, encrypted=bool(recipient), bag_sha256=sha256)
    return Exported(path, sha256, lost)


def _fill(country: str, lost: list[str], bag: Path) -> dict[str, str]:
    with one_moment():
        trail = head()
        count = _write(bag / TRAIL, evidence.lines(country))
        named = _tables(country, bag)
        found = list(campaigns.pages(country))
        (bag / CAMPAIGNS).write_text(_json(found, indent=1))
        _shared(country, bag / SHARED_FOLDER, named)
        every = [*tables(), *map(Table, BY_HASH), *map(Table, SHARED[:2]), Table(GLOSSARY)]
        (bag / "schema.json").write_text(_json(schema(every), indent=1))
        documents.write(country, bag / "documents")
    wanted = sorted({*named["file"], *campaigns.pictures(found)})
    missing = [name for name in wanted if not copy_one(name, bag / FILES)]
    lost += Blob.objects.filter(file__in=missing).order_by("file").values_list("file", flat=True)
    return {
        "External-Description": "What a country owns in Kodeks; README.txt says how to read it",
        "Kodeks-Country": country,
        "Kodeks-Trail-Head": str(trail),
        "Kodeks-Trail-Entries": str(count),
        "Kodeks-Files": str(len(wanted) - len(missing)),
    }


def _tables(country: str, bag: Path) -> dict[str, set[Any]]:
    """Write every table; gives what its rows name: keys by shared table, and under ``file`` stored files."""
    named: dict[str, set[Any]] = defaultdict(set)
    for table in tables():
        _write(bag / TABLES / f"{table.name}.jsonl", _noting(table, table.of(country), named))
    used = Q(uses__edition__instrument__country=country) | Q(pk__in=named["documents.Blob"])
    _write(
        bag / TABLES / "documents_blob.jsonl",
        _noting(Table("documents.Blob"), Blob.objects.filter(used).distinct(), named),
    )
    pieces = Fragment.objects.filter(pk__in=named["fragment"])
    _write(bag / TABLES / "documents_fragment.jsonl", _noting(Table("documents.Fragment"), pieces, named))
    return named


def _noting(table: Table, wanted: Any, named: dict[str, set[Any]]) -> Iterator[rows.Row]:
    for row in rows.read(table, wanted):
        for column, label in table.references.items():
            if row[column] is not None:
                named[label].add(row[column])
        named["file"].update(row[column] for column in table.files if row[column])
        for value in row.values():
            named["fragment"].update(pieces(value))
        yield row


def pieces(body: Any) -> Iterator[str]:
    """The pieces of Word's XML that blocks of texts within a value come from."""
    if isinstance(body, dict):
        if isinstance(mark := body.get("ooxml"), str):
            yield mark
        for value in body.values():
            yield from pieces(value)
    elif isinstance(body, list):
        for value in body:
            yield from pieces(value)


def _shared(country: str, folder: Path, named: dict[str, set[Any]]) -> None:
    institutions = Institution.objects.filter(Q(country=country) | Q(pk__in=named["people.Institution"]))
    countries = Country.objects.filter(Q(pk=country) | Q(institutions__in=institutions)).distinct()
    for label, wanted in (
        ("people.Country", countries),
        ("people.Institution", institutions),
        (GLOSSARY, Table(GLOSSARY).model._base_manager.all()),
    ):
        _write(folder / f"{Table(label).name}.jsonl", rows.read(Table(label), wanted))
    people = User.objects.filter(pk__in=named["people.User"]).order_by("pk")
    _write(
        folder / "people_user.jsonl",
        (
            {"id": one.pk, "actor": str(one.actor), "name": one.name, "nameless": one.email.endswith(NOBODY)}
            for one in people
        ),
    )


def _write(path: Path, found: Iterable[Any]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, row in enumerate(found, 1):  # noqa: B007
            file.write(_json(row) + "\n")
    return count


def _json(value: Any, indent: int | None = None) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent)
