"""What every test can ask for: the real services, each started when the first test needs it and ended with
the run."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, BrowserContext, Page
from pytest_django import DjangoDbBlocker

from config.settings.env import database_url
from documents.word.file import confined
from search.analysis.build import build_tables
from tests.support import costs, properties, sign_in  # noqa: F401  (sign_in: force_login shows a second factor)
from tests.support.costs import pytest_runtest_makereport, pytest_runtest_protocol, pytest_terminal_summary
from tests.support.once import from_little_to_much, kept_for_a_file
from tests.support.services import (
    chromium,
    clamav,
    elasticsearch,
    forked,
    office,
    postgres,
    production,
    proxy,
    storage,
)
from tests.support.services import smtp as mail
from tests.support.services.missing import provide

__all__ = ["pytest_runtest_makereport", "pytest_runtest_protocol", "pytest_terminal_summary"]  # hooks


def pytest_configure() -> None:
    properties.load_profile()


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: it is not looked through for garbage again and
    again, nor is what comes after as often as a small program would want it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}
BROWSER_FIXTURES = {"browser", "page", "new_page"}
SERVICE_FIXTURES = {
    "clamd",
    "elasticsearch_url",
    "kodeks",
    "s3",
    "s3_url",
    "scripts",
    "smtp",
    "soffice",
    "writer",
}


class Service(Protocol):
    def stop(self) -> None: ...


S = TypeVar("S", bound=Service)
T = TypeVar("T")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the dictionaries of the search where they are not yet (half a minute, once), for this run and
    all that it starts.

    Without them each process would read its own, in its first page that analyses a word.
    """
    if session.config.option.collectonly:
        return
    tables = Path(settings.KODEKS_TABLES)
    tables.mkdir(parents=True, exist_ok=True)
    with (tables / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        build_tables(tables)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what needs the database, a browser or another service, so that `-m database` needs no list by
    hand."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if item.get_closest_marker("django_db") or fixtures & DATABASE_FIXTURES:
            item.add_marker("database")
        if fixtures & BROWSER_FIXTURES:
            item.add_marker("browser")
        if fixtures & SERVICE_FIXTURES:
            item.add_marker("service")
    from_little_to_much(items)


@contextlib.contextmanager
def _until_end(service: S) -> Iterator[S]:
    try:
        yield service
    finally:
        service.stop()


@pytest.fixture(scope="module")
def once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[Callable[[], T]], T]]:
    """`once(make)`: what `make` makes in the database, for all tests of a file (tests/once.py)."""
    yield from kept_for_a_file(request, django_db_blocker)


@pytest.fixture(scope="session", autouse=True)
def forking(request: pytest.FixtureRequest) -> Iterator[None]:
    """Word files are read in processes that are forked, and not started anew
    (tests/support/services/forked.py); but where it is measured."""
    if any(item.nodeid.startswith("bench/") for item in request.session.items):
        yield
        return

    with forked.forking() as process, pytest.MonkeyPatch.context() as changed:
        changed.setattr(confined, "in_a_process", process.run)
        costs.elsewhere.append(lambda: process.took)
        yield


@pytest.fixture
def started_anew(forking: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here they are started as a site starts them."""
    monkeypatch.setattr(confined, "in_a_process", forked.STARTED)


@pytest.fixture(scope="session")
def postgres_cluster() -> postgres.Postgres:
    """The running PostgreSQL; `new_database()` gives the address of a new database in it, with all tables."""
    return postgres.start()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, postgres_cluster: postgres.Postgres, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A database of this process. After a test that commits, it is made anew."""
    template = postgres_cluster.migrated()
    address = postgres_cluster.new_database()
    name = urlsplit(address).path.lstrip("/")

    def renew(case: TransactionTestCase) -> None:
        connections.close_all()
        postgres_cluster.create(name, template)

    with django_db_blocker.unblock():
        connections.close_all()
    connections.settings["default"] |= database_url(address) | {"CONN_MAX_AGE": 0}
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(TransactionTestCase, "_fixture_teardown", renew)
        yield
    with django_db_blocker.unblock():
        connections.close_all()
    postgres_cluster.drop(name)


@pytest.fixture(scope="session")
def elasticsearch_url() -> Iterator[str]:
    """The address of a running Elasticsearch. Tests keep apart by the names of their indexes."""
    with _until_end(provide(elasticsearch.start)) as service:
        yield service.url


@pytest.fixture(scope="session")
def s3() -> Iterator[storage.Storage]:
    """A running S3-compatible store, with its bucket and keys."""
    with _until_end(provide(storage.start)) as service:
        yield service


@pytest.fixture(scope="session")
def s3_url(s3: storage.Storage) -> str:
    """The address of the S3-compatible store."""
    return s3.endpoint


@pytest.fixture(scope="session")
def clamd() -> Iterator[clamav.Scanner]:
    """A running virus scanner that knows the test file EICAR."""
    with _until_end(provide(clamav.start)) as service:
        yield service


@pytest.fixture(scope="session")
def mail_server() -> Iterator[mail.Mailbox]:
    """A running mail server, with all that it was sent in this run."""
    with _until_end(mail.start()) as service:
        yield service


@pytest.fixture
def smtp(mail_server: mail.Mailbox) -> mail.Mailbox:
    """The mail server, emptied before the test."""
    mail_server.clear()
    return mail_server


@pytest.fixture(scope="session")
def soffice() -> office.Office:
    """LibreOffice: `convert(path, to)` and `text(path)`."""
    return provide(office.start)


@pytest.fixture(scope="session")
def writer(soffice: office.Office) -> office.Office:
    """LibreOffice that also edits: `edit(path, edits)`."""
    provide(office.find_bridge)
    return soffice


@pytest.fixture(scope="session")
def kodeks(
    postgres_cluster: postgres.Postgres,
    elasticsearch_url: str,
    s3: storage.Storage,
    mail_server: mail.Mailbox,
) -> Iterator[production.Production]:
    """Kodeks with the production settings on real servers, site and worker running."""
    provide(proxy.find)
    running = production.start(
        database_url=postgres_cluster.new_database(),
        search_url=elasticsearch_url,
        storage=s3,
        mailbox=mail_server,
    )
    with _until_end(running) as service:
        yield service


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium. Playwright keeps an event loop in this thread, and Django takes that for asynchronous
    code: its connections are others than before. So the loop stays to the end of the run."""
    provide(chromium.find)
    with pytest.MonkeyPatch.context() as changed:
        changed.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        changed.setattr(asyncio, "run", chromium.with_own_loop(asyncio.run))
        with chromium.running() as program:
            yield program


@pytest.fixture
def new_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens pages, each in a fresh profile; takes what `browser.new_context` takes (viewport,
    java_script_enabled …).

    At the end, the test fails if any page asked another host for anything, broke its content policy, or
    threw.
    """
    contexts: list[BrowserContext] = []
    watch = chromium.Watch()

    def open_page(**options: Any) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 900})
        options.setdefault("ignore_https_errors", True)
        options.setdefault("locale", "en")
        context = browser.new_context(**options)
        context.set_default_timeout(15_000)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not watch.faults, "\n".join(watch.faults)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page on a desk, in a fresh profile."""
    return new_page()
