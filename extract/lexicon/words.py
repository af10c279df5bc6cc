"""What a word list may say: every entry checked when it is read, with a whole sentence when it is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extract.lexicon import tables
from extract.lexicon.situations import REACH
from extract.lexicon.ways import first_words, spelled

_GROUP = re.compile(r"<(\w+)>")


@cache
def _known_groups() -> frozenset[str]:
    return frozenset(entry["name"] for entry in tables().get("group", []))


class BadWordList(ValueError):
    """A word list says something it may not; the text tells which entry, and what to change."""


class Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Trigger(Entry):
    """Words that tell of an event. ``terms`` stand as they are; ``ways`` are written 甲|乙 … 丙 (… at most ten characters)."""

    id: str
    event: str
    terms: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    with_: tuple[str, ...] = Field((), alias="with")  #: one of these must stand in the same sentence
    without: tuple[str, ...] = ()  #: none of these may stand in the same sentence
    side: Literal["", "active"] = ""  #: "active": who does it is not who suffers it (起诉)
    says: Literal["", "negated", "resolved"] = ""  #: 按期足额归还 denies by itself; 解除查封 tells of an end
    own: bool = (
        False  #: whoever it is told of, it is his own: a customer short of money is no shortage of the borrower's
    )
    yields: bool = False  #: told obliquely: it speaks only where no plainer words tell of another event
    form: bool = False  #: an assurance that forms ask for, whose answer 否 is the risk (是否按约定用途使用：否)
    yes: str
    no: str

    @model_validator(mode="after")
    def _has_words(self) -> Trigger:
        if not self.terms and not self.ways:
            raise ValueError("give terms or ways")
        unknown = [name for way in self.ways for name in _GROUP.findall(way) if name not in _known_groups()]
        if unknown:
            raise ValueError(f"names no group: {', '.join(unknown)}")
        if any(not word for way in self.ways for word in first_words(spelled(way))):
            raise ValueError("a way must begin with a word, not with a number or a gap")
        return self


class Hedge(Entry):
    """Words that turn a risk word: deny it, end it, suppose it, lay it at another's door, or leave it standing."""

    phrases: tuple[str, ...] = Field(min_length=1)
    effect: Literal["denies", "resolves", "supposes", "elsewhere", "stands"]
    #: next: the next word or list; forward: to the end of the clause; onward: to the end of the sentence
    reach: Literal["next", "forward", "onward", "backward", "clause", "whole"] = "forward"
    events: tuple[str, ...] = ()  #: only these events or families; empty: all
    unless: tuple[str, ...] = ()  #: not these events
    before: str  #: here the risk word is turned
    beside: str  #: here it stands, although the phrase (or its like) is near


class Release(Entry):
    """What ends an event of these kinds once it is done: 已结清, 已撤诉, 恢复生产."""

    words: tuple[str, ...] = Field(min_length=1)
    events: tuple[str, ...]
    before: str
    beside: str


class Party(Entry):
    """Words for a person or firm, and what it is to the borrower."""

    role: str
    terms: tuple[str, ...] = Field(min_length=1)
    before: str  #: an event of this party
    beside: str  #: the party is named, the event is the borrower's


class Grade(Entry):
    """Words that raise or lower the severity of an event."""

    event: str
    to: Literal["light", "moderate", "severe"]
    words: tuple[str, ...] = Field(min_length=1)
    yes: str
    no: str


class Harmless(Entry):
    """Words that hold the letters of a trigger and tell of nothing: 突破产能 holds 破产."""

    terms: tuple[str, ...] = Field(min_length=1)
    yes: str  #: nothing happens here
    no: str  #: here the trigger stands


class Metric(Entry):
    """A figure that people tell in prose, and which event it tells of when it gets worse."""

    id: str
    names: tuple[str, ...] = Field(min_length=1)
    unit: Literal["%", "元", "人", "天", "次", "件", "量"]  #: 件: counted, but no money; 量: whatever is counted
    event: str
    worse: Literal["lower", "higher"]
    least: Decimal = Decimal("0.1")  #: a smaller change tells of nothing
    level: Decimal | None = None  #: beyond this the figure tells by itself
    line: bool = False  #: 警戒线, 预警线, 平仓线 are drawn for it
    without: tuple[str, ...] = ()  #: none of these may stand in the sentence
    yes: str
    no: str


class Part(Entry):
    """So many of so many: 八台只开了三台, 三十台车趴窝了十八台."""

    id: str
    event: str
    counters: tuple[str, ...] = Field(min_length=1)
    at_work: tuple[str, ...]  #: before or behind the part that is at work
    at_rest: tuple[str, ...]  #: before or behind the part that is not
    most: Decimal  #: a greater share at work tells of nothing
    without: tuple[str, ...] = ()
    yes: str
    no: str


class Group(Entry):
    """Words that ways and situations name together: <unpaid> in a way stands for all of them."""

    name: str
    words: tuple[str, ...] = Field(min_length=1)
    yes: str  #: some event is told with one of them
    no: str  #: none is, although one of them is there


