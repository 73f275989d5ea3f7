"""Every page of the office that each role of the demonstration can reach, with twenty times its documents.

Run by `make bench-office`. Links are followed from the first page; of each route one address is timed for each role.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import time
import tomllib
from collections import Counter, deque
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

import config.demo.instruments
from people.models import User

COPIES = 20
TIMES = 5
MOST_SECONDS = 0.3
STRICT = bool(os.environ.get("KODEKS_BENCH_STRICT"))
CLOCK = time.process_time if os.environ.get("KODEKS_BENCH_CLOCK") == "cpu" else time.perf_counter
"""On a machine that others use too, KODEKS_BENCH_CLOCK=cpu counts this program's own time only."""
ROLES = (
    "drafter",
    "translator.sq",
    "reviewer.social",
    "reviewer.justice",
    "coordinator",
    "practitioner",
    "partner.al",
    "publisher",
    "operator",
)
HERE = ("http://testserver/en/", "http://testserver/admin/")
_LINK = re.compile(r'<a\b[^>]*?href="([^"#]+)')


def copy_documents(target: Path) -> None:
    """The demonstration's documents and people, each document with ``COPIES - 1`` copies of another address."""
    source = config.demo.instruments.FOLDER
    shutil.copytree(source, target)
    for folder in [path.parent for path in source.glob("*/instrument.toml")]:
        slug = tomllib.loads((folder / "instrument.toml").read_text("utf-8"))["slug"]
        for number in range(2, COPIES + 1):
            copied = target / f"{folder.name}-{number:02}"
            shutil.copytree(folder, copied)
            text = (copied / "instrument.toml").read_text("utf-8")
            changed = text.replace(f'slug = "{slug}"', f'slug = "{slug}-{number}"')
            assert changed != text
            (copied / "instrument.toml").write_text(changed, "utf-8")


def pages(client: Client, start: str) -> dict[str, str]:
    """An address of each route that links lead to, by the route's name."""
    found: dict[str, str] = {}
    shapes: Counter[str] = Counter()
    seen, queue = {start}, deque([start])
    while queue and len(seen) < 400:
        address = queue.popleft()
        response = client.get(address, follow=True)
        if response.status_code != 200 or "html" not in response.headers.get("content-type", ""):
            continue
        path = response.redirect_chain[-1][0] if response.redirect_chain else address
        found.setdefault(response.resolver_match.view_name, path)  # type: ignore[attr-defined]
        for link in _LINK.findall(response.content.decode()):
            target = urljoin(f"http://testserver{path}", html.unescape(link))
            shape = re.sub(r"[0-9a-f-]{20,}|\d+", "N", urlsplit(target).path)
            if not target.startswith(HERE) or target in seen or shapes[shape] >= 2:
                continue
            shapes[shape] += 1
            seen.add(target)
            queue.append(target.removeprefix("http://testserver"))
    return found


def slowest(client: Client, address: str) -> float:
    """The slowest but one of some answers after the first, in seconds."""
    times = []
    for _ in range(TIMES):
        start = CLOCK()
        client.get(address)
        times.append(CLOCK() - start)
    return sorted(times)[-2]


@pytest.mark.django_db(transaction=True)
def test_no_page_of_the_office_is_slow(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "demo"
    copy_documents(folder)
    monkeypatch.setattr(config.demo.instruments, "FOLDER", folder)
    call_command("load_demo", quiet=True)
    rows = []
    for role in ROLES:
        client = Client()
        client.force_login(User.objects.get(email=f"{role}@demo.example"))
        for name, address in pages(client, "/en/").items():
            rows.append((slowest(client, address), role, name, address))
    rows.sort(reverse=True)
    with capsys.disabled():
        over = [row for row in rows if row[0] > MOST_SECONDS]
        print(f"\n  {len(rows)} pages, {len(over)} over {MOST_SECONDS} s")
        for seconds, role, name, address in rows[: max(20, len(over))]:
            print(f"  {seconds:.3f} s  {role:17} {name:32} {address}")
    assert rows[0][0] <= MOST_SECONDS * (1 if STRICT else 12)
