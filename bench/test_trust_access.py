"""Every route of both hosts x every reader x texts of each classification and state. Run by ``make bench-trust``.

What who may not gets must be a refusal, without a canary of a text that they may not read, and must change nothing.
``KODEKS_BENCH_READERS=reviewer,operator`` picks readers, ``KODEKS_BENCH_TEXTS=tlp_red`` classifications.
"""

from __future__ import annotations

import logging
import os
import time
from typing import Any

import pytest

from documents.choices import Classification, State
from tests.support.access.addresses import routes
from tests.support.access.cast import World, make_world
from tests.support.access.walk import walk
from tests.support.search.fixtures import analyser as analyser
from tests.support.search.fixtures import search_index as search_index

CELLS = 50_000
READERS = [one for one in os.environ.get("KODEKS_BENCH_READERS", "").split(",") if one]
KINDS = [Classification(one) for one in os.environ.get("KODEKS_BENCH_TEXTS", "").split(",") if one]
POSTED = (State.DRAFT, State.IN_REVIEW, State.IN_FORCE)
"""Forms are sent to texts in these states; pages are asked for in every state."""


@pytest.fixture
def world(db: None, search_index: Any, settings: Any) -> World:
    settings.KODEKS_DEMO = False
    return make_world(KINDS or tuple(Classification))


def test_every_route_for_every_reader_and_text(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    logging.disable(logging.CRITICAL)
    begun, cells, wrong, opened = time.process_time(), 0, [], set()
    posted = [text for text in world.texts if text.edition.state in POSTED]
    for reader in world.readers:
        if READERS and reader.name not in READERS:
            continue
        found = [walk(world, [reader], {}, ("get",))]
        if reader.host == "testserver":
            found.append(walk(world, [reader], {}, ("post",), posted))
        cells += sum(one.cells for one in found)
        new = [line for one in found for line in one.wrong]
        wrong += new
        opened |= {key for one in found for key in one.opened}
        with capsys.disabled():
            print("".join(f"  wrong: {line}\n" for line in new), end="")
            print(
                f"  {reader.name:24} {cells:7} cells so far, {len(wrong)} wrong, {time.process_time() - begun:.0f} s",
                flush=True,
            )
    logging.disable(logging.NOTSET)
    with capsys.disabled():
        print(f"  {sum(len(routes(host)) for host in ('office', 'public'))} routes, {len(world.texts)} texts")
        print(f"  {cells} cells, {len(wrong)} wrong; {len(opened)} routes opened for somebody")
    assert wrong == []
    assert READERS or KINDS or cells >= CELLS
