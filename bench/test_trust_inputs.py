"""10,000 hostile inputs on the demonstration: no 5xx, no script stored, nothing read outside.

Run by `make bench-trust`. Each kind of input is counted: the interfaces by schemathesis, every form and address of
both hosts with hostile values, JSON of a section, and files of all kinds at every field for files.
KODEKS_BENCH_INPUTS: another number.
"""

from __future__ import annotations

import io
import json
import logging
import os
import random
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

import pytest
import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.signals import got_request_exception
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from bench.hostile import CASES
from bench.hostile_inputs import (
    Count,
    Form,
    bodies,
    broken,
    changed_bodies,
    forms_of,
    values,
    with_entity,
)
from directory.api.endpoints import api as hsds
from documents.models import Edition, Section
from documents.word.file import confined
from files import middleware
from metadata import doors
from people.models import Membership, User
from people.roles import Role
from search.api.endpoints import api
from search.outbox import drain
from search.pages import limits as search_limits
from tests.support.documents.word.build import p, png, word_file
from tests.support.search.fixtures import analyser as analyser
from tests.support.search.fixtures import search_index as search_index
from tests.support.services.forked import forking

ALL = int(os.environ.get("KODEKS_BENCH_INPUTS", "10000"))
SHARES = {"api": 0.30, "addresses": 0.12, "forms": 0.30, "section": 0.20, "files": 0.08}
ROLES = ("coordinator", "drafter", "reviewer.social", "publisher", "operator")
PUBLIC = {"HTTP_HOST": "public.test"}
HERE = re.compile(r"http://(?:testserver|public\.test)/(?:en|mk|admin|api|data)\b")
_LINK = re.compile(r'<a\b[^>]*?href="([^"#]+)')
NAMES = (
    "q",
    "page",
    "p",
    "on",
    "in",
    "text",
    "with",
    "country",
    "kind",
    "lang",
    "sort",
    "year",
    "document",
    "home",
    "next",
    "cursor",
    "id",
    "part",
    "who",
    "verb",
)


def share(kind: str) -> int:
    return int(ALL * SHARES[kind])


@pytest.fixture
def count(tmp_path: Path) -> Count:
    secret = "canary-" + os.urandom(8).hex()
    canary = tmp_path / "canary.txt"
    canary.write_text(secret)
    return Count(canary, secret)


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits have tests of their own; here they would answer in place of what is tried."""
    for one in (api, hsds):
        monkeypatch.setattr(one.throttle[0], "most", 10**9)  # type: ignore[index]
    monkeypatch.setattr(doors, "A_MINUTE", 10**9)
    monkeypatch.setattr(middleware, "UPLOADS", 10**9)
    monkeypatch.setattr("search.pages.views.PAGES", 10**9)
    monkeypatch.setattr("search.pages.views.SUGGESTIONS", 10**9)
    assert search_limits.PAGES < 10**9


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files are read in processes that are forked: a thousand starts would be measured."""

    with forking() as process:
        monkeypatch.setattr(confined, "in_a_process", process.run)
        yield


def client_of(role: str, host: dict[str, Any] | None = None) -> Client:
    client = Client(raise_request_exception=False, **(host or {}))
    if role:
        client.force_login(User.objects.get(email=f"{role}@demo.example"))
    return client


def walked(client: Client, start: str, host: str, most: int) -> tuple[list[str], list[Form]]:
    """Addresses of each shape that links lead to, and the forms on them."""
    shapes: Counter[str] = Counter()
    forms: dict[Any, Form] = {}
    found: list[str] = []
    seen, queue = {start}, deque([start])
    while queue and len(found) < most:
        address = queue.popleft()
        answer = client.get(address, follow=True)
        if answer.status_code != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        path = answer.redirect_chain[-1][0] if answer.redirect_chain else address
        found.append(path)
        for form in forms_of(path, answer.content):
            forms.setdefault(form.shape, form)
        for link in _LINK.findall(answer.content.decode()):
            target = urljoin(f"http://{host}{path}", unescape(link))
            shape = re.sub(r"[0-9a-f-]{20,}|\d+", "N", urlsplit(target).path)
            if not HERE.match(target) or target in seen or shapes[shape] >= 2:
                continue
            shapes[shape] += 1
            seen.add(target)
            queue.append(target.removeprefix(f"http://{host}"))
    return found, list(forms.values())


