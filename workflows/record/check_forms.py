"""What the values of an approval record look like, and that it calls one person and one institution by one name: part of
:mod:`workflows.record.check`, as pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from workflows.rules import quorum

Json = dict[str, Any]
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
KEY = re.compile(r"[-a-zA-Z0-9_]+")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LANGUAGE = re.compile(r"[a-z]{2,3}")
SHA256 = re.compile(r"[0-9a-f]{64}")


def _moment(value: str) -> bool:
    return bool(MOMENT.fullmatch(value)) and datetime.fromisoformat(value) is not None


def _day(value: str) -> bool:
    return bool(DAY.fullmatch(value)) and date.fromisoformat(value) is not None


def _sha256(value: str) -> bool:
    return bool(SHA256.fullmatch(value))


def _sha256_or_empty(value: str) -> bool:
    return value == "" or _sha256(value)


def _words(value: str) -> bool:
    return bool(value.strip())


def _key(value: str) -> bool:
    return bool(KEY.fullmatch(value))


def _path(value: str) -> bool:
    return all(map(_key, value.split("/", 1))) and "/" in value


def _uuid(value: str) -> bool:
    return str(UUID(value)) == value


def _language(value: str) -> bool:
    return bool(LANGUAGE.fullmatch(value))


def _quorum(value: str) -> bool:
    quorum.check(value)
    return True


Form = Callable[[str], bool]
FORMS: dict[str, Form] = {
    **dict.fromkeys(("started", "ended", "opened", "due", "closed", "made", "at", "voided"), _moment),
    **dict.fromkeys(("silence_taken_as_assent", "finished", "proposed", "recorded"), _moment),
    **dict.fromkeys(("date", "published", "valid_from"), _day),
    **dict.fromkeys(("sha256", "text_sha256", "edition_sha256", "corrigendum_sha256"), _sha256),
    **dict.fromkeys(("before", "after"), _sha256),
    "signed_file_sha256": _sha256_or_empty,
    "followed.sha256": _sha256_or_empty,
    **dict.fromkeys(("owner_name", "name", "procedure", "body", "acts.number", "moved_reason"), _words),
    **dict.fromkeys(("owner", "institution", "instrument.kind"), _key),
    "path": _path,
    **dict.fromkeys(("id", "section"), _uuid),
    "language": _language,
    "quorum": _quorum,
}
"""What a member is, by its name; by the name of what it stands in too, where that matters. All numbers count from 1."""
BY_LANGUAGE: dict[str, Form] = {"titles": _words, "versions": _sha256, "covers": _sha256}


def forms(record: Json) -> Iterator[str]:
    """Every value that can't be what its member is, and every name that another one stands for elsewhere, each once."""
    yield from dict.fromkeys(_formed(record, "", ""))
    yield from _named(record)


def _formed(value: Any, within: str, name: str) -> Iterator[str]:
    if isinstance(value, list):
        for one in value:
            yield from _formed(one, within, name)
    elif isinstance(value, dict):
        known = BY_LANGUAGE.get(name)
        for member, inner in value.items():
            if known is None:
                yield from _formed(inner, name, member)
            elif not (_language(member) and _is(inner, known)):
                yield f"it has something that can't be one of its {name}: {member!r}"
    else:
        form = FORMS.get(f"{within}.{name}", FORMS.get(name))
        number = isinstance(value, int) and not isinstance(value, bool)
        if (number and value < 1) or (isinstance(value, str) and form and not _is(value, form)):
            yield f"it has something that can't be what it says: {within + '.' if within else ''}{name}"


def _is(value: Any, form: Form) -> bool:
    try:
        return isinstance(value, str) and form(value)
    except ValueError:
        return False


def _named(record: Json) -> Iterator[str]:
    """Names are those of the day on which the record was made, so one person has one, and one institution."""
    names: dict[str, str] = {}
    said: set[str] = set()
    for key, name in _names(record):
        if names.setdefault(key, name) != name and key not in said:
            said.add(key)
            yield f"{key} has two names in it"


def _names(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for one in value:
            yield from _names(one)
    elif isinstance(value, dict):
        for key, name in (("id", "name"), ("institution", "name"), ("owner", "owner_name")):
            if isinstance(value.get(key), str) and isinstance(value.get(name), str):
                yield value[key], value[name]
        for inner in value.values():
            yield from _names(inner)
