"""Personal income tax records: what was withheld month by month, as the tax office prints it or as the app lists it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from extract.families.written_sums import written_again
from extract.forms.told import compiled, told
from extract.grammar import Anchors, Bearing, Reading, Table
from extract.kinds import Day, IdCard, LooseMoney, Money, MonthOf, Span, Text, Token
from extract.tables.totals import adds_up, total_under
from records.facts import Field, Month, Period, Subject

_FIGURE = r"[¥]?{}\d[\d,]*\.\d{{2}})元?"
CARD = (
    r"(?P<item>(?:正常)?工资薪金(?:所得)?|劳务报酬(?:所得)?|稿酬(?:所得)?|特许权使用费(?:所得)?|经营所得|全年一次性奖金(?:收入)?)"
    r"\s*(?:税款所属期:?)?(?P<period>20\d{2}[年.-]\d{1,2}月?)(?:(?!20\d{2}[年.-]\d)[\s\S]){0,60}?"
    rf"收入(?:额|金额)?:?{_FIGURE.format('(?P<income>')}[\s\S]{{0,60}}?"
    rf"已(?:申报|缴)税额:?{_FIGURE.format('(?P<amount>-?')}"
)


class IitRecord(Reading):
    """个人所得税纳税记录 / 收入纳税明细 (documents.md §3.7). Months without tax are there with 0.00."""

    type_id = "iit_record"
    title = ("个人所得税纳税记录", "Personal income tax record")
    recognised_by = Anchors(
        titles=(
            "个人所得税纳税记录",
            "收入纳税明细",
            "纳税明细",
            "个人所得税纳税清单",
            "个人所得税收入纳税明细",
            "综合所得年度汇算",
            "个人所得税纳税明细",
        ),
        issuers=("国家税务总局", "税务局", "个人所得税", "自然人"),
        words=(
            "所得项目",
            "扣缴义务人",
            "入(退)库日期",
            "实缴(退)金额",
            "入库税务机关",
            "纳税记录验证码",
            "税款所属期",
            "已申报税额",
            "工资薪金",
            "正常工资薪金",
            "申报日期",
            "金额合计",
        ),
        against=("税收完税证明", "缴款书", "付款凭证", "应发工资", "实发", "汇算清缴申报表(企业"),
    )

    name = Text("纳税人姓名", "姓名", "纳税人名称", "纳税人")
    id_no = IdCard(
        "纳税人识别号",
        "身份证号码",
        "身份证号",
        "证件号码",
        "身份证件号码",
        "居民身份证号码",
        "纳税人识别号(身份证件号码)",
    )
    period = Span("纳税记录期间", "记录期间", "查询期间", "税款所属期起止", "起止期间", "记录区间")
    total_num = LooseMoney(
        "金额合计(小写)", "金额合计", "实缴(退)金额合计", "合计金额", "税额合计", "已申报税额合计", "合计"
    )
    verify_code = Token("纳税记录验证码", "验证码", "查询验证码", "原凭证号")
    lines = Table(
        key=("period", "amount"),
        needs=(("period",), ("amount",), ("item",)),
        declare_date=Day("申报日期", "申报时间"),
        amount=Money("实缴(退)金额", "已申报税额", "实缴金额", "实缴(退)税额", "已缴税额", "税额", "申报税额"),
        paid_date=Day("入(退)库日期", "入库日期", "缴款日期"),
        item=Text("所得项目", "所得项目小类", "项目", "所得类型"),
        period=MonthOf("税款所属期", "税款所属时期", "所属期", "所得期间", "所属月份"),
        tax_authority=Text("入库税务机关", "税务机关", "主管税务机关"),
        income=Money("收入", "收入额", "本期收入", "收入金额", "申报收入"),
        payer=Text("扣缴义务人", "扣缴义务人名称", "支付单位", "扣缴单位"),
        remark=Text("备注"),
    )

    def about(self) -> Subject | None:
        name, number = self.get("name"), self.get("id_no")
        return Subject(name=name, id_no=number) if name or number else None

    def covers(self) -> Period | None:
        period = self.get("period")
        if isinstance(period, Period):
            return period
        months = [row["period"].value for row in self.lines if isinstance(row["period"].value, Month)]
        if not months:
            return None
        after = max(months).plus(1)
        first = min(months)
        return Period(date(first.year, first.month, 1), date(after.year, after.month, 1) - timedelta(days=1))

    def complete(self) -> None:
        if not self.lines:
            self.tables["lines"] = list(self._cards())
        total = total_under(self, "lines", "amount")
        if total is not None:
            self.fields["total_num"] = replace(total, name="total_num")

    def _cards(self) -> Iterator[dict[str, Field]]:
        """The app shows each month as a card: item and month, then income and tax behind their labels."""
        running, kinds = told(self.sheet), self.table_specs()["lines"].columns
        for match in compiled(CARD).finditer(running.text):
            row = {name: running.field(kinds[name], match, self) for name in ("item", "period", "income", "amount")}
            found = {name: field for name, field in row.items() if field is not None}
            if {"period", "amount"} <= set(found):
                yield found

    def more_checks(self) -> Iterator[Bearing]:
        yield from adds_up(
            self, "lines", "amount", "Σ实缴（退）金额 = 金额合计", self.fields.get("total_num"), "total_num"
        )
        written = written_again(self, ("total_num",))
        if written is not None:
            yield written
