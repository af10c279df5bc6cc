"""Boxes to tick: which of the options on a form was chosen, wherever its pen put the mark and whatever the mark is."""

from __future__ import annotations

import re

from records.values.text import squeeze

TICKED = "☑√■●✓✔"
EMPTY = "□☐○◯"
#: Boxes written with keys: [x] ( ) [√].
_KEYED = (
    (re.compile(r"[(\[【]\s*[xXvV√✓✔■●☑]\s*[)\]】]"), "☑"),
    (re.compile(r"[(\[【]\s*[□☐○]?\s*[)\]】]"), "□"),
)


def with_boxes(text: str) -> str:
    """The text with one sign for every kind of box, blanks between letters gone."""
    plain = squeeze(text)
    for keyed, sign in _KEYED:
        plain = keyed.sub(sign, plain)
    return plain


def options(text: str) -> list[tuple[str, bool]] | None:
    """Every option with whether it is ticked; None where no boxes stand or nobody can say whose they are."""
    plain = with_boxes(text)
    if not any(mark in plain for mark in TICKED + EMPTY):
        return None
    behind = _behind(plain.strip(" ,;。)"))
    if behind is None:
        return None
    bare = plain.replace(" ", "")
    word, mark = rf"([^{TICKED}{EMPTY}]*)", rf"([{TICKED}{EMPTY}])"
    found = re.findall(word + mark if behind else mark + word, bare)
    pairs = found if behind else [(option, sign) for sign, option in found]
    return [(option.strip(" ,、;:/。"), sign in TICKED) for option, sign in pairs if option.strip(" ,、;:/。")]


def chosen(text: str) -> list[str] | None:
    """The options that are ticked; None where there are no boxes."""
    found = options(text)
    return None if found is None else [option for option, ticked in found if ticked]


def _behind(plain: str) -> bool | None:
    """Whether the boxes stand behind their words (是√ 否□); a single mark between two words belongs to the nearer one."""
    if plain[0] in TICKED + EMPTY:
        return False
    if plain[-1] in TICKED + EMPTY:
        return True
    first = re.search(rf"(\s?)[{TICKED}{EMPTY}](\s?)", plain)
    if first is None or bool(first[1]) == bool(first[2]):
        return None
    return not first[1]
