"""The fixtures of this folder."""

from tests.support.documents.review.fixtures import as_ as as_
from tests.support.documents.review.fixtures import drafter as drafter
from tests.support.documents.review.fixtures import edition as edition