def try_interfaces(count: Count) -> None:
    """What their own descriptions allow, and what they do not, on both hosts."""
    found = []
    for client in (client_of("", PUBLIC), client_of("coordinator")):
        for path in ("/api/v1/openapi.json", "/api/hsds/3/openapi.json"):
            schema = schemathesis.openapi.from_dict(client.get(path).json())
            found += [(one.ok(), client) for one in schema.get_all_operations()]
    each = max(1, share("api") // len(found) // 2)
    for operation, client in found:
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try_operation(count, operation, client, mode, each)


def try_operation(count: Count, operation: Any, client: Client, mode: GenerationMode, each: int) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=each,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: Any) -> None:
        query = urlencode(dict(case.query or {}), doseq=True, errors="replace")
        count.ask("api", client, "GET", f"{case.formatted_path}?{query}")

    with suppress(Unsatisfiable):  # an operation without anything to negate
        ask()


def try_addresses(count: Count, walks: dict[str, tuple[Client, list[str]]]) -> None:
    """These also make up what the interfaces did not take."""
    texts = values(count.canary)
    rng = random.Random(7)
    places = [(client, path) for client, paths in walks.values() for path in paths]
    for client, path in islice(cycle(places), max(share("addresses"), ALL - count.sent.total())):
        parts = urlsplit(path)
        asked = dict(parse_qsl(parts.query)) | {
            rng.choice(NAMES): rng.choice(texts)[:3000].encode("utf-8", "replace").decode() for _ in range(2)
        }
        target = parts.path
        if rng.random() < 0.15:
            target = re.sub(
                r"\d+|[a-z-]{4,}(?=/)",
                lambda m: rng.choice(("0", "99999999999999999999", "x", "-1", m[0])),
                target,
            )
        count.ask("addresses", client, "GET", f"{target}?{urlencode(asked)}")


def try_forms(count: Count, given: list[tuple[str, Client, Form]]) -> None:
    """Every field of every form, one hostile value after another; the others as the page has them."""
    texts = values(count.canary)

    def tries() -> Iterator[tuple[str, Client, Form, dict[str, Any]]]:
        for text in texts:
            for role, client, form in given:
                yield (
                    role,
                    client,
                    form,
                    {name: (text if name != "csrfmiddlewaretoken" else value) for name, value in form.fields},
                )
        for text in texts:
            for role, client, form in given:
                for name, _ in form.fields:
                    yield role, client, form, dict(form.fields) | {name: text}

    for role, client, form, data in islice(tries(), share("forms")):
        files = {name: SimpleUploadedFile("a.docx", b"PK\x03\x04broken") for name in form.files}
        answer = count.ask("forms", client, "POST", form.action, str(data)[:200], data={**data, **files})
        if answer is not None and answer.status_code == 302 and "sign-in" in answer.headers["Location"]:
            client.force_login(User.objects.get(email=f"{role}@demo.example"))


def try_sections(count: Count) -> None:
    """JSON that the editor of a section might send: of no known form, and a sound one with one value changed."""
    client, rng = client_of("coordinator"), random.Random(11)
    coordinator = User.objects.get(email="coordinator@demo.example")
    own = Membership.objects.active().filter(user=coordinator, role=Role.COORDINATOR).values("institution")
    edition = Edition.objects.filter(state="draft", instrument__owner__in=own).first()
    assert edition is not None, "the demonstration has a draft of its coordinator"
    language = edition.instrument.source_language
    section = Section.objects.filter(edition=edition).exclude(**{f"body_{language}": []}).first()
    assert section is not None
    url = f"/en/desk/{edition.pk}/s/{section.uid}/{language}/"
    sound = getattr(section, f"body_{language}")
    makers = (bodies(rng, count.canary), changed_bodies(rng, sound, count.canary))
    for number, body in zip(
        range(share("section")), (body for pair in zip(*makers, strict=False) for body in pair), strict=False
    ):
        section.refresh_from_db()
        sent: Any = {"body": body, "expected": getattr(section, f"text_hash_{language}")}
        if number % 9 == 0:
            sent = body
        try:
            data = json.dumps(sent)
        except RecursionError:
            data = "[" * 100_000
        target = url if number % 4 else f"{url}copy/"
        count.ask("section", client, "POST", target, data[:200], data=data, content_type="application/json")


