"""What several test files of search begin with: saved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client

from documents.choices import Classification
from documents.models import Edition
from people.models import User
from people.roles import Role
from search.models import Often, SavedSearch
from search.outbox import drain
from search.pages.params import parse_params
from search.saved.store import save_search
from tests.support.factories import make_in_force, make_institution, make_person, make_tree
from tests.support.html import PageClient

LIST = "/en/search/saved/"


@pytest.fixture
def person() -> Iterator[User]:
    """A practitioner of another institution than the owner's."""
    yield make_person(Role.PRACTITIONER, make_institution("mk-interior"), language="en")


@pytest.fixture
def client(person: User) -> Client:
    client = PageClient()
    client.force_login(person)
    return client


def publish(slug: str, classification: str = Classification.PUBLIC, **fields: Any) -> Edition:
    """A text in force with the word "shelter", in the index."""
    tree = make_tree("en", f"Title {slug}", [(1, "Heading", "Safe shelter.")])
    edition = make_in_force(slug=slug, languages=("en",), tree=tree, classification=classification, **fields)
    drain()
    return edition


def save(
    person: User, query: str = "q=shelter", often: str = Often.DAILY, name: str = "Shelters"
) -> SavedSearch:
    return save_search(person, parse_params(QueryDict(query)), name, often)
