"""Take in what a country owned elsewhere: all of it, or nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import bagit
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Model

import audit
from audit.verify import problems
from backup.check import damaged_files
from backup.errors import BackupError
from backup.take import FILES
from documents.models import Edition
from documents.text import InvalidText, normalise_body, sha256_of
from handover import campaigns, evidence, rows
from handover.export import CAMPAIGNS, SHARED_FOLDER, TABLES, TRAIL
from handover.replay import replay
from handover.rows import Row
from handover.schema import schema
from handover.tables import BY_HASH, CAMPAIGN, GLOSSARY, Table, tables
from people.actions.make_nameless import NOBODY
from people.models import Institution, User
from search.outbox.indexer import enqueue

Ids = dict[str, dict[Any, Any]]
"""By table, the new key of each key of the origin."""
ORIGINS = "origins"
"""Where the trails of other sites lie in the storage, as evidence."""


def take_in(bag: Path, expected: str = "", by: User | None = None) -> str:
    """Take in the bag of a country; gives its code. ``expected`` is the head of its trail, as its operator
    told it by another way.

    Raises BackupError, and then nothing was written: where the bag is damaged, forged or of another release,
    or where the country has documents or numbers here.
    """
    if found := list(damaged_files(bag)):
        raise BackupError("The export is damaged, nothing was taken in:\n" + "\n".join(found))
    info = bagit.Bag(str(bag)).info
    country, head = info.get("Kodeks-Country", ""), info.get("Kodeks-Trail-Head", "")
    data = bag / "data"
    if not country:
        raise BackupError(f"{bag} is no export of a country.")
    if expected and expected != head:
        raise BackupError("The trail of the export does not end with the head that you gave.")
    if found := list(evidence.problems(evidence.read(data / TRAIL), head)):
        raise BackupError("The trail of the export does not hold:\n" + "\n".join(found))
    _require_same_columns(data)
    stored = _store(data)
    try:
        with transaction.atomic():
            _rows(data, country)
            _record(data, country, head, by)
            if found := list(problems()):
                raise BackupError("Nothing was taken in. It would not verify here:\n" + "\n".join(found))
    except IntegrityError as problem:
        _remove(stored)
        raise BackupError(f"Nothing was taken in: {str(problem).splitlines()[0]}.") from problem
    except BaseException:
        _remove(stored)
        raise
    return str(country)


def _require_same_columns(data: Path) -> None:
    every = [*tables(), *map(Table, BY_HASH)]
    written = json.loads((data / "schema.json").read_text("utf-8"))["$defs"]
    now = schema(every)["$defs"]
    for table in every:
        if sorted(written.get(table.name, {}).get("properties", {})) != sorted(now[table.name]["properties"]):
            raise BackupError(
                f"The table {table.name} has other columns here. Bring both sites to the same release."
            )


def _store(data: Path) -> list[str]:
    """Put the files into the storage; gives the names of those that were not there."""
    new: list[str] = []
    try:
        for path in sorted(one for one in (data / FILES).rglob("*") if one.is_file()):
            name = unquote(path.relative_to(data / FILES).as_posix())
            if default_storage.exists(name):
                if sha256_of(default_storage.open(name).read()) != _hash_of(path):
                    raise BackupError(f"Another file has the name {name} here. Nothing was taken in.")
                continue
            with path.open("rb") as file:
                new.append(default_storage.save(name, File(file)))
            if new[-1] != name:
                raise BackupError(f"The storage does not take the name {name}. Nothing was taken in.")
        with (data / TRAIL).open("rb") as file:
            new.append(default_storage.save(f"{ORIGINS}/{_hash_of(data / TRAIL)}.jsonl", File(file)))
    except BaseException:
        _remove(new)
        raise
    return new


def _remove(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _rows(data: Path, country: str) -> None:
    """Everything but the trail's last entry."""
    ids = _shared(data / SHARED_FOLDER, country)
    for table in tables():
        if table.label in ("documents.Instrument", "public.Hotline") and table.of(country).exists():
            raise BackupError(f"{country.upper()} has documents or numbers here already.")
        old = [row[table.key] for row in _read(data / TABLES, table)]
        ids[table.label] = dict(zip(old, rows.new_keys(table, len(old)), strict=True))
    pages = json.loads((data / CAMPAIGNS).read_text("utf-8"))
    translations = Table("public.BlockTranslation")
    with rows.guards_aside([*(table.name for table in tables()), *(Table(one).name for one in BY_HASH)]):
        for label in BY_HASH:
            known = set(Table(label).model._base_manager.values_list("pk", flat=True))
            found = _checked(data, Table(label))
            rows.write(Table(label), (row for row in found if row[Table(label).key] not in known))
        for table in tables():
            if table != translations:
                rows.write(table, (_mapped(table, row, ids) for row in _checked(data, table)))
    campaigns.take_in(pages, country, ids)
    # Saving a page makes rows for its parts; those of the origin say who translated and reviewed them.
    translations.model._base_manager.filter(page__in=ids[CAMPAIGN].values()).delete()
    rows.write(translations, (_mapped(translations, row, ids) for row in _checked(data, translations)))
    replay(evidence.read(data / TRAIL), ids, _Origin(data / TABLES))
    for edition in Edition.objects.filter(instrument__country=country):
        enqueue(edition.pk)


