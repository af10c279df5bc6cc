"""The router of the web pages; the JSON calls live beside it in this folder."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
