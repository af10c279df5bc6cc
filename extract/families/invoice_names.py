"""What the data formats of invoices call their values. Data more than code."""

from __future__ import annotations

#: The names that invoice data has borne: e-invoice 2019 (税控), 数电票 XML, interfaces in pinyin, DocInfo of OFD, XBRL.
FIELDS: dict[str, tuple[str, ...]] = {
    "invoice_kind": ("EInvoiceType/LabelName", "GeneralOrSpecialVAT/LabelName", "TypeOfInvoice", "InvoiceTypeName", "发票类型"),
    "number": ("InvoiceNo", "InvoiceNumber", "EInvoiceNo", "fphm", "fp_hm", "发票号码", "NumberOfInvoice", "EIid"),
    "code": ("InvoiceCode", "CodeOfInvoice", "fpdm", "fp_dm", "发票代码"),
    "issue_date": ("IssueDate", "IssueTime", "InvoiceDate", "kprq", "开票日期", "DateOfIssue", "RequestTime"),
    "buyer_name": ("BuyerName", "PurchaserName", "NameOfPurchaser", "NameOfBuyer", "gmfmc", "ghfmc", "gmf_mc", "gfmc",
                   "购买方名称"),
    "buyer_id": ("BuyerTaxID", "BuyerIdNum", "BuyerTaxNo", "TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfPurchaser",
                 "PurchaserTaxID", "gmfnsrsbh", "ghfnsrsbh", "gmf_nsrsbh", "购买方纳税人识别号",
                 "UnifiedSocialCreditCodeOfPurchaser"),
    "seller_name": ("SellerName", "NameOfSeller", "xsfmc", "xhfmc", "xsf_mc", "xfmc", "销售方名称"),
    "seller_id": ("SellerTaxID", "SellerIdNum", "SellerTaxNo", "TaxpayerIdentificationNumberUnifiedSocialCreditCodeOfSeller",
                  "xsfnsrsbh", "xhfnsrsbh", "xsf_nsrsbh", "销售方纳税人识别号",
                  "UnifiedSocialCreditCodeOfSeller"),
    "total_amount": ("TaxExclusiveTotalAmount", "TotalAmWithoutTax", "TotalAmountExcludingTax", "hjje", "合计金额"),
    "total_tax": ("TaxTotalAmount", "TotalTaxAm", "TotalTaxAmount", "hjse", "合计税额"),
    "total_num": ("TaxInclusiveTotalAmount", "TotalTax-includedAmount", "TaxIncludedAmountInFigures", "jshj", "价税合计"),
    "total_cn": ("TotalTax-includedAmountInChinese", "TaxIncludedAmountInWords", "jshjdx", "价税合计大写"),
    "drawer": ("InvoiceClerk", "Drawer", "Issuer", "kpr", "开票人"),
    "remark": ("Note", "Remark", "Remarks", "bz", "备注"),
}  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = {
    "item": ("Item", "ItemName", "NameOfTaxableGoodsOrServices", "xmmc", "spmc", "hwmc", "项目名称"),
    "spec": ("Specification", "SpecMod", "ggxh", "规格型号"),
    "unit": ("MeasurementDimension", "MeaUnits", "Unit", "jldw", "dw", "单位"),
    "qty": ("Quantity", "xmsl", "spsl", "数量"),
    "price": ("Price", "UnPrice", "UnitPrice", "UnitPriceOfGoodsOrServices", "xmdj", "dj", "单价"),
    "amount": ("Amount", "AmountExcludingTax", "xmje", "je", "金额"),
    "rate": ("TaxScheme", "TaxRate", "slv", "税率"),
    "tax": ("TaxAmount", "ComTaxAm", "se", "税额"),
}
