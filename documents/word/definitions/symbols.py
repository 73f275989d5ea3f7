"""Letters for the signs of Word's symbol fonts, whose code points say nothing by themselves."""

from __future__ import annotations

# What the region's documents use: bullets, check boxes, arrows, hands, telephones.
WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x2B: "🖃", 0x36: "⌛", 0x3C: "🖫", 0x41: "✌",
    0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■",
    0x6F: "□", 0x70: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x78: "☒", 0x79: "⮹", 0x7A: "⌘", 0x80: "⓪", 0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④", 0x85: "⑤",
    0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★",
    0xD8: "➢", 0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
WINGDINGS_2 = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0x97: "●", 0xA3: "□", 0xA2: "■"}
WINGDINGS_3 = {0x67: "▶", 0x7D: "▶", 0x84: "◀", 0x21: "→"}
SYMBOL = {
    0xB7: "•", 0xA7: "♣", 0xA8: "♦", 0xA9: "♥", 0xAA: "♠", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→",
    0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB9: "≠", 0xA3: "≤", 0xBA: "≡", 0xBB: "≈",
    0xD2: "®", 0xD3: "©", 0xD4: "™", 0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0x2D: "−", 0xA5: "∞", 0xC5: "⊕",
    0xCE: "∈", 0xE5: "∑", 0xD6: "√", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x65: "ε", 0x6D: "μ",
    0x70: "π", 0x73: "σ", 0x77: "ω", 0x44: "Δ", 0x57: "Ω", 0xA2: "′", 0xB2: "″", 0xBC: "…", 0xD7: "⋅",
}  # fmt: skip
FONTS = {
    "wingdings": WINGDINGS,
    "wingdings 2": WINGDINGS_2,
    "wingdings 3": WINGDINGS_3,
    "symbol": SYMBOL,
    "webdings": {0x3D: "●", 0x61: "✓", 0x72: "✗", 0x63: "□", 0x67: "■"},
    "zapfdingbats": {0x6C: "●", 0x6E: "■", 0x71: "❑"},
}


def symbol(code: int, font: str) -> tuple[str, bool]:
    """The letter for a code of a symbol font, and whether one is known (the code itself otherwise)."""
    table = FONTS.get(font.lower().strip())
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if table is not None:
        if low in table:
            return table[low], True
        if font.lower() == "symbol" and 0x20 <= low < 0x7F:
            return chr(low), True
    if 0xF000 <= code <= 0xF0FF:
        return chr(code), False
    if 0x20 <= code < 0x110000 and not 0xD800 <= code <= 0xDFFF and code not in (0xFFFE, 0xFFFF):
        return chr(code), table is None
    return "", False


def bullet(text: str, font: str) -> str:
    """A list's bullet as a letter; signs of unknown fonts become a plain bullet."""
    if text == "o" and font.lower().startswith("courier"):
        return "◦"  # Word's own hollow bullet is a letter o in a typewriter's font
    letters = []
    for letter in text:
        code = ord(letter)
        private = 0xE000 <= code <= 0xF8FF
        if private or font.lower().strip() in FONTS:
            found, known = symbol(code, font or "symbol")
            letters.append(found if known else ("•" if private else letter))
        else:
            letters.append(letter)
    return "".join(letters)
