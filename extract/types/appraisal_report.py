"""Appraisals: what a property was worth on a day, by the square metre and in all."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extract.grammar import Anchors, Bearing, Reading, identity
from extract.kinds import Day, LooseMoney, MoneyInWords, Quantity, Text
from extract.told import read_told, tell
from records.facts import Check, Outcome, Subject


class AppraisalReport(Reading):
    """评估报告、估价报告、线上询价 (documents.md §8.8)."""

    type_id = "appraisal_report"
    title = ("评估报告", "Appraisal report")
    recognised_by = Anchors(
        titles=(
            "房地产估价报告", "房地产抵押估价报告", "估价报告", "资产评估报告", "评估报告",
            "估价结果报告", "询价报告", "在线询价", "价值评估报告",
            "重估报告", "致估价委托人函",
        ),
        issuers=("评估有限公司", "房地产评估", "资产评估", "估价有限公司", "房地产估价"),
        words=(
            "价值时点", "估价对象", "估价方法", "评估基准日", "评估单价", "评估总价",
            "法定优先受偿款", "估价师", "抵押价值", "估价目的",
        ),
        against=("押品检查", "贷后检查", "不动产权证书", "现状检查"),
    )  # fmt: skip

    report_no = Text("报告编号", "估价报告编号", "报告号", "评估报告编号", "报告文号")
    agency = Text("估价机构", "评估机构", "房地产估价机构", "评估公司", "受托方")
    value_date = Day("价值时点", "评估基准日", "估价时点", "基准日", "询价时点", "询价日期", required=True)
    location = Text("坐落", "估价对象坐落", "估价对象", "评估对象", "房屋坐落", "座落", "位置", required=True)
    cert_no = Text("权证号", "不动产权证号", "产权证号", "权属证书号", "不动产权证书号", "证号", required=True)
    area = Quantity(
        "建筑面积", "面积", "评估面积", "估价面积", "房屋建筑面积", "建筑面积(㎡)", "建筑面积(平方米)", required=True
    )
    unit_price = LooseMoney(
        "评估单价", "单价", "房地产单价", "估价单价", "建筑面积单价", "评估单价(元/㎡)", "单价(元/㎡)", required=True
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
        total_cn="大写~{capitals}",
        valid_until="有效期~(至|到){day}",
    )

    def complete(self) -> None:
        read_told(self, self.sentences)

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
