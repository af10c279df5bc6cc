"""Business licences: who a company is, who speaks for it, and what it may do."""

from __future__ import annotations

from extract.forms.prose import told as on_a_line
from extract.forms.told import read_told, tell, told
from extract.grammar import Anchors, Reading
from extract.kinds import Choice, Day, Text, Uscc, WrittenMoney
from records.facts import Subject

STATES = {"存续": "存续", "在业": "存续", "开业": "存续", "注销": "注销", "吊销": "吊销", "迁出": "迁出"}


class BusinessLicense(Reading):
    """营业执照 (documents.md §9.3)."""

    type_id = "business_license"
    title = ("营业执照", "Business licence")
    recognised_by = Anchors(
        titles=("营业执照",),
        issuers=("市场监督管理局", "工商行政管理局", "行政审批局"),
        words=(
            "统一社会信用代码",
            "法定代表人",
            "注册资本",
            "成立日期",
            "住所",
            "经营范围",
            "登记机关",
            "类型",
            "营业期限",
            "副本",
        ),
        against=("变更登记", "准予变更", "许可证", "完税证明", "开户许可证", "对账单", "信用报告"),
    )

    name = Text("名称", "企业名称", "公司名称", required=True)
    uscc = Uscc("统一社会信用代码", "统一社会信用代码/注册号", "注册号", required=True)
    kind = Text("类型", "企业类型", "主体类型", "公司类型")
    legal_rep = Text("法定代表人", "经营者", "负责人", "执行事务合伙人", "投资人", "法定代表人(负责人)")
    registered_capital = WrittenMoney("注册资本", "注册资金", "出资额", "成员出资总额")
    established = Day("成立日期", "注册日期", "成立时间")
    address = Text("住所", "经营场所", "营业场所", "主要经营场所", "地址")
    scope = Text("经营范围")
    authority = Text("登记机关", "发照机关")
    status = Choice("登记状态", "企业状态", "经营状态", among=STATES)
    issued = Day("核准日期", "发照日期", "登记日期")
    sentences = tell(authority="^{name:市场监督管理局|工商行政管理局|行政审批局|行政审批服务局}$")

    def complete(self) -> None:
        """What stands without a label: the code under the title of an old licence, and the office beside its seal."""
        on_a_line(self, "uscc", r"^(?P<v>9[0-9A-HJ-NPQRTUWXY]{17})(?![0-9A-Z])")
        read_told(self, self.sentences, told(self.sheet))

    def about(self) -> Subject | None:
        name, number = self.get("name"), self.get("uscc")
        return Subject(name=name, uscc=number) if name or number else None
