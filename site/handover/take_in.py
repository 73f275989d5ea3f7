"""Take in what a country owned elsewhere: all of it, or nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import bagit
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.db.models import Model

import audit
from audit.verify import problems
from backup.check import damaged_files
from backup.errors import BackupError
from backup.take import FILES, hash_of
from documents.models import Edition
from documents.text import InvalidText, normalise_body, sha256_of
from handover import campaigns, evidence, rows
from handover.export import CAMPAIGNS, SHARED_FOLDER, TABLES, TRAIL, pieces
from handover.replay import replay
from handover.rows import Row
from handover.schema import schema
from handover.tables import BY_HASH, CAMPAIGN, GLOSSARY, WAYS, Table, tables
from people.actions.make_nameless import NOBODY
from people.models import Institution, User
from search.outbox.indexer import enqueue

Ids = dict[str, dict[Any, Any]]
"""By table, the new key of each key of the origin."""
ORIGINS = "origins"
"""Where the trails of other sites lie in the storage, as evidence."""


UNREADABLE = (DatabaseError, ValidationError, SuspiciousOperation, LookupError, TypeError, ValueError,
              AttributeError, RecursionError, OSError)  # fmt: skip
"""What an export raises that Kodeks did not write."""


def take_in(
    bag: Path, expected: str | None = None, by: User | None = None, add_institutions: bool = False
) -> str:
    """Take in the bag of a country; gives its code. ``expected`` is the hash of its manifest, as its operator
    told it by another way; with None nobody checks who made the bag. With ``add_institutions`` those
    of other countries come as names.

    Raises BackupError, and then nothing was written: where the bag is damaged, forged or of another release,
    or where the country has documents or numbers here.
    """
    try:
        return _take_in(bag, expected, by, add_institutions)
    except UNREADABLE as problem:
        says = str(problem).partition("\n")[0]
        if isinstance(problem, KeyError):
            says = f"the export lacks {says}"
        raise BackupError(f"Nothing was taken in: {says or 'the export can not be read'}.") from problem


def _take_in(bag: Path, expected: str | None, by: User | None, add_institutions: bool) -> str:
    if found := list(damaged_files(bag)):
        raise BackupError("The export is damaged, nothing was taken in:\n" + "\n".join(found))
    info = bagit.Bag(str(bag)).info
    country, head = info.get("Kodeks-Country", ""), info.get("Kodeks-Trail-Head", "")
    data = bag / "data"
    if not country:
        raise BackupError(f"{bag} is no export of a country.")
    if expected is not None and expected.strip().lower() != hash_of(bag):
        raise BackupError("This is another export: it does not have the hash that you gave.")
    if found := list(evidence.problems(evidence.read(data / TRAIL), head)):
        raise BackupError("The trail of the export does not hold:\n" + "\n".join(found))
    _require_same_columns(data)
    stored = _store(data)
    try:
        with transaction.atomic():
            _rows(data, country, add_institutions)
            _record(data, country, head, by)
            if found := list(problems()):
                raise BackupError("Nothing was taken in. It would not verify here:\n" + "\n".join(found))
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
        for name, path in sorted(_files(data).items()):
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


def _files(data: Path) -> dict[str, Path]:
    """By its name in the storage, each file of the bag."""
    found = (path for path in (data / FILES).rglob("*") if path.is_file())
    return {unquote(path.relative_to(data / FILES).as_posix()): path for path in found}


def _remove(names: list[str]) -> None:
    for name in names:
        default_storage.delete(name)


def _rows(data: Path, country: str, add_institutions: bool) -> None:
    """Everything but the trail's last entry."""
    ids, files = _shared(data / SHARED_FOLDER, country, add_institutions), _files(data)
    for table in tables():
        if table.label in ("documents.Instrument", "public.Hotline") and table.of(country).exists():
            raise BackupError(f"{country.upper()} has documents or numbers here already.")
        old = [row[table.key] for row in _read(data / TABLES, table)]
        ids[table.label] = dict(zip(old, rows.new_keys(table, len(old)), strict=True))
    pages = json.loads((data / CAMPAIGNS).read_text("utf-8"))
    translations = Table("public.BlockTranslation")
    with rows.guards_aside([*(table.name for table in tables()), *(Table(one).name for one in BY_HASH)]):
        for label in BY_HASH:
            rows.write(Table(label), _unknown(data, Table(label), ids, files))
        for table in tables():
            if table != translations:
                rows.write(table, _checked(data, table, ids, files))
    campaigns.take_in(pages, country, ids, files)
    # Saving a page makes rows for its parts; those of the origin say who translated and reviewed them.
    translations.model._base_manager.filter(page__in=ids[CAMPAIGN].values()).delete()
    rows.write(translations, _checked(data, translations, ids, files))
    _require_own(country, ids)
    replay(evidence.read(data / TRAIL), ids, _Origin(data / TABLES))
    for edition in Edition.objects.filter(instrument__country=country):
        enqueue(edition.pk)


