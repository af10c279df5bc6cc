"""Registrations of pledged shares: whose shares of which company secure a claim."""

from __future__ import annotations

from extract.forms.told import last_told, tell
from extract.grammar import Anchors, Reading
from extract.kinds import Day, LooseMoney, Text, Token, WrittenMoney
from records.facts import Subject

FOOT = tell(reg_date="^{day}$")


class EquityPledgeDoc(Reading):
    """股权出质登记通知书 (documents.md §8.9)."""

    type_id = "equity_pledge_doc"
    title = ("股权出质登记", "Equity pledge registration")
    recognised_by = Anchors(
        titles=(
            "股权出质设立登记通知书",
            "股权出质登记通知书",
            "股权出质登记",
            "证券质押登记证明",
            "股权出质",
            "质押登记证明",
        ),
        issuers=("市场监督管理局", "工商行政管理局", "证券登记结算", "行政审批局"),
        words=("出质人", "质权人", "出质股权", "股权所在公司", "出质股权数额", "质权登记编号", "登记编号", "标的公司"),
        against=("股权转让", "变更前", "判决如下", "抵押权人"),
    )

    company = Text(
        "出质股权所在公司",
        "股权所在公司",
        "标的公司",
        "出质股权所在公司名称",
        "公司名称",
        "出质股权标的企业",
        "出质股权标的公司",
        "标的企业",
        "股权标的企业名称",
        "目标公司",
        required=True,
    )
    pledgor = Text("出质人", "出质人名称", "出质人姓名", required=True)
    pledgee = Text("质权人", "质权人名称", "质权人姓名", required=True)
    amount = WrittenMoney(
        "出质股权数额", "出质股权数", "质押股份数量", "出质数额", "出质股份数", "质押股数", "出质股权", required=True
    )
    secured_amount = LooseMoney("被担保债权数额", "担保债权数额")
    reg_no = Token("质权登记编号", "登记编号", "质权登记号", "质押登记编号")
    reg_date = Day("登记日期", "质权登记日期", "设立登记日期", "质押登记日")

    def complete(self) -> None:
        """A notice ends with the day on which the authority signed it."""
        last_told(self, FOOT)

    def about(self) -> Subject | None:
        name = self.get("pledgor")
        return Subject(name=name) if name else None
