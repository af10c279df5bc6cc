"""What lists of figures and of weak signs may say: one figure then and now, two figures held together, signs that add up."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Literal

from pydantic import Field, model_validator

from extract.lexicon.words import BadWordList, Entry, read, refuse_twice

Counted = Literal["money", "days", "share", "count"]


class Spell(Entry):
    """Words that say of when a figure is: 去年同期 is of then, 只剩 is of now."""

    epoch: Literal["then", "now"]
    words: tuple[str, ...] = Field(min_length=1)
    yes: str  #: here a figure got worse from then to now
    no: str  #: here it did not, although the words are there


class Contrast(Entry):
    """A figure then and now: 四十多个工人现在剩九个. The first entry whose words stand in the sentence speaks."""

    id: str
    event: str
    about: tuple[str, ...] = ()  #: one of these stands in the sentence; empty: whatever is counted
    of: tuple[Counted, ...] = Field(min_length=1)
    worse: Literal["lower", "higher"] = "lower"
    least: Decimal = Decimal("0.3")  #: a smaller change tells of nothing
    most: Decimal | None = None  #: the figure of then is not larger: a wage is not a turnover
    without: tuple[str, ...] = ()  #: none of these may stand in the sentence
    yes: str
    no: str


class Comparison(Entry):
    """Two figures of one sentence held together: what is there (left) does not reach what is needed (right)."""

    id: str
    event: str
    left: tuple[str, ...] = Field(min_length=1)
    right: tuple[str, ...] = Field(min_length=1)
    of: tuple[Counted, ...] = ("money",)
    reaches: Decimal = Decimal(1)  #: left below this share of right tells of the event
    pairs: int = Field(1, ge=1)  #: how many such pairs it takes
    with_: tuple[str, ...] = Field((), alias="with")
    without: tuple[str, ...] = ()
    yes: str
    no: str


class Burden(Entry):
    """What somebody has to pay every month, added up over a paragraph and held against what he earns."""

    id: str
    event: str
    debts: tuple[str, ...] = Field(min_length=1)
    income: tuple[str, ...] = Field(min_length=1)
    total: tuple[str, ...] = ()  #: a figure with one of these is the sum of the others
    stands_for: tuple[str, ...] = ()  #: what is owed in all, or lent: not paid every month
    reaches: Decimal = Decimal("0.7")  #: above this share of the income it tells of the event
    without: tuple[str, ...] = ()
    yes: str
    no: str


class Sign(Entry):
    """A weak sign: alone it tells of nothing; the weights of different signs of one event add up, and 1 asserts it."""

    id: str
    event: str
    weight: Decimal = Field(ge=Decimal("-1"), lt=1)
    thing: bool = False  #: who or what it is about: of several such signs only the heaviest counts
    words: tuple[str, ...] = Field(min_length=1)
    yes: str  #: with another sign it tells of the event
    no: str  #: by itself it does not

    @model_validator(mode="after")
    def _says_something(self) -> Sign:
        if not self.weight:
            raise ValueError("a weight of 0 says nothing")
        return self


@cache
def spells() -> tuple[Spell, ...]:
    entries = read("spell", Spell)
    refuse_twice("spell", [word for entry in entries for word in entry.words])
    return entries


@cache
def contrasts() -> tuple[Contrast, ...]:
    entries = read("contrast", Contrast)
    refuse_twice("contrast id", [entry.id for entry in entries])
    return entries


@cache
def comparisons() -> tuple[Comparison, ...]:
    entries = read("comparison", Comparison)
    refuse_twice("comparison id", [entry.id for entry in entries])
    for entry in entries:
        refuse_twice(f"word of comparison {entry.id}", (*entry.left, *entry.right))
    return entries


@cache
def burdens() -> tuple[Burden, ...]:
    entries = read("burden", Burden)
    refuse_twice("burden id", [entry.id for entry in entries])
    return entries


@cache
def signs() -> tuple[Sign, ...]:
    return check(read("sign", Sign))


def check(entries: tuple[Sign, ...]) -> tuple[Sign, ...]:
    """The same signs, if ids are unique, no word weighs twice for one event, and none holds another of its entry."""
    refuse_twice("sign id", [entry.id for entry in entries])
    refuse_twice("sign", [f"{entry.event}: {word}" for entry in entries for word in entry.words])
    for entry in entries:
        for word in entry.words:
            inside = [other for other in entry.words if other != word and other in word and not word.isascii()]
            if inside:
                raise BadWordList(f"sign {entry.id}: {word!r} is shadowed by {inside[0]!r} in the same entry. Drop it.")
    return entries