def _require_own(country: str, ids: Ids) -> None:
    """Every row that was written belongs to the country, by the way that the export goes."""
    for table in tables():
        old = {new: old for old, new in ids[table.label].items()}
        others = table.model._base_manager.filter(pk__in=old).exclude(**{WAYS[table.label]: country})
        if (found := others.order_by("pk").values_list("pk", flat=True).first()) is not None:
            raise BackupError(f"{table.name} {old[found]} does not belong to {country.upper()}.")


def _unknown(data: Path, table: Table, ids: Ids, files: Mapping[str, Path]) -> Iterator[Row]:
    """The rows under a hash that this site has not. The country's rows may name all that came as bytes."""
    known = set(table.model._base_manager.values_list("pk", flat=True))
    for row in _read(data / TABLES, table):
        where, sha256 = f"{table.name} {row[table.key]}", row["sha256"]
        if table.label == "documents.Fragment":
            found = sha256_of(bytes.fromhex(row["xml"][2:]))
        elif row["file"] in files:
            found = _hash_of(files[row["file"]])
        else:
            raise BackupError(f"{where} names {row['file']}, which is not in the export.")
        if found != sha256:
            raise BackupError(f"{where}: it has other bytes.")
        ids[table.label][sha256] = sha256
        if sha256 not in known:
            yield row


def _checked(data: Path, table: Table, ids: Ids, files: Mapping[str, Path]) -> Iterator[Row]:
    """The rows of a table with the keys of this site. Raises BackupError for a text that no editor could have
    written, and for what is here and does not come with the export: a file, or a piece of Word's XML."""
    for row in _read(data / TABLES, table):
        for name in filter(None, (row[column] for column in table.files)):
            if name not in files and default_storage.exists(name):
                raise BackupError(f"{table.name} {row[table.key]} names {name}, which is not in the export.")
        for value in row.values():
            _require_text(table, row, value)
            if not ids["documents.Fragment"].keys() >= set(pieces(value)):
                raise BackupError(f"{table.name} {row[table.key]} names XML that is not in the export.")
        yield _mapped(table, row, ids)


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
    hashes["bag_sha256"] = hash_of(data.parent)
    audit.record("import_country", f"country:{country}", by, head=head, **hashes)


def _hash_of(path: Path) -> str:
    return sha256_of(path.read_bytes())


def _read(folder: Path, table: Table) -> Iterator[Row]:
    with (folder / f"{table.name}.jsonl").open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _shared(folder: Path, country: str, add_institutions: bool) -> Ids:
    """Countries, institutions and people: those that are here stay as they are."""
    ids: Ids = defaultdict(dict)
    institutions = Table("people.Institution")
    here = dict(Institution.objects.values_list("key", "pk"))
    new = [row for row in _read(folder, institutions) if row["key"] not in here]
    others = [f"{row['key']} ({row['country_id'].upper()})" for row in new if row["country_id"] != country]
    if others and not add_institutions:
        raise BackupError(
            f"These institutions of other countries are not here: {', '.join(others)}. Add them, or give "
            "--add-institutions to have their names taken in. Nothing was taken in."
        )
    needed = {country, *(row["country_id"] for row in new)}
    for label, name in (("people.Country", "code"), (GLOSSARY, "key")):
        _add(
            Table(label),
            name,
            (row for row in _read(folder, Table(label)) if name == "key" or row[name] in needed),
        )
    _add(institutions, "key", new)
    ids["people.Country"] = {country: country}
    for row in _read(folder, institutions):
        found = Institution.objects.filter(key=row["key"], country=row["country_id"]).first()
        if found is None:
            raise BackupError(f"The institution {row['key']} belongs to another country here.")
        ids["people.Institution"][row["id"]] = found.pk
    for row in _read(folder, Table("people.User")):
        ids["people.User"][row["id"]] = _person(row).pk
    return ids


def _add(table: Table, name: str, found: Iterable[Row]) -> None:
    """Write those rows whose ``name`` is not here."""
    known = set(table.model._base_manager.values_list(name, flat=True))
    new = [row for row in found if row[name] not in known]
    if table.key == "id":
        keys = rows.new_keys(table, len(new))
        new = [row | {"id": key} for row, key in zip(new, keys, strict=True)]
    rows.write(table, new)


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
    nothing. Raises BackupError where it must refer to something, and for another country or its file."""
    new = row | {table.key: ids[table.label][row[table.key]]}
    for column, label in table.references.items():
        if (old := row[column]) is None:
            continue
        new[column] = ids[label].get(old)
        field = next(one for one in table.model._meta.concrete_fields if one.column == column)
        if new[column] is None and (not field.null or label in ("people.Country", *BY_HASH)):
            raise BackupError(
                f"{table.name} {row[table.key]}: its {column} ({old}) is nothing that the export brings."
            )
    return new
