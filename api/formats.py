"""How a page writes money, shares, days and sizes: the digits on paper, in the order a person reads them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from api.names import field_title
from api.words import Language, say
from archive.stamps import CHINA

SHARES = ("ratio", "pct", "pct pt")
UNITS = {
    "CNY": ("元", "CNY"), "CNY/month": ("元/月", "CNY/month"), "ratio": ("%", "%"), "pct": ("%", "%"), "days": ("天", "days"),
    "months": ("个月", "months"), "count": ("", ""), "date": ("", ""),
}  # fmt: skip


def money(value: object) -> str:
    """A sum with all its digits, thousands set apart, and a real minus."""
    found = number(value)
    return str(value) if found is None else f"{found:,f}".replace("-", "−")


def short_money(value: object, lang: Language) -> str:
    """A sum in 万 or 亿 where nobody needs the last digit; in full in English."""
    found = number(value)
    if found is None or lang == "en" or abs(found) < 10_000:
        return money(value)
    divisor, unit = (Decimal(10**8), "亿") if abs(found) >= 10**8 else (Decimal(10**4), "万")
    return f"{found / divisor:,.1f} {unit}".replace("-", "−")


def figure(value: object, unit: str) -> str:
    """An indicator's value as it is read aloud: a share as per cent, money without the cents where it is large."""
    found = number(value)
    if found is None:
        return "—" if value is None else str(value)
    if unit in SHARES:
        text = f"{found * 100:.1f}"
    elif unit.startswith("CNY"):
        text = f"{found:,.0f}" if abs(found) >= 10_000 else f"{found:,.2f}"
    else:
        text = f"{found:,f}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")


def unit_name(unit: str, lang: Language) -> str:
    """The unit beside an indicator."""
    pair = UNITS.get(unit)
    return unit if pair is None else pair[0] if lang == "zh" else pair[1]


def share(value: Decimal) -> str:
    """A change as a signed per cent."""
    return f"{value * 100:+.1f}%".replace("-", "−")


def place_words(where: str, lang: Language) -> str:
    """The place of a check ("rows 1–24"), or what it lacks, in the language of the page."""
    rows = re.fullmatch(r"rows? ([\d–, ]+)", where)
    if rows:
        return say(lang, "row.n", n=rows.group(1))
    lacks = re.fullmatch(r"缺 (\w+)", where)
    return say(lang, "lacks", what=field_title("", lacks.group(1), lang)) if lacks else where


def number(value: object) -> Decimal | None:
    """A number from the text the archive keeps; None for anything that is none."""
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str | int) or isinstance(value, bool) or value == "":
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


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
