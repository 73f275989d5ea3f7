"""Each hostile file is read or refused with a reason within 10 seconds of processor time and 300 MB, by the command
itself; by the clock its own limits end it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from documents.docx.file.refusal import RefusalCode
from tests.bench.hostile import CASES

MEASURE = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
took = used.ru_utime + used.ru_stime
print(json.dumps([done.returncode, used.ru_maxrss // 1024, took, len(done.stdout), done.stderr.decode()[-400:]]))
"""
COMMANDS = {
    "read": ["read", "{}", "--json"],
    "accept": ["accept", "{}", "-o", "-"],
    "redline": ["redline", "{}", "{}", "-o", "-"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_file_is_read_or_refused(command: str, tmp_path: Path) -> None:
    slowest, hungriest = (0.0, ""), (0, "")
    path = tmp_path / "hostile.docx"
    for name, make in CASES.items():
        path.write_bytes(make())
        kodeks = [sys.executable, "-m", "config.cli", *(part.format(path) for part in COMMANDS[command])]
        done = subprocess.run([sys.executable, "-c", MEASURE, *kodeks], capture_output=True, check=True)
        code, megabytes, took, size, said = json.loads(done.stdout)
        slowest, hungriest = max(slowest, (took, name)), max(hungriest, (megabytes, name))
        assert code in (0, 1), (name, said)
        if code == 1:
            assert any(f"({reason})" in said for reason in RefusalCode), (name, said)
        else:
            assert size, name
        assert megabytes < 300, (name, megabytes)
        assert took < 10, (name, took)
    print(f"{command} of {len(CASES)} hostile files: slowest {slowest}, hungriest {hungriest}")
