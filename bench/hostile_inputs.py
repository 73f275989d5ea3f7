"""What is sent to harm: values for fields, bodies of a section, files that are none; and who counts what came of it."""

from __future__ import annotations

import io
import json
import random
import re
import sys
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from lxml import html

MARK = "kodeks9mark"
SCRIPTS = (
    f"<script>{MARK}</script>",
    f'"><img src=x onerror={MARK}>',
    f"'><svg/onload={MARK}>",
    f"javascript:{MARK}//",
    f"</textarea><script>{MARK}</script>",
    f"{{{{ {MARK} }}}}{{% load static %}}",
    f'" onmouseover="{MARK}',
    f"</script><script>{MARK}</script>",
)
ODD = (
    "", " ", "\x00", "\ud83d", "\u202e", "a" * 100_000, "-1", "0", "99999999999999999999", "1e309", "NaN", "null",
    "[]", "{}", "2026-13-45", "0000-00-00", "9999-12-31", "%00", "%s%s%n", "${7*7}", "' OR 1=1 --", "\"; DROP TABLE x; --",
    "../../../../etc/passwd", "http://127.0.0.1:1/", "file:///etc/passwd", "\r\nSet-Cookie: a=1", "=1+1", "\ufeff", "💣" * 50,
)  # fmt: skip


def values(canary: Path) -> tuple[str, ...]:
    """Without what no address and no form can carry."""
    paths = (f"file://{canary}", str(canary), f"../../../../../..{canary}")
    return tuple(one for one in (*SCRIPTS, *ODD, *paths) if one.isascii() or one.encode("utf-8", "ignore"))


@dataclass
class Count:
    """Sent, and what came of it."""

    canary: Path
    secret: str
    sent: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    reads: list[str] = field(default_factory=list)
    scripts: set[str] = field(default_factory=set)
    last: str = ""

    def broke(self, **_signal: Any) -> None:
        """Where a view raised what nobody caught."""
        kind, value, trace = sys.exc_info()
        frames = traceback.extract_tb(trace)
        own = [one for one in frames if "site-packages" not in one.filename] or frames
        at = own[-1]
        self.last = f"{kind.__name__ if kind else ''}: {str(value)[:80]} at {Path(at.filename).name}:{at.lineno} ({frames[-1].name})"

    def note(self, kind: str, what: str, status: int, content: bytes) -> None:
        self.sent[kind] += 1
        self.codes[status] += 1
        if status >= 500:
            self.faults.append(f"{status} {kind} {self.last} {what[:300]}")
            self.last = ""
        if self.secret.encode() in content:
            self.reads.append(f"{kind} {what[:300]}")

    def ask(self, kind: str, client: Client, method: str, path: str, what: str = "", **given: Any) -> Any:
        try:
            answer = client.generic(method, path, **given) if method == "GET" else client.post(path, **given)
        except (UnicodeEncodeError, ValueError):  # the test's client can't send it, nor can a browser
            return None
        content = answer.getvalue() if answer.streaming else answer.content
        self.note(kind, f"{path} {what}", answer.status_code, content)
        self.look(path, answer, content)
        return answer

    def look(self, path: str, answer: Any, content: bytes) -> None:
        """Whether the mark came back as a script of a page."""
        if MARK.encode() in content and "text/html" in answer.headers.get("Content-Type", ""):
            self.scripts |= {f"{path} {one}" for one in scripts_in(content)}


def scripts_in(content: bytes) -> set[str]:
    """Elements of a page in which the mark would run."""
    found = set()
    node: Any
    for node in html.fromstring(content.decode(errors="replace") or "<p>").iter():
        if not isinstance(node.tag, str):
            continue
        if node.tag == "script" and MARK in (node.text or "") and "json" not in node.get("type", ""):
            found.add(html.tostring(node).decode()[:100])
        for name, value in node.attrib.items():
            runs = name.startswith("on") or (
                name in ("href", "src", "action", "formaction")
                and value.strip().lower().startswith("javascript:")
            )
            if runs and MARK in value:
                found.add(f"{node.tag} {name}={value[:80]}")
    return found


