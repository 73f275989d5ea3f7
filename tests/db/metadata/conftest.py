"""The fixtures of this folder."""

from tests.support.metadata.library import library as library
from tests.support.metadata.library import library_once as library_once
from tests.support.public.fixtures import reader as reader
