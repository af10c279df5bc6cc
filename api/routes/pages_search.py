"""Search: how the question was understood, what narrows it, and the hits with their words marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.deps import Reader, TheHouse
from api.names import title_of
from api.pages import address, is_fragment, language, page, waiting
from api.wiring import House
from api.words import Language, say
from records.errors import NotFound
from search.clauses import Chip, Scope
from search.query import parse

router = APIRouter()

#: What the form and the address may carry, beside the box itself.
FILTERS = ("kind", "customer", "loan", "type", "event", "polarity", "severity", "from", "to", "amount", "id", "sort")
FACETS = ("customer", "loan", "type", "severity", "event")
KINDS = ("", "page", "event", "indicator", "entry")
AT_MOST = 8
#: Away from its paper, a sensitive event (疾病, 离婚, 失业) shows its class only, whoever looks.
SCOPE = Scope()


@dataclass(frozen=True, slots=True)
class ChipLink:
    """One thing understood, and the question without it."""

    label: str
    default: bool
    without: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet: how many hits, and the address that takes or leaves it."""

    key: str
    label: str
    count: int
    on: bool
    address: str


@router.get("/search")
def show(request: Request, house: TheHouse, person: Reader, q: str = "", cursor: str | None = None) -> Response:
    """The page, or the part below the box when HTMX asks."""
    lang = language(request)
    given = {name: value for name in FILTERS if (value := request.query_params.get(name))}
    context: dict[str, Any] = {"q": q, "given": given, "asked": bool(q.strip() or given), "results": None}
    if context["asked"]:
        began = monotonic()
        results = house.finder.search(parse(q, {**given, "cursor": cursor}), SCOPE)
        context |= {
            "results": results,
            "seconds": f"{monotonic() - began:.2f}",
            "chips": [_chip(chip, q, given, lang) for chip in results.understood],
            "facets": _facets(house, results.facets, q, given, lang),
            "kinds": _kinds(results.facets, q, given, lang),
            "more": address("/search", {"q": q, **given, "cursor": results.cursor}) if results.cursor else None,
            "any_polarity": address("/search", {"q": q, **given, "polarity": "all"}),
            "sorted_by": given.get("sort", "relevance"),
            "sorts": [
                (name, address("/search", {"q": q, **given, "sort": name}))
                for name in ("relevance", "newest", "severity")
            ],
        }
    if is_fragment(request):
        return page(request, "search/_more.html" if cursor else "search/_results.html", person=person, **context)
    return page(request, "search/page.html", person=person, here="search", waiting=waiting(house), **context)


def _chip(chip: Chip, q: str, given: Mapping[str, str], lang: Language) -> ChipLink:
    """The chip, with the address of the same question without it."""
    left: dict[str, Any] = {"q": q, **given}
    for name in chip.param.split(","):
        left[name] = chip.rest if name == chip.param else ""
    return ChipLink(chip.zh if lang == "zh" else chip.en, chip.default, address("/search", left))


def _facets(
    house: House, facets: Mapping[str, Any], q: str, given: Mapping[str, str], lang: Language
) -> list[tuple[str, list[Choice]]]:
    """What narrows the result; chosen values stay on top."""
    found = []
    for name in FACETS:
        chosen = [part for part in given.get(name, "").split(",") if part]
        counts = dict(facets.get(name, ()))
        keys = [*chosen, *(key for key in counts if key not in chosen)][:AT_MOST]
        choices = []
        for key in keys:
            after = [one for one in chosen if one != key] if key in chosen else [*chosen, key]
            there = address("/search", {"q": q, **given, name: ",".join(after)})
            choices.append(Choice(key, _label(house, name, key, lang), counts.get(key, 0), key in chosen, there))
        if choices:
            found.append((name, choices))
    return found


def _label(house: House, facet: str, key: str, lang: Language) -> str:
    if facet in ("type", "event"):
        return title_of(key, lang)
    if facet == "severity":
        return say(lang, f"severity.{key}")
    if facet == "customer":
        try:
            return house.loans.customer(key).name
        except NotFound:
            return key
    return key


def _kinds(facets: Mapping[str, Any], q: str, given: Mapping[str, str], lang: Language) -> list[Choice]:
    """The tabs: all kinds of hits, or one of them."""
    counts = dict(facets.get("kind", ()))
    now = given.get("kind", "")
    return [
        Choice(kind, say(lang, f"kind.{kind or 'all'}"), counts.get(kind, 0) if kind else sum(counts.values()), kind == now,
               address("/search", {"q": q, **given, "kind": kind}))
        for kind in KINDS
    ]  # fmt: skip
