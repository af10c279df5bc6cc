"""Identifiers with check digits and without: credit codes, identity cards, bank cards, accounts, case numbers."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from stdnum import luhn
from stdnum.cn import ric
from stdnum.cn import uscc as credit_code

from records.values.capitals import numeral
from records.values.text import halfwidth

_SEPARATORS = re.compile(r"[\s-]")
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_ID_CARD = re.compile(r"[1-9][0-9]{16}[0-9X]")
_CARD = re.compile(r"[1-9][0-9]{12,18}")


def _compact(text: str) -> str:
    """Without blanks and dashes, capital letters; a text too long to be a number becomes nothing."""
    return _SEPARATORS.sub("", halfwidth(text)).upper() if len(text) <= 64 else ""


def looks_like_uscc(text: str) -> str | None:
    """The 18 characters of a 统一社会信用代码 by form alone; whether its check digit holds is ``uscc``'s question."""
    number = _compact(text)
    return number if _USCC.fullmatch(number) else None


def uscc(text: str) -> str | None:
    """A 统一社会信用代码 whose check digit holds, normalised; otherwise None."""
    number = looks_like_uscc(text)
    return number if number and credit_code.calc_check_digit(number[:17]) == number[17] else None


def id_card(text: str) -> str | None:
    """A 居民身份证 number with a possible birth date and a check digit that holds; otherwise None.

    The region is not looked up: districts are renamed and dissolved, and made-up papers use 9999.
    """
    number = _compact(text)
    if not _ID_CARD.fullmatch(number) or ric.calc_check_digit(number) != number[17]:
        return None
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None
    return number if 1850 <= born.year <= 2100 else None


def card(text: str) -> str | None:
    """A bank card number of 13 to 19 figures for which Luhn holds; otherwise None. Company accounts carry no Luhn."""
    number = _compact(text)
    return number if _CARD.fullmatch(number) and luhn.is_valid(number) else None


_MASK = re.compile(r"[*×•●·#]+|X{2,}")
_TAIL = re.compile(r"^\(?尾号:?(?=[0-9 ]+\)?$)")
_IDENTIFIER = re.compile(r"[0-9*]*[0-9][0-9*]*")
_DAY_LIKE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")


@lru_cache(maxsize=4096)
def digits(text: str) -> str | None:
    """An account, card or meter number: figures and masks (*), blanks and dashes removed; None for anything else."""
    plain = halfwidth(text).strip().lstrip("'").upper()
    if not plain or len(plain) > 64 or _DAY_LIKE.fullmatch(plain):
        return None
    if "尾号" in plain:
        plain = _TAIL.sub("*", plain).rstrip(")")
    number = _MASK.sub(lambda mask: "*" * len(mask[0]), _SEPARATORS.sub("", plain))
    return number if _IDENTIFIER.fullmatch(number) else None


_ENOUGH = 4  #: fewer visible figures than this fit too many accounts


def same_account(a: str, b: str) -> bool:
    """Whether two account numbers can be one: equal, or where one is masked, equal in all visible figures."""
    one, other = digits(a), digits(b)
    if one is None or other is None:
        return False
    if "*" not in one and "*" not in other:
        return one == other
    if "*" in one and "*" in other:
        return _ends_agree(one, other)
    masked, full = (one, other) if "*" in one else (other, one)
    visible = [re.escape(part) for part in re.split(r"\*+", masked)]
    enough = sum(character != "*" for character in masked) >= _ENOUGH
    return enough and re.fullmatch("[0-9]+".join(visible), full) is not None


def _ends_agree(one: str, other: str) -> bool:
    """Both masked: what both show at the front and at the back must agree, and that must be enough."""
    shared = 0
    for left, right in ((one, other), (one[::-1], other[::-1])):
        for x, y in zip(left, right, strict=False):
            if "*" in (x, y):
                break
            if x != y:
                return False
            shared += 1
    return shared >= _ENOUGH


_YEAR = r"[(\[〔](?P<year>(?:19|20)[0-9]{2})[)\]〕]"
_CASE = re.compile(_YEAR + r"(?P<rest>[一-龥]{1,2}[0-9]{0,4}[一-龥]{1,6}[0-9]+号(?:之[一二三四五六七八九十0-9]+)?)")
_ARBITRATION = re.compile(r"(?P<panel>[一-龥]{1,6}仲[一-龥]{0,4})" + _YEAR + r"(?P<rest>第?[0-9]+号)")
#: What courts and arbitrators write for the kind of case; an authority's 罚字第 is a document number, not a case.
_KIND = re.compile(r"[民刑执破财赔商仲诉调特督催知清辖]|行[初终审申再]")


def case_no(text: str) -> str | None:
    """The (first) case number in a text, without blanks and with full-width brackets: （2024）浙0106民初12345号."""
    if "号" not in text:
        return None
    plain = re.sub(r"\s", "", halfwidth(text))
    for found in _CASE.finditer(plain):
        if _KIND.search(found["rest"]):
            return f"（{found['year']}）{found['rest']}"
    award = _ARBITRATION.search(plain)
    return f"{award['panel']}（{award['year']}）{award['rest']}" if award else None


def in_part(number: str) -> str:
    """An identity or account number as a sentence may carry it: its first six and last four characters."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else number


_PERCENT = re.compile(r"(?P<number>[+-]?[0-9]{1,15}(?:\.[0-9]{1,10})?) ?(?P<sign>[%‰])")
_IN_A_HUNDRED = re.compile(
    r"百分之(?:(?P<figures>[0-9]{1,3}(?:\.[0-9]{1,6})?)|(?P<characters>[零一二两三四五六七八九十百]+))"
)


def percent(text: str) -> Decimal | None:
    """A printed percentage as an exact fraction: 65.32% → 0.6532, 5‰ → 0.005, 百分之六十 → 0.60; else None."""
    plain = halfwidth(text).strip()
    found = _PERCENT.fullmatch(plain)
    if found:
        return Decimal(found["number"]).scaleb(-2 if found["sign"] == "%" else -3)
    said = _IN_A_HUNDRED.fullmatch(plain) if plain.startswith("百分之") else None
    if said is None:
        return None
    whole = numeral(said["characters"]) if said["characters"] else None
    number = said["figures"] if whole is None else str(whole)
    return Decimal(number).scaleb(-2) if number else None
