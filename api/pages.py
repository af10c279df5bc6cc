"""How a page is made: its templates, its language and theme, the filters that write money and days, and its own addresses."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import charts, masks
from api.access import csrf_token
from api.names import field_title, title_of
from api.words import Language, half, say
from archive.access import Person
from archive.stamps import CHINA

HERE = Path(__file__).parent
STATIC = HERE / "static"
#: What a browser keeps for a year: the two choices a person makes about the pages.
KEPT = {"lang": ("zh", "en"), "theme": ("light", "dark")}

#: state of a value, or of a check, or of a required paper -> the mark that stands for it
MARKS = {
    "verified": "ok", "consistent": "even", "conflict": "clash", "low_confidence": "dim", "absent": "gone", "partial": "dim",
    "holds": "ok", "fails": "clash", "cannot_tell": "gone",
    "held": "ok", "missing": "gone", "expired": "clash", "unreadable": "clash", "waived": "even", "not_due": "even",
}  # fmt: skip
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
        "csrf": csrf_token(request),
        "other": _address(request, lang="zh" if lang == "en" else "en"),
        "other_theme": _address(request, theme="light" if _choice(request, "theme") == "dark" else "dark"),
        "here": "",
        "today": datetime.now(CHINA).date(),
    }
    return _environment().get_template(template).render(shared | context)


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


# --- filters ------------------------------------------------------------------------------------------------------


def money(value: object) -> str:
    """A sum with all its digits, thousands set apart, and a real minus."""
    number = _number(value)
    return str(value) if number is None else f"{number:,f}".replace("-", "−")


def short_money(value: object, lang: Language) -> str:
    """A sum in 万 or 亿 where nobody needs the last digit; in full in English."""
    number = _number(value)
    if number is None or lang == "en" or abs(number) < 10_000:
        return money(value)
    divisor, unit = (Decimal(10**8), "亿") if abs(number) >= 10**8 else (Decimal(10**4), "万")
    return f"{number / divisor:,.1f} {unit}".replace("-", "−")


def figure(value: object, unit: str) -> str:
    """An indicator's value as it is read aloud: a share as per cent, money to two places, the rest as it is."""
    number = _number(value)
    if number is None:
        return "—" if value is None else str(value)
    if unit in ("ratio", "%", "pct"):
        return f"{number * (1 if unit == '%' else 100):.1f}".replace("-", "−")
    if unit in ("CNY", "元"):
        return f"{number:,.0f}".replace("-", "−") if abs(number) >= 10_000 else f"{number:,.2f}".replace("-", "−")
    text = f"{number:,f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


def unit_name(unit: str, lang: Language) -> str:
    """The unit beside an indicator."""
    known = {"CNY": ("元", "CNY"), "ratio": ("%", "%"), "pct": ("%", "%"), "days": ("天", "days"), "count": ("", "")}
    pair = known.get(unit)
    return unit if pair is None else pair[0] if lang == "zh" else pair[1]


def _number(value: object) -> Decimal | None:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def moment(value: str | None) -> str:
    """A moment of the archive on the bank's clock: today only the hour, this year without the year."""
    if not value:
        return ""
    at = _at(value)
    now = datetime.now(CHINA)
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{at:%m-%d %H:%M}" if at.year == now.year else f"{at:%Y-%m-%d %H:%M}"


def day(value: str | date | None) -> str:
    """The day of a moment, or the day itself."""
    if not value:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if len(value) <= 10 else _at(value).date().isoformat()


def _at(value: str) -> datetime:
    at = datetime.fromisoformat(value)
    return at.astimezone(CHINA) if at.tzinfo else at.replace(tzinfo=CHINA)


def size(count: int) -> str:
    """Bytes as a person reads them."""
    return f"{count / 1_048_576:.1f} MB" if count >= 1_048_576 else f"{max(1, round(count / 1024))} kB"


@pass_context
def _short(context: Context, value: object) -> str:
    return short_money(value, context["lang"])


@pass_context
def _unit(context: Context, value: str) -> str:
    return unit_name(value, context["lang"])


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
        "half": _half, "mask": masks.text, "query": address,
    }  # fmt: skip
    made.globals |= {
        "static": static,
        "marks": MARKS,
        "levels": LEVELS,
        "proof_bar": charts.proof_bar,
        "spark": charts.spark,
    }
    return made
