"""Papers drawn with their truth. Every drawer returns ``Drawn(name, bytes, truth)`` and is the same for the same arguments.

Miniatures of the specification (documents.md §14) as text PDFs:
    miniature_personal()  miniature_corporate()  miniature_tax()  miniature_electricity()
"""

from demo.papers.drawn import Drawn, Truth
from demo.papers.miniatures import miniature_corporate, miniature_electricity, miniature_personal, miniature_tax

__all__ = [
    "Drawn",
    "Truth",
    "miniature_corporate",
    "miniature_electricity",
    "miniature_personal",
    "miniature_tax",
]
