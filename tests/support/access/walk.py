"""Ask every address as every reader, and judge the answers by the tables."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.apps import apps
from django.core.cache import cache
from django.db import transaction

from config.access_routes import row_of
from tests.support.access.addresses import Route, address, routes
from tests.support.access.cast import CANARY, PUBLIC, Reader, Text, World
from tests.support.tables import fingerprints

REFUSED = frozenset({301, 302, 400, 403, 404, 405, 409, 410})
"""What somebody gets who may not."""
NOT_GOT = {"wagtailadmin_logout", "wagtailadmin_error_test", "account_logout"}
"""Routes that end the session, or break on purpose."""


class Undo(Exception):
    """Takes back what a request wrote."""


@dataclass(frozen=True)
class Answer:
    status: int
    canaries: frozenset[str]


@dataclass
class Findings:
    cells: int = 0
    wrong: list[str] = field(default_factory=list)
    opened: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    """By host and route, who got a page."""

    def judge(self, what: str, answer: Answer, refused: bool, readable: set[str]) -> None:
        if answer.status == 500:
            self.wrong.append(what + str(answer.status))
        if leaked := answer.canaries - readable:
            self.wrong.append(what + f"shows {sorted(leaked)}")
        if refused and answer.status not in REFUSED:
            self.wrong.append(what + f"{answer.status} in place of a refusal")


def ask(reader: Reader, method: str, path: str, *, keeps: bool) -> Answer:
    """A request; its writes are taken back unless they are to be seen."""
    cache.clear()  # the interface for programs has its limit a minute
    answer: Any = None
    try:
        with transaction.atomic():
            answer = getattr(reader.client, method)(path, {"q": "kanar"} if method == "get" else {})
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if not keeps:
                raise Undo
    except Undo:
        pass
    seen = opened(body) + repr(answer.headers).encode()
    return Answer(answer.status_code, frozenset(CANARY.findall(seen.decode("utf-8", "replace"))))


def opened(data: bytes) -> bytes:
    """The bytes, with what is packed in them: the parts of an archive, the streams of a PDF."""
    found = [data]
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
    for match in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(match.group(1)))
        except zlib.error:
            continue
    return b"\n".join(found)


def refuses(world: World, route: Route, reader: Reader, text: Text | None) -> bool:
    """What the tables say; a route that they do not know fails the test."""
    row = row_of(route.host, route.name, route.path)
    if row is None:
        raise LookupError(
            f"{route.host}, {route.key!r} ({route.path}): say in site/config/access_routes.py who may open it"
        )
    if not row.open and not reader.signed_in:
        return True
    if row.roles is not None and reader.role not in row.roles:
        return True
    if text is not None and row.verb is not None:
        same = [one for one in world.texts if one.edition.instrument_id == text.edition.instrument_id]
        of_the_whole = "slug" in route.parameters and "number" not in route.parameters
        return not any(world.may(reader, one, row.verb) for one in (same if of_the_whole else [text]))
    return text is not None and row.review and not world.sees_review(reader, text)


def rooms() -> list[str]:
    """What no refused request may change: all but the trail, which notes refusals, counts of
    requests, and sessions."""
    return [one.label for one in apps.get_app_configs() if one.label not in ("audit", "limits", "sessions")]


def walk(
    world: World,
    readers: Collection[Reader],
    things: Mapping[str, Any],
    methods: Collection[str] = ("get", "post"),
    texts: Collection[Text] | None = None,
    chosen: Callable[[Route], bool] = lambda route: True,
) -> Findings:
    """Each route of the reader's host, for each text where its address names one. What is allowed is taken back;
    what is refused stays, and the rows are compared at the end."""
    found = Findings()
    for reader in readers:
        before = fingerprints(rooms(), without="last_login")
        readable = world.readable(reader)
        for route in routes("public" if reader.host == PUBLIC else "office"):
            if route.name in NOT_GOT or not chosen(route):
                continue
            named = (world.texts if texts is None else texts) if route.of_a_text else [None]
            asked = {address(route, text, things): text for text in named}
            for (path, text), method in product(asked.items(), methods):
                refused = refuses(world, route, reader, text)
                answer = ask(reader, method, path, keeps=refused)
                found.cells += 1
                what = f"{reader.name}: {method} {path} ({route.key}, {text.name if text else '-'}): "
                found.judge(what, answer, refused, readable)
                if answer.status == 200:
                    found.opened.setdefault((route.host, route.key), set()).add(reader.name)
        after = fingerprints(rooms(), without="last_login")
        changed = [table for table, rows in after.items() if rows != before[table]]
        if changed:
            found.wrong.append(f"{reader.name}: refused requests changed {changed}")
    return found
