"""Appraisals: what a property was worth on a day, by the square metre and in all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.forms.told import read_told, tell, told, values_told
from extract.grammar import Anchors, Bearing, Reading, identity
from extract.kinds import Day, LooseMoney, MoneyInWords, Quantity, Text
from records.facts import Check, Outcome, Subject

#: The head of a table that compares methods, and how the result is told beside it.
METHODS = re.compile(r"^[^\n:]{0,8}方法[^\n:]{0,20}(?:单价|总价|评估值|评估价值)", re.MULTILINE)
RESULT = tell(
    unit_price="(评估|估价|最终|综合)单价(为|:|是){money}",
    total_value="(评估|估价|最终|综合|房地产)总?(总价|价值|总值)(为|:|是){money}",
)


class AppraisalReport(Reading):
    """评估报告、估价报告、线上询价 (documents.md §8.8)."""

    type_id = "appraisal_report"
    title = ("评估报告", "Appraisal report")
    recognised_by = Anchors(
        titles=(
            "房地产估价报告", "房地产抵押估价报告", "估价报告", "资产评估报告", "评估报告",
            "估价结果报告", "询价报告", "在线询价", "价值评估报告",
            "重估报告", "致估价委托人函", "价值重估报告", "询价单", "价值询价", "询价结果",
        ),
        issuers=("评估有限公司", "房地产评估", "资产评估", "估价有限公司", "房地产估价"),
        words=(
            "价值时点", "估价对象", "估价方法", "评估基准日", "评估单价", "评估总价",
            "法定优先受偿款", "估价师", "抵押价值", "估价目的",
        ),
        against=("押品检查", "贷后检查", "不动产权证书", "现状检查"),
    )  # fmt: skip

    report_no = Text(
        "报告编号", "估价报告编号", "报告号", "评估报告编号", "报告文号", "询价编号", "询价单号", "估价报告号"
    )
    agency = Text("估价机构", "评估机构", "房地产估价机构", "评估公司", "受托方", "询价机构", "估值机构", "评估单位")
    value_date = Day(
        "价值时点", "评估基准日", "估价时点", "基准日", "询价时点", "询价日期", "估值日期", "评估时点", required=True
    )
    location = Text(
        "坐落",
        "估价对象坐落",
        "估价对象",
        "询价对象",
        "评估对象",
        "评估对象",
        "房屋坐落",
        "座落",
        "位置",
        "评估对象坐落",
        "房产坐落",
        "评估对象位置",
        "抵押物坐落",
        required=True,
    )
    cert_no = Text("权证号", "不动产权证号", "产权证号", "权属证书号", "不动产权证书号", "证号", required=True)
    area = Quantity(
        "建筑面积", "面积", "评估面积", "估价面积", "房屋建筑面积", "建筑面积(㎡)", "建筑面积(平方米)", required=True
    )
    unit_price = LooseMoney(
        "评估单价",
        "单价",
        "房地产单价",
        "估价单价",
        "建筑面积单价",
        "评估单价(元/㎡)",
        "单价(元/㎡)",
        "市场单价",
        "询价单价",
        "估值单价",
        required=True,
    )
    total_value = LooseMoney(
        "评估总价",
        "总价",
        "房地产总价",
        "评估价值",
        "房地产价值",
        "估价总价",
        "市场价值",
        "评估总值",
        "本次评估总价",
        "本次评估价值",
        "估值总价",
        "询价总价",
        "评估结果",
        "总价(元)",
        required=True,
    )
    total_cn = MoneyInWords("总价大写", "大写", "大写金额", "人民币大写", "评估总价(大写)")
    prior_claim = LooseMoney("法定优先受偿款", "已知法定优先受偿款", "估价师知悉的法定优先受偿款", "优先受偿款")
    mortgage_value = LooseMoney("抵押价值", "抵押净值", "房地产抵押价值", "抵押价值(净值)")
    valid_until = Day("有效期至", "报告有效期至", "报告使用期限至", "应用有效期至")
    sentences = tell(
        cert_no="{title}",
        report_no="^(报告编号:?)?{docno}",
        agency="{name:评估有限公司|估价有限公司|评估咨询有限公司|评估事务所|估价事务所}",
        area="建筑面积(为|:)?{number}(m2|平方米)",
        total_cn="大写~{capitals}",
        valid_until="有效期~(至|到){day}",
    )

    def complete(self) -> None:
        running = told(self.sheet)
        if METHODS.search(self.sheet.squeezed()):  # each method has its value; the one found in the end counts
            for name, ways in RESULT.items():
                found = next(values_told(self, self.kinds()[name], ways, running), None)
                if found is not None:
                    self.fields[name] = found
        read_told(self, self.sentences, running)

    def about(self) -> Subject | None:
        return None  # it speaks of a property; whose that is, the property's own papers say

    @identity("总价（大写）= 总价（小写）", proves=("total_cn", "total_value"), apart=True)
    def words_and_figures_agree(self) -> tuple[Decimal, Decimal]:
        return self.total_cn, self.total_value

    @identity(
        "总价 − 法定优先受偿款 = 抵押价值",
        proves=("mortgage_value",),
        plus=("total_value",),
        minus=("prior_claim", "mortgage_value"),
    )
    def mortgage_value_follows(self) -> tuple[Decimal, Decimal]:
        return self.total_value - self.prior_claim, self.mortgage_value

    def more_checks(self) -> Iterator[Bearing]:
        """面积 × 单价 = 总价, exact or rounded to whole yuan, tens, hundreds, thousands or 万元, as appraisers do.

        A figure that only fits after rounding is not proved by it: a wrong last digit would have fitted as well.
        """
        says = "面积 × 单价 = 总价"
        area, price, total = (self.get(name) for name in ("area", "unit_price", "total_value"))
        if not (isinstance(area, Decimal) and isinstance(price, Decimal) and isinstance(total, Decimal)):
            yield Bearing(Check("area_times_price", Outcome.CANNOT_TELL, says, where="缺面积、单价或总价"))
            return
        due = area * price
        step = next((s for s in (Decimal("0.01"), *(Decimal(10) ** n for n in range(5))) if abs(due - total) < s), None)
        names = ("area", "unit_price", "total_value")
        state = Outcome.HOLDS if step is not None else Outcome.FAILS
        check = Check("area_times_price", state, says, f"{due:f}", f"{total:f}", values=names)
        exact = step is not None and step <= 1
        yield Bearing(check, proves=names if exact else (), accuses=() if step is not None else names)
