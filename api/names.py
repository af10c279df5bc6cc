"""What the fields, tables, types and indicators of papers are called on a page.

Names come from the declarations themselves (a new document type brings its own labels); the few words here are those that
several types share, so that they read the same everywhere.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from api.words import Language
from extract.titles import TITLES

if TYPE_CHECKING:
    from extract.kinds import Kind

#: field or column id -> (中文, English)
FIELDS: dict[str, tuple[str, str]] = {
    "account_name": ("户名", "Account name"),
    "account_no": ("账号", "Account no."),
    "amount": ("金额", "Amount"),
    "amount_due": ("应付金额", "Amount due"),
    "amount_num": ("金额", "Amount"),
    "amount_cn": ("金额（大写）", "Amount in words"),
    "amount_total": ("金额合计", "Total amount"),
    "balance": ("余额", "Balance"),
    "bank_name": ("银行", "Bank"),
    "bill_month": ("账单月份", "Bill month"),
    "capacity_utilisation": ("产能利用率", "Capacity utilisation"),
    "channel": ("渠道", "Channel"),
    "check_date": ("检查日期", "Check date"),
    "check_type": ("检查种类", "Kind of check"),
    "classification": ("五级分类", "Classification"),
    "closing_balance": ("期末余额", "Closing balance"),
    "conclusion": ("检查结论", "Conclusion"),
    "contract_no": ("合同号", "Contract no."),
    "count_in": ("贷方笔数", "Number of credits"),
    "count_out": ("借方笔数", "Number of debits"),
    "counterparty_account": ("对方账号", "Counterparty account"),
    "counterparty_bank": ("对方银行", "Counterparty bank"),
    "counterparty_name": ("对方户名", "Counterparty"),
    "currency": ("币种", "Currency"),
    "customer": ("客户", "Customer"),
    "date": ("日期", "Date"),
    "headcount": ("员工人数", "Headcount"),
    "id_no": ("身份证号", "ID number"),
    "inspectors": ("检查人", "Inspectors"),
    "interviewee": ("受访人", "Interviewee"),
    "issue_date": ("填发日期", "Date of issue"),
    "item": ("品目", "Item"),
    "kwh": ("电量", "kWh"),
    "kwh_total": ("电量合计", "Total kWh"),
    "loan_amount": ("贷款金额", "Amount lent"),
    "loan_balance": ("贷款余额", "Loan balance"),
    "loan_note_no": ("借据号", "Loan note no."),
    "next_date": ("下次检查", "Next check"),
    "opening_balance": ("期初余额", "Opening balance"),
    "paid_date": ("入库日期", "Paid on"),
    "period": ("期间", "Period"),
    "place": ("地点", "Place"),
    "remark": ("备注", "Remark"),
    "risk_level": ("风险等级", "Risk level"),
    "serial_no": ("流水号", "Serial no."),
    "summary": ("摘要", "Summary"),
    "tax_authority": ("税务机关", "Tax authority"),
    "tax_type": ("税种", "Tax"),
    "taxpayer_id": ("纳税人识别号", "Taxpayer no."),
    "taxpayer_name": ("纳税人", "Taxpayer"),
    "time": ("时间", "Time"),
    "total_cn": ("合计（大写）", "Total in words"),
    "total_in": ("贷方合计", "Total credits"),
    "total_num": ("合计", "Total"),
    "total_out": ("借方合计", "Total debits"),
    "user_name": ("户名", "Account holder"),
    "user_no": ("户号", "Meter account"),
    "voucher_no": ("凭证号", "Voucher no."),
    "applicant": ("申请人", "Applicant"),
    "plaintiff": ("原告", "Plaintiff"),
    "defendant": ("被告", "Defendant"),
    "respondent": ("被申请人/被执行人", "Respondent"),
    "third_party": ("第三人", "Third party"),
    "subject_name": ("当事人", "Party"),
    "debtor": ("债务人", "Debtor"),
    "cause": ("案由", "Cause"),
    "doc_date": ("落款日期", "Date of the paper"),
    "doc_no": ("文号", "Document no."),
    "authority": ("机关", "Authority"),
    "result": ("结果", "Result"),
    "effective": ("效力", "Effect"),
    "deadline": ("期限", "Deadline"),
    "freeze_cap": ("限额", "Limit"),
    "assets": ("财产", "Assets"),
    "measure": ("措施", "Measure"),
    "term": ("期限", "Term"),
    "guarantee": ("担保", "Guarantee"),
    "legal_rep": ("法定代表人", "Legal representative"),
    "fine": ("罚款", "Fine"),
    "fine_cn": ("罚款（大写）", "Fine in words"),
    "round": ("拍卖轮次", "Round"),
    "accepted": ("受理日期", "Accepted on"),
    "items": ("清单", "List"),
    "counts": ("各类条数", "Counts"),
    "changes": ("变更事项", "Changes"),
    "arrears_amount": ("欠费金额", "Amount in arrears"),
    "declared_revenue": ("申报收入（当期）", "Declared sales"),
    "declared_revenue_ytd": ("申报收入（本年累计）", "Declared sales, year to date"),
    "direction": ("收支方向", "Direction"),
    "employer": ("单位", "Employer"),
    "fill_date": ("填表日期", "Filed on"),
    "last_reading": ("上期读数", "Last reading"),
    "merchant_no": ("商户单号", "Merchant no."),
    "month": ("月份", "Month"),
    "payee_account": ("收款账号", "Payee account"),
    "payee_bank": ("收款行", "Payee bank"),
    "payee_name": ("收款人", "Payee"),
    "payer_account": ("付款账号", "Payer account"),
    "payer_bank": ("付款行", "Payer bank"),
    "payer_name": ("付款人", "Payer"),
    "penalty": ("违约金", "Penalty"),
    "purpose": ("用途", "Purpose"),
    "status": ("状态", "Status"),
    "this_reading": ("本期读数", "This reading"),
    "unit_price": ("单价", "Unit price"),
    "volume": ("用量", "Volume"),
    "fees": ("费用", "Fees"),
    "amount_is": ("约数", "Amount is"),
    "asset": ("标的物", "Asset"),
    "case_no": ("案号", "Case no."),
    "count": ("次数", "Count"),
    "court": ("法院", "Court"),
    "creditor": ("债权人", "Creditor"),
    "days": ("天数", "Days"),
    "from": ("原为", "From"),
    "indicator": ("指标", "Indicator"),
    "months": ("月数", "Months"),
    "payee": ("收款方", "Payee"),
    "percent": ("比例", "Share"),
    "periods": ("期数", "Periods"),
    "threshold": ("界限", "Threshold"),
    "to": ("现为", "To"),
    "unit": ("单位", "Unit"),
    "value": ("数值", "Value"),
    "transactions": ("流水", "Transactions"),
    "lines": ("明细", "Lines"),
    "meters": ("表计", "Meters"),
    "rows": ("明细", "Rows"),
}


def title_of(code: str, language: Language) -> str:
    """What a document type, an indicator or an event is called."""
    pair = TITLES.get(code)
    return (pair[0] if language == "zh" else pair[1]) if pair else _readable(code)


def field_title(paper_type: str, name: str, language: Language) -> str:
    """What a field or a column of this type is called."""
    shared = FIELDS.get(name)
    if shared:
        return shared[0] if language == "zh" else shared[1]
    return (_printed_label(paper_type, name) if language == "zh" else None) or _readable(name)


def is_number(paper_type: str, name: str, value: str) -> bool:
    """Whether a value is a quantity, to be set with thousands apart: by its declaration, or because it has decimals.

    A reading that comes from the archive carries numbers as text; an account number is text too.
    """
    from extract.kinds import Count, Money, Quantity, Ratio

    if not re.fullmatch(r"-?\d+(\.\d+)?", value):
        return False
    kind = _declared(paper_type).get(name)
    return isinstance(kind, Money | Quantity | Ratio | Count) or (kind is None and "." in value)


def _printed_label(paper_type: str, name: str) -> str | None:
    """The first label under which the type's own declaration looks for this field."""
    kind = _declared(paper_type).get(name)
    return kind.labels[0] if kind and kind.labels else None


@cache
def _declared(paper_type: str) -> dict[str, Kind[Any]]:
    """The fields and columns that a type declares; none for a type nobody declared."""
    from extract.recognise import all_types

    for declared in all_types():
        if declared.type_id == paper_type:
            columns = {name: kind for table in declared.table_specs().values() for name, kind in table.columns.items()}
            return columns | declared.kinds()
    return {}


def _readable(code: str) -> str:
    """An id as words, when nobody gave it a name."""
    words = code.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
