"""Loans: the list, and one loan with its risks, figures, time and completeness."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from api.access import own_address
from api.charts import bars
from api.deps import Clerk, Reader, TheHouse
from api.formats import figure
from api.loan_view import CLASSES, OPEN, TILES, Tile, cards, gaps, months, text_of, tiles
from api.names import title_of
from api.pages import is_fragment, language, page, waiting
from api.wiring import House
from api.words import Language, say
from archive.stamps import today as today_at_the_bank
from records.errors import NotFound, Refused

router = APIRouter()

#: What of the timeline each button shows.
KINDS = {
    "paper": ("paper",),
    "event": ("event",),
    "entry": ("inspection", "contact", "analysis", "disposition"),
}
AT_ONCE = 30


@router.get("/loans")
def listed(
    request: Request, house: TheHouse, person: Reader, customer: str | None = None, cursor: str | None = None
) -> Response:
    """All loans, or those of one customer, with what needs somebody."""
    found = house.loans.loans(customer, cursor=cursor, limit=50)
    lines = [
        (loan, house.loans.customer(loan.customer_no), _at_a_glance(house, loan.loan_note_no)) for loan in found.items
    ]
    return page(
        request,
        "loan/list.html",
        person=person,
        here="loans",
        waiting=waiting(house),
        lines=lines,
        total=found.total,
        customer=customer,
        next_cursor=found.cursor,
    )


def _at_a_glance(house: House, loan_note_no: str) -> dict[str, object]:
    """Open risks by severity, and how complete the archive is."""
    risks = cards(house.dossier.events(loan_note_no), today_at_the_bank())
    levels = [str(card.record.event.severity) for card in risks if card.counts and card.record.status in OPEN]
    complete = house.dossier.archive(loan_note_no)["completeness"]
    return {
        "severities": [(level, levels.count(level)) for level in ("severe", "moderate", "light")],
        "held": complete["held"],
        "required": complete["required"],
    }


@router.get("/loans/{no}")
def show(
    no: str,
    request: Request,
    house: TheHouse,
    person: Reader,
    kind: str = "",
    before: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """One loan; only its timeline when HTMX asks for that."""
    loan = house.loans.loan(no)
    today = today_at_the_bank()
    risks = cards(house.dossier.events(no), today)
    private = frozenset(card.record.id for card in risks if not card.quote)
    items = [item for item in house.dossier.timeline(no) if not kind or item.kind in KINDS.get(kind, ())]
    timeline: dict[str, Any] = {
        "said": lambda item: text_of(item, private),
        "loan": loan,
        "kind": kind,
        "kinds": KINDS,
        "months": months(items[before : before + AT_ONCE]),
        "earlier": before + AT_ONCE if len(items) > before + AT_ONCE else None,
    }
    if is_fragment(request):
        template = "loan/_timeline_items.html" if before else "loan/_timeline.html"
        return page(request, template, person=person, **timeline)
    archive = house.dossier.archive(no, today)
    figures = tiles(house.dossier.indicators(no), risks)
    return page(
        request,
        "loan/page.html",
        person=person,
        here="loans",
        waiting=waiting(house),
        customer=house.loans.customer(loan.customer_no),
        archive=archive,
        classes=CLASSES,
        due_in=(loan.due - today).days,
        standing=[card for card in risks if card.counts and card.record.status in OPEN],
        calm=[card for card in risks if not (card.counts and card.record.status in OPEN)],
        figures=[tile for tile in figures if tile.latest.value is not None],
        uncomputed=[tile for tile in figures if tile.latest.value is None],
        tiles_at_once=TILES,
        gaps=gaps(archive["completeness"], today),
        **timeline,
    )


@router.get("/loans/{no}/indicators/{name}")
def indicator(no: str, name: str, request: Request, house: TheHouse, person: Reader) -> Response:
    """One indicator: its series as a chart and a table, the formula, and the papers it was computed from."""
    loan, lang = house.loans.loan(no), language(request)
    found = tiles(house.dossier.indicators(no), cards(house.dossier.events(no), today_at_the_bank()))
    tile = next((one for one in found if one.id == name), None)
    if tile is None:
        raise NotFound(f"indicator {name} of loan {no}")
    ids = {given.document for given in tile.latest.inputs if given.document}
    return page(
        request,
        "loan/_indicator.html" if is_fragment(request) else "loan/indicator.html",
        person=person,
        here="loans",
        waiting=waiting(house),
        loan=loan,
        customer=house.loans.customer(loan.customer_no),
        tile=tile,
        chart=bars(tile.points, _said(tile, lang)),
        series=[record.indicator for record in house.dossier.indicators(no) if record.indicator.id == name],
        names={id: record.name for id, record in house.documents.find(ids).items()},
    )


def _said(tile: Tile, lang: Language) -> str:
    """The chart in one sentence, for those who do not see it."""
    return say(
        lang,
        "chart",
        name=title_of(tile.id, lang),
        first=tile.points[0].label,
        last=tile.points[-1].label,
        value=figure(tile.latest.value, tile.latest.unit),
    )


@router.post("/loans/{no}/entries")
def add_entry(
    no: str,
    house: TheHouse,
    person: Clerk,
    kind: Annotated[str, Form()],
    text: Annotated[str, Form()] = "",
    happened_at: Annotated[str, Form()] = "",
) -> Response:
    """Write down an inspection, a contact, an analysis or a disposition. Append-only."""
    if not text.strip():
        raise Refused("an entry says what happened")
    house.dossier.add_entry(no, kind, {"text": text.strip()}, by=person.name, happened_at=happened_at or None)
    return RedirectResponse(f"/loans/{no}#timeline", 303)


@router.post("/events/{id}")
def decide(
    id: str,
    request: Request,
    house: TheHouse,
    person: Clerk,
    status: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    back: Annotated[str, Form()] = "",
) -> Response:
    """Confirm, dismiss, dispose or resolve a risk event, with a reason; who and why is kept."""
    if not reason.strip():
        raise Refused("a decision about a risk has a reason")
    record = house.dossier.decide_event(id, status, by=person.name, reason=reason.strip())
    if not is_fragment(request):
        return RedirectResponse(own_address(back), 303)
    card = cards([record], today_at_the_bank())[0]
    return page(request, "loan/_risk.html", person=person, card=card, back=own_address(back))
