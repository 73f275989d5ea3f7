"""Two hundred readers at once on two processes; and an hour without the database."""

from __future__ import annotations

import http.client
import random
import statistics
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import pytest

from config.settings.base import page_stores
from public import saved_pages
from tests.support.public.fixtures import PUBLIC
from tests.support.public.served import Served, served
from tests.support.public.whole import load_whole

READERS, PAGES_EACH = 200, 4
PATHS = ("/en/", "/mk/work-abroad/", "/ar/help/?in=mk", "/en/check-offer/", "/sr-cyrl/help/rs/", "/sq/signs/")


def read(host: str, path: str) -> float:
    """The seconds that a page takes, with a connection of its own."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request("GET", path, headers={"Host": PUBLIC, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 200, path
    return time.perf_counter() - start


def crowd(site: Served, pause: float) -> list[float]:
    """Each reader opens a page, reads for ``pause`` seconds on average, opens the next."""
    host, seconds, chance = urlsplit(site.base).netloc, list[float](), random.Random(1)
    pauses = [[chance.uniform(0.5, 1.5) * pause for _ in range(PAGES_EACH)] for _ in range(READERS)]

    def reader(number: int) -> None:
        for turn, rest in enumerate(pauses[number]):
            time.sleep(rest)
            seconds.append(read(host, PATHS[(number + turn) % len(PATHS)]))

    threads = [threading.Thread(target=reader, args=[number]) for number in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seconds) == READERS * PAGES_EACH
    return seconds


def grow_old(seconds: float) -> None:
    for path in (*PATHS, "/mk/help/"):
        if copy := saved_pages.find(path):
            saved_pages._store(path).set(path, (copy.made - seconds, copy.packed, copy.headers))


def test_many_readers_and_no_database(
    transactional_db: None, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    load_whole()
    with served() as site:
        for path in (*PATHS, "/mk/help/"):
            assert site.get(path).status_code == 200
        crowd(site, 0.5)
        times = crowd(site, 5.0)
        late = statistics.quantiles(times, n=20)[-1]
        settings.KODEKS_PAGES, settings.CACHES = site.pages, page_stores(site.pages)
        site.stop_database()
        time.sleep(5.1)
        grow_old(3500)
        away = crowd(site, 5.0)
        old = statistics.quantiles(away, n=20)[-1]
        grow_old(3700)
        numbers = site.get("/mk/work-abroad/")
        with capsys.disabled():
            print(
                f"  {READERS} readers, {len(times)} pages: median {1000 * statistics.median(times):.0f} ms, "
                f"95 of 100 within {1000 * late:.0f} ms (at most 100)"
            )
            print(
                f"  database away, copies 58 minutes old: {len(away)} pages served, 95 of 100 within "
                f"{1000 * old:.0f} ms; after an hour: status {numbers.status_code} with the numbers to call"
            )
    assert numbers.status_code == 503 and "tel:0800000000" in numbers.text
    assert late <= 0.1 and old <= 0.1
