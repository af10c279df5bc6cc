"""Papers drawn with their truth. Every drawer returns ``Drawn(name, bytes, truth)`` and is the same for the same arguments.

Miniatures of the specification (documents.md §14) as text PDFs:
    miniature_personal()  miniature_corporate()  miniature_tax()  miniature_electricity()

Bank statements; ``medium`` is pdf, xlsx (figures as text), xlsx_numbers, csv (GBK, tab padding), scan (picture PDF), photo
(JPEG); ``rows`` is about how many movements; ``alter={index: amount}`` prints another amount in that row:
    corporate_statement(layout, rows, seed, medium, ledger=None, alter=None); layouts are the keys of ``CORPORATE``
        ccb 借方(支取)/贷方(收入) · icbc unsigned + 借贷标志 · abc 收入/支出 · cmb two-line bilingual head
        boc 承前页/过次页/本页合计 · bocom 0.00 on the empty side, newest first · rural 收入/支出, newest first
        single one signed column, name over account in a cell · reversed 借方金额(收)/贷方金额(支)
    personal_statement(layout, rows, seed, medium, ledger=None, alter=None); layouts are the keys of ``PERSONAL``
        abc · icbc · ccb 账号/户名 in a cell · cmb bilingual · boc newest first, dashes for empty · bocom 借 Dr/贷 Cr
        rural newest first, masked card · icbc_csv two pairs of columns, no bank name
    altered_statement(layout, rows, seed)    one receipt is 10,000 larger than the balances allow
    long_statement(pages=60, layout="ccb")   for benchmarks
    english_statement(layout, rows, seed)    columns: paid out/paid in/balance · marks: CR/DR, no year
    mishap_statement(mishap, layout, rows, seed)    mishap: twice(5), changed_about(5), left_out(5) or days_down
    page_lost()  taken_back()  two_currencies()
    corporate_ledger(...), personal_ledger(...) make the account that a statement prints (``ledger=``)

Tax and power (medium pdf, scan, photo):
    tax_certificate(lines, style="plain"|"boxed", medium)    vat_lines(vat, year, month, late=, stamp=) makes the lines
    electricity_bill(bill, style="list"|"grid"|"notice", medium)    bill(site, year, month, kwh) -> bill, site afterwards

Invoices (medium also ofd and xml; demo.papers.invoices has Invoice and line to make others):
    vat_invoice(invoice, style="digital"|"old", medium, data=True, altered={name in the data: value})    miniature_invoice(medium)
Other papers of money, tax and supply, each in several styles (see the modules):
    wallets: wechat_statement  alipay_statement    returns: vat_return  small_return
    taxes: tax_voucher  tax_status  cit_return  iit_record    utilities: water_bill  gas_bill  arrears_notice
    payments: bank_receipt  payroll  customs_declaration
    the same in other orders, words and rulings: tax_letters  tax_prints  income_tax (A and B)  park  park_piped (bills passed on)
    shared_meters (several meters, local fees and levies)
    unruled  unruled_trade (prints from a screen)    customs_prints  invoice_kinds (special trades, vehicles)  invoice_paper

Reports and notes (``Told`` holds prose and what it asserts; ``About`` says which loan):
    post_loan_inspection(about, told, form="colon"|"boxes", medium="docx"|"pdf"|"scan")
    first_inspection(about, told, checked=, medium=...)
    visit_text(customer, day, lines, encoding=, style="note"|"message")    visit_photo(customer, day, lines) handwriting

Unreadable: broken_pdf()  empty_file()  locked_pdf()
"""

from demo.papers.drawn import Drawn, Truth
from demo.papers.electricity import Site, bill, electricity_bill
from demo.papers.invoices import miniature_invoice, vat_invoice
from demo.papers.layouts_corporate import CORPORATE
from demo.papers.layouts_personal import PERSONAL
from demo.papers.ledger import Ledger, Movement
from demo.papers.living import Business, Household
from demo.papers.miniatures import miniature_corporate, miniature_electricity, miniature_personal, miniature_tax
from demo.papers.mishaps import (
    changed_about,
    days_down,
    english_statement,
    left_out,
    mishap_statement,
    page_lost,
    taken_back,
    twice,
    two_currencies,
)
from demo.papers.reports import About, Told, first_inspection, post_loan_inspection
from demo.papers.spoiled import broken_pdf, empty_file, locked_pdf
from demo.papers.statements import (
    altered_statement,
    corporate_ledger,
    corporate_statement,
    long_statement,
    personal_ledger,
    personal_statement,
    statement,
)
from demo.papers.tax import TaxLine, tax_certificate, vat_lines
from demo.papers.visits import visit_photo, visit_text

__all__ = [
    "CORPORATE",
    "PERSONAL",
    "About",
    "Business",
    "Drawn",
    "Household",
    "Ledger",
    "Movement",
    "Site",
    "TaxLine",
    "Told",
    "Truth",
    "altered_statement",
    "bill",
    "broken_pdf",
    "changed_about",
    "corporate_ledger",
    "corporate_statement",
    "days_down",
    "electricity_bill",
    "empty_file",
    "english_statement",
    "first_inspection",
    "left_out",
    "locked_pdf",
    "long_statement",
    "miniature_corporate",
    "miniature_electricity",
    "miniature_invoice",
    "miniature_personal",
    "miniature_tax",
    "mishap_statement",
    "page_lost",
    "personal_ledger",
    "personal_statement",
    "post_loan_inspection",
    "statement",
    "taken_back",
    "tax_certificate",
    "twice",
    "two_currencies",
    "vat_invoice",
    "vat_lines",
    "visit_photo",
    "visit_text",
]
