"""Cuts the fonts of posters that the PDF files of documents do not have out of the OFL packages.

    cd /tmp/fonts && npm pack @fontsource-variable/vazirmatn @fontsource-variable/noto-sans-bengali
    for file in *.tgz; do mkdir -p x/${file%.tgz} && tar xzf $file -C x/${file%.tgz}; done
    pip download --no-deps fontpkg-source-sans-3 -d /tmp/fonts && unzip -qo /tmp/fonts/*.whl -d /tmp/fonts/x
    python site/materials/typst/fonts/cut_fonts.py /tmp/fonts/x

Vazirmatn has the letters of Arabic, Persian, Dari, Pashto and Urdu. Latin and Cyrillic come from
documents/exports/fonts; only the heaviest weight is added. Needs fontTools with brotli (the ``dev`` group).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from documents.exports.fonts.cut_fonts import ARABIC, EUROPEAN, cut

HERE = Path(__file__).resolve().parent
BENGALI = [0x20, 0xA0, 0x964, 0x965, *range(0x980, 0xA00), 0x200C, 0x200D, 0x20B9, 0x25CC]
VAZIRMATN, NOTO = "vazirmatn-arabic-wght-normal.woff2", "noto-sans-bengali-bengali-wght-normal.woff2"
CUTS = [
    ("sans-black.ttf", "Kodeks Sans", "Black", "SourceSans3[wght].ttf", 900, EUROPEAN),
    *(
        (f"{name}-{style.lower()}.ttf", family, style, source, weight, letters)
        for name, family, source, letters in (
            ("naskh", "Kodeks Naskh", VAZIRMATN, ARABIC),
            ("bengali", "Kodeks Bengali", NOTO, BENGALI),
        )
        for style, weight in (("Regular", 400), ("Bold", 700), ("Black", 900))
    ),
]


def main(packages: Path) -> None:
    for target, family, style, source, weight, letters in CUTS:
        found = next(path for path in packages.rglob("*") if path.name == source)
        cut(found, HERE / target, family, style, {"wght": float(weight)}, letters)
        licence = found.parent.parent / "LICENSE"
        shutil.copyfile(licence, HERE / f"OFL-{family.partition(' ')[2].lower()}.txt")
        print(f"{target}: {(HERE / target).stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