def _checked(data: Path, table: Table) -> Iterator[Row]:
    """The rows of a table. Raises BackupError for a text that no editor could have written, bytes of another
    hash, and a file of this site that the export does not bring."""
    for row in _read(data / TABLES, table):
        for name in filter(None, (row[column] for column in table.files)):
            path = data / FILES / quote(name)
            if not path.is_file() and default_storage.exists(name):
                raise BackupError(f"{table.name} {row[table.key]} names {name}, which is not in the export.")
            if table.label == "documents.Blob" and path.is_file() and _hash_of(path) != row["sha256"]:
                raise BackupError(f"{table.name} {row[table.key]}: its file has other bytes.")
        if table.label == "documents.Fragment" and sha256_of(bytes.fromhex(row["xml"][2:])) != row["sha256"]:
            raise BackupError(f"{table.name} {row[table.key]}: it has other bytes.")
        for value in row.values():
            _require_text(table, row, value)
        yield row


def _require_text(table: Table, row: Row, value: Any) -> None:
    """Every text within a value is one that the schema of texts allows."""
    if isinstance(value, dict) and {"heading", "blocks"} <= value.keys():
        try:
            normalise_body(value)
        except InvalidText as problem:
            raise BackupError(f"{table.name} {row[table.key]}: {problem}") from problem
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            _require_text(table, row, one)


class _Origin:
    """Rows as they were at the origin, as instances that are not saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: dict[str, dict[Any, Row]] = {}

    def __call__(self, label: str, key: Any) -> Model:
        table = Table(label)
        if label not in self.found:
            self.found[label] = {row[table.key]: row for row in _read(self.folder, table)}
        fields = {one.column: one for one in table.model._meta.concrete_fields}
        row = self.found[label][key]
        return table.model(**{fields[name].attname: fields[name].to_python(row[name]) for name in row})


def _record(data: Path, country: str, head: str, by: User | None) -> None:
    hashes = {"trail_sha256": _hash_of(data / TRAIL)}
    hashes["bag_sha256"] = _hash_of(data.parent / "manifest-sha256.txt")
    audit.record("import_country", f"country:{country}", by, head=head, **hashes)


def _hash_of(path: Path) -> str:
    return sha256_of(path.read_bytes())


def _read(folder: Path, table: Table) -> Iterator[Row]:
    with (folder / f"{table.name}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _shared(folder: Path, country: str) -> Ids:
    """Countries, institutions and people: those that are here stay as they are."""
    ids: Ids = defaultdict(dict)
    for label, name in (("people.Country", "code"), (GLOSSARY, "key")):
        table = Table(label)
        known = set(table.model._base_manager.values_list(name, flat=True))
        new = [row for row in _read(folder, table) if row[name] not in known]
        if table.key == "id":
            keys = rows.new_keys(table, len(new))
            new = [row | {"id": key} for row, key in zip(new, keys, strict=True)]
        rows.write(table, new)
    institutions = Table("people.Institution")
    here = dict(Institution.objects.values_list("key", "pk"))
    for row in _read(folder, institutions):
        if row["key"] not in here:
            (here[row["key"]],) = rows.new_keys(institutions, 1)
            rows.write(institutions, [row | {"id": here[row["key"]]}])
        elif not Institution.objects.filter(key=row["key"], country=row["country_id"]).exists():
            raise BackupError(f"The institution {row['key']} belongs to another country here.")
        ids["people.Institution"][row["id"]] = here[row["key"]]
    for row in _read(folder, Table("people.User")):
        ids["people.User"][row["id"]] = _person(row).pk
    return ids


def _person(row: Row) -> User:
    """A person as a name: without a password, an address or a role."""
    found = User.objects.filter(actor=row["actor"]).first()
    if found is None:
        found = User(email=f"{row['actor']}{NOBODY}", name=row["name"], actor=row["actor"], is_active=False)
        found.set_unusable_password()
        found.save()
    return found


def _mapped(table: Table, row: Row, ids: Ids) -> Row:
    """The row with the keys of this site. What refers to another country's text that is not here refers to
    nothing. Raises BackupError where it must refer to something."""
    new = row | {table.key: ids[table.label].get(row[table.key], row[table.key])}
    for column, label in table.references.items():
        old = row[column]
        if old is None or label in ("people.Country", *BY_HASH):
            continue
        new[column] = ids[label].get(old)
        field = next(one for one in table.model._meta.concrete_fields if one.column == column)
        if new[column] is None and not field.null:
            raise BackupError(f"{table.name} {row[table.key]}: {column} refers to nothing in the export.")
    return new
