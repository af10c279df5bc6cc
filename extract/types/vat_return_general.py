"""VAT returns of general taxpayers: sales, output and input tax of a month, and what is due."""

from __future__ import annotations

from decimal import Decimal

from extract.families.returns import LOCAL_SCHOOL, SCHOOL, TOWN, Levy, Return
from extract.forms.line_form import FormColumn, FormLine, LineForm
from extract.grammar import Anchors
from extract.kinds import Kind, Text

GENERAL = ("一般项目", "一般货物、劳务和应税服务", "一般货物及劳务和应税服务", "一般货物及劳务")
REFUND = (
    "即征即退项目",
    "即征即退货物、劳务和应税服务",
    "即征即退货物及劳务和应税服务",
    "即征即退货物及劳务",
    "即征即退",
)
MONTH = ("本月数", "本期数", "本月金额", "本期金额", "本月发生额", "本月")
YEAR = ("本年累计", "本年累计数", "累计数", "本年累计金额", "累计金额", "累计")

#: The 2021 form. Numbers are those of the ids; a re-issued form may print others.
LINES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, ("按适用税率计税销售额", "按适用税率征税货物及劳务销售额", "按适用税率征税销售额")),
    (2, ("应税货物销售额",)),
    (3, ("应税劳务销售额",)),
    (4, ("纳税检查调整的销售额", "纳税检查调整销售额")),
    (5, ("按简易办法计税销售额", "按简易征收办法征税货物销售额", "按简易办法征税销售额")),
    (6, ("纳税检查调整的销售额", "纳税检查调整销售额")),
    (7, ("免、抵、退办法出口销售额", "免抵退办法出口货物销售额")),
    (8, ("免税销售额", "免税货物及劳务销售额")),
    (9, ("免税货物销售额",)),
    (10, ("免税劳务销售额",)),
    (11, ("销项税额",)),
    (12, ("进项税额",)),
    (13, ("上期留抵税额",)),
    (14, ("进项税额转出",)),
    (15, ("免、抵、退应退税额", "免抵退货物应退税额")),
    (16, ("按适用税率计算的纳税检查应补缴税额",)),
    (17, ("应抵扣税额合计",)),
    (18, ("实际抵扣税额",)),
    (19, ("应纳税额",)),
    (20, ("期末留抵税额",)),
    (21, ("简易计税办法计算的应纳税额", "简易征收办法计算的应纳税额", "按简易计税办法计算的应纳税额")),
    (22, ("按简易计税办法计算的纳税检查应补缴税额", "按简易征收办法计算的纳税检查应补缴税额")),
    (23, ("应纳税额减征额",)),
    (24, ("应纳税额合计",)),
    (25, ("期初未缴税额（多缴为负数）", "期初未缴税额")),
    (26, ("实收出口开具专用缴款书退税额",)),
    (27, ("本期已缴税额",)),
    (28, ("分次预缴税额",)),
    (29, ("出口开具专用缴款书预缴税额",)),
    (30, ("本期缴纳上期应纳税额",)),
    (31, ("本期缴纳欠缴税额",)),
    (32, ("期末未缴税额（多缴为负数）", "期末未缴税额")),
    (33, ("欠缴税额", "其中：欠缴税额（≥0）")),
    (34, ("本期应补（退）税额", "本期应补退税额")),
    (35, ("即征即退实际退税额",)),
    (36, ("期初未缴查补税额",)),
    (37, ("本期入库查补税额",)),
    (38, ("期末未缴查补税额",)),
    (39, ("城市维护建设税本期应补（退）税额", "城市维护建设税")),
    (40, ("教育费附加本期应补（退）费额", "教育费附加")),
    (41, ("地方教育附加本期应补（退）费额", "地方教育附加")),
)
REQUIRED = (1, 11, 12, 19, 24, 34)
#: Sales of every kind; the columns of 即征即退 are sales too.
SALES = (1, 5, 7, 8)


class VatReturnGeneral(Return):
    """增值税及附加税费申报表（一般纳税人适用）(documents.md §3.4)."""

    type_id = "vat_return_general"
    title = ("增值税申报表（一般纳税人）", "VAT return (general taxpayer)")
    recognised_by = Anchors(
        titles=(
            "增值税及附加税费申报表(一般纳税人适用)",
            "增值税纳税申报表(一般纳税人适用)",
            "增值税及附加税费申报表",
            "增值税纳税申报表",
            "增值税申报表",
        ),
        issuers=("一般纳税人适用", "一般纳税人"),
        words=(
            "销项税额",
            "进项税额",
            "上期留抵税额",
            "应抵扣税额合计",
            "即征即退",
            "一般项目",
            "栏次",
            "税款所属时间",
            "根据国家税收法律法规及增值税相关规定制定本表",
            "按适用税率计税销售额",
        ),
        against=("小规模纳税人适用", "小规模纳税人", "企业所得税", "附列资料", "消费税"),
    )

    industry = Text("所属行业")
    form = LineForm(
        lines=[
            FormLine(f"line_{number}", labels, number, required=("cur",) if number in REQUIRED else ())
            for number, labels in LINES
        ],
        columns=(
            FormColumn("cur", MONTH, GENERAL),
            FormColumn("ytd", YEAR, GENERAL),
            FormColumn("refund_cur", MONTH, REFUND),
            FormColumn("refund_ytd", YEAR, REFUND),
        ),
        formulas=(
            "17=12+13-14-15+16",
            "18=min(11,17)",
            "19=11-18",
            "20=17-18",
            "24=19+21-23",
            "27=28+29+30+31",
            "32=24+25+26-27",
            "33=max(0,25+26-27)",
            "34=24-28-29",
            "38=16+22+36-37",
        ),
    )
    levies = (
        Levy("line_11", (("line_1", ("0.13", "0.09", "0.06", "0.17", "0.16", "0.11", "0.10")),)),
        Levy("line_21", (("line_5", ("0.03", "0.05", "0.02", "0.005")),)),
    )
    made_of = (("line_1", ("line_2", "line_3", "line_4")),)
    surtaxes = (("line_39_cur", TOWN), ("line_40_cur", SCHOOL), ("line_41_cur", LOCAL_SCHOOL))
    surtax_base = ("line_34_cur",)
    year_so_far = (("cur", "ytd"), ("refund_cur", "refund_ytd"))
    stocks = tuple(f"line_{number}" for number in (13, 17, 20, 25, 32, 33, 36, 38))
    declared_revenue = Kind[Decimal]()
    declared_revenue_ytd = Kind[Decimal]()
    sums = {  # noqa: RUF012 - declared once, never changed
        "declared_revenue": tuple(f"line_{n}_{column}" for n in SALES for column in ("cur", "refund_cur")),
        "declared_revenue_ytd": tuple(f"line_{n}_{column}" for n in SALES for column in ("ytd", "refund_ytd")),
    }
