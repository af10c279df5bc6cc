"""The web pages, gathered: each file beside this one is a place of the map."""

from __future__ import annotations

from fastapi import APIRouter

from api.routes import pages_document, pages_door, pages_inbox, pages_loan, pages_review, pages_search

router = APIRouter(include_in_schema=False)
for place in (pages_door, pages_inbox, pages_search, pages_loan, pages_document, pages_review):
    router.include_router(place.router)
