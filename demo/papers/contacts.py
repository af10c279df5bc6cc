"""Records of calls and of collecting (documents.md §8.3): forms, exports of a call system, a letter with its receipt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from demo.draw_letter import PdfLetter
from demo.draw_office import Grid, Letter, xlsx_bytes
from demo.draw_photo import scan_pdf
from demo.identity import money
from demo.papers.collateral import BANK
from demo.papers.court import BORROWER
from demo.papers.drawn import Drawn, truth

NOTE = "JJ20260318000101"
Medium = Literal["docx", "pdf", "scan"]


def finished(
    letter: Letter | PdfLetter, name: str, kind: str, fields: dict[str, object], medium: Medium, **more: Any
) -> Drawn:
    """A letter as a file of its medium, with its truth."""
    value, data = truth(kind, fields, **more), letter.finish()
    if medium == "scan":
        return Drawn(f"{name}-scan.pdf", scan_pdf(data, seed=7), value).pictured()
    return Drawn(f"{name}.{medium}", data, value)


def begun(title: str, medium: Medium) -> Letter | PdfLetter:
    """An empty sheet of that medium."""
    return Letter(title) if medium == "docx" else PdfLetter(title)


def contact_form(medium: Medium = "docx") -> Drawn:
    """One call on a form: channel and result are ticked among their options."""
    letter = begun("客户沟通记录表", medium)
    yes = "☑" if medium == "docx" else "■"
    said = "借款人称两家下游客户货款未到，本月利息暂无法支付，承诺2026年6月25日前归还利息5万元。"
    letter.table(
        [
            ["客户名称", BORROWER, "借据号", NOTE],
            ["沟通时间", "2026年6月18日 09:30", "联系电话", "13800138000"],
            ["沟通对象", "沈某某", "沟通方式", f"{yes}电话 □短信"],
            ["接通情况", f"{yes}接通 □未接 □停机"],
            ["沟通内容", said],
            ["承诺还款日期", "2026年6月25日", "承诺还款金额", "50,000.00元"],
            ["记录人", "周岚"],
        ]
    )
    fields: dict[str, object] = {
        "customer": BORROWER, "loan_note_no": NOTE, "time": "2026-06-18 09:30", "number": "13800138000", "who": "沈某某",
        "channel": "电话", "result": "接通", "promise": date(2026, 6, 25), "promise_amount": Decimal("50000.00"),
        "recorded_by": "周岚",
    }  # fmt: skip
    return finished(letter, "沟通记录", "contact_record", fields, medium, asserted=[])


def contact_export() -> Drawn:
    """What a call system writes out: a row for every call and message."""
    rows = [
        ["2026-06-18", "09:30:12", "沈某某", "13800138000", "电话", "接通", "称货款未到，答应月底前还款。", "周岚"],
        ["2026-06-22", "14:05:40", "方某", "137****1122", "电话", "未接", "", "何屿"],
        ["2026-06-22", "14:08:00", "方某", "137****1122", "短信", "已发送", "提醒6月26日扣款。", "何屿"],
    ]  # fmt: skip
    head = ["日期", "时间", "客户姓名", "被叫号码", "沟通方式", "呼叫结果", "沟通内容", "坐席"]
    names = ("customer", "number", "channel", "result", "content", "recorded_by")
    cells = [
        {"time": f"{row[0]} {row[1][:5]}"}
        | {n: v.replace("，", ",") or None for n, v in zip(names, row[2:], strict=True)}
        for row in rows
    ]
    value = truth("contact_record", {}, {"contacts": cells})
    return Drawn("通话记录.xlsx", xlsx_bytes(Grid("通话记录导出", [], head, rows)), value)


def contact_note() -> Drawn:
    """A note in English, as somebody types it after the call."""
    lines = [
        "Contact record", f"Borrower: {BORROWER}", "Date and time: 18 June 2026, 09:30", "Channel: phone", "Spoke with: Mr Shen",
        "Phone number: 138 0013 8000", "Outcome: reached",
        "Details: He said two buyers had not paid. He promised to pay RMB 50,000 by 25 June 2026.", "Recorded by: Zhou Lan",
    ]  # fmt: skip
    fields = {
        "customer": BORROWER, "time": "2026-06-18 09:30", "channel": "phone", "who": "Mr Shen", "number": "13800138000",
        "result": "reached", "promise": date(2026, 6, 25), "promise_amount": Decimal(50000), "recorded_by": "Zhou Lan",
    }  # fmt: skip
    return Drawn("contact.txt", "\n".join(lines).encode(), truth("contact_record", fields))


def collection_form(medium: Medium = "docx", hour: str = "14:30") -> Drawn:
    """A visit made for overdue money, with the sums; ``hour`` is when."""
    letter = begun("上门催收（外访）记录", medium)
    yes = "☑" if medium == "docx" else "■"
    owed = (Decimal("800000.00"), Decimal("15320.11"), Decimal("2100.00"))
    told = "厂门紧锁，车间已停产近一个月。受访人称法定代表人外出，承诺月底前归还欠息。"
    letter.table(
        [
            ["客户名称", BORROWER, "借据号", NOTE],
            ["催收时间", f"2026年7月3日 {hour}", "催收方式", "上门"],
            ["逾期天数", "46", "催收阶段", f"□M1 {yes}M2 □M3"],
            ["逾期本金", f"{money(owed[0])}元", "逾期利息", f"{money(owed[1])}元"],
            ["罚息", f"{money(owed[2])}元", "逾期本息合计", f"{money(sum(owed, Decimal(0)))}元"],
            ["催收对象", "厂长沈某某", "催收人", "周岚、何屿"],
            ["催收情况", told],
            ["是否联系第三人", f"□是 {yes}否", "录音编号", "LY202607030012"],
            ["承诺还款日期", "2026年7月31日"],
        ]
    )
    fields: dict[str, object] = {
        "customer": BORROWER, "loan_note_no": NOTE, "time": f"2026-07-03 {hour}", "channel": "上门", "overdue_days": "46",
        "stage": "M2", "overdue_principal": owed[0], "overdue_interest": owed[1], "penalty": owed[2],
        "overdue_total": sum(owed, Decimal(0)), "who": "厂长沈某某", "collector": "周岚、何屿",
        "third_party": "否", "recording": "LY202607030012", "promise": date(2026, 7, 31),
    }  # fmt: skip
    asserted = [{"type": "operation_shutdown", "quote": "车间已停产近一个月"}]
    return finished(letter, "催收记录", "collection_record", fields, medium, asserted=asserted)


def collection_letter(medium: Medium = "pdf") -> Drawn:
    """A letter that claims what is overdue, and below it the receipt that came back."""
    letter = begun("逾期贷款催收通知书", medium)
    for line in ("编号：云农商催字（2026）第018号", f"{BORROWER}："):
        letter.line(line) if isinstance(letter, PdfLetter) else letter.text(line)
    letter.text(
        "贵单位与我行签订的借款合同（编号：云农商2026年(借)字第0318号）项下贷款已逾期46天。截至2026年7月5日，尚欠本金800,000.00元，"
        "利息15,320.11元，罚息2,100.00元，本息合计817,420.11元。请贵单位于2026年7月15日前清偿，否则我行将依法提起诉讼。"
    )
    letter.text(BANK, align="right")
    letter.text("2026年7月5日", align="right")
    letter.heading("回执")
    letter.table(
        [["送达方式", "直接送达", "送达情况", "已签收"], ["签收人", "沈某某", "签收日期", "2026年7月6日"]],
    )
    fields: dict[str, object] = {
        "customer": BORROWER, "letter_no": "云农商催字(2026)第018号", "contract_no": "云农商2026年(借)字第0318号",
        "overdue_days": "46", "overdue_principal": Decimal("800000.00"), "overdue_interest": Decimal("15320.11"),
        "penalty": Decimal("2100.00"),
        "overdue_total": Decimal("817420.11"), "deadline": date(2026, 7, 15), "time": "2026-07-05", "delivery": "直接送达",
        "delivery_status": "已签收", "signer": "沈某某", "signed_date": date(2026, 7, 6),
    }  # fmt: skip
    threat = [{"type": "litigation_defendant", "quote": "否则我行将依法提起诉讼"}]
    return finished(letter, "催收通知书", "collection_record", fields, medium, not_asserted=threat)


def collection_list() -> Drawn:
    """A month's list of collecting: one of its calls was made late at night."""
    rows = [
        ["沈某某", "JJ20260401000233", "3", "3,303.60", "2026-06-18", "10:20", "电话", "接通，承诺还款", "2026-06-20", "何屿"],
        ["方某", "JJ20260402000007", "95", "31,212.50", "2026-06-18", "22:35", "电话", "拒接", "", "何屿"],
    ]  # fmt: skip
    head = [
        "客户名称",
        "借据号",
        "逾期天数",
        "逾期金额",
        "催收日期",
        "催收时间",
        "催收方式",
        "催收结果",
        "承诺还款日",
        "催收人",
    ]
    cells = [
        {
            "customer": row[0], "loan_note_no": row[1], "overdue_days": row[2], "overdue_total": row[3].replace(",", ""),
            "time": f"{row[4]} {row[5]}", "channel": row[6], "result": row[7].replace("，", ","), "promise": row[8] or None,
            "collector": row[9],
        }
        for row in rows
    ]  # fmt: skip
    value = truth("collection_record", {}, {"contacts": cells})
    return Drawn("催收台账.xlsx", xlsx_bytes(Grid("逾期贷款催收台账", [["单位：元"]], head, rows)), value)
