"""The approval record: made of a real review, checked offline, every changed byte found."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone, translation

from documents.actions import record_corrigendum
from documents.actions.adopt_edition import adopt_edition
from documents.models import Edition, Section
from people.models import User
from tests.support.factories import narrow
from tests.support.records import exports, fits, run, sign_for
from tests.support.reviews import Cast, act, client_of
from workflows.actions.remind import extend_deadline
from workflows.models import Review
from workflows.record.build import build, build_shown
from workflows.record.cli import verify
from workflows.record.format import SCHEMA, NoRecord, as_bytes
from workflows.record.pdf import as_data
from workflows.record.verify import problems

ROOT = Path(__file__).resolve().parents[3]


def test_why_a_deadline_was_moved_stands_in_it_and_only_where_it_was(cast: Cast, review: Review) -> None:
    stage = review.stages.get(order=1)
    extend_deadline(
        cast.coordinator, stage, timezone.localdate() + timedelta(days=60), "=The summer holidays."
    )
    for who in (cast.goran, cast.biljana, cast.teuta):
        sign_for(cast, review, who)
    adopt_edition(cast.coordinator, review.edition, [act()], date(2026, 1, 20))
    edition = Edition.objects.select_related("instrument").get(pk=cast.edition.pk)
    record = build(edition)
    schema = json.loads((ROOT / "docs" / "approval-record.schema.json").read_text())
    fits(record, schema, schema)
    moved, other = record["rounds"][0]["stages"][:2]
    assert moved["moved_reason"] == "=The summer holidays." and "moved_reason" not in other
    assert list(problems(as_bytes(record), exports(edition))) == []
    shown = as_data(edition, record)["rounds"][0]["stages"]
    assert ("Deadline extended", "=The summer holidays.") in shown[0]["facts"]
    assert "Deadline extended" not in str(shown[1:])
    moved["moved_reason"] = "Nobody was in a hurry."
    assert "the record was changed: its hash is another one" in list(problems(as_bytes(record)))
    # Whoever may not read the text reads no reason of its review.
    client = client_of(cast.outsider)
    narrow("tlp_red", edition.instrument_id)
    assert client.get(f"/en/review/{review.pk}/record.json").status_code == 404


def test_it_is_the_same_in_every_language_of_the_page(adopted: Edition) -> None:
    """The names of its stages and institutions are English in the file, and the reader's own on paper; the
    hash is one."""
    made, shown = set(), []
    for language in ("en", "mk", "sq", "sr-latn", "sr-cyrl"):
        with translation.override(language):
            made.add(as_bytes(build(adopted)))
            shown.append(build_shown(adopted))
    assert len(made) == 1 and {one["sha256"] for one in shown} == {build(adopted)["sha256"]}
    names = {one["rounds"][0]["stages"][-1]["name"] for one in shown}
    assert len(names) > 1


def test_a_record_and_its_texts_hold(adopted: Edition, tmp_path: Path) -> None:
    record = as_bytes(build(adopted))
    assert list(problems(record, exports(adopted))) == []
    assert as_bytes(build(adopted)) == record
    code, said, wrong = run(tmp_path, record, *exports(adopted))
    assert (code, wrong) == (0, "") and "holds" in said and "Not hashed" not in said
    code, said, _ = run(tmp_path, record)
    assert code == 0 and "Not hashed" in said
    known = json.loads(record)
    assert [one["state"] for one in known["rounds"]] == ["voided", "done"]
    assert len(known["acts"]) == 2 and known["audit"]["sha256"]
    # On paper a round says how it ended, as its page does.
    assert ("State", "Reopened") in as_data(adopted, known)["rounds"][0]["facts"]


def test_the_command_needs_no_site(adopted: Edition, tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_bytes(as_bytes(build(adopted)))
    done = subprocess.run(
        [sys.executable, "-m", "config.cli", "verify", str(path)],
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT}/site:{ROOT}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "holds" in done.stdout


def test_every_changed_byte_is_found(adopted: Edition) -> None:
    record = as_bytes(build(adopted))
    chance = random.Random(7)
    for place in [0, len(record) - 1, *chance.sample(range(len(record)), 150)]:
        changed = bytearray(record)
        changed[place] ^= 1
        try:
            found = list(problems(bytes(changed)))
        except NoRecord:
            continue
        assert found, (place, record[place - 20 : place + 20])
    for longer in (record + b" ", b" " + record, json.dumps(json.loads(record), indent=1).encode()):
        assert list(problems(longer))


def test_a_changed_text_is_found(adopted: Edition, tmp_path: Path) -> None:
    record = as_bytes(build(adopted))
    mk, en = exports(adopted)
    for changed in (mk.replace("мирно".encode(), "тивко".encode()), en.replace(b"danger", b"hazard")):
        assert changed not in (mk, en)
        code, _, wrong = run(tmp_path, record, changed)
        assert (code == 1 and "is not" in wrong) or "another one" in wrong
    code, _, wrong = run(tmp_path, record, mk.replace(b'"number": 1', b'"number": 2', 1))
    assert code == 1 and "another document or edition" in wrong


def test_what_a_file_says_beside_its_text_is_held_against_the_record(
    adopted: Edition, tmp_path: Path
) -> None:
    """Above all what is read: the text with its corrigenda."""
    slip = record_corrigendum.propose_corrigendum(
        User.objects.get(email="marija@example.org"),
        adopted,
        UUID(str(Section.objects.filter(edition=adopted).order_by("position")[0].uid)),
        "mk",
        "24 часа",
        "48 часа",
        "Slip.",
    )
    record_corrigendum.record(
        User.objects.get(email="elena@example.org"),
        slip,
        [act(number="7", date=date(2026, 2, 2))],
        date(2026, 2, 3),
    )
    record, mk = as_bytes(build(adopted)), exports(adopted)[0]
    assert run(tmp_path, record, mk)[0] == 0

    def forged(change: Any) -> str:
        export = json.loads(mk)
        change(export)
        code, _, wrong = run(tmp_path, record, json.dumps(export).encode())
        assert code == 1
        return wrong

    assert "what it gives as corrected" in forged(lambda e: e["corrected"].clear())
    for body in json.loads(mk)["corrected"]:
        assert "what it gives as corrected" in forged(
            lambda e, uid=body: e["corrected"][uid].update(blocks=[])
        )
    assert "its corrigenda are not" in forged(lambda e: e["corrigenda"].clear())
    assert "its corrigenda are not" in forged(lambda e: e["corrigenda"][0].update(words="96 часа"))
    assert "its acts are not" in forged(lambda e: e["acts"].pop())
    assert "its acts are not" in forged(lambda e: e["acts"][0].update(number="1/1999"))
    assert "a hash that it names" in forged(lambda e: e.update(version_sha256="0" * 64))
    assert "a hash that it names" in forged(lambda e: e["edition"].update(sha256="0" * 64))
    assert "does not know" in forged(lambda e: e["versions"][0].update(sha256="0" * 64))
    twice = b'{"version": {},' + mk.lstrip()[1:]
    code, _, wrong = run(tmp_path, record, twice)
    assert code == 2 and "says one thing twice" in wrong


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[]", b"{}", b'{"schema":"kodeks-approval/1"}', b"[" * 100_000, b'{"schema":"other"}'],
)
def test_what_is_no_record_is_told(tmp_path: Path, data: bytes) -> None:
    assert run(tmp_path, data)[0] == 2
    assert verify([str(tmp_path / "nowhere")], io.StringIO(), io.StringIO(), io.StringIO()) == 2
    assert verify([], io.StringIO(), io.StringIO(), io.StringIO()) == 2


def test_it_fits_the_published_schema(adopted: Edition) -> None:
    schema = json.loads((ROOT / "docs" / "approval-record.schema.json").read_text())
    record = build(adopted)
    assert schema["properties"]["schema"]["const"] == SCHEMA == record["schema"]
    fits(record, schema, schema)


def test_the_pdf_tells_moments_by_the_clock_of_the_country(adopted: Edition) -> None:
    record = build(adopted)
    record["rounds"][0]["manifest"]["made"] = "2026-11-29T23:21:00+00:00"
    facts = as_data(adopted, record)["rounds"][0]["facts"]
    assert ("Submitted by", "Elena, 30 November 2026, 00:21 (UTC+01:00)") in facts
