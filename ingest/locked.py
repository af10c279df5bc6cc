"""Office files with a password: opened with the one we were given, or with the one that programs use when none was set."""

from __future__ import annotations

import re
import struct
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError

from ingest.limits import Limits
from records.errors import Bomb, DamagedFile, PasswordProtected, Unsupported

#: Excel encrypts a workbook whose *structure* is protected with this word; nobody ever typed it.
_NOBODYS = "VelvetSweatshop"
_SPINS = re.compile(rb'spinCount="(\d{1,12})"')
_MOST_SPINS = 1_000_000  # ten times what Office uses; each costs a microsecond
_BROKEN = (
    OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, struct.error, RecursionError, AssertionError,
    OverflowError, ExpatError, MemoryError,
)  # fmt: skip


def unlocked(data: bytes, name: str, password: str | None, limits: Limits) -> bytes:
    """The file without its protection; raises ``PasswordProtected`` when no password we have fits."""
    if any(int(found[1]) > _MOST_SPINS for found in _SPINS.finditer(data)):
        raise DamagedFile(f"{name}: the lock asks for more turns than any program makes")
    for attempt in (password, _NOBODYS):
        try:
            content = _opened(data, name, attempt) if attempt else None
        except (DamagedFile, Unsupported):
            if attempt == password:
                raise
            content = None  # nobody gave a password, so that is what to ask for first
        if content is not None:
            if len(content) > limits.unpacked or len(content) > 2 * len(data) + 4096:
                raise Bomb(f"{name}: {len(data)} -> {len(content)} bytes")
            return content
    raise PasswordProtected(name)


def _opened(data: bytes, name: str, password: str) -> bytes | None:
    """What the password opens; None when it does not fit."""
    from msoffcrypto import OfficeFile
    from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

    content = BytesIO()
    try:
        file: Any = OfficeFile(BytesIO(data))
        file.load_key(password=password)
        file.decrypt(content)
    except InvalidKeyError:
        return None
    except (FileFormatError, ParseError) as error:
        raise DamagedFile(name) from error
    except DecryptionError as error:
        if "Unsupported" in str(error):
            raise Unsupported(f"{name}（{error}）") from error
        return None
    except _BROKEN as error:
        raise DamagedFile(name) from error
    return content.getvalue()
