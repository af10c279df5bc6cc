"""The data of an invoice as XML: that of a 数电票, and that of the electronic invoices before it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from demo.identity import in_words

if TYPE_CHECKING:
    from demo.papers.invoices import Invoice


def words_of(total: Decimal) -> str:
    return ("（负数）" if total < 0 else "") + in_words(abs(total))


def day_of(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"


def _tags(values: Mapping[str, object], altered: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(str(altered.get(name, value)))}</{name}>" for name, value in values.items())


def digital_xml(invoice: Invoice, altered: Mapping[str, str]) -> str:
    """The data of a 数电票 as the tax authority gives it out."""
    items = "".join(
        "<IssuItemInformation>" + _tags({
            "ItemName": each.item, "SpecMod": each.spec or "", "MeaUnits": each.unit or "",
            "Quantity": "" if each.qty is None else each.qty, "UnPrice": each.price or "", "Amount": each.amount,
            "TaxRate": "免税" if each.rate is None else each.rate, "ComTaxAm": each.tax,
            "TotaltaxIncludedAmount": each.amount + each.tax,
        }, altered) + "</IssuItemInformation>"
        for each in invoice.lines
    )  # fmt: skip
    total = invoice.amount + invoice.tax
    basic = {"TotalAmWithoutTax": invoice.amount, "TotalTaxAm": invoice.tax, "TotalTax-includedAmount": total,
             "TotalTax-includedAmountInChinese": words_of(total), "Drawer": invoice.drawer}  # fmt: skip
    return (
        '<?xml version="1.0" encoding="UTF-8"?><EInvoice><Header>' + _tags({"EIid": invoice.number, "Version": "0.2"}, altered)
        + "<InherentLabel><EInvoiceType>"
        + _tags({"LabelCode": "01", "LabelName": invoice.kind.partition("（")[2].rstrip("）")}, altered)
        + "</EInvoiceType></InherentLabel>"
        + "</Header><EInvoiceData><SellerInformation>"
        + _tags({"SellerIdNum": invoice.seller[1], "SellerName": invoice.seller[0]}, altered)
        + "</SellerInformation><BuyerInformation>"
        + _tags({"BuyerIdNum": invoice.buyer[1], "BuyerName": invoice.buyer[0]}, altered)
        + f"</BuyerInformation><BasicInformation>{_tags(basic, altered)}</BasicInformation>{items}"
        + f"<AdditionalInformation>{_tags({'Remark': invoice.remark or ''}, altered)}</AdditionalInformation></EInvoiceData>"
        + "<TaxSupervisionInfo>"
        + _tags({"InvoiceNumber": invoice.number, "IssueTime": f"{invoice.issued} 09:41:07"}, altered)
        + "</TaxSupervisionInfo></EInvoice>"
    )  # fmt: skip


def old_xml(invoice: Invoice, altered: Mapping[str, str]) -> str:
    """The data of an electronic invoice before 2022."""
    items = "".join(
        "<GoodsInfo>" + _tags({
            "Item": each.item, "Specification": each.spec or "", "MeasurementDimension": each.unit or "",
            "Price": each.price or "", "Quantity": "" if each.qty is None else each.qty, "Amount": each.amount,
            "TaxScheme": "免税" if each.rate is None else f"{(100 * each.rate).normalize():f}%", "TaxAmount": each.tax,
        }, altered) + "</GoodsInfo>"
        for each in invoice.lines
    )  # fmt: skip
    head = {"InvoiceCode": invoice.code or "", "InvoiceNo": invoice.number, "IssueDate": day_of(invoice.issued)}
    foot = {"TaxInclusiveTotalAmount": invoice.amount + invoice.tax, "Note": invoice.remark or "",
            "InvoiceClerk": invoice.drawer, "TaxTotalAmount": invoice.tax, "TaxExclusiveTotalAmount": invoice.amount}  # fmt: skip
    return (
        f'<?xml version="1.0" encoding="utf-8"?><eInvoice Version="1.0">{_tags(head, altered)}<Buyer>'
        + _tags({"BuyerName": invoice.buyer[0], "BuyerTaxID": invoice.buyer[1]}, altered)
        + "</Buyer><Seller>"
        + _tags({"SellerName": invoice.seller[0], "SellerTaxID": invoice.seller[1]}, altered)
        + f"</Seller>{_tags(foot, altered)}<GoodsInfos>{items}</GoodsInfos></eInvoice>"
    )
