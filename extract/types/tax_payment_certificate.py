"""Tax payment certificates: which taxes were paid, for which period, and when they reached the treasury."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.families.certificates import as_told
from extract.families.spans import BEGINS, ENDS, spanned
from extract.families.surtaxes import surtaxes
from extract.families.taxpayers import OfTaxpayer
from extract.grammar import Anchors, Bearing, Table, identity
from extract.kinds import Count, Day, Digits, LooseMoney, Money, MoneyInWords, Span, Text, Uscc
from extract.layout import cut_words, printed
from records.facts import Check, Field, Finding, Outcome, Period

CERT_NO = re.compile(
    r"([(（]\d{2,5}[)）]\s*[\u4e00-\u9fa5]{1,4}证明?\s*\d{5,20}号?)"
    r"|(?:No\.?|№|NO\.?|证明号码?|编号|票证号码)\s*[:：]?\s*([(（]?\d{2,4}[)）]?[\u4e00-\u9fa5]{1,6}\d{6,20}|\d{12,24})"
)


class TaxPaymentCertificate(OfTaxpayer):
    """税收完税证明，表格式 and 文书式 (documents.md §3.1)."""

    type_id = "tax_payment_certificate"
    title = ("税收完税证明", "Tax payment certificate")
    recognised_by = Anchors(
        titles=("税收完税证明",),
        issuers=("国家税务总局", "税务局", "中华人民共和国"),
        words=(
            "填发日期",
            "税务机关",
            "原凭证号",
            "品目名称",
            "入(退)库日期",
            "实缴(退)金额",
            "妥善保管",
            "税款所属时期",
        ),
        against=("缴款书", "付款凭证", "个人所得税纳税记录", "纳税信用", "无欠税"),
    )

    cert_no = Text("证明号", "完税证明号码", "证明编号", "完税证明编号", "完税证明号", "票证号码", required=True)
    issue_date = Day("填发日期", "开具日期", required=True)
    tax_authority = Text("税务机关", "填发税务机关", "开具税务机关", "征收机关", "出具机关", required=True)
    taxpayer_id = Uscc("纳税人识别号", "统一社会信用代码", "纳税人识别号(统一社会信用代码)", required=True)
    taxpayer_name = Text("纳税人名称", "纳税人", required=True)
    total_cn = MoneyInWords(
        "金额合计(大写)",
        "金额合计",
        "合计(大写)",
        "合计金额(大写)",
        "人民币(大写)",
        "金额大写",
        "大写金额",
        "大写",
        required=True,
    )
    total_num = LooseMoney(
        "金额合计(大写)",
        "金额合计",
        "合计金额",
        "小写",
        "小写金额",
        "金额小写",
        "合计(小写)",
        "金额合计(小写)",
        "合计",
        required=True,
    )
    remark = Text("备注")
    print_count = Count("打印次数")
    lines = Table(
        key=("paid_date", "amount"),
        optional=("paid_date",),  # a letter may leave out the day of entry
        needs=(("amount",), ("tax_type",)),
        voucher_no=Digits("原凭证号", "原凭证号码", "税票号码", "电子税票号码", "凭证号", "原完税凭证号"),
        tax_type=Text("税种", "税种名称", "征收项目", "税费种", "税费种类"),
        item=Text("品目名称", "品目", "征收品目"),
        period=Span("税款所属时期", "税款所属期", "所属时期", "税款所属期间", "所属期"),
        _begins=Day(*BEGINS),
        _ends=Day(*ENDS),
        paid_date=Day("入(退)库日期", "入库日期", "缴款日期", "入退库日期", "缴(退)库日期"),
        amount=Money(
            "实缴(退)金额",
            "实缴金额",
            "金额",
            "实缴(退)税额",
            "实缴税额",
            "实退金额",
            "入库金额",
            "已缴金额",
            "缴纳金额",
        ),
    )

    all_told = True  #: whether no amount of a letter was left over

    def covers(self) -> Period | None:
        periods = [row["period"].value for row in self.lines if "period" in row]
        known = [period for period in periods if isinstance(period, Period)]
        return Period(min(p.start for p in known), max(p.end for p in known)) if known else None

    def complete(self) -> None:
        spanned(self, "lines")
        self.all_told = as_told(self, "lines")
        for strip in self.sheet.strips[:15]:
            found = CERT_NO.search(strip.text)
            if found and "cert_no" not in self.fields:
                which = 1 if found.group(1) else 2
                words = cut_words(strip, found.start(which), found.end(which))
                value = found.group(which).replace("（", "(").replace("）", ")")
                self.fields["cert_no"] = Field("cert_no", value, printed(words, strip.page, found.group(which)))
            times = re.search(r"第\s*(\d+)\s*次打印", strip.text)
            if times and "print_count" not in self.fields:
                words = cut_words(strip, times.start(1), times.end(1))
                self.fields["print_count"] = Field("print_count", times.group(1), printed(words, strip.page))

    @identity("合计（大写）= 合计（小写）", proves=("total_cn", "total_num"), apart=True)
    def words_and_figures_agree(self) -> tuple[Decimal, Decimal]:
        return self.total_cn, self.total_num

    def more_checks(self) -> Iterator[Bearing]:
        yield from self._lines_add_up()
        yield from surtaxes(self, "lines")

    def _lines_add_up(self) -> Iterator[Bearing]:
        """Σ lines = total: a single misread figure on either side breaks it."""
        says = "Σ实缴金额 = 金额合计"
        amounts = [row["amount"].value for row in self.lines if "amount" in row]
        total = self.get("total_num")
        if not amounts or total is None:
            yield Bearing(Check("lines_add_up", Outcome.CANNOT_TELL, says, where="缺合计" if amounts else "缺明细"))
            return
        computed = sum((a for a in amounts if isinstance(a, Decimal)), Decimal(0))
        paths = tuple(f"lines[{number}].amount" for number, row in enumerate(self.lines) if "amount" in row)
        holds = computed == total
        if not holds and not self.all_told:  # of taxes told in sentences one may not have been understood
            yield Bearing(Check("lines_add_up", Outcome.CANNOT_TELL, says, f"{computed:f}", f"{total:f}"))
            return
        check = Check(
            "lines_add_up",
            Outcome.HOLDS if holds else Outcome.FAILS,
            says,
            f"{computed:f}",
            f"{total:f}",
            where=f"rows 1–{len(amounts)}",
        )
        if holds:
            yield Bearing(
                check, proves=("total_num", *paths), terms=(("total_num", -1), *((path, 1) for path in paths))
            )
            return
        self.findings.append(
            Finding(
                "sum_differs",
                f"明细合计 {computed:f}，印着 {total:f}，差 {abs(total - computed):f} 元。",
                self.sheet.first_page,
            )
        )
        sure = self.get("total_cn") == total  # then the lines are wrong, or one is missing
        yield Bearing(check, accuses=paths if sure else ("total_num", *paths))
