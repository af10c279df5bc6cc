"""Tax payment vouchers: the tax office's 缴款书 and the bank's 电子缴税付款凭证, one payment with its taxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extract.families.spans import BEGINS, ENDS, spanned
from extract.families.surtaxes import surtaxes
from extract.families.taxpayers import OfTaxpayer
from extract.forms.prose import told
from extract.grammar import Anchors, Bearing, Table, identity
from extract.kinds import Day, Digits, LooseMoney, Money, MoneyInWords, Span, Text, Uscc
from extract.tables.totals import TotalsLine, adds_up, total_under
from records.facts import Period


class TaxPaymentVoucher(OfTaxpayer):
    """税收缴款书 / 电子缴税付款凭证 (documents.md §3.2)."""

    type_id = "tax_payment_voucher"
    title = ("税收缴款书", "Tax payment voucher")
    recognised_by = Anchors(
        titles=(
            "电子缴税付款凭证",
            "电子缴款凭证",
            "电子缴税凭证",
            "税收缴款书",
            "缴税付款凭证",
            "电子缴税回单",
            "税收电子缴款书",
        ),
        issuers=("国家税务总局", "税务局", "银行", "中华人民共和国"),
        words=(
            "税票号码",
            "缴款书交易流水号",
            "征收机关名称",
            "收款国库",
            "税(费)种名称",
            "纳税人全称",
            "银行经收专用",
            "税务收现专用",
            "出口货物劳务专用",
            "缴款单位",
            "国库",
            "委托方",
        ),
        against=("完税证明", "纳税记录", "申报表"),
    )

    voucher_no = Digits(
        "税票号码",
        "电子税票号码",
        "电子税票号",
        "缴款书号码",
        "税收缴款书号码",
        "票证号码",
        "缴款书编号",
        "凭证号码",
        required=True,
    )
    taxpayer_name = Text(
        "纳税人名称",
        "纳税人全称及纳税人识别号",
        "纳税人全称",
        "缴款单位(人)名称",
        "缴款单位名称",
        "缴款人名称",
        "纳税人",
        required=True,
    )
    taxpayer_id = Uscc("纳税人识别号", "统一社会信用代码", "纳税人识别号(统一社会信用代码)", "纳税人代码", "纳税人编码")
    pay_date = Day(
        "缴款日期",
        "转账日期",
        "扣款日期",
        "交易日期",
        "入库日期",
        "缴税日期",
        "缴(退)库日期",
        "入(退)库日期",
        "扣缴日期",
        "划款日期",
        required=True,
    )
    total_cn = MoneyInWords(
        "大写(合计)金额",
        "金额合计(大写)",
        "大写合计金额",
        "合计金额(大写)",
        "合计(大写)",
        "大写金额",
        "人民币(大写)",
        "大写",
        "金额合计",
        required=True,
    )
    total_num = LooseMoney(
        "小写(合计)金额",
        "小写合计金额",
        "金额合计(小写)",
        "合计金额(小写)",
        "合计(小写)",
        "小写金额",
        "小写",
        "金额合计(大写)",
        "合计金额",
        "金额合计",
        "扣款金额",
        required=True,
    )
    payer_account = Digits("付款人账号", "缴款人账号", "缴款账号", "扣款账号", "付款账号", "缴款单位账号", "账号")
    tax_authority = Text("征收机关名称(委托方)", "征收机关名称", "征收机关", "税务机关", "主管税务机关")
    treasury = Text("收款国库(银行)名称", "收款国库名称", "收款国库", "国库名称")
    serial_no = Digits("缴款书交易流水号", "交易流水号", "流水号")
    items = Table(
        key=("amount",),
        needs=(("amount",), ("tax_type",)),
        tax_type=Text("税(费)种名称", "税种名称", "税种", "征收项目", "税费种", "税(费)种", "费种"),
        item=Text("品目名称", "征收品目", "品目"),
        period=Span("所属时期", "税款所属时期", "所属日期", "税款所属期", "税款所属期间", "所属期间", "所属期"),
        _begins=Day(*BEGINS),
        _ends=Day(*ENDS),
        amount=Money("实缴金额", "实缴税额", "税额", "金额", "应缴金额"),
    )

    total_line = TotalsLine("items")

    def covers(self) -> Period | None:
        spans = [row["period"].value for row in self.items if "period" in row]
        known = [span for span in spans if isinstance(span, Period)]
        if known:
            return Period(min(s.start for s in known), max(s.end for s in known))
        day = self.get("pay_date")
        return Period(day, day) if isinstance(day, date) else None

    def complete(self) -> None:
        spanned(self, "items")
        self._name_and_number_apart()
        told(self, "voucher_no", r"(?:No\.?|№)[:：]?(?P<v>\d{12,22})")
        told(self, "pay_date", r"国库\(?银行\)?盖章[^0-9]{0,12}(?P<v>20\d{2}年\d{1,2}月\d{1,2}日)")
        total = total_under(self, "items", "amount") if "total_num" not in self.fields else None
        if total is not None:
            self.fields["total_num"] = replace(total, name="total_num")

    def _name_and_number_apart(self) -> None:
        """纳税人全称及纳税人识别号: both stand behind one label."""
        name = self.fields.get("taxpayer_name")
        found = re.match(r"^(?P<name>\D.*?)[\s/,，]*(?P<id>[0-9A-Z]{15,20})$", str(name.value)) if name else None
        if name is None or found is None:
            return
        kind = self.kinds()["taxpayer_id"]
        picked = kind.pick(found["id"], Decimal(1))
        if picked is not None and "taxpayer_id" not in self.fields:
            self.fields["taxpayer_id"] = replace(name, name="taxpayer_id", value=picked[0])
        self.fields["taxpayer_name"] = replace(name, value=found["name"].strip(" ,，/"))

    @identity("合计（大写）= 合计（小写）", proves=("total_cn", "total_num"), apart=True)
    def words_and_figures_agree(self) -> tuple[Decimal, Decimal]:
        return self.total_cn, self.total_num

    def more_checks(self) -> Iterator[Bearing]:
        yield from adds_up(self, "items", "amount", "Σ实缴金额 = 合计", self.fields.get("total_num"), "total_num")
        yield from surtaxes(self, "items")
