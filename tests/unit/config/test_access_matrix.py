"""What ``manage.py access_matrix`` prints."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command


def printed(**options: str) -> str:
    out = StringIO()
    call_command("access_matrix", stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("shape", ["text", "markdown"])
def test_the_tables_in_short(shape: str) -> None:
    page = " ".join(printed(format=shape).replace("|", " ").split())
    assert "adopt coordinator owner every state yes" in page and "owner the same institution" in page
    assert "draft translator owner draft asked+assigned or asked+draft" in page
    assert "office desk:repeal whoever is signed in with the right: adopt" in page
    assert "public documents: everybody with the right: read" in page


def test_every_cell() -> None:
    lines = printed(format="csv").splitlines()
    assert len(lines) == 1 + 8 * 4 * 7 * 7 * 20
    assert "practitioner,abroad,tlp_green,in_force,read,yes" in lines
    assert "practitioner,abroad,tlp_red,draft,read,asked+named" in lines
    assert "operator,owner,official,in_force,read,no" in lines
