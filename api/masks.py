"""What of a person's numbers a page may show: the last four digits of an account, the ends of an identity number."""

from __future__ import annotations

import re

from search.masking import mask as text

__all__ = ["field", "text"]

#: Fields whose whole value is a number of this kind, whatever it looks like.
ACCOUNTS = re.compile(r"(^|_)(account|account_no|card_no)$")
IDENTITIES = frozenset({"id_no", "owner_id_no"})


def field(name: str, value: str) -> str:
    """The value of a field as anybody may see it."""
    if ACCOUNTS.search(name):
        return account(value)
    if name in IDENTITIES and len(value) > 10:
        return f"{value[:6]}{'*' * (len(value) - 10)}{value[-4:]}"
    return text(value)


def account(value: str) -> str:
    """6222 **** **** 4566; a number too short to hide anything keeps its last four only."""
    digits = re.sub(r"[\s-]", "", value)
    if len(digits) <= 4:
        return digits
    return f"{digits[:4]} **** **** {digits[-4:]}" if len(digits) > 8 else f"****{digits[-4:]}"
