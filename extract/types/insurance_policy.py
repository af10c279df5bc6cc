"""Insurance of collateral: what is insured for how much until when, and who is paid first."""

from __future__ import annotations

from datetime import date

from extract.forms.told import read_told, tell
from extract.grammar import Anchors, Reading
from extract.kinds import Day, LooseMoney, MoneyInWords, Span, Text, Token, WrittenMoney
from records.facts import Field, Period, Subject


class InsurancePolicy(Reading):
    """抵押物保险单 (documents.md §8.9)."""

    type_id = "insurance_policy"
    title = ("抵押物保险单", "Insurance policy")
    recognised_by = Anchors(
        titles=("保险单", "财产保险单", "财产综合险保险单", "财产一切险保险单", "保险单(正本)", "财产基本险保险单"),
        issuers=("保险股份有限公司", "保险有限公司", "财产保险", "人民财产保险"),
        words=(
            "保险单号",
            "保单号",
            "第一受益人",
            "被保险人",
            "投保人",
            "保险金额",
            "保险期间",
            "保险标的",
            "保险费",
            "特别约定",
        ),
        against=("保险费发票", "社会保险", "养老保险", "理赔通知", "失业保险"),
    )

    policy_no = Token("保险单号", "保单号", "保险单号码", "保单号码", "保险单编号", required=True)
    beneficiary = Text(
        "第一受益人", "第一受益人名称", "受益人", "受益人(第一受益人)", "保险金第一受益人", required=True
    )
    insured_amount = WrittenMoney(
        "保险金额", "总保险金额", "保额", "保险金额合计", "总保额", "保险金额/赔偿限额", "合计保险金额", required=True
    )
    insured_amount_cn = MoneyInWords("保险金额(大写)", "大写")
    period = Span("保险期间", "保险期限", "保险责任期间", required=True)
    _from = Day("保险起期", "起保日期", "保险起始日期", "保险责任起期", "生效日期")
    _until = Day("保险止期", "终保日期", "保险终止日期", "保险责任止期", "到期日期", "失效日期")
    insured = Text("被保险人", "被保险人名称")
    holder = Text("投保人", "投保人名称")
    insurer = Text("保险人", "保险公司", "承保公司")
    premium = LooseMoney("保险费", "总保险费", "保费", "保险费合计")
    location = Text("保险标的地址", "标的地址", "保险财产地址", "坐落", "标的坐落")
    sentences = tell(
        beneficiary="第一受益人(为|是|:)?{name:银行|支行|分行|公司|信用社|联社}(?=[,。;\\n )]|$)",
        period="{span}",
        insurer="^{name:保险(?:股份)?有限公司(?:[\u4e00-\u9fa5]+(?:分公司|支公司))?}(?=[\\n ,。;]|$)",
    )

    def complete(self) -> None:
        start, end = self.fields.pop("_from", None), self.fields.pop("_until", None)
        if start and end and "period" not in self.fields:
            first, last = start.value, end.value
            if isinstance(first, date) and isinstance(last, date) and first <= last:
                self.fields["period"] = Field("period", Period(first, last), start.source, start.state)
        read_told(self, self.sentences)

    def about(self) -> Subject | None:
        name = self.get("insured")
        return Subject(name=name) if name else None
