"""The theme and the list of fonts, which Word's rules ask every file to have."""

from __future__ import annotations

from documents.word.markup import WORD_TYPE, Parts, Relations, e, xml_bytes
from documents.word.ns import A
from documents.word.write.styles import ACCENT, FONT, INK

COLOURS = (
    ("dk1", INK), ("lt1", "FFFFFF"), ("dk2", ACCENT), ("lt2", "EEF3F9"), ("accent1", ACCENT), ("accent2",
    "0B57A4"),
    ("accent3", "2E7D32"), ("accent4", "C77700"), ("accent5", "B00020"), ("accent6", "595959"),
    ("hlink", "0B57A4"), ("folHlink", "5B3A8C"),
)  # fmt: skip


def add_theme(parts: Parts, relations: Relations) -> None:
    """Adds both parts and their relationships to the text."""
    relations.add("theme", "theme/theme1.xml")
    relations.add("fontTable", "fontTable.xml")
    fonts = e(
        "fonts",
        e("font", e("charset", val="00"), e("family", val="swiss"), e("pitch", val="variable"), name=FONT),
    )
    parts.add("word/fontTable.xml", xml_bytes(fonts), WORD_TYPE + "fontTable+xml")
    parts.add("word/theme/theme1.xml", _theme(), "application/vnd.openxmlformats-officedocument.theme+xml")


def _theme() -> bytes:
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in COLOURS)
    face = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<a:theme xmlns:a="{A}" name="Kodeks"><a:themeElements><a:clrScheme '
        f'name="Kodeks">{colours}</a:clrScheme>'
        f"<a:fontScheme "
        f'name="Kodeks"><a:majorFont>{face}</a:majorFont><a:minorFont>{face}</a:minorFont></a:fontScheme>'
        f"<a:fmtScheme "
        f'name="Kodeks"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>'
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    ).encode()
