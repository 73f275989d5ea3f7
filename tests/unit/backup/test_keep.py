"""Which backups are kept, and how damaged rows are named."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from backup.keep import expired
from backup.rows import Row, differences, rows

NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)


def test_seven_days_five_weeks_and_twelve_months_stay() -> None:
    every = [NOW - timedelta(days=days) for days in range(800)]
    stay = sorted(set(every) - set(expired(every)))
    assert stay[-7:] == sorted(every[:7])
    assert len(stay) == 7 + 3 + 11  # two weeks and a month end among the seven days
    assert stay[0].date().isoformat() == "2025-12-31"
    assert expired(stay) == [] and expired([]) == []


DUMP = b"""--
COPY public.documents_section (id, body) FROM stdin;
1\t{"words": "one"}
2\t{"words": "two"}
\\.

COPY public.empty (id) FROM stdin;
\\.
COPY public.audit_entry (id) FROM stdin;
7
\\.
"""


def test_a_changed_a_missing_and_an_added_row_are_named() -> None:
    found = list(rows(DUMP.splitlines(keepends=True)))
    assert [str(row) for row in found] == [
        "table documents_section, row 1",
        "table documents_section, row 2",
        "table audit_entry, row 7",
    ]
    assert [Row.parse(row.line()) for row in found] == found
    other = DUMP.replace(b"two", b"twe").replace(b"7\n", b"8\n")
    assert list(differences(found, rows(other.splitlines(keepends=True)))) == [
        "table audit_entry, row 7: it is missing",
        "table documents_section, row 2: it is changed",
        "table audit_entry, row 8: it was added",
    ]
    assert list(differences(found, found)) == []
