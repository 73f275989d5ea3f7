"""On paper nothing can be scrolled: whatever stands in a table is on the page."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.services import poppler
from tests.support.services.missing import provide

ROOT = Path(__file__).parents[4]
THEME = ROOT / "site" / "theme" / "static" / "theme"
TABLES = {
    "many words": [[f"слово{n}а реч{n}б " * 4 + f"крај{n}" for n in range(5)]] * 3,
    "long words": [[f"{n}поединачноорганизовање{n}последње" for n in range(6)]] * 2,
    "an address": [["први", "https://example.org/" + "dugo/" * 40 + "kraj", "реч " * 20, "последњи"]] * 2,
    "many columns": [[f"колона{n} министарство{n}" for n in range(14)]] * 2,
}


def table(rows):
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="tablewrap"><table class="tbl"><tbody>{lines}</tbody></table></div>'


def letters(text):
    return re.sub(r"[^\w/.:]", "", text)


def page_of(styles, inside):
    css = "".join(path.read_text() for path in styles)
    return (
        f'<!doctype html><html lang="sr"><meta '
        f'charset="utf-8"><style>{css}</style><body>{inside}</body></html>'
    )


AROUND = {
    "inline": (
        "base components compare",
        '<main class="wrap"><article class="chg"><div class="body">{}</div></article></main>',
    ),
    "side": (
        "base components compare",
        '<main class="wrap"><article class="chg"><div class="two"><div class="l">{0}</div><div '
        'class="r">{0}</div></div></article></main>',
    ),
    "reading": (
        "base components reading",
        '<main class="wrap cols"><article class="text">{}</article></main>',
    ),
    "file": ("", '<main class="page">{}</main>'),
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("landscape", [False, True], ids=["upright", "landscape"])
def test_every_letter_of_a_table_is_printed(new_page, tmp_path, around, name, landscape):
    sheets, frame = AROUND[around]
    styles = [THEME / f"{sheet}.css" for sheet in sheets.split()]
    styles = styles or [ROOT / "documents" / "exports" / "web_page.css"]
    page = new_page()
    page.set_content(page_of(styles, frame.format(table(TABLES[name]))))
    path = tmp_path / "printed.pdf"
    page.pdf(path=path, format="A4", landscape=landscape)
    printed = subprocess.run(
        [provide(poppler.find), "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    (width,) = {float(one) for one in re.findall(r'page width="([\d.]+)"', printed)}
    words = re.findall(
        r'<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">([^<]*)', printed
    )
    assert all(float(left) >= 0 and float(right) <= width for left, right, _ in words)
    times = 2 if around == "side" else 1
    want = sorted(letters("".join(cell for row in TABLES[name] for cell in row)) * times)
    assert sorted(letters("".join(word for *_, word in words))) == want
