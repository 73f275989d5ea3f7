"""Votes at one moment, on a real PostgreSQL: each counts or is told, and the stage ends once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.services.postgres import Postgres

ROOT = Path(__file__).resolve().parents[2]


def test_votes_at_one_moment(postgres_cluster: Postgres) -> None:
    env = {
        **os.environ,
        "KODEKS_TEST_DATABASE_URL": postgres_cluster.new_database("kodeks_votes"),
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.workflows.votes_at_once"],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    came = json.loads(done.stdout.strip().splitlines()[-1])
    assert came["many"] == ["kept"] * 20 and came["votes"] == 20
    assert came["asked_once"] == 1
    assert came["two"] == ["answered", "kept"] and came["legal_votes"] == 1
    assert came["outcomes"] == ["passed", "passed", ""] and came["passed_mails"] == 1
