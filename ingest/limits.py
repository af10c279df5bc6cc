"""How much of anything one file may ask for before we say no."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one file. The defaults fit any honest paper with room to spare."""

    bytes: int = 64 * MB  #: of the file as received
    #: A page photographed or scanned: uncompressed A4 in colour at 300 dpi is 26 MB.
    picture_bytes: int = 32 * MB
    pixels: int = 120_000_000  #: of one picture, taken from its header before anything is decoded
    pages: int = 2000
    cells: int = 1_000_000  #: of one workbook or table
    unpacked: int = 512 * MB  #: what a container (xlsx, docx, zip, mail) may unpack to
    ratio: int = 200  #: how much larger than packed, once it is larger than a few megabytes
    seconds: float = 1800.0  #: for one whole file, by the clock
    page_seconds: float = 60.0  #: of processor time between two signs of progress
    memory: int = 1536 * MB  #: resident, of the reading process once it recognises pictures, which takes most of it
    plain_memory: int = 960 * MB  #: resident, as long as it does not
    files: int = 200  #: a reading process is replaced after this many
    members: int = 1000  #: files inside one file, however deep they lie
    depth: int = 3  #: how many containers may lie in one another
