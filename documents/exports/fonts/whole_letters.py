"""Gives a font that composes Arabic letters from a body and dots a glyph for each letter.

Typst names the letter at every glyph that draws it, so text copied out of a PDF had it twice. At the end of
shaping the body and the dots of the joined letters become one glyph. It looks the same and represents one
letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from fontTools.otlLib.builder import buildLigatureSubstSubtable, buildLookup
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

Pair = tuple[str, str]
Point = tuple[int, int]

SINGLE, MULTIPLE = 1, 2
PAIRS, MARK_TO_BASE, MARK_TO_MARK = 2, 4, 6


def make_letters_whole(font: TTFont) -> int:
    """Adds the signs to ``font`` (TrueType, with GSUB, GPOS and GDEF); how many came."""
    offsets = {pair: _offset(font, *pair) for pair in sorted(_bodies_with_dots(font))}
    names: dict[Pair, str] = {}
    for (body, dots), offset in offsets.items():
        if offset is not None:
            names[body, dots] = name = _add_sign(font, body, dots, offset)
            _take_marks(font, body, dots, name, offset)
            _kern_alike(font, body, name)
    _sort_coverages(font)
    _join_at_the_end(font, names)
    return len(names)


def _tables(font: TTFont, table: str, kind: int) -> Iterator[Any]:
    for lookup in font[table].table.LookupList.Lookup:
        for sub in lookup.SubTable:
            inner = getattr(sub, "ExtSubTable", sub)
            if inner.LookupType == kind:
                yield inner


def _bodies_with_dots(font: TTFont) -> set[Pair]:
    """What a letter can be drawn with: body and dots, in every form that either takes."""
    forms: dict[str, set[str]] = defaultdict(set)
    parts: set[Pair] = set()
    for table in _tables(font, "GSUB", SINGLE):
        for glyph, other in table.mapping.items():
            forms[glyph].add(other)
    for table in _tables(font, "GSUB", MULTIPLE):
        for glyph, others in table.mapping.items():
            if len(others) == 1:
                forms[glyph].add(others[0])
            else:
                parts.add((others[-2], others[-1]))
    return {
        (body, dots)
        for pair in parts
        for body in _reached(forms, pair[0])
        for dots in _reached(forms, pair[1])
    }


def _reached(forms: dict[str, set[str]], glyph: str) -> set[str]:
    found, left = {glyph}, [glyph]
    while left:
        new = forms.get(left.pop(), set()) - found
        found |= new
        left += new
    return found


def _offset(font: TTFont, body: str, dots: str) -> Point | None:
    """The distance of the dots from where they are drawn. None where the font doesn't set them at that
    body."""
    for table in _tables(font, "GPOS", MARK_TO_BASE):
        if dots in table.MarkCoverage.glyphs and body in table.BaseCoverage.glyphs:
            mark = table.MarkArray.MarkRecord[table.MarkCoverage.glyphs.index(dots)]
            base = table.BaseArray.BaseRecord[table.BaseCoverage.glyphs.index(body)].BaseAnchor[mark.Class]
            if base is not None:
                return (
                    base.XCoordinate - mark.MarkAnchor.XCoordinate,
                    base.YCoordinate - mark.MarkAnchor.YCoordinate,
                )
    return None


def _add_sign(font: TTFont, body: str, dots: str, offset: Point) -> str:
    name = f"{body}.{dots}"
    pen = TTGlyphPen(font.getGlyphSet())
    pen.addComponent(body, (1, 0, 0, 1, 0, 0))
    pen.addComponent(dots, (1, 0, 0, 1, *offset))
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    glyph = pen.glyph()
    font["glyf"][name] = glyph
    glyph.recalcBounds(font["glyf"])
    width, _ = font["hmtx"][body]
    font["hmtx"][name] = (width, glyph.xMin)
    font["GDEF"].table.GlyphClassDef.classDefs[name] = 1
    return name


def _take_marks(font: TTFont, body: str, dots: str, name: str, offset: Point) -> None:
    """Where further marks go: above or below the dots where they went there, else at the body."""
    for table in _tables(font, "GPOS", MARK_TO_BASE):
        if body not in table.BaseCoverage.glyphs:
            continue
        record = deepcopy(table.BaseArray.BaseRecord[table.BaseCoverage.glyphs.index(body)])
        for at, mark in enumerate(_one_of_each(table)):
            above = _at_dots(font, mark, dots) if mark else None
            if above is not None and record.BaseAnchor[at] is not None:
                record.BaseAnchor[at].XCoordinate = above[0] + offset[0]
                record.BaseAnchor[at].YCoordinate = above[1] + offset[1]
        table.BaseCoverage.glyphs.append(name)
        table.BaseArray.BaseRecord.append(record)
        table.BaseArray.BaseCount = len(table.BaseArray.BaseRecord)


def _one_of_each(table: Any) -> list[str]:
    """A mark of each class of a table, "" where a class has none."""
    found = [""] * table.ClassCount
    for glyph, record in zip(table.MarkCoverage.glyphs, table.MarkArray.MarkRecord, strict=True):
        found[record.Class] = found[record.Class] or glyph
    return found


def _at_dots(font: TTFont, mark: str, dots: str) -> Point | None:
    for table in _tables(font, "GPOS", MARK_TO_MARK):
        if mark in table.Mark1Coverage.glyphs and dots in table.Mark2Coverage.glyphs:
            kind = table.Mark1Array.MarkRecord[table.Mark1Coverage.glyphs.index(mark)].Class
            anchor = table.Mark2Array.Mark2Record[table.Mark2Coverage.glyphs.index(dots)].Mark2Anchor[kind]
            if anchor is not None:
                return anchor.XCoordinate, anchor.YCoordinate
    return None


def _kern_alike(font: TTFont, body: str, name: str) -> None:
    for table in _tables(font, "GPOS", PAIRS):
        if body in table.Coverage.glyphs:
            table.Coverage.glyphs.append(name)
        for classes in (table.ClassDef1.classDefs, table.ClassDef2.classDefs):
            if body in classes:
                classes[name] = classes[body]


def _sort_coverages(font: TTFont) -> None:
    """A coverage is in the order of the signs; what belongs to each goes along."""
    for table in _tables(font, "GPOS", MARK_TO_BASE):
        records = dict(zip(table.BaseCoverage.glyphs, table.BaseArray.BaseRecord, strict=True))
        table.BaseCoverage.glyphs.sort(key=font.getGlyphID)
        table.BaseArray.BaseRecord = [records[glyph] for glyph in table.BaseCoverage.glyphs]
    for table in _tables(font, "GPOS", PAIRS):
        table.Coverage.glyphs.sort(key=font.getGlyphID)


def _join_at_the_end(font: TTFont, names: dict[Pair, str]) -> None:
    table = font["GSUB"].table
    table.LookupList.Lookup.append(buildLookup([buildLigatureSubstSubtable(names)]))
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    for record in table.FeatureList.FeatureRecord:
        if record.FeatureTag == "rlig":
            record.Feature.LookupListIndex.append(len(table.LookupList.Lookup) - 1)
            record.Feature.LookupCount = len(record.Feature.LookupListIndex)
