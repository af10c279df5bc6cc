"""Inspection reports (documents.md §8.1, 8.2) as Word files and PDFs: forms, boxes, prose with and without risk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from demo.draw_letter import PdfLetter
from demo.draw_office import Letter
from demo.draw_photo import scan_pdf
from demo.identity import money
from demo.papers.drawn import Drawn, truth


@dataclass(frozen=True, slots=True)
class About:
    """Which loan of whom an inspection is about."""

    customer: str
    loan_note_no: str | None
    contract_no: str | None
    amount: Decimal
    balance: Decimal
    granted: date
    classification: str = "正常"
    purpose: str = "采购原材料"
    secured: str = "抵押"


@dataclass(frozen=True, slots=True)
class Told:
    """Prose of a report, and which risk events it asserts (type, words that say so); everything else is not asserted."""

    sections: tuple[tuple[str, tuple[str, ...]], ...]
    asserted: tuple[tuple[str, str], ...] = ()
    not_asserted: tuple[tuple[str, str], ...] = ()


CALM = Told(
    (
        ("四、生产经营情况",
         ("企业经营正常，机器满负荷运转，产能利用率保持在86%左右，在手订单1200万元，员工210人，较上期稳定。",)),
        ("六、账户监测", ("结算账户流入流出与经营规模匹配，未见拖欠工资及供应商货款情况。",)),
        ("九、公开信息", ("经查询裁判文书网、执行信息公开网，未发现借款人涉诉，未被列为被执行人。经查询未发现欠税情形。",)),
    ),
    (),
    (("operation_decline", "企业经营正常"), ("litigation_defendant", "未发现借款人涉诉"), ("tax_arrears", "未发现欠税情形")),
)  # fmt: skip


def post_loan_inspection(
    about: About,
    told: Told = CALM,
    *,
    checked: date = date(2026, 10, 20),
    inspectors: tuple[str, str] = ("周岚", "何屿"),
    kind: str = "定期检查",
    place: str = "云洲市临屿区恒屿路18号",
    interviewee: str = "财务负责人方澜",
    conclusion: str = "维持现有授信，按季检查",
    risk_level: str | None = None,
    next_date: date = date(2027, 1, 20),
    facts: dict[str, object] | None = None,
    signals: Sequence[tuple[str, bool]] = (
        ("资金被挪用", False),
        ("押品被查封", False),
        ("停产歇业", False),
        ("欠缴税费", False),
    ),
    form: Literal["colon", "boxes"] = "colon",
    medium: Literal["docx", "pdf", "scan"] = "docx",
    seed: int = 1,
) -> Drawn:
    """A regular inspection report. ``form`` asks 是否X：否 or lets boxes be ticked; ``facts`` are figures told in its prose."""
    letter = Letter("贷后检查报告") if medium == "docx" else PdfLetter("贷后检查报告")
    letter.heading("一、基本信息")
    letter.table(_basics(about, checked, kind, inspectors, place, interviewee))
    letter.heading("二、检查方式与用途核查")
    letter.text(
        f"采用现场检查方式，核对合同、发票、入库单及账户流水。贷款用于{about.purpose}，用途与合同约定一致，未发现信贷资金流入股市、楼市的情形。"
    )
    for heading, paragraphs in told.sections:
        letter.heading(heading)
        for paragraph in paragraphs:
            letter.text(paragraph)
    letter.heading("十一、风险预警信号")
    for line in _signals(signals, form, plain=medium != "docx"):
        letter.text(line)
    letter.heading("十四、检查结论")
    if risk_level:
        letter.text(f"风险等级：{risk_level}")
    letter.text(f"检查结论：{conclusion}。")
    letter.text(f"下次检查日期：{_chinese(next_date)}")
    letter.text(f"检查人（签字）：{inspectors[0]}、{inspectors[1]}        {_chinese(checked)}", align="right")
    fields: dict[str, object] = _fields(about, checked, kind, inspectors) | {
        "classification": about.classification, "conclusion": conclusion, "place": place, "interviewee": interviewee,
        "next_date": next_date, "risk_level": risk_level, **(facts or {}),
    }  # fmt: skip
    return _finish(
        letter, f"inspection-{checked:%Y%m%d}-{_tail(about)}", "post_loan_inspection", fields, about, told, medium, seed
    )


def first_inspection(
    about: About,
    told: Told = Told(()),
    *,
    checked: date,
    inspectors: tuple[str, str] = ("周岚", "何屿"),
    use_match: bool = True,
    conclusion: str = "资金用途与合同约定一致，同意纳入日常贷后管理",
    payee: str = "星桥恒钧金属材料有限公司",
    medium: Literal["docx", "pdf", "scan"] = "pdf",
    seed: int = 1,
) -> Drawn:
    """The check of where the money went, within days of the drawdown: boxes ticked and left empty."""
    letter = Letter("贷款首次检查报告", font="仿宋") if medium == "docx" else PdfLetter("贷款首次检查报告", size=10)
    letter.table(_first_basics(about, checked, inspectors, payee))
    letter.heading("资金流向核查")
    letter.text(
        f"放款当日，信贷资金{money(about.amount)}元以受托支付方式划至{payee}账户，与购销合同约定的交易对手一致。佐证材料：购销合同、发票、入库单。"
    )
    for heading, paragraphs in told.sections:
        letter.heading(heading)
        for paragraph in paragraphs:
            letter.text(paragraph)
    yes, no = _marks(medium)
    letter.text(f"是否与约定用途一致：{yes if use_match else no}是 {no if use_match else yes}否")
    letter.text(f"是否存在回流：{no}是 {yes}否    是否存在挪用：{no}是 {yes}否")
    letter.text(f"担保落实：{yes}已落实 {no}未落实")
    letter.text(f"检查结论：{conclusion}。")
    letter.text(f"检查人：{inspectors[0]}、{inspectors[1]}    检查日期：{_chinese(checked)}", align="right")
    fields = _fields(about, checked, "首次检查", inspectors) | {
        "conclusion": conclusion,
        "use_match": "是" if use_match else "否",
    }
    extra = Told(told.sections, told.asserted, (*told.not_asserted, ("fund_diversion", "是否存在挪用")))
    return _finish(
        letter, f"first-{checked:%Y%m%d}-{_tail(about)}", "first_inspection", fields, about, extra, medium, seed
    )


def _finish(
    letter: Letter | PdfLetter,
    stem: str,
    kind: str,
    fields: dict[str, object],
    about: About,
    told: Told,
    medium: str,
    seed: int,
) -> Drawn:
    value = truth(
        kind, fields, subject={"name": about.customer, "uscc": None, "id_no": None},
        asserted=[{"type": t, "quote": q} for t, q in told.asserted],
        not_asserted=[{"type": t, "quote": q} for t, q in told.not_asserted],
    )  # fmt: skip
    data = letter.finish()
    if medium == "scan":
        return Drawn(f"{stem}-scan.pdf", scan_pdf(data, seed=seed), value).pictured()
    return Drawn(f"{stem}.{medium}", data, value)


def _fields(about: About, checked: date, kind: str, inspectors: tuple[str, str]) -> dict[str, object]:
    return {
        "customer": about.customer, "loan_note_no": about.loan_note_no, "contract_no": about.contract_no,
        "balance": about.balance,
        "check_date": checked, "check_type": kind, "inspectors": list(inspectors),
    }  # fmt: skip


def _tail(about: About) -> str:
    return about.loan_note_no[-3:] if about.loan_note_no else "nn"


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _basics(
    about: About, checked: date, kind: str, who: tuple[str, str], place: str, interviewee: str
) -> list[list[str]]:
    rows = [["客户名称", about.customer, "检查类型", kind]]
    if about.loan_note_no:
        rows.append(["借据号", about.loan_note_no, "合同号", about.contract_no or ""])
    rows += [
        ["授信金额（元）", money(about.amount), "贷款余额（元）", money(about.balance)],
        ["五级分类", about.classification, "担保方式", about.secured],
        ["检查日期", _chinese(checked), "检查人", "、".join(who)],
        ["检查地点", place, "受访人", interviewee],
    ]
    return rows


def _first_basics(about: About, checked: date, who: tuple[str, str], payee: str) -> list[list[str]]:
    rows = [["客户名称", about.customer, "检查类型", "首次检查"]]
    if about.loan_note_no:
        rows.append(["借据编号", about.loan_note_no, "合同编号", about.contract_no or ""])
    return [
        *rows,
        ["放款日期", about.granted.isoformat(), "放款金额", f"{money(about.amount)}元"],
        ["贷款余额", f"{money(about.balance)}元", "支付方式", "受托支付"],
        ["合同约定用途", about.purpose, "实际用途", about.purpose],
        ["交易对手", payee],
        ["检查日期", checked.isoformat(), "检查人", "、".join(who)],
    ]


def _marks(medium: str) -> tuple[str, str]:
    """What a ticked and an empty box look like; the printed font has no ☑."""
    return ("☑", "□") if medium == "docx" else ("■", "□")


def _signals(signals: Sequence[tuple[str, bool]], form: str, *, plain: bool) -> list[str]:
    if form == "colon":
        return [f"{i}. 是否{name}：{'是' if ticked else '否'}" for i, (name, ticked) in enumerate(signals, 1)]
    yes, no = ("√", "□") if plain else ("☑", "□")
    return ["　".join(f"{yes if ticked else no}{name}" for name, ticked in signals)]
