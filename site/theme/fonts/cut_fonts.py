"""Cuts the web fonts of Kodeks out of the OFL packages.

    cd /tmp && npm pack @fontsource-variable/source-serif-4 @fontsource-variable/source-sans-3
    for file in *.tgz; do mkdir -p packages && tar xzf $file --one-top-level=packages/${file%.tgz}; done
    python site/theme/fonts/cut_fonts.py /tmp/packages site/theme/static/theme/fonts

Only these two of five families have the Serbian and Macedonian forms of the letters б, г, д, п, т. These
forms are OpenType `locl`, which follows the `lang` attribute, so the layout features stay. Each family
becomes three slices with weights from 400 to 700. They are Latin, the letters that our Latin alphabets and
Turkish add, and Cyrillic. A page downloads only the slices whose letters it shows. fonts.css names the same
ranges. The ready-made "latin-ext" slices cost ten times as much. Needs fontTools with brotli (the `dev`
group).
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

WEIGHTS = (400, 700)


def _codes(ranges: str) -> frozenset[int]:
    """`"20-7E 2212"` as code points."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(found)


LATIN = _codes("20-7E A0-FF 2010-2026 2030 2039-203A 20AC 2190-2193 2212")
LATIN_EXT = _codes("106-107 10C-10D 110-111 11E-11F 130-131 152-153 15A-15B 15E-161 178-17E")
CYRILLIC = _codes("301 400-45F 2116")


@dataclass(frozen=True)
class Slice:
    """One file to make: out of which source, which letters."""

    target: str
    package: str
    source: str
    letters: frozenset[int]


def slices() -> Iterable[Slice]:
    """Every file that fonts.css names."""
    parts = {"latin": LATIN, "latin-ext": LATIN_EXT, "cyrillic": CYRILLIC}
    families = [
        ("sans", "source-sans-3", "normal"),
        ("serif", "source-serif-4", "normal"),
        ("serif", "source-serif-4", "italic"),
    ]
    for short, family, style in families:
        for part, letters in parts.items():
            ending = "-italic" if style == "italic" else ""
            yield Slice(
                f"{short}-{part}{ending}.woff2", family, f"{family}-{part}-wght-{style}.woff2", letters
            )


def cut(source: Path, target: Path, letters: frozenset[int]) -> None:
    """Write the letters of `source` that are in `letters` to `target` as WOFF2, weights limited."""
    font = TTFont(source)
    options = Options()
    options.layout_features = [*options.layout_features, "locl", "lnum", "tnum"]
    options.flavor = "woff2"
    options.name_IDs = ["*"]  # the licence and the author stay inside the file
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    # In this order: limiting the weights first drops the deltas of the space, which the subsetter then
    # misses.
    font = instantiateVariableFont(font, {"wght": WEIGHTS})
    font.flavor = "woff2"
    font.save(target)


def language_systems(font: TTFont) -> set[str]:
    """The language systems in which a font's `locl` feature is, like {"SRB ", "MKD "}."""
    if "GSUB" not in font:
        return set()
    table = font["GSUB"].table
    features = [record.FeatureTag for record in table.FeatureList.FeatureRecord]
    return {
        system.LangSysTag
        for record in table.ScriptList.ScriptRecord
        for system in record.Script.LangSysRecord
        if any(features[index] == "locl" for index in system.LangSys.FeatureIndex)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Cut the web fonts of Kodeks out of the OFL packages.")
    parser.add_argument("packages", type=Path, help="folder with the unpacked npm packages")
    parser.add_argument("target", type=Path, help="folder for the .woff2 files")
    arguments = parser.parse_args()
    arguments.target.mkdir(parents=True, exist_ok=True)
    for one in slices():
        source = next(arguments.packages.rglob(one.source), None)
        if source is None:
            raise SystemExit(
                f"{one.source} is not below {arguments.packages}: unpack the package {one.package} there."
            )
        target = arguments.target / one.target
        cut(source, target, one.letters)
        lost = language_systems(TTFont(source)) - language_systems(TTFont(target))
        if "cyrillic" in one.target and lost:
            raise SystemExit(f"{one.target} has lost the forms of {', '.join(sorted(lost))}.")
        print(f"{one.target}: {target.stat().st_size / 1024:.1f} KB")
        licence = source.parent.parent / "LICENSE"
        shutil.copyfile(licence, arguments.target / f"OFL-{one.package}.txt")


if __name__ == "__main__":
    main()
