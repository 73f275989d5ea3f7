"""The fixtures of this folder."""

from tests.support.search.fixtures import analyser as analyser
from tests.support.search.fixtures import documents as documents
from tests.support.search.fixtures import elastic as elastic
from tests.support.search.fixtures import one_minute as one_minute
from tests.support.search.fixtures import search_index as search_index
from tests.support.search.fixtures import tantivy as tantivy
