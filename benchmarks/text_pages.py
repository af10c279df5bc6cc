"""Text pages per second and core on a 60-page statement, beside ``pdfplumber.extract_words`` in the same run (target 40)."""

from __future__ import annotations

import io
import time
from statistics import median

import pdfplumber

from demo.papers import long_statement
from extract.reading import read_document
from ingest.child_loop import seldom_collected
from ingest.opening import open_file

PAGES = 60
PEER_PAGES = 12  #: the peer is slow enough that a part of the file tells its speed
RUNS = 3


def main() -> None:
    """Ours reads to the last proof, in a process set up as a reading process is; the peer only finds the words."""
    seldom_collected()
    drawn = long_statement(pages=PAGES)
    opened, read, peer = [], [], []
    for _ in range(RUNS):
        started = time.process_time()
        document = open_file(drawn.bytes, drawn.name)
        between = time.process_time()
        read_document(document)
        opened.append(PAGES / (between - started))
        read.append(PAGES / (time.process_time() - started))
        started = time.process_time()
        with pdfplumber.open(io.BytesIO(drawn.bytes)) as pdf:
            for page in pdf.pages[:PEER_PAGES]:
                page.extract_words()
        peer.append(PEER_PAGES / (time.process_time() - started))
    ours, theirs = median(read), median(peer)
    print(
        f"text pages per second and core, {PAGES}-page statement: {ours:.0f} read and proved, "
        f"{median(opened):.0f} words and places only; target 40"
    )
    print(
        f"  pdfplumber.extract_words: {theirs:.1f}; ratio {ours / theirs:.1f} (words alone {median(opened) / theirs:.1f})"
    )
