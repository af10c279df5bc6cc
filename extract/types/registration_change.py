"""Notices of changes in the register of companies: what was so before, what is so now, since when."""

from __future__ import annotations

from extract.grammar import Anchors, Reading, Table
from extract.kinds import Day, Text, Uscc
from extract.told import last_told, tell
from records.facts import Subject

FOOT = tell(approval_date="^{day}$")


class RegistrationChange(Reading):
    """变更登记通知书 (documents.md §9.3)."""

    type_id = "registration_change"
    title = ("变更登记", "Registration change")
    recognised_by = Anchors(
        titles=(
            "变更登记通知书", "准予变更登记通知书", "登记通知书", "变更登记情况", "公司变更登记",
            "变更信息", "工商变更登记", "变更登记",
            "变更(备案)登记", "核准变更登记通知书",
        ),
        issuers=("市场监督管理局", "工商行政管理局", "行政审批局", "企业信用信息公示"),
        words=("变更前", "变更后", "变更事项", "准予变更", "核准日期", "变更日期", "变更项目", "法定代表人", "股东", "注册资本"),
        against=("营业期限", "判决如下", "贷后检查", "展期", "户名变更"),
    )  # fmt: skip
    prose = True

    approval_date = Day(
        "核准日期", "变更日期", "核准变更日期", "准予变更日期", "登记日期", "变更登记日期", required=True
    )
    name = Text("企业名称", "公司名称", "名称", "单位名称", "申请人")
    uscc = Uscc("统一社会信用代码", "统一社会信用代码/注册号", "注册号")
    changes = Table(
        key=("item", "before"),
        needs=(("item",), ("before",), ("after",)),
        item=Text("变更事项", "变更项目", "登记事项", "事项", "变更内容"),
        before=Text("变更前", "变更前内容", "原登记内容", "变更前登记事项", "原登记事项"),
        after=Text("变更后", "变更后内容", "变更登记内容", "现登记内容", "变更后登记事项", "现登记事项"),
    )

    def complete(self) -> None:
        """A notice ends with the day on which the authority signed it; a table of a public register has a column for it."""
        last_told(self, FOOT)

    def about(self) -> Subject | None:
        name, number = self.get("name"), self.get("uscc")
        return Subject(name=name, uscc=number) if name or number else None
