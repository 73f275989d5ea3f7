"""Cuts the fonts of the PDF files out of the OFL packages.

    pip download --no-deps fontpkg-source-serif-4 fontpkg-source-sans-3 fontpkg-noto-sans-arabic -d /tmp/fonts
    for file in /tmp/fonts/*.whl; do unzip -qo $file -d /tmp/fonts/x; done
    python -m documents.exports.fonts.cut_fonts /tmp/fonts/x

Typst takes plain TrueType files and no variable axes, so each weight is a file. It contains the letters of
our Latin and Cyrillic alphabets and their neighbours, with the Serbian and Macedonian forms (``locl``).
Arabic is there for names and numbers quoted in a text. Its letters become single glyphs
(``whole_letters.py``). Needs fontTools (the ``dev`` group).
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from documents.exports.fonts.whole_letters import make_letters_whole

COPIED_NAMES = {0, 5, 7, 8, 9, 11, 12, 13, 14}
"""Copyright, version, trademark, makers, addresses, licence: everything but what names the family."""
HERE = Path(__file__).resolve().parent
EUROPEAN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x18F, 0x190),
    *range(0x218, 0x21C),
    *range(0x2C6, 0x2DE),
    *range(0x300, 0x310),
    *range(0x370, 0x3CF),
    *range(0x400, 0x460),
    *range(0x2010, 0x2028),
    *range(0x2030, 0x203B),
    *range(0x2070, 0x20C0),
    *range(0x2100, 0x2190),
    *range(0x2190, 0x21AF),
    *range(0x2200, 0x2270),
    *range(0x25A0, 0x2600),
    0x2610,
    0x2611,
    0x2612,
    0x2713,
]
ARABIC = [*range(0x600, 0x700), *range(0x750, 0x780), *range(0x200C, 0x2010), 0x20, 0xA0]

# The licence reserves the name "Source" to the originals: what is cut out of them goes by a name of ours.
CUTS: list[tuple[str, str, str, str, dict[str, float], list[int]]] = [
    (
        "serif-regular.ttf",
        "Kodeks Serif",
        "Regular",
        "SourceSerif4[opsz,wght].ttf",
        {"opsz": 12, "wght": 400},
        EUROPEAN,
    ),
    (
        "serif-bold.ttf",
        "Kodeks Serif",
        "Bold",
        "SourceSerif4[opsz,wght].ttf",
        {"opsz": 12, "wght": 700},
        EUROPEAN,
    ),
    (
        "serif-italic.ttf",
        "Kodeks Serif",
        "Italic",
        "SourceSerif4-Italic[opsz,wght].ttf",
        {"opsz": 12, "wght": 400},
        EUROPEAN,
    ),
    (
        "serif-bold-italic.ttf",
        "Kodeks Serif",
        "Bold Italic",
        "SourceSerif4-Italic[opsz,wght].ttf",
        {"opsz": 12, "wght": 700},
        EUROPEAN,
    ),
    ("sans-regular.ttf", "Kodeks Sans", "Regular", "SourceSans3[wght].ttf", {"wght": 400}, EUROPEAN),
    ("sans-bold.ttf", "Kodeks Sans", "Bold", "SourceSans3[wght].ttf", {"wght": 700}, EUROPEAN),
    (
        "arabic-regular.ttf",
        "Kodeks Arabic",
        "Regular",
        "NotoSansArabic[wdth,wght].ttf",
        {"wdth": 100, "wght": 400},
        ARABIC,
    ),
]


def cut(
    source: Path, target: Path, family: str, style: str, axes: dict[str, float], letters: list[int]
) -> None:
    """One weight of ``source`` with the given letters, as a plain TrueType file under the name ``family``."""
    font = instantiateVariableFont(TTFont(source), axes)
    options = Options()
    options.layout_features = [*options.layout_features, "locl", "lnum", "tnum", "sups"]
    options.name_IDs = ["*"]  # the licence and the author stay inside the file
    options.notdef_outline = True
    options.hinting = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    if letters is ARABIC:
        make_letters_whole(font)
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in COPIED_NAMES]
    plain = f"{family}-{style}".replace(" ", "")
    for number, text in ((1, family), (2, style), (3, plain), (4, f"{family} {style}"), (6, plain)):
        names.setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = int(axes["wght"])
    font.flavor = None
    font.save(target)


def main(packages: Path) -> None:
    for name, family, style, source, axes, letters in CUTS:
        found = next(path for path in packages.rglob("*.ttf") if path.name == source)
        cut(found, HERE / name, family, style, axes, letters)
        licence = (found.parent.parent / "LICENSE").read_text("utf-8")
        (HERE / f"OFL-{found.parent.parent.name.removeprefix('fontpkg_')}.txt").write_text(licence, "utf-8")
        print(f"{name}: {(HERE / name).stat().st_size // 1024} KB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
