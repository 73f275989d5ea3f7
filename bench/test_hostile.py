"""Each hostile file is read or refused with a reason within 10 seconds and 300 MB, by the command itself.

``KODEKS_BENCH_STRICT``: 10 seconds by the clock; without it of the processor, for a machine that does other
things too. Both are told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.hostile import CASES
from documents.word.file.refusal import RefusalCode

MEASURE = """
import json, resource, subprocess, sys, time
began = time.monotonic()
done = subprocess.run(sys.argv[1:], capture_output=True)
clock = time.monotonic() - began
used = resource.getrusage(resource.RUSAGE_CHILDREN)
took = used.ru_utime + used.ru_stime
print(json.dumps([done.returncode, used.ru_maxrss // 1024, clock, took, len(done.stdout), done.stderr.decode()[-400:]]))
"""
COMMANDS = {
    "read": ["read", "{}", "--json"],
    "accept": ["accept", "{}", "-o", "-"],
    "redline": ["redline", "{}", "{}", "-o", "-"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_file_is_read_or_refused(command: str, tmp_path: Path) -> None:
    strict = bool(os.environ.get("KODEKS_BENCH_STRICT"))
    slowest, busiest, hungriest = (0.0, ""), (0.0, ""), (0, "")
    path = tmp_path / "hostile.docx"
    for name, make in CASES.items():
        path.write_bytes(make())
        kodeks = [sys.executable, "-m", "config.cli", *(part.format(path) for part in COMMANDS[command])]
        done = subprocess.run([sys.executable, "-c", MEASURE, *kodeks], capture_output=True, check=True)
        code, megabytes, clock, took, size, said = json.loads(done.stdout)
        slowest, busiest = max(slowest, (clock, name)), max(busiest, (took, name))
        hungriest = max(hungriest, (megabytes, name))
        assert code in (0, 1), (name, said)
        if code == 1:
            assert any(f"({reason})" in said for reason in RefusalCode), (name, said)
        else:
            assert size, name
        assert megabytes < 300, (name, megabytes)
        assert (clock if strict else took) < 10, (name, clock, took)
    print(
        f"{command} of {len(CASES)} hostile files: by the clock {slowest}, of the processor {busiest}, "
        f"memory {hungriest}"
    )
