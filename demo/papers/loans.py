"""Papers of one loan: the note, the plan of repayment, the certificate of settlement, the order to pay (documents.md §7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal

from demo.draw import Sheet
from demo.draw_office import Grid, xlsx_bytes
from demo.draw_table import Column, Look, Table
from demo.identity import in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, done, one_page

BANK, SUPPLIER = "云洲农商银行临屿支行", "云洲锦澜金属材料有限公司"
PERSON = "沈砚秋"


def _numbers(rng: Random) -> tuple[str, str]:
    return f"JJ202603{rng.randrange(10**8):08d}", f"云农商2026年(借)字第{rng.randrange(10**4):04d}号"


def loan_note(
    style: Literal["boxes", "lines"] = "boxes", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)
) -> Drawn:
    """``boxes`` is the form of a counter, ``lines`` a print of the loan system."""
    rng = Random(seed)
    note, contract = _numbers(rng)
    amount = Decimal(rng.randrange(10, 900) * 10000).quantize(CENT)
    start, end = date(2026, 3, 18), date(2027, 3, 17)
    rate = Decimal(rng.randrange(320, 620)) / 100
    shown = money(amount + altered)
    sheet = Sheet(title="借款借据", size=(210.0, 150.0))
    if style == "boxes":
        sheet.text(105, 16, "云洲农商银行借款借据", size=14, align="center", bold=True)
        sheet.text(15, 25, f"借据编号：{note}", size=8.5)
        sheet.text(195, 25, f"合同编号：{contract}", size=8.5, align="right")
        columns = [Column(("借款人",), 30), Column((COMPANY,), 60), Column(("贷款人",), 30), Column((BANK,), 60)]
        table = Table(sheet, columns, Look(size=8.5, row=9), x=15, y=30, bottom=150, turn=one_page)
        table.row(["借款金额（大写）", in_words(amount), "（小写）", f"¥{shown}"])
        table.row(["放款日期", f"{start:%Y年%m月%d日}", "到期日期", f"{end:%Y年%m月%d日}"])
        table.row(["年利率", f"{rate}%", "还款方式", "按月付息到期还本"])
        table.row(["借款用途", "采购铜材", "入账账号", "9905010000000012345"])
        sheet.seal(165, table.y + 4, "云洲农商银行信贷业务专用章", radius=14)
    else:
        sheet.text(105, 16, "借款凭证", size=14, align="center", bold=True)
        sheet.text(105, 23, BANK, size=9, align="center")
        lines = (
            (f"借据号：{note}", f"借款合同编号：{contract}"), (f"借款人名称：{COMPANY}", ""),
            (f"借款金额：人民币{in_words(amount)}", f"小写金额：{shown}元"), (f"借款日期：{start}", f"到期日：{end}"),
            (f"执行年利率：{rate}%", "还款方式：等额本息"), ("贷款用途：采购铜材", "放款账号：9905010000000012345"),
        )  # fmt: skip
        for place, (left, right) in enumerate(lines):
            sheet.text(15, 34 + place * 9, left)
            sheet.text(112, 34 + place * 9, right)
    fields = {
        "loan_note_no": note, "contract_no": contract, "borrower": COMPANY, "amount_num": amount + altered,
        "amount_cn": amount, "start": start, "end": end, "rate": rate / 100, "purpose": "采购铜材",
    }  # fmt: skip
    return done(sheet, f"loan-note-{style}", truth("loan_note", fields), medium, seed)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, day.day)


def repayment(
    style: Literal["plan", "level", "settled"] = "plan",
    *,
    medium: str = "pdf",
    seed: int = 1,
    altered: dict[int, Decimal] | None = None,
) -> Drawn:
    """``plan`` repays the same principal every month, ``level`` pays the same sum; ``settled`` is a certificate in words."""
    rng, altered = Random(seed), altered or {}
    note, _ = _numbers(rng)
    amount, count = Decimal(rng.randrange(12, 80) * 12000).quantize(CENT), 12
    if style == "settled":
        return _settled(note, amount, medium, seed)
    rate, left, first = Decimal(rng.randrange(320, 620)) / 10000, amount, date(2026, 4, 20)
    rows: list[dict[str, object]] = []
    for place in range(count):
        interest = (left * rate / 12).quantize(CENT)
        principal = (
            amount / count if style == "plan" or place == count - 1 else (amount / count + place - 6).quantize(CENT)
        )
        principal = left if place == count - 1 else principal.quantize(CENT)
        left -= principal
        rows.append(
            {
                "period_no": str(place + 1), "due_date": _months_after(first, place), "principal": principal,
                "interest": interest + altered.get(place, Decimal(0)), "total": principal + interest, "remaining": left,
            }
        )  # fmt: skip
    heads = (
        ("期数", "还款日期", "应还本金", "应还利息", "应还本息", "剩余本金")
        if style == "plan"
        else ("期次", "应还日期", "当期本金", "当期利息", "当期应还合计", "剩余贷款本金")
    )
    above = [
        [f"借款人：{PERSON}", f"借据编号：{note}"],
        [f"贷款金额：{money(amount)}", f"年利率：{(rate * 100).quantize(CENT)}%"],
    ]
    shown = [[str(value) if not isinstance(value, Decimal) else money(value) for value in row.values()] for row in rows]
    given = truth("repayment_record", {"borrower": PERSON, "loan_note_no": note, "amount_num": amount}, {"rows": rows})
    if medium == "xlsx":
        grid = Grid("个人贷款还款计划表", above, heads, shown, (), {2, 3, 4, 5})
        return Drawn(f"repayment-{style}.xlsx", xlsx_bytes(grid, as_numbers=True), given)
    sheet = Sheet(title="还款计划表")
    sheet.text(105, 16, "云洲农商银行还款计划表", size=14, align="center", bold=True)
    for place, line in enumerate(above):
        sheet.text(15, 26 + 6 * place, line[0], size=8.5)
        sheet.text(110, 26 + 6 * place, line[1], size=8.5)
    columns = [Column((head,), 30, "left" if place < 2 else "right") for place, head in enumerate(heads)]
    look = Look(size=8, row=7) if style == "plan" else Look("none", 8, "Helvetica", 6)
    table = Table(sheet, columns, look, x=15, y=38, bottom=280, turn=one_page)
    for row in shown:
        table.row(row)
    return done(sheet, f"repayment-{style}", given, medium, seed)


def _settled(note: str, amount: Decimal, medium: str, seed: int) -> Drawn:
    sheet = Sheet(title="贷款结清证明", size=(210.0, 150.0))
    sheet.text(105, 20, "贷款结清证明", size=14, align="center", bold=True)
    day = date(2026, 10, 20)
    for place, line in enumerate(
        (
            f"兹证明借款人{PERSON}（证件号码：999901198503124523）在我行的贷款（借据号：{note}，",
            f"贷款金额人民币{money(amount)}元）已于{day.year}年{day.month}月{day.day}日全部结清。", "特此证明。", BANK,
        )
    ):  # fmt: skip
        sheet.text(20, 36 + place * 9, line)
    fields = {"borrower": PERSON, "loan_note_no": note, "amount_num": amount, "settle_date": day}
    return done(sheet, "repayment-settled", truth("repayment_record", fields), medium, seed)


def entrusted_payment(
    style: Literal["form", "letter"] = "form", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)
) -> Drawn:
    """``form`` has labels and boxes, ``letter`` names the loan in its sentence."""
    rng = Random(seed)
    note, contract = _numbers(rng)
    amount = Decimal(rng.randrange(10, 300) * 10000).quantize(CENT)
    account, day = "9903020000000098765", date(2026, 3, 18)
    shown = money(amount + altered)
    pairs = [
        ("收款人名称", SUPPLIER), ("收款人账号", account), ("收款人开户行", "云洲银行栖川支行"),
        ("支付金额（小写）", f"¥{shown}"), ("支付金额（大写）", in_words(amount)), ("支付用途", "采购铜材款"),
        ("支付日期", f"{day:%Y年%m月%d日}"),
    ]  # fmt: skip
    sheet = Sheet(title="受托支付", size=(210.0, 160.0))
    if style == "form":
        sheet.text(105, 16, "云洲农商银行贷款受托支付申请书", size=14, align="center", bold=True)
        pairs = [("借款人", COMPANY), ("借款合同编号", contract), ("借据编号", note), *pairs]
        table = Table(
            sheet, [Column((pairs[0][0],), 45), Column((pairs[0][1],), 125)], Look(size=8.5, row=8), x=20, y=24,
            bottom=160, turn=one_page,
        )  # fmt: skip
        for label, value in pairs[1:]:
            table.row([label, value])
    else:
        sheet.text(105, 16, "受托支付委托书", size=14, align="center", bold=True)
        sheet.text(20, 28, f"{BANK}：")
        sheet.text(20, 36, f"根据编号为{contract}的借款合同，我单位委托贵行将借据号{note}")
        sheet.text(20, 44, "项下贷款资金支付给下列收款人：")
        for place, (label, value) in enumerate(pairs):
            sheet.text(28, 53 + place * 8, f"{label}：{value}")
        sheet.text(110, 53 + len(pairs) * 8, f"委托人：{COMPANY}")
    fields = {
        "loan_note_no": note, "payee": SUPPLIER, "payee_account": account, "payee_bank": "云洲银行栖川支行",
        "amount_num": amount + altered, "amount_cn": amount, "purpose": "采购铜材款", "date": day,
    }  # fmt: skip
    return done(sheet, f"entrusted-{style}", truth("entrusted_payment", fields), medium, seed)
