"""A country with its institutions and people, and a text that goes through its review. Everything by the real
actions."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from documents.models import Edition
from tests.support.once import commits
from tests.support.records import make_adopted
from tests.support.reviews import Cast, fresh, make_cast, seat_of, sign
from tests.support.services.postgres import Postgres
from tests.support.workflows.forked import Run, ready
from workflows.actions.reopen import reopen
from workflows.actions.restart import restart
from workflows.models import Review
from workflows.pages.review import comparison_cache

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def migrated(postgres_cluster: Postgres) -> Callable[[], str]:
    """Makes databases for scripts of this folder."""
    return postgres_cluster.new_database


@pytest.fixture(scope="module")
def scripts(postgres_cluster: Postgres) -> Iterator[Run]:
    """Runs scripts of this folder in processes of their own (tests/support/workflows/forked.py)."""
    with ready(postgres_cluster.url("postgres")) as run:
        yield run


@dataclass
class Begun:
    """What is made once for the tests of a file, as the first one needs it: a cast, then a review of its
    text, and what comes of that. Nothing where it must be made for each test."""

    cast: Cast | None = None
    review: Review | None = None
    further: dict[str, Any] = field(default_factory=dict)

    def go_on(
        self, request: pytest.FixtureRequest, name: str, make: Callable[[Cast, Review], object]
    ) -> None:
        """Keeps what ``make`` makes of the cast and the review; the fixture of that name belongs into
        tests.support.once.MUCH."""
        cast, review = self.cast, self.review
        if cast is not None and review is not None:
            self.further[name] = request.getfixturevalue("once")(lambda: make(cast, review))


@pytest.fixture(scope="module")
def begun_once(request: pytest.FixtureRequest) -> Begun:
    return Begun() if commits(request) else Begun(request.getfixturevalue("once")(make_cast))


@pytest.fixture(scope="module")
def review_once(request: pytest.FixtureRequest, begun_once: Begun) -> None:
    if begun_once.cast is not None:
        begun_once.review = request.getfixturevalue("once")(begun_once.cast.start)


@pytest.fixture
def begun(begun_once: Begun, db: None) -> Begun:
    """A copy of one's own: what a test changes in it is taken back, as in the database."""
    # Comparisons are kept by ids and hashes of texts, and here the same ids come again with the same texts.
    comparison_cache.forget()
    return copy.deepcopy(begun_once)


@pytest.fixture
def cast(begun: Begun) -> Cast:
    return begun.cast or make_cast()


@pytest.fixture
def review(review_once: None, begun: Begun, cast: Cast) -> Review:
    """A review in its first stage: Interior and Social Policy are asked."""
    return begun.review or cast.start()


def make_returned(cast: Cast, review: Review) -> Review:
    """The first round, which Social Policy returned."""
    sign(cast.biljana, seat_of(review, cast.social), "return", "Not yet.")
    reopen(cast.coordinator, fresh(review), "To be mended.")
    return fresh(review)


def make_restarted(cast: Cast) -> Review:
    """The third: restarted from the legal opinion, so that what Interior and Social Policy signed in the
    second is kept."""
    second = cast.start()
    sign(cast.goran, seat_of(second, cast.interior))
    sign(cast.biljana, seat_of(second, cast.social))
    return restart(cast.coordinator, fresh(second), 2, "Another opinion.")


@pytest.fixture(scope="module")
def returned_once(request: pytest.FixtureRequest, review_once: None, begun_once: Begun) -> None:
    begun_once.go_on(request, "returned", make_returned)


@pytest.fixture
def returned(returned_once: None, begun: Begun, cast: Cast, review: Review) -> Review:
    made: Review = begun.further.get("returned") or make_returned(cast, review)
    return made


@pytest.fixture(scope="module")
def restarted_once(request: pytest.FixtureRequest, returned_once: None, begun_once: Begun) -> None:
    begun_once.go_on(request, "restarted", lambda cast, review: make_restarted(cast))


@pytest.fixture
def restarted(restarted_once: None, begun: Begun, cast: Cast, returned: Review) -> Review:
    made: Review = begun.further.get("restarted") or make_restarted(cast)
    return made


@pytest.fixture(scope="module")
def adopted_once(request: pytest.FixtureRequest, review_once: None, begun_once: Begun) -> None:
    begun_once.go_on(request, "adopted", make_adopted)


@pytest.fixture
def adopted(adopted_once: None, begun: Begun, cast: Cast, review: Review) -> Edition:
    made: Edition = begun.further.get("adopted") or make_adopted(cast, review)
    return made
