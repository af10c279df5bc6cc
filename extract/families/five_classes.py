"""The five classes of loans: how papers name them, and how bad a loan that is so many days overdue is at least."""

from __future__ import annotations

import re
from decimal import Decimal

from extract.boxes import EMPTY, TICKED
from extract.families.contacts import without_box
from extract.kinds import Kind, as_printed
from records.facts import Value
from records.values.text import squeeze

CLASSES = ("正常", "关注", "次级", "可疑", "损失")
#: Days past due from which a loan is at least of a class (金融资产风险分类办法 2023); a week may be a slip of the machinery.
LEAST = ((361, "损失"), (271, "可疑"), (91, "次级"), (8, "关注"))

_NAME = rf"(?:{'|'.join(CLASSES)})"
#: A class as a word of its own: 关注类, 次级二级, 正常1; 持续关注企业 is none.
_CLASS = re.compile(
    rf"(?<!持续)(?<!密切)(?<!予以)(?<!重点)(?P<name>{_NAME})(?=类|级|[一二三\d+-]|贷款|[,，。;；、)）/\s:]|调|下|上|降|转|$)"
)
_ENGLISH = {
    "pass": "正常",
    "normal": "正常",
    "special mention": "关注",
    "substandard": "次级",
    "doubtful": "可疑",
    "loss": "损失",
}
_CHANGED = re.compile(rf"(?:为|至|到|成|入|->|→|属于|属)(?P<name>{_NAME})")


class FiveClass(Kind[str]):
    """One of the five classes; of a change the class it leads to, of boxes the ticked one; none where two could be meant."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = squeeze(text).replace(" ", "")
        if any(mark in plain for mark in TICKED + EMPTY):
            return self._ticked(plain, text)
        changed = [found["name"] for found in _CHANGED.finditer(plain)]
        named = changed or [found["name"] for found in _CLASS.finditer(plain)]
        named = named or [name for word, name in _ENGLISH.items() if re.search(rf"\b{word}\b", text.lower())]
        return (named[-1], text) if len(set(named)) == 1 else None

    def _ticked(self, plain: str, text: str) -> tuple[Value, str] | None:
        behind = plain.rstrip(")")[-1] in TICKED + EMPTY
        pattern = rf"({_NAME})[类级]?[\d一二三]?[{TICKED}]" if behind else rf"[{TICKED}]({_NAME})"
        found = set(re.findall(pattern, plain))
        if not any(mark in plain for mark in TICKED):
            alone = without_box(as_printed(text))
            found = {name for name in CLASSES if alone and alone.startswith(name)}
        return (found.pop(), text) if len(found) == 1 else None


def least_class(days: int) -> str | None:
    """The best class that so many days past due allow; None when nothing is due."""
    return next((name for least, name in LEAST if days >= least), None)


def worse(one: str, other: str) -> bool:
    """Whether one class is worse than another."""
    return CLASSES.index(one) > CLASSES.index(other)