def try_files(count: Count, given: list[tuple[str, Client, Form]]) -> None:
    """Files that are none, broken ones and such with entities, at every field for files."""
    rng = random.Random(13)
    word = word_file(p("Текст") * 5)
    sheet = zipped(
        {
            "[Content_Types].xml": b"<?xml version='1.0'?><Types/>",
            "xl/workbook.xml": b"<?xml version='1.0'?><x>a</x>",
        }
    )
    xliff = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{count.canary}">]><xliff version="2.0" '
        'xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="mk" trgLang="sq"><file id="f"><unit id="u"><segment>'
        "<source>&e;</source><target>&e;</target></segment></unit></file></xliff>"
    ).encode()
    others = [png(), b"%PDF-1.7\n<< /JS (x) >>", b"<svg onload='kodeks9mark'/>", b"<script>kodeks9mark</script>", b"MZ", b"", b"\x00" * 5000,
              zipped({"../../a.docx": word, "a/b.zip": sheet}), sheet, xliff, with_entity(word, count.canary, "word/document.xml")]  # fmt: skip
    hostile = [make for name, make in sorted(CASES.items()) if "bomb" not in name and "deep" not in name][:40]
    names = (
        "a.docx",
        "a.xlf",
        "a.zip",
        "a.pdf",
        "a.png",
        "a.xlsx",
        "a.svg",
        "a.html",
        "../../a.docx",
        "a\r\nX: y.docx",
        "a.docx\x00.exe",
        "",
    )
    with_files = [one for one in given if one[2].files]
    for number, (role, client, form) in zip(range(share("files")), cycle(with_files), strict=False):
        pick = number % 6
        if number // len(with_files) < len(others):
            data = others[number // len(with_files)]
        elif pick == 0 and hostile:
            data = hostile.pop()()
        else:
            data = broken(rng, rng.choice((word, sheet, xliff, png(), others[1])))
        name = names[number % len(names)] if pick else "a.docx"
        files = {field: SimpleUploadedFile(name or "x", data) for field in form.files}
        count.ask(
            "files",
            client,
            "POST",
            form.action,
            f"{role} {name!r} {data[:20]!r}",
            data={**dict(form.fields), **files},
        )


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_hostile_inputs(
    count: Count, unlimited: None, forked: None, search_index: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.disable(logging.CRITICAL)  # ten thousand lines that nobody reads
    got_request_exception.connect(count.broke)
    call_command("load_demo", quiet=True)
    drain()
    walks: dict[str, tuple[Client, list[str]]] = {}
    forms: list[tuple[str, Client, Form]] = []
    shapes: set[Any] = set()
    for role in ROLES:
        client = client_of(role)
        paths, found = walked(client, "/en/", "testserver", 140)
        if role in ("publisher", "operator", "coordinator"):
            more, others = walked(client, "/admin/", "testserver", 120)
            paths, found = paths + more, found + others
        walks[role] = (client, paths)
        forms += [(role, client, form) for form in found if form.shape not in shapes]
        shapes |= {form.shape for form in found}
    reader = client_of("", PUBLIC)
    walks["public"] = (reader, walked(reader, "/en/", "public.test", 120)[0])
    anonymous = client_of("")
    forms += [("", anonymous, form) for form in walked(anonymous, "/en/sign-in/", "testserver", 5)[1]]
    inside = [one for one in forms if one[0]]
    for part in (
        partial(try_interfaces, count),
        partial(try_sections, count),
        partial(try_files, count, inside),
        partial(try_forms, count, inside),
        partial(try_addresses, count, walks),
    ):
        part()
        with capsys.disabled():
            so_far = (
                f"{len(count.faults)} 5xx, {len(count.scripts)} scripts, {len(count.reads)} reads outside"
            )
            print(f"\n  {dict(count.sent)}: {so_far}", *count.faults[-5:], sep="\n    ", flush=True)
    for role in walks:  # what was stored, as readers get it
        client = client_of(role if role != "public" else "", PUBLIC if role == "public" else None)
        for path in walks[role][1][::2]:
            count.ask("look", client, "GET", path)
    sent = count.sent.total() - count.sent["look"]
    with capsys.disabled():
        print(f"\n  {len(forms)} forms, {sum(len(paths) for _, paths in walks.values())} addresses")
        print("  " + ", ".join(f"{kind} {n}" for kind, n in count.sent.items()))
        print("  " + ", ".join(f"{code}: {n}" for code, n in sorted(count.codes.items())))
        print(
            f"  {sent} hostile inputs: {len(count.faults)} 5xx, {len(count.scripts)} scripts, {len(count.reads)} reads outside"
        )
        for one in [
            *Counter(re.sub(r"\d+", "N", line)[:160] for line in count.faults).most_common(40),
            *sorted(count.scripts)[:20],
            *count.reads[:20],
        ]:
            print(f"    {one}")
    assert (count.faults, count.scripts, count.reads) == ([], set(), [])
    assert sent >= ALL