class Situation(Entry):
    """A thing in a state: any word of the groups ``things`` near any word of the groups ``states``, in one clause."""

    id: str
    event: str
    things: tuple[str, ...] = Field(min_length=1)
    states: tuple[str, ...] = Field(min_length=1)
    reach: int = Field(REACH, ge=0, le=60)  #: characters between them
    order: Literal["either", "thing first", "state first"] = "either"
    comma: bool = False  #: the state may stand in the next clause (生产设备拆得干净,只剩底座)
    with_: tuple[str, ...] = Field((), alias="with")
    without: tuple[str, ...] = ()  #: none of these may stand in the clause
    nowhere: tuple[str, ...] = ()  #: none of these may stand in the sentence
    says: Literal["", "negated", "resolved"] = ""
    yes: str
    no: str

    @model_validator(mode="after")
    def _names_groups(self) -> Situation:
        unknown = [name for name in (*self.things, *self.states) if name not in _known_groups()]
        if unknown:
            raise ValueError(f"names no group: {', '.join(unknown)}")
        return self


class Move(Entry):
    """Words by which a figure goes down or up, or by which one figure is held against another."""

    way: Literal["down", "up", "against"]
    words: tuple[str, ...] = Field(min_length=1)
    yes: str  #: here a figure got worse
    no: str  #: here it did not, although the words are near


E = TypeVar("E", bound=Entry)


@cache
def triggers() -> tuple[Trigger, ...]:
    return check(read("trigger", Trigger))


def check(entries: tuple[Trigger, ...]) -> tuple[Trigger, ...]:
    """The same entries, if ids are unique, no term is written twice for one event, and none is shadowed."""
    written = [f"{entry.event}: {term}{_context(entry)}" for entry in entries for term in (*entry.terms, *entry.ways)]
    refuse_twice("trigger id", [entry.id for entry in entries])
    refuse_twice("trigger", written)
    _refuse_shadowed(entries)
    return entries


@cache
def hedges() -> tuple[Hedge, ...]:
    entries = read("hedge", Hedge)
    refuse_twice("hedge", [f"{phrase} ({', '.join(entry.events)})" for entry in entries for phrase in entry.phrases])
    return entries


@cache
def releases() -> tuple[Release, ...]:
    return read("release", Release)


@cache
def parties() -> tuple[Party, ...]:
    entries = read("party", Party)
    refuse_twice("party", [term for entry in entries for term in entry.terms])
    return entries


@cache
def grades() -> tuple[Grade, ...]:
    return read("grade", Grade)


@cache
def metrics() -> tuple[Metric, ...]:
    entries = read("metric", Metric)
    refuse_twice("metric id", [entry.id for entry in entries])
    refuse_twice("metric", [f"{entry.event}: {name}" for entry in entries for name in entry.names])
    return entries


@cache
def parts() -> tuple[Part, ...]:
    entries = read("part", Part)
    refuse_twice("part id", [entry.id for entry in entries])
    return entries


@cache
def groups() -> tuple[Group, ...]:
    entries = read("group", Group)
    refuse_twice("group", [entry.name for entry in entries])
    for entry in entries:
        refuse_twice(f"word of group {entry.name}", entry.words)
    return entries


@cache
def situations() -> tuple[Situation, ...]:
    entries = read("situation", Situation)
    refuse_twice("situation id", [entry.id for entry in entries])
    pairs = [(entry, thing, state) for entry in entries for thing in entry.things for state in entry.states]
    refuse_twice("situation", [f"{entry.event}: {thing} × {state}" for entry, thing, state in pairs if not entry.with_])
    return entries


@cache
def moves() -> tuple[Move, ...]:
    entries = read("move", Move)
    refuse_twice("move", [word for entry in entries for word in entry.words])
    return entries


@cache
def harmless() -> tuple[Harmless, ...]:
    entries = read("harmless", Harmless)
    refuse_twice("harmless term", [term for entry in entries for term in entry.terms])
    return entries


def read(kind: str, model: type[E], source: Sequence[dict[str, Any]] | None = None) -> tuple[E, ...]:
    """The entries of one kind, each checked; ``source`` is for trying a list out before it is filed."""
    entries = []
    for raw in tables().get(kind, []) if source is None else source:
        try:
            entries.append(model.model_validate(raw))
        except ValidationError as error:
            problem = error.errors()[0]
            where = ".".join(str(part) for part in problem["loc"])
            raise BadWordList(f"{kind} {raw.get('id') or raw}: {where} {problem['msg']}") from error
    return tuple(entries)


def refuse_twice(kind: str, names: Iterable[str]) -> None:
    twice = [name for name, count in Counter(names).items() if count > 1]
    if twice:
        raise BadWordList(f"{kind} is written twice: {'; '.join(twice)}. Keep one.")


def _refuse_shadowed(entries: Sequence[Trigger]) -> None:
    """A term that holds another of its own entry adds nothing, unless it keeps a third entry's term from counting."""
    for entry in entries:
        for term in entry.terms:
            inside = [other for other in entry.terms if other != term and _holds(term, other)]
            if inside and not any(
                held in term and held not in inside
                for other in entries
                if other.event != entry.event
                for held in other.terms
            ):
                raise BadWordList(
                    f"trigger {entry.id}: {term!r} is shadowed by {inside[0]!r} in the same entry. Drop it."
                )


def _holds(term: str, other: str) -> bool:
    """Latin terms match whole words, so bankruptcy does not hold bankrupt."""
    return f" {other} " in f" {term} " if term.isascii() else other in term


def _context(entry: Trigger) -> str:
    return f" with {'|'.join(entry.with_)}" if entry.with_ else ""
