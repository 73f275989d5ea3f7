"""What several test files of workflows begin with: procedure."""

from __future__ import annotations

import pytest

from tests.support.reviews import Cast, open_review
from workflows.models import Review


@pytest.fixture
def running(cast: Cast) -> Review:
    return open_review(cast)
