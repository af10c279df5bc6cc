"""Papers drawn with their truth. Every drawer returns ``Drawn(name, bytes, truth)`` and is the same for the same arguments.

Miniatures of the specification (documents.md §14) as text PDFs:
    miniature_personal()  miniature_corporate()  miniature_tax()  miniature_electricity()

Bank statements; ``medium`` is pdf, xlsx (figures as text), xlsx_numbers, csv (GBK, tab padding), scan (picture PDF), photo (JPEG);
``rows`` is about how many movements; ``alter={index: amount}`` prints another amount in that row:
    corporate_statement(layout, rows, seed, medium, ledger=None, alter=None)   layouts: ``CORPORATE``
        ccb 借方(支取)/贷方(收入) · icbc unsigned + 借贷标志 · abc 收入/支出 · cmb two-line bilingual head · boc 承前页/过次页/本页合计
        bocom 0.00 on the empty side, newest first · rural 收入/支出, newest first · single one signed column, name over account in a cell
        reversed 借方金额(收)/贷方金额(支)
    personal_statement(layout, rows, seed, medium, ledger=None, alter=None)    layouts: ``PERSONAL``
        abc · icbc · ccb 账号/户名 in a cell · cmb · boc newest first, dashes for empty · bocom 借 Dr/贷 Cr · rural · icbc_csv two pairs
    altered_statement(layout, rows, seed)    one receipt is 10,000 larger than the balances allow
    long_statement(pages=60, layout="ccb")   for benchmarks
    corporate_ledger(...), personal_ledger(...) make the account that a statement prints (``ledger=``)
"""

from demo.papers.drawn import Drawn, Truth
from demo.papers.layouts_corporate import CORPORATE
from demo.papers.layouts_personal import PERSONAL
from demo.papers.ledger import Business, Household, Ledger, Movement
from demo.papers.miniatures import miniature_corporate, miniature_electricity, miniature_personal, miniature_tax
from demo.papers.statements import (
    altered_statement,
    corporate_ledger,
    corporate_statement,
    long_statement,
    personal_ledger,
    personal_statement,
)

__all__ = [
    "CORPORATE",
    "PERSONAL",
    "Business",
    "Drawn",
    "Household",
    "Ledger",
    "Movement",
    "Truth",
    "altered_statement",
    "corporate_ledger",
    "corporate_statement",
    "long_statement",
    "miniature_corporate",
    "miniature_electricity",
    "miniature_personal",
    "miniature_tax",
    "personal_ledger",
    "personal_statement",
]
