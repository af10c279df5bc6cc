"""How a page is made: its templates, its language and theme, the filters that write money and days, and its own addresses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import charts, masks
from api.access import Right, csrf_token, may
from api.formats import day, figure, moment, money, place_words, share, short_money, size, unit_name
from api.names import field_title, title_of
from api.values import MARKS
from api.words import Language, half, say
from archive.access import Person
from archive.stamps import CHINA

if TYPE_CHECKING:
    from api.wiring import House

HERE = Path(__file__).parent
STATIC = HERE / "static"
#: What a browser keeps for a year: the two choices a person makes about the pages.
KEPT = {"lang": ("zh", "en"), "theme": ("light", "dark")}

LEVELS = {"light": 1, "moderate": 2, "severe": 3}


def language(request: Request) -> Language:
    """Chinese, unless this person asked for English."""
    return "en" if _choice(request, "lang") == "en" else "zh"


def _choice(request: Request, name: str) -> str | None:
    wanted = request.query_params.get(name) or request.cookies.get(name)
    return wanted if wanted in KEPT[name] else None


def is_fragment(request: Request) -> bool:
    """Whether HTMX asks for a part of the page; when it restores its history it wants the whole."""
    return "hx-request" in request.headers and "hx-history-restore-request" not in request.headers


def page(
    request: Request, template: str, *, status: int = 200, person: Person | None = None, **context: Any
) -> HTMLResponse:
    """Answer with a page, or a part of one, in the language of the person who asked."""
    html = render(request, template, person=person, **context)
    response = HTMLResponse(html, status, {"Vary": "HX-Request", "Cache-Control": "no-store"})
    keep_choices(request, response)
    return response


def render(request: Request, template: str, *, person: Person | None = None, **context: Any) -> str:
    """The text of a template: for parts that travel in a stream as well as for whole pages."""
    lang = language(request)
    shared = {
        "lang": lang,
        "t": partial(say, lang),
        "name_of": partial(_named, lang),
        "field_of": lambda paper_type, name: field_title(paper_type, name, lang),
        "theme": _choice(request, "theme"),
        "person": person,
        "may_write": person is not None and may(person, Right.WRITE),
        "csrf": csrf_token(request),
        "other": _address(request, lang="zh" if lang == "en" else "en"),
        "other_theme": _address(request, theme="light" if _choice(request, "theme") == "dark" else "dark"),
        "here": "",
        "today": datetime.now(CHINA).date(),
    }
    return _environment().get_template(template).render(shared | context)


def waiting(house: House) -> int:
    """How many papers wait for a person: the number beside 复核."""
    return house.documents.counts()["unclaimed"]


def keep_choices(request: Request, response: Response) -> None:
    """Remember the language and theme that the address asked for."""
    for name, allowed in KEPT.items():
        wanted = request.query_params.get(name)
        if wanted in allowed:
            response.set_cookie(name, wanted, max_age=31_536_000, samesite="lax", path="/")


def address(path: str, query: Mapping[str, Any]) -> str:
    """An address of ours with what is left of the query once empty parts are gone."""
    kept = urlencode([(name, value) for name, value in query.items() if value not in (None, "")])
    return f"{path}?{kept}" if kept else path


def _address(request: Request, **changed: str) -> str:
    if request.method != "GET":
        return address("/", changed)
    return address(request.url.path, {**request.query_params, **changed})


def _named(lang: Language, code: str | None) -> str:
    return title_of(code, lang) if code else ""


@cache
def static(name: str) -> str:
    """The address of a file of the pages; it changes with the content, so that browsers may keep it for ever."""
    hashed = _libraries().get(name)
    if hashed:
        return f"/static/lib/{hashed}"
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


@cache
def _libraries() -> dict[str, str]:
    listed: dict[str, str] = json.loads((STATIC / "lib" / "manifest.json").read_text(encoding="utf-8"))
    return listed


# --- filters that know the language of the page ----------------------------------------------------------------------


@pass_context
def _short(context: Context, value: object) -> str:
    return short_money(value, context["lang"])


@pass_context
def _unit(context: Context, value: str) -> str:
    return unit_name(value, context["lang"])


@pass_context
def _where(context: Context, value: str) -> str:
    return place_words(value, context["lang"])


@pass_context
def _half(context: Context, value: str) -> str:
    return half(value, context["lang"])


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "money": money, "short": _short, "figure": figure, "unit": _unit, "moment": moment, "day": day, "size": size,
        "half": _half, "share": share, "where": _where, "mask": masks.text, "query": address,
    }  # fmt: skip
    made.globals |= {
        "static": static,
        "marks": MARKS,
        "levels": LEVELS,
        "proof_bar": charts.proof_bar,
        "spark": charts.spark,
    }
    return made
