"""Printouts of public registers (执行信息公开网, 信用中国, 天眼查): what was asked, when, and how much was found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.forms.told import read_told, tell
from extract.grammar import Anchors, Reading, Table
from extract.kinds import Count, Day, Text, Uscc
from records.facts import Polarity, RiskEvent, Subject
from records.values.text import squeeze

#: A count of nothing behind a word: 被执行人 0, 失信被执行人:0条, 行政处罚(0).
NONE = re.compile(
    r"^[\u4e00-\u9fff/、()信息记录]{2,16}[ :(|]*(?:共|计)?[ ]*0[ ]*(?:条|件|次|个|笔|项)?(?:记录|信息|结果)?[)。]?$"
)


#: What is asked, and that something was found: a case, or a count above nothing.
ASKED = re.compile(r"查询|姓名|名称|检索")
FOUND = re.compile(r"[(〔]20\d{2}[)〕][\u4e00-\u9fff]\d{2,4}|[1-9]\d*(?:条|件|项)")


def none_found(event: RiskEvent) -> RiskEvent:
    return replace(event, polarity=Polarity.NEGATED, severity=None)


class PublicCreditPrintout(Reading):
    """公开信息查询截图 (documents.md §9.2). ``共0条`` is evidence that nothing was found."""

    type_id = "public_credit_printout"
    title = ("公开信息查询", "Public register printout")
    recognised_by = Anchors(
        titles=(
            "全国法院被执行人信息查询", "中国执行信息公开网", "信用中国", "企查查",
            "天眼查", "国家企业信用信息公示系统", "裁判文书网",
            "综合查询被执行人", "失信被执行人查询", "企业信用信息公示报告", "公共信用信息报告",
        ),
        words=(
            "查询时间", "查询日期", "查询结果", "查询条件", "被执行人", "司法风险",
            "经营风险", "行政处罚", "条记录", "共0条", "失信信息",
            "限制高消费", "自身风险", "经营异常", "股权冻结",
        ),
        against=("裁定如下", "判决如下", "书记员", "个人信用报告", "企业信用报告", "税收完税证明"),
    )  # fmt: skip
    prose = True

    query_date = Day("查询时间", "查询日期", "截图时间", "打印时间", "报告生成时间", "下载时间", required=True)
    name = Text(
        "被执行人姓名/名称",
        "企业名称",
        "查询对象",
        "被查询人",
        "单位名称",
        "公司名称",
        "主体名称",
        "名称",
        "企业",
        "查询主体",
        "被查询企业",
    )
    uscc = Uscc("统一社会信用代码", "组织机构代码", "证件号码", "身份证号码/组织机构代码")
    counts = Table(
        key=("item", "count"),
        item=Text("信息类别", "类别", "风险类型", "项目", "查询项目", "信息类型"),
        count=Count("数量", "条数", "记录数", "信息条数", "数量(条)"),
    )
    sentences = tell(query_date="(截至|查询于|截止){day}")

    def complete(self) -> None:
        read_told(self, self.sentences)

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """``被执行人 0 条`` says that there is none; the name of the query and of its boxes says nothing without a result."""
        return [none_found(event) if self._empty(squeeze(event.evidence.quote)) else event for event in events]

    def _empty(self, quote: str) -> bool:
        if NONE.search(quote):
            return True
        return (
            bool(ASKED.search(quote))
            and not any(c.isdigit() for c in quote)
            and not FOUND.search(self.sheet.squeezed())
        )

    def about(self) -> Subject | None:
        name, number = self.get("name"), self.get("uscc")
        return Subject(name=name, uscc=number) if name or number else None
