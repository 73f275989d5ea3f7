"""Posters in sixteen languages for six countries in three sizes: time, QR codes, PDF/UA.

The goal is 90 seconds and every code read. With KODEKS_VERAPDF, a folder with the libraries of veraPDF
(Maven's org.verapdf:validation-model and what it needs), each PDF is checked with it, too; else only whether
Typst made it as PDF/UA-1.
"""

from __future__ import annotations

import io
import os
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from django.core.files.storage import default_storage
from django.test import override_settings
from PIL import Image

from materials.actions.make import make_waiting
from materials.actions.mark_stale import mark_stale
from materials.actions.order import order
from materials.choices import Size
from materials.models import Material
from public.demo import load_campaigns, load_situations
from public.models import CampaignPage, Hotline
from tests.support.public.fixtures import make_countries

SIZES = (Size.POSTER_A4, Size.CARD, Size.SHARE_WIDE)
CHECKER = Path(__file__).with_name("VeraPdf.java")
DOTS = 150


def scanned(row: Material, folder: Path) -> set[str]:
    """The texts of the codes on its pages, as a telephone's camera finds them."""
    source = folder / f"{row.code}.pdf"
    source.write_bytes(stored(row))
    subprocess.run(["pdftoppm", "-r", str(DOTS), "-png", source, folder / row.code], check=True)
    found: set[str] = set()
    for page in folder.glob(f"{row.code}-*.png"):
        with Image.open(page) as image:
            found |= {code.text for code in zxingcpp.read_barcodes(image)}
        page.unlink()
    return found


def processor() -> float:
    """Seconds of this process and of those that it started."""
    return sum(os.times()[:4])


def stored(row: Material) -> bytes:
    with default_storage.open(row.file, "rb") as stream:
        return bytes(stream.read())


@pytest.mark.django_db
def test_posters_of_all_languages_and_countries(tmp_path: Path) -> None:
    make_countries()
    load_campaigns()
    load_situations()
    pages = list(CampaignPage.published().filter(situation="work"))
    languages = [page.tag for page in pages]
    countries = sorted(set(Hotline.objects.filter(kind="helpline").values_list("country", flat=True)))
    with override_settings(PUBLIC_BASE_URL="https://kodeks.example"):
        start, before = time.perf_counter(), processor()
        done = order(
            None,
            pages[0].translation_key,
            languages=languages,
            countries=countries,
            sizes=SIZES,
            publish=True,
        )
        while make_waiting():
            pass
        took, used = time.perf_counter() - start, processor() - before
        start = time.perf_counter()
        assert mark_stale() == 0
        looked = time.perf_counter() - start
    rows = list(Material.objects.all())
    states = Counter(row.state for row in rows)
    left_out = Counter(note for row in rows for note in row.left_out)
    print(
        f"{len(rows)} files ({len(languages)} languages, {len(countries)} countries): {took:.1f} s by the clock, "
        f"{used:.1f} s of the processor; states {dict(states)}; left out {dict(left_out)}; looked through for changes in {looked:.2f} s; "
        f"{sum(row.bytes for row in rows) / 1e6:.1f} MB"
    )
    assert len(done.waiting) == len(languages) * len(countries) * len(SIZES)
    assert states == {"made": len(rows)}
    assert used <= 90, "on a quiet machine the clock shows no more"

    papers = [row for row in rows if row.format.ending == "pdf"]
    unread = [
        row.code for row in papers if scanned(row, tmp_path) != {f"https://kodeks.example/m/{row.code}/"}
    ]
    print(f"codes read: {len(papers) - len(unread)} of {len(papers)} files with one")
    assert not unread
    assert all(row.accessible for row in papers)
    for row in rows:
        if row.format.ending == "png":
            with Image.open(io.BytesIO(stored(row))) as image:
                assert image.size == (1200, 630)
    print(vera(papers, tmp_path))


def vera(papers: list[Material], folder: Path) -> str:
    """What veraPDF says, where it is there."""
    libraries: Any = os.environ.get("KODEKS_VERAPDF")
    if not libraries:
        return f"veraPDF is not there; Typst made {len(papers)} files as PDF/UA-1"
    files = [folder / f"{row.code}.pdf" for row in papers]
    done = subprocess.run(
        ["java", "-cp", f"{libraries}/*", CHECKER, *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return f"veraPDF: {done.stdout.strip()}"
