"""The "signed paper" of a demonstration's act: one page that says that it is a demonstration."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import typst


def signed_act(body: str, number: str, on: date, title: str) -> bytes:
    """A PDF of one page."""
    lines = [body, f"{number}, {on:%d.%m.%Y}", title, "DEMONSTRATION - NOT AN OFFICIAL DOCUMENT"]
    inputs = {f"line{index}": line for index, line in enumerate(lines)}
    source = "#set page(margin: 4cm)\n" + "\n".join(
        f"#par(sys.inputs.line{index})" for index in range(len(lines))
    )
    with tempfile.TemporaryDirectory(prefix="kodeks-act-") as folder:
        path = Path(folder) / "act.typ"
        path.write_text(source, "utf-8")
        return typst.compile(path, sys_inputs=inputs)
