"""The signs of symbol fonts that forms are ticked with: private codes mean nothing outside their font."""

from __future__ import annotations

_SIGNS = {
    "wingdings": {0xFE: "☑", 0xFC: "√", 0xFB: "×", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x6E: "■", 0x71: "□", 0x72: "□"},
    "wingdings 2": {0x52: "☑", 0x53: "☒", 0x50: "√", 0x4F: "×", 0xA3: "□", 0x2A: "□", 0x35: "□"},
}


def sign(font: str, code: int) -> str:
    """What a person sees; nothing for a private code of a font we do not know."""
    known = _SIGNS.get(font.strip().lower(), {})
    if code >= 0xF000:
        return known.get(code - 0xF000, "") if code <= 0xF0FF else ""
    return known.get(code) or (chr(code) if 0x20 <= code < 0xD800 else "")


def in_symbol_font(font: str, text: str) -> str:
    """Text set in a font; the signs of a symbol font become what they look like."""
    if font.strip().lower() not in _SIGNS:
        return "".join(char for char in text if not "\uf000" <= char <= "\uf0ff")
    return "".join(char if char.isspace() else sign(font, ord(char)) for char in text)
