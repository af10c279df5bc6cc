"""VAT invoices, paper and electronic (数电票): who sold what to whom, the amounts, and the tax on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from extract.families.invoice import (
    CENT,
    Person,
    Rate,
    SignedWords,
    last_digit,
    parted,
    remark_of,
    total_beside_words,
    totals_line,
)
from extract.families.invoice_names import COLUMNS, FIELDS
from extract.families.invoice_parties import VEHICLE, boxed_sides, sides
from extract.families.taxpayers import named_by
from extract.forms.fields import UNSURE
from extract.forms.prose import told
from extract.grammar import Anchors, Bearing, Reading, Table, identity
from extract.kinds import Day, Digits, LooseMoney, Money, Quantity, Text, Uscc, Whole
from extract.layout import Sheet, Strip, cut_words, printed, squeezed
from extract.proof.embedded import Carried, agreement, carried_by, fill, fill_rows
from records.facts import Check, Field, Finding, Outcome, Period, Printed, State, Subject
from records.values.text import fold

KIND = re.compile(
    r"电子发票\((?:增值税专用发票|普通发票|[\u4e00-\u9fa5]{2,12})\)"
    r"|(?:增值税)?电子(?:普通|专用)发票|增值税(?:专用|普通)发票|机动车销售统一发票|二手车销售统一发票"
)
PAPER_NO = re.compile(r"(?:No|N[o0]\.|№)\s*[:.]?\s*(\d{8})(?!\d)")
SPECIAL = re.compile(r"差额征税|差额开票|扣除额")
RED = re.compile(r"红字发票信息(?:确认单|表)?编号|销项负数|对应正数发票|被红冲|红冲|开具红字")


class VatInvoice(Reading):
    """增值税发票 (documents.md §3.8)."""

    type_id = "vat_invoice"
    title = ("增值税发票", "VAT invoice")
    recognised_by = Anchors(
        titles=(
            "电子发票(增值税专用发票)", "电子发票(普通发票)", "增值税专用发票", "增值税普通发票",
            "增值税电子普通发票", "增值税电子专用发票", "电子发票(", "机动车销售统一发票", "二手车销售统一发票",
        ),
        issuers=("税务局", "国家税务总局"),
        words=(
            "发票号码", "发票代码", "开票日期", "价税合计", "购买方", "销售方", "开票人", "税率", "税额",
            "规格型号", "纳税人识别号",
        ),
        against=("收据", "形式发票", "报价单", "申报表", "完税证明", "勾选", "查验", "清单明细", "对账单"),
    )  # fmt: skip

    invoice_kind = Text("发票类型", "发票种类", required=True)
    number = Digits("发票号码", "发票号", required=True)
    code = Digits("发票代码")
    issue_date = Day("开票日期", "开具日期", required=True)
    buyer_name = Text("购买方名称", "购方名称", "购货单位名称", required=True)
    buyer_id = Uscc("购买方纳税人识别号", "购方税号", "购方纳税人识别号", "购买方税号", "购买方识别号")
    seller_name = Text("销售方名称", "销方名称", "销货单位名称", required=True)
    seller_id = Uscc("销售方纳税人识别号", "销方税号", "销方纳税人识别号", "销售方税号", "销售方识别号", required=True)
    total_amount = LooseMoney("合计金额", "金额合计", required=True)
    total_tax = LooseMoney("合计税额", "税额合计", required=True)
    total_num = LooseMoney("价税合计(小写)", "(小写)", "小写", required=True)
    total_cn = SignedWords("价税合计(大写)", "价税合计", "(大写)", "车价合计(大写)", required=True)
    remark = Text("备注")
    drawer = Person("开票人")
    red_flag = Text("红字发票标志")
    lines = Table(
        key=("amount",),
        needs=(("item",), ("amount",), ("tax", "rate")),
        ends=("合计", "小计", "价税合计"),
        item=Text(
            "项目名称", "货物或应税劳务、服务名称", "货物或应税劳务名称", "货物或应税劳务服务名称", "货物名称",
            "应税劳务、服务名称", "项目", "品名",
        ),
        spec=Text("规格型号", "规格"),
        unit=Text("单位"),
        qty=Whole("数量"),
        price=Quantity("单价", "单价(元)"),
        amount=Money("金额", "金额(元)"),
        rate=Rate("税率", "税率/征收率", "征收率"),
        tax=Money("税额", "税额(元)"),
    )  # fmt: skip

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """The file carries the data of a VAT invoice."""
        parts = carried_by(cls(sheet), FIELDS, COLUMNS, ("item", "amount"))
        told = {"number", "seller_name", "seller_id", "total_amount", "total_tax", "issue_date"}
        best = max((len(told & set(part.fields)) for part in parts if part.source.kind == "data"), default=0)
        return 8 if best >= 4 else 0

    def about(self) -> Subject | None:
        """The buyer: whose money it was. Who sells is in its own fields."""
        return named_by(self, "buyer_name", "buyer_id")

    def covers(self) -> Period | None:
        day = self.get("issue_date")
        return Period(day, day) if day else None

    def complete(self) -> None:
        self._kind_and_number()
        self._paper_code()
        for row in self.lines:
            parted(row)
        if any(VEHICLE.search(squeezed(strip.text)) for strip in self.sheet.strips[:8]):
            self._vehicle()
        else:
            for name, value in sides(self).items():
                self.fields.setdefault(name, value)
        for name, value in totals_line(self).items():
            self.fields.setdefault(name, value)
        total = self.fields.get("total_num") or total_beside_words(self)
        if total is not None:
            self.fields["total_num"] = total
        remark = self.fields.get("remark") or remark_of(self)
        if remark is not None:
            self.fields["remark"] = remark
        parts = self._carried()
        fill(self, parts)
        fill_rows(self, "lines", [part for part in parts if part.source.kind == "data"])
        self._told()

    def _vehicle(self) -> None:
        """Boxes in place of blocks and of a table: the parties by the order of the boxes, price and tax by their names."""
        for name in ("buyer_name", "buyer_id", "seller_name", "seller_id"):
            self.fields.pop(name, None)
        self.fields.update(boxed_sides(self))
        figure = r"(?:\(?小写\)?)?:?[¥￥]?(?P<v>\d[\d,]*\.\d{2})"
        told(self, "total_amount", rf"不含税价款?{figure}")
        told(self, "total_tax", rf"增值税税额{figure}")

    def _carried(self) -> list[Carried]:
        """The data of this invoice; where the file carries those of several, none can be said to be its own."""
        parts = carried_by(self, FIELDS, COLUMNS, ("item", "amount"))
        spoken = {part.fields["number"].value for part in parts if "number" in part.fields}
        if len(spoken) > 1:
            says = f"文件内嵌多张发票的数据（{'、'.join(sorted(spoken))}），未与票面核对。"
            if not any(finding.code == "several_embedded" for finding in self.findings):
                self.findings.append(Finding("several_embedded", says, self.sheet.first_page))
            return []
        return parts

    def _kind_and_number(self) -> None:
        for strip in self.sheet.strips[:14]:
            found = KIND.search(squeezed(strip.text))
            if found and "invoice_kind" not in self.fields:
                self.fields["invoice_kind"] = Field("invoice_kind", found.group(), _kind_source(strip))
            paper = PAPER_NO.search(strip.text)
            if paper and "number" not in self.fields:
                words = cut_words(strip, paper.start(1), paper.end(1))
                self.fields["number"] = Field("number", paper.group(1), printed(words, strip.page))

    def _paper_code(self) -> None:
        """发票代码 of a paper invoice stands at the top left without a label."""
        for strip in self.sheet.strips[:5] if re.fullmatch(r"\d{8}", str(self.get("number"))) else ():
            for word in strip.words:
                if "code" not in self.fields and word.box.x1 < 0.4 and re.fullmatch(r"\d{10}|\d{12}", fold(word.text)):
                    source = printed([word], strip.page)
                    state = State.CONSISTENT if word.confidence >= UNSURE else State.LOW_CONFIDENCE
                    self.fields["code"] = Field("code", fold(word.text), source, state)

    def _told(self) -> None:
        """What a person should know: red letters, void marks, a number that is none."""
        text, page = self.sheet.squeezed(), self.sheet.first_page
        for strip in self.sheet.strips:
            if "red_flag" not in self.fields and RED.search(squeezed(strip.text)):
                self.fields["red_flag"] = Field("red_flag", True, printed(strip.words, strip.page))
        total = self.fields.get("total_num")
        if "red_flag" not in self.fields and total is not None and isinstance(total.value, Decimal) and total.value < 0:
            self.fields["red_flag"] = Field("red_flag", True, total.source, total.state)
        if "red_flag" in self.fields:
            self.findings.append(Finding("red_invoice", "这是红字（负数）发票，冲销对应的蓝字发票。", page))
        if "作废" in text:
            self.findings.append(Finding("void", "票面有“作废”字样。", page))
        if "详见销货清单" in text or "详见清单" in text:
            self.findings.append(Finding("list_apart", "明细另附销货清单，请一并收取。", page))
        number, day = self.get("number"), self.get("issue_date")
        if number and not re.fullmatch(r"\d{8}|\d{20}", str(number)):
            self.findings.append(Finding("number_format", f"发票号码 {number} 既非 8 位也非 20 位，请核对。", page))
        elif number and len(str(number)) == 20 and day and f"{day.year % 100:02d}" != str(number)[:2]:
            says = f"发票号码 {number} 开头两位应为开票年份，开票日期却是 {day}，请核对。"
            self.findings.append(Finding("number_year", says, page))

    # --- what proves it -------------------------------------------------------------------------------------------------

    @identity(
        "合计金额 + 合计税额 = 价税合计",
        proves=("total_amount", "total_tax", "total_num"),
        plus=("total_amount", "total_tax"),
        minus=("total_num",),
    )
    def amount_and_tax_make_total(self) -> tuple[Decimal, Decimal]:
        return self.printed_value("total_amount") + self.printed_value("total_tax"), self.total_num

    @identity("价税合计（大写）= 价税合计（小写）", proves=("total_cn", "total_num"), apart=True)
    def words_and_figures_agree(self) -> tuple[Decimal, Decimal]:
        return self.total_cn, self.total_num

    def more_checks(self) -> Iterator[Bearing]:
        amounts = self._sum("amount", "total_amount", "Σ金额 = 合计金额")
        taxes = self._sum("tax", "total_tax", "Σ税额 = 合计税额")
        yield amounts
        yield taxes
        for number in range(len(self.lines)):
            yield from self._line(number, amounts.check.state is Outcome.HOLDS, taxes.check.state is Outcome.HOLDS)
        yield from agreement(self, self._carried(), "lines", worded=("invoice_kind", "remark", "total_cn"))

    def _sum(self, column: str, total: str, says: str) -> Bearing:
        """Σ lines = total: a single misread figure on either side breaks it."""
        name = "amounts_add_up" if column == "amount" else "taxes_add_up"
        cells = {f"lines[{n}].{column}": row[column].value for n, row in enumerate(self.lines) if column in row}
        printed_total = None if total in self.derived else self.get(total)
        if not cells or printed_total is None:
            return Bearing(Check(name, Outcome.CANNOT_TELL, says, where="缺合计" if cells else "缺明细"))
        computed = sum((value for value in cells.values() if isinstance(value, Decimal)), Decimal(0))
        holds = computed == printed_total
        check = Check(
            name,
            Outcome.HOLDS if holds else Outcome.FAILS,
            says,
            f"{computed:f}",
            f"{printed_total:f}",
            f"rows 1–{len(self.lines)}",
            values=(total, *cells),
        )
        if holds:
            return Bearing(check, proves=(total, *cells), terms=((total, -1), *((cell, 1) for cell in cells)))
        message = (
            f"{says} 不成立：明细合计 {computed:f}，印着 {printed_total:f}，差 {abs(printed_total - computed):f} 元。"
        )
        finding = Finding("sum_differs", message, self.sheet.first_page)
        if finding not in self.findings:
            self.findings.append(finding)
        return Bearing(check, accuses=tuple(cells) if self._totals_agree else (total, *cells))

    @property
    def _totals_agree(self) -> bool:
        """Whether the three totals bear each other out: then a sum that differs accuses the lines alone."""
        amount, tax, total = (self.get(name) for name in ("total_amount", "total_tax", "total_num"))
        return None not in (amount, tax, total) and amount + tax == total == self.get("total_cn")

    def _line(self, number: int, amount_sure: bool, tax_sure: bool) -> Iterator[Bearing]:
        row, where = self.lines[number], f"row {number + 1}"
        values = {name: Decimal(str(cell.value)) for name, cell in row.items() if _is_number(cell)}
        path = {name: f"lines[{number}].{name}" for name in row}
        if {"qty", "price", "amount"} <= set(values):
            qty, price, amount = values["qty"], values["price"], values["amount"]
            slack = abs(qty) * last_digit(price) / 2 + abs(price) * last_digit(qty) / 2 * (qty % 1 != 0) + CENT
            computed = (qty * price).quantize(CENT, ROUND_HALF_UP)
            proves = [path["amount"]]
            proves += [path["qty"]] if abs(price) * last_digit(qty) > CENT else []
            proves += [path["price"]] if abs(qty) * last_digit(price) > CENT else []
            accuses = [path["qty"], path["price"]] + ([] if amount_sure else [path["amount"]])
            says = "数量 × 单价 = 金额"
            yield _bearing("line_amount", says, computed, amount, slack, where, proves, accuses)
        if {"amount", "rate", "tax"} <= set(values):
            amount, rate, tax = values["amount"], values["rate"], values["tax"]
            computed = (amount * rate).quantize(CENT, ROUND_HALF_UP)
            says = "金额 × 税率 = 税额"
            if SPECIAL.search(self.sheet.squeezed()):  # the tax is on a difference that the invoice need not print
                yield Bearing(Check("line_tax", Outcome.CANNOT_TELL, says, where=f"{where}：差额征税"))
                return
            proves = [path["tax"]] + ([path["rate"]] if abs(amount) >= 10 else [])
            accuses = [path["rate"]] + ([] if tax_sure else [path["tax"]]) + ([] if amount_sure else [path["amount"]])
            bearing = _bearing("line_tax", says, computed, tax, Decimal("0.06"), where, proves, accuses)
            yield replace(bearing, leans=(path["amount"],))


def _kind_source(strip: Strip) -> Printed:
    """Where the kind is printed: its own words, where no blanks run through them."""
    found = KIND.search(strip.text)
    words = cut_words(strip, found.start(), found.end()) if found else list(strip.words)
    return printed(words, strip.page)


def _is_number(cell: Field) -> bool:
    return isinstance(cell.value, Decimal) or bool(re.fullmatch(r"-?\d+(?:\.\d+)?", str(cell.value)))


def _bearing(
    name: str, says: str, computed: Decimal, is_printed: Decimal, slack: Decimal, where: str,
    proves: list[str], accuses: list[str],
) -> Bearing:  # fmt: skip
    """Within what rounding allows it holds; only an exact figure would have caught a wrong last digit."""
    holds = abs(computed - is_printed) <= slack
    state = Outcome.HOLDS if holds else Outcome.FAILS
    check = Check(name, state, says, f"{computed:f}", f"{is_printed:f}", where, values=tuple(proves))
    return Bearing(
        check, proves=tuple(proves) if computed == is_printed else (), accuses=() if holds else tuple(accuses)
    )