@dataclass(frozen=True)
class Form:
    """A form of a page: where it goes, and what a browser would send."""

    action: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]

    @property
    def shape(self) -> tuple[str, tuple[str, ...]]:
        place = re.sub(r"[0-9a-f-]{20,}|\d+", "N", urlsplit(self.action).path)
        names = {re.sub(r"\d+", "N", name) for name, _ in self.fields}
        return re.sub(r"/(rs|mk|al|ba|me|xk|sq|hr|bs|cnr|sr)/", "/X/", place), (
            *sorted(names),
            *sorted(self.files),
        )


NEVER = re.compile(r"sign-out|logout|/language/")


def forms_of(path: str, content: bytes) -> Iterator[Form]:
    """The forms that post, but those that sign out."""
    page = html.fromstring(content.decode(errors="replace"), base_url=f"http://testserver{path}")
    for form in page.forms:
        if form.method.upper() != "POST":
            continue
        action = urlsplit(form.get("action") or path)
        target = (action.path or path) + (f"?{action.query}" if action.query else "")
        if action.netloc not in ("", "testserver") or NEVER.search(target):
            continue
        inputs = list(form.inputs)
        files = tuple(one.name for one in inputs if one.get("type") == "file" and one.name)
        pairs = [(name, str(value)) for name, value in form.form_values() if name not in files]
        buttons = [
            (one.get("name"), one.get("value", ""))
            for one in form.iter("button")
            if one.get("name") and one.get("type") != "button"
        ]
        yield Form(target, (*pairs, *buttons[:1]), files)


def bodies(rng: random.Random, canary: Path) -> Iterator[Any]:
    """Bodies of a section: of another kind, too deep, too long, with scripts where text belongs."""
    texts = values(canary)
    deep: Any = {"t": "p", "c": []}
    for _ in range(3000):
        deep = {"t": "list", "c": [deep]}
    yield deep
    yield [[[[]]]] * 5000
    yield {"t": "p", "c": [{"t": "text", "v": "x"}] * 50_000}
    kinds = (
        "p",
        "paragraph",
        "heading",
        "list",
        "table",
        "figure",
        "note",
        "link",
        "opaque",
        "image",
        "step",
        "callout",
        "html",
        "",
        None,
        7,
    )
    keys = (
        "t",
        "type",
        "kind",
        "text",
        "c",
        "children",
        "content",
        "marks",
        "href",
        "src",
        "sha256",
        "alt",
        "rows",
        "cells",
        "level",
        "items",
        "attrs",
        "blocks",
        "label",
        "uid",
    )

    def anything(depth: int) -> Any:
        pick = rng.random()
        if depth > 4 or pick < 0.3:
            return rng.choice(texts)
        if pick < 0.4:
            return rng.choice((None, True, 0, -1, 10**30, 1e308, kinds[rng.randrange(len(kinds))]))
        if pick < 0.6:
            return [anything(depth + 1) for _ in range(rng.randrange(4))]
        return {rng.choice(keys): anything(depth + 1) for _ in range(rng.randrange(1, 6))} | {
            "type": rng.choice(kinds)
        }

    while True:
        yield anything(0)


def changed_bodies(rng: random.Random, sound: Any, canary: Path) -> Iterator[Any]:
    """A sound body with one value replaced."""
    texts = values(canary)
    while True:
        body = json.loads(json.dumps(sound))
        places: list[tuple[Any, Any]] = []

        def walk(node: Any) -> None:
            for key in node if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ():
                places.append((node, key))  # noqa: B023
                walk(node[key])

        walk(body)
        node, key = rng.choice(places)
        node[key] = rng.choice(
            (rng.choice(texts), rng.choice(texts), None, [], {}, 7, [node[key]] * 3, {"type": node[key]})
        )
        yield body


def broken(rng: random.Random, data: bytes) -> bytes:
    """A file with some bytes changed, cut off, or repeated."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20))):
        made[rng.randrange(len(made))] = rng.randrange(256)
    pick = rng.random()
    if pick < 0.2:
        return bytes(made[: rng.randrange(len(made))])
    return bytes(made + made) if pick < 0.25 else bytes(made)


def with_entity(data: bytes, canary: Path, name: str) -> bytes:
    """A zip whose part asks for a file of the machine."""
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{canary}">]>'.encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for one in source.namelist():
            part = source.read(one)
            if one == name:
                start = part.find(b"?>") + 2
                part = part[:start] + entity + re.sub(rb">([^<>]+)<", b">&e;<", part[start:], count=5)
            target.writestr(one, part)
    return out.getvalue()
