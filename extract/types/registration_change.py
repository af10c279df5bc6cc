"""Notices of changes in the register of companies: what was so before, what is so now, since when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extract.forms.told import last_told, read_told, tell
from extract.grammar import Anchors, Reading, Table
from extract.kinds import Day, Text, Uscc, WrittenMoney
from extract.risks import EVENTS
from records.facts import Evidence, Polarity, Printed, RiskEvent, Subject
from records.values.text import squeeze

FOOT = tell(approval_date="^{day}$")
_SPEAKS_FOR = re.compile(r"法定代表人|负责人|董事长|执行董事|总经理|执行事务合伙人")
_OWNS = re.compile(r"股东|投资人|股权|出资人|出资比例|合伙人")


def changed(item: str, before: str, after: str) -> str | None:
    """The event that a change in the register is; None for what bears on nobody's ability to pay."""
    if before == after or not after:
        return None
    if re.search(r"注销|吊销", after) and "状态" in item:
        return "business_exit"
    if _SPEAKS_FOR.search(item):
        return "management_change"
    if _OWNS.search(item):
        return "equity_change"
    if re.search(r"注册资本|注册资金|出资额|出资总额", item):
        was, now = (_capital(text) for text in (before, after))
        return "equity_change" if was is not None and now is not None and now < was else None
    return None


def _capital(text: str) -> Decimal | None:
    picked = WrittenMoney().pick(text, Decimal(1))
    return picked[0] if picked and isinstance(picked[0], Decimal) else None


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
    name = Text(
        "企业名称", "公司名称", "名称", "单位名称", "申请人", "当前企业名称", "主体名称", "市场主体名称", "现企业名称"
    )
    uscc = Uscc("统一社会信用代码", "统一社会信用代码/注册号", "注册号")
    changes = Table(
        key=("item", "before"),
        needs=(("item",), ("before",), ("after",)),
        item=Text("变更事项", "变更项目", "登记事项", "事项", "变更内容"),
        before=Text("变更前", "变更前内容", "原登记内容", "变更前登记事项", "原登记事项"),
        after=Text("变更后", "变更后内容", "变更登记内容", "现登记内容", "变更后登记事项", "现登记事项"),
    )

    sentences = tell(name="^{name:公司|厂|店|合作社|企业|中心|商行|部}(\\(.{1,50}?\\))?:$")

    def complete(self) -> None:
        """A notice ends with the day on which the authority signed it; a table of a public register has a column for it."""
        last_told(self, FOOT)
        read_told(self, self.sentences)

    def own_events(self) -> Iterator[RiskEvent]:
        """What every line of the table says has changed: who speaks for the company, whose it is, how much it is good for."""
        for row in self.tables.get("changes", ()):
            cells = [row[name] for name in ("item", "before", "after") if name in row]
            event = changed(
                *(squeeze(str(row[name].value)) if name in row else "" for name in ("item", "before", "after"))
            )
            source = cells[0].source
            if event and isinstance(source, Printed):
                quote = " ".join(squeeze(str(cell.value)) for cell in cells)
                evidence = Evidence(source.page, quote, source.box, source.cell)
                yield RiskEvent(event, Polarity.ASSERTED, EVENTS[event].severity, evidence, "paper.registration_change")

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """What a line of the table has said needs not be said again by its words."""
        said = {event.type for event in self.own_events()}
        return [event for event in super().retold(events) if event.type not in said]

    def about(self) -> Subject | None:
        name, number = self.get("name"), self.get("uscc")
        return Subject(name=name, uscc=number) if name or number else None
