"""Certificates of a taxpayer's standing: no arrears, what was paid, the grade of tax credit."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from extract.families.taxpayers import OfTaxpayer
from extract.forms.prose import told
from extract.forms.told import SHAPES
from extract.grammar import Anchors
from extract.kinds import Choice, Day, LooseMoney, Span, Text, Uscc
from extract.layout import printed, squeezed
from records.facts import Field, Period

DATE = SHAPES["day"]
#: What says that nothing is owed. 未 and 末 are never taken for each other: the phrase must be there as it is.
NOTHING_OWED = re.compile(
    r"未发现(?:[你贵该](?:单位|公司|企业|户|纳税人))?(?:有|存在)?(?:任何)?(?:欠税|欠缴)|无欠税(?:情形|记录|情况)|不存在欠税|欠税金额[:：]?无"
)


class TaxStatusCertificate(OfTaxpayer):
    """无欠税证明 / 涉税信息查询结果告知书 / 纳税信用 (documents.md §3.3)."""

    type_id = "tax_status_certificate"
    title = ("纳税情况证明", "Tax status certificate")
    prose = True
    recognised_by = Anchors(
        titles=(
            "无欠税证明",
            "无欠缴税费证明",
            "涉税信息查询结果告知书",
            "纳税信用等级证明",
            "纳税信用级别证明",
            "纳税信用评价",
            "纳税信用证明",
            "纳税证明",
            "纳税情况证明",
            "欠税情况证明",
            "纳税信用",
        ),
        issuers=("国家税务总局", "税务局", "税务所"),
        words=(
            "经查询",
            "欠税情形",
            "特此证明",
            "纳税信用级别",
            "涉税信息",
            "税收征管信息系统",
            "告知书",
            "纳税人识别号",
            "我局",
            "评价年度",
            "无欠税",
        ),
        against=("原凭证号", "缴款书", "申报表", "完税证明(", "纳税记录", "贷后"),
    )

    as_of_date = Day(
        "截至日期",
        "查询截止日期",
        "截止日期",
        "查询日期",
        "开具日期",
        "出具日期",
        "填发日期",
        "评定日期",
        required=True,
    )
    taxpayer_name = Text("纳税人名称", "单位名称", "企业名称", "查询人名称", "名称")
    taxpayer_id = Uscc(
        "纳税人识别号", "统一社会信用代码", "纳税人识别号(统一社会信用代码)", "统一社会信用代码(纳税人识别号)"
    )
    arrears_amount = LooseMoney("欠税金额", "欠税余额", "欠缴税额", "欠税合计", "欠缴税款", "欠税总额")
    credit_grade = Choice(
        "纳税信用级别",
        "纳税信用等级",
        "信用级别",
        "信用等级",
        "评价结果",
        "评定结果",
        "纳税信用评价结果",
        among={f"{grade}{tail}": grade for grade in "ABMCD" for tail in ("级", "")},
    )
    period_tax_total = LooseMoney(
        "缴纳税款合计",
        "实缴税款合计",
        "入库税款合计",
        "实缴税额合计",
        "纳税总额",
        "纳税合计",
        "税款合计",
        "已缴税款",
        "缴纳税额",
    )
    period = Span("税款所属期", "查询期间", "所属期间", "查询时间段", "评价年度")
    cert_no = Text("证明编号", "文书编号", "编号", "证明号码")
    tax_authority = Text("税务机关", "出具机关", "开具税务机关", "主管税务机关")

    def covers(self) -> Period | None:
        period, day = self.get("period"), self.get("as_of_date")
        if isinstance(period, Period):
            return period
        return Period(day, day) if isinstance(day, date) else None

    def complete(self) -> None:
        told(self, "taxpayer_id", r"(?:识别号|信用代码\)?)[:：]?(?P<v>[0-9A-Z]{15,20})")
        told(
            self,
            "taxpayer_name",
            r"^(?P<v>[\u4e00-\u9fa5()×*]{4,40}?(?:公司|厂|店|合作社|经营部|事务所|中心|商行))\(?(?:纳税人识别号|统一社会信用代码)",
            r"^(?P<v>[\u4e00-\u9fa5()×*]{4,40}?(?:公司|厂|店|合作社|经营部|事务所|中心|商行))[:：]",
        )
        told(self, "as_of_date", rf"截[至止](?P<v>{DATE})")
        told(self, "credit_grade", r"纳税信用[^。]{0,24}?(?P<v>[ABMCD]级?)(?![A-Za-z0-9])")
        told(
            self,
            "period_tax_total",
            r"(?:共|累计|实际|合计)?(?:缴纳|入库)(?:各项)?(?:税款|税费|税收)(?:合计|共计|总额|金额)?(?:人民币)?[:：]?[¥￥]?(?P<v>[\d,]+\.\d{2})元?",
        )
        told(
            self,
            "arrears_amount",
            r"(?<!未发现)(?<!未发现有)(?:欠税|欠缴税[款费额])(?:余额|金额|合计|共计)?(?:为|人民币|[:：])*[¥￥]?(?P<v>[\d,]+\.\d{2})元?",
        )
        self._nothing_owed()
        told(self, "as_of_date", rf"(?P<v>{DATE})$", rf"(?P<v>{DATE})(?:\(?盖章|.{{0,6}}$)")

    def _nothing_owed(self) -> None:
        """未发现有欠税情形: the amount is zero because the paper says so."""
        if "arrears_amount" in self.fields:
            return
        lines = self.sheet.strips
        for number, strip in enumerate(lines):
            joined = squeezed("".join(s.text for s in lines[number : number + 2]))
            found = NOTHING_OWED.search(joined)
            if found and found.start() < len(squeezed(strip.text)):
                source = printed(strip.words, strip.page, found.group())
                self.fields["arrears_amount"] = Field("arrears_amount", Decimal("0.00"), source)
                return
