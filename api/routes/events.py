"""Risk events over all loans, and what people decide about them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.bodies import EventBody
from api.deps import Clerk, Reader, TheHouse
from api.examples import EVENT, answers, listed
from api.shapes import event_record_json, listing_json

router = APIRouter(prefix="/v1/events", tags=["events"])


@router.get("", summary="Risk events over all loans", responses=answers(listed(EVENT)))
def list_events(
    house: TheHouse,
    person: Reader,
    customer: str | None = None,
    loan: str | None = None,
    type: str | None = None,
    severity: Annotated[str | None, Query(pattern="^(light|moderate|severe)$")] = None,
    status: str | None = None,
    polarity: Annotated[
        str | None, Query(description="asserted unless said otherwise; `all` for every one")
    ] = "asserted",
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> dict[str, Any]:
    """Severe ones first, then by deadline."""
    found = house.dossier.all_events(
        customer=customer,
        loan=loan,
        type=type,
        severity=severity,
        status=status,
        polarity=None if polarity == "all" else polarity,
        cursor=cursor,
        limit=limit,
    )
    return listing_json(found, event_record_json)


@router.get("/{id}", summary="One risk event", responses=answers(EVENT))
def show(id: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """With its evidence, its rule and its life so far."""
    return event_record_json(house.dossier.event(id))


@router.patch("/{id}", summary="Decide about a risk event", responses=answers({**EVENT, "status": "confirmed"}))
def decide(id: str, body: EventBody, house: TheHouse, person: Clerk) -> dict[str, Any]:
    """Confirm, dismiss as false, dispose or resolve, with a reason; who and why is kept for ever."""
    return event_record_json(house.dossier.decide_event(id, body.status, by=person.name, reason=body.reason))
