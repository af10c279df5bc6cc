"""Borrowers: register, change, look up."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.bodies import CustomerBody, CustomerFields
from api.deps import Clerk, Reader, TheHouse
from api.examples import CUSTOMER, EVENT, INDICATOR, answers, listed
from api.shapes import all_json, customer_json, event_record_json, indicator_record_json, listing_json

router = APIRouter(prefix="/v1/customers", tags=["customers"])


@router.post("", status_code=201, summary="Register a borrower", responses=answers(CUSTOMER, 201, "Registered"))
def register(body: CustomerBody, house: TheHouse, person: Clerk, response: Response) -> dict[str, Any]:
    """A borrower that is there already with the same content is no error; with other content it is 409."""
    customer = body.borrower(body.customer_no)
    if not house.loans.put_customer(customer, new=True):
        response.status_code = 200
    response.headers["Location"] = f"/v1/customers/{customer.customer_no}"
    return customer_json(customer)


@router.put("/{no}", summary="Register or change a borrower", responses=answers(CUSTOMER))
def change(no: str, body: CustomerFields, house: TheHouse, person: Clerk, response: Response) -> dict[str, Any]:
    """Replaces all fields; 201 when the borrower is new."""
    customer = body.borrower(no)
    if house.loans.put_customer(customer):
        response.status_code = 201
    return customer_json(customer)


@router.get("", summary="All borrowers", responses=answers(listed(CUSTOMER)))
def list_customers(
    house: TheHouse,
    person: Reader,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> dict[str, Any]:
    """By number, page by page."""
    return listing_json(house.loans.customers(cursor=cursor, limit=limit), customer_json)


@router.get("/{no}", summary="One borrower", responses=answers(CUSTOMER))
def show(no: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """The borrower as last registered."""
    return customer_json(house.loans.customer(no))


@router.get("/{no}/indicators", summary="Indicators of a borrower", responses=answers(listed(INDICATOR)))
def indicators(no: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """Computed from all papers of the borrower, with inputs and quality."""
    return all_json(house.dossier.customer_indicators(no), indicator_record_json)


@router.get("/{no}/events", summary="Risk events of a borrower", responses=answers(listed(EVENT)))
def events(no: str, house: TheHouse, person: Reader) -> dict[str, Any]:
    """Over all its loans, severe ones first."""
    return all_json(house.dossier.customer_events(no), event_record_json)
