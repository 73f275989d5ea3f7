"""Typst draws materials in a process of its own, many in one go: its fonts are read once.

The parent lays the templates, the logos and the jobs into a folder; the child writes the files there and
nowhere else. Texts reach the templates as plain strings.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).resolve().parent / "typst"
ROOT = TEMPLATES.parents[2]
FONTS = (TEMPLATES / "fonts", ROOT / "documents" / "exports" / "fonts")
MB = 1024 * 1024
MEMORY, OUTPUT = 4096 * MB, 60 * MB
TOO_LONG = re.compile(r"too long: ([a-z ]+)")
LEFT_OUT = {"lead": ("lead", "short_lead"), "hours": ("hours", "")}
"""What may be shorter where it does not fit: the field, and the field that stands in for it."""


@dataclass(frozen=True)
class Job:
    """``data``: what the template reads (materials.sheet); ``thumb_ppi``: of the small picture."""

    size: str
    data: Mapping[str, Any]
    picture: bool
    thumb_ppi: int


@dataclass(frozen=True)
class Drawn:
    """``left_out``: the points and texts for which there was no room. ``problem``: the text that is too
    long, or what Typst says; then there is no file."""

    file: bytes = b""
    thumb: bytes = b""
    left_out: tuple[str, ...] = ()
    accessible: bool = False
    problem: str = ""


@cache
def template_version() -> str:
    """Changes with any template or font."""
    digest = hashlib.sha256()
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in (".typ", ".ttf"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def draw(jobs: Sequence[Job], logos: Mapping[str, bytes] | None = None, seconds: int = 120) -> list[Drawn]:
    """The file of each job, in order. ``logos``: PNG files by the path that the data names."""
    with tempfile.TemporaryDirectory(prefix="kodeks-materials-") as name:
        folder = Path(name)
        for path in TEMPLATES.glob("*.typ"):
            shutil.copyfile(path, folder / path.name)
        for path_name, content in (logos or {}).items():
            (folder / Path(path_name).name).write_bytes(content)
        plain = [[job.size, job.data, job.picture, job.thumb_ppi] for job in jobs]
        (folder / "jobs.json").write_text(json.dumps(plain, ensure_ascii=False), "utf-8")
        problem = ""
        try:
            done = subprocess.run(  # noqa: S603 (our own interpreter and module, no shell)
                [sys.executable, "-m", "materials.typesetting", name, str(seconds)],
                capture_output=True,
                timeout=seconds + 5,
                cwd=ROOT,
                env={"PYTHONPATH": f"{ROOT}:{ROOT / 'site'}", "LC_ALL": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                check=False,
            )
            problem = done.stderr.decode("utf-8", "replace")[-500:]
        except subprocess.TimeoutExpired:
            problem = f"not done after {seconds} seconds"
        return [_drawn(folder, number, problem) for number in range(len(jobs))]


def _drawn(folder: Path, number: int, problem: str) -> Drawn:
    told = folder / f"{number}.json"
    if not told.exists():
        return Drawn(problem=problem or "the process ended")
    found = json.loads(told.read_text("utf-8"))
    if found["problem"]:
        return Drawn(problem=found["problem"])
    file, thumb = (folder / f"{number}.{ending}" for ending in ("file", "webp"))
    return Drawn(file.read_bytes(), thumb.read_bytes(), tuple(found["left_out"]), found["accessible"])


def main(folder: str, seconds: str) -> int:
    """The child's side."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    root = Path(folder)
    for number, job in enumerate(json.loads((root / "jobs.json").read_text("utf-8"))):
        told = _draw_one(root, number, *job)
        (root / f"{number}.json").write_text(json.dumps(told), "utf-8")
    return 0


def _draw_one(
    root: Path, number: int, size: str, data: dict[str, Any], picture: bool, thumb_ppi: int
) -> dict[str, Any]:
    """Draws; a text for which there is no room is replaced by its shorter one, once each."""
    left_out: list[str] = []
    accessible = not picture
    while True:
        try:
            points = _write(root, number, size, data, picture, accessible, thumb_ppi)
        except Exception as error:  # typst raises RuntimeError, and TypstError in newer versions
            found = TOO_LONG.search(str(error))
            name = found[1] if found else ""
            if name in LEFT_OUT and name not in left_out:
                field, shorter = LEFT_OUT[name]
                data, left_out = data | {field: data.get(shorter, "")}, [*left_out, name]
            elif not found and accessible:
                accessible = False
            else:
                return {"problem": name or str(error)[-500:]}
            continue
        left_out += ["points"] * points
        return {"problem": "", "left_out": left_out, "accessible": accessible}


def _write(
    root: Path, number: int, size: str, data: dict[str, Any], picture: bool, accessible: bool, thumb_ppi: int
) -> int:
    """Writes the file and its small picture; how many points were left out."""
    import typst
    from PIL import Image

    compiler = typst.Compiler(
        input=str(root / f"{size}.typ"),
        root=str(root),
        font_paths=[str(path) for path in FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if picture:
        file: Any = compiler.compile(format="png", ppi=72)
    else:
        standards: dict[str, Any] = {"pdf_standards": ["ua-1"]} if accessible else {}
        file = compiler.compile(format="pdf", timestamp=data["timestamp"], **standards)
    (root / f"{number}.file").write_bytes(file)
    small: Any = compiler.compile(format="png", ppi=thumb_ppi * 1.0)
    first = small if isinstance(small, bytes) else small[0]
    with Image.open(io.BytesIO(first)) as image:
        image.convert("RGB").save(root / f"{number}.webp", "WEBP", quality=72, method=4)
    return sum(json.loads(compiler.query("<left-out>", field="value")))


if __name__ == "__main__":
    os.umask(0o077)
    raise SystemExit(main(sys.argv[1], sys.argv[2]))
