"""docs/security/asvs.md: each requirement once, its evidence is there, and the counts at the top are those of the table."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| (met|open|not applicable) \| (.*) \|$", re.M)
PATH = re.compile(
    r"`((?:documents|workflows|search|site|tests|docs|deploy)/[\w./-]+|SECURITY\.md|pyproject\.toml)`"
)
COUNT = re.compile(
    r"Of (\d+) requirements of levels 1 and 2, (\d+) apply\. (\d+) are met, (\d+) are open: (\d+\.\d) %\."
)
ALL = 253
"""Requirements of levels 1 and 2 in version 5.0.0."""


def test_every_requirement_has_its_evidence() -> None:
    text = (ROOT / "docs/security/asvs.md").read_text()
    rows = ROW.findall(text)
    assert len(rows) == ALL == len({number for number, *_ in rows})
    missing = [
        f"{number} {path}"
        for number, _, _, why in rows
        for path in PATH.findall(why)
        if not (ROOT / path).exists()
    ]
    assert missing == []
    assert [number for number, _, state, why in rows if state == "open" and not why.strip()] == []
    count = Counter(state for _, _, state, _ in rows)
    applies = count["met"] + count["open"]
    said = COUNT.search(text)
    assert said is not None
    assert said.groups() == (
        str(ALL), str(applies), str(count["met"]), str(count["open"]), f"{100 * count['met'] / applies:.1f}"
    )  # fmt: skip
