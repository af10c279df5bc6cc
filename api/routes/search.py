"""Finding a paper, an event or a number again."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from api.access import Right, may
from api.deps import TheHouse, Watcher
from api.examples import SEARCH, answers
from api.shapes import results_json
from archive.access import Person
from search.clauses import Scope
from search.query import parse

router = APIRouter(prefix="/v1/search", tags=["search"])

Several = Annotated[list[str] | None, Query()]


def scope_of(person: Person) -> Scope:
    """Of sensitive events (疾病, 离婚, 失业) only those who work with papers may read more than the class."""
    return Scope(sealed=may(person, Right.READ))


@router.get("", summary="Search everything", responses=answers(SEARCH))
def search(
    request: Request,
    house: TheHouse,
    person: Watcher,
    q: Annotated[str, Query(description="words, numbers, amounts, dates in any order", examples=["临屿 执行"])] = "",
    kind: Annotated[list[str] | None, Query(description="page, event, indicator, entry")] = None,
    customer: Several = None,
    loan: Several = None,
    type: Several = None,
    event: Several = None,
    polarity: Annotated[
        list[str] | None, Query(description="asserted unless said otherwise; `all` for every one")
    ] = None,
    severity: Several = None,
    from_: Annotated[str | None, Query(alias="from", examples=["2024-01"])] = None,
    to: Annotated[str | None, Query(examples=["2024-06-30"])] = None,
    amount: Annotated[str | None, Query(examples=["1200000", "1000..2000", "1200000±0.5%"])] = None,
    id: Annotated[str | None, Query(description="account tail, USCC, case number")] = None,
    sort: Annotated[str | None, Query(description="relevance, date, +date, severity")] = None,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, Any]:
    """Hits with page, box and highlights; facets; how the question was understood; and where the next page begins."""
    filters = {name: request.query_params.getlist(name) for name in request.query_params if name != "q"}
    return results_json(house.finder.search(parse(q, filters), scope_of(person)))
