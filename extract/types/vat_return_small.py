"""VAT returns of small taxpayers: sales of a quarter, most of them free of tax, and what is due."""

from __future__ import annotations

from decimal import Decimal

from extract.families.returns import LOCAL_SCHOOL, SCHOOL, TOWN, Levy, Return
from extract.forms.line_form import FormColumn, FormLine, LineForm
from extract.grammar import Anchors
from extract.kinds import Kind

GOODS = ("货物及劳务", "应税货物及劳务", "货物和劳务")
SERVICES = (
    "服务、不动产和无形资产",
    "应税服务、不动产和无形资产",
    "服务不动产和无形资产",
    "应税服务",
    "服务、不动产",
    "服务",
)
PERIOD, YEAR = ("本期数", "本月数", "本期金额"), ("本年累计", "本年累计数", "累计数", "本年累计金额")

LINES: tuple[tuple[int, tuple[str, ...]], ...] = (
    (1, ("应征增值税不含税销售额（3%征收率）", "应征增值税不含税销售额")),
    (2, ("增值税专用发票不含税销售额", "税务机关代开的增值税专用发票不含税销售额")),
    (3, ("其他增值税发票不含税销售额", "税控器具开具的普通发票不含税销售额")),
    (4, ("应征增值税不含税销售额（5%征收率）", "应征增值税不含税销售额", "销售、出租不动产不含税销售额")),
    (5, ("增值税专用发票不含税销售额", "税务机关代开的增值税专用发票不含税销售额")),
    (6, ("其他增值税发票不含税销售额", "税控器具开具的普通发票不含税销售额")),
    (7, ("销售使用过的固定资产不含税销售额", "销售使用过的应税固定资产不含税销售额")),
    (8, ("其他增值税发票不含税销售额", "税控器具开具的普通发票不含税销售额")),
    (9, ("免税销售额",)),
    (10, ("小微企业免税销售额",)),
    (11, ("未达起征点销售额",)),
    (12, ("其他免税销售额",)),
    (13, ("出口免税销售额",)),
    (14, ("其他增值税发票不含税销售额", "税控器具开具的普通发票销售额")),
    (15, ("本期应纳税额",)),
    (16, ("本期应纳税额减征额",)),
    (17, ("本期免税额",)),
    (18, ("小微企业免税额",)),
    (19, ("未达起征点免税额",)),
    (20, ("应纳税额合计",)),
    (21, ("本期预缴税额",)),
    (22, ("本期应补（退）税额",)),
    (23, ("城市维护建设税本期应补（退）税额", "城市维护建设税")),
    (24, ("教育费附加本期应补（退）费额", "教育费附加")),
    (25, ("地方教育附加本期应补（退）费额", "地方教育附加")),
)
SALES = (1, 4, 7, 9, 13)


class VatReturnSmall(Return):
    """增值税及附加税费申报表（小规模纳税人适用）(documents.md §3.5)."""

    type_id = "vat_return_small"
    title = ("增值税申报表（小规模纳税人）", "VAT return (small taxpayer)")
    recognised_by = Anchors(
        titles=(
            "增值税及附加税费申报表(小规模纳税人适用)",
            "增值税纳税申报表(小规模纳税人适用)",
            "增值税及附加税费申报表",
            "增值税纳税申报表",
            "增值税申报表",
        ),
        issuers=("小规模纳税人适用", "小规模纳税人"),
        words=(
            "应征增值税不含税销售额",
            "本期应纳税额减征额",
            "小微企业免税销售额",
            "未达起征点销售额",
            "货物及劳务",
            "服务、不动产和无形资产",
            "栏次",
            "税款所属期",
            "本期免税额",
        ),
        against=("一般纳税人适用", "一般纳税人", "企业所得税", "附列资料", "消费税"),
    )

    form = LineForm(
        lines=[FormLine(f"line_{number}", labels, number) for number, labels in LINES],
        columns=(
            FormColumn("cur", PERIOD, GOODS),
            FormColumn("service_cur", PERIOD, SERVICES),
            FormColumn("ytd", YEAR, GOODS),
            FormColumn("service_ytd", YEAR, SERVICES),
        ),
        formulas=("9=10+11+12", "20=15-16", "22=20-21"),
    )
    levies = (
        Levy("line_15", (("line_1", ("0.03", "0.01")), ("line_4", ("0.05",)), ("line_7", ("0.03",)))),
        Levy("line_16", (("line_1", ("0.02",)),)),
        Levy("line_18", (("line_10", ("0.03", "0.05", "0.01")),)),
    )
    made_of = (("line_1", ("line_2", "line_3")), ("line_4", ("line_5", "line_6")), ("line_17", ("line_18", "line_19")))
    surtaxes = (("line_23_cur", TOWN), ("line_24_cur", SCHOOL), ("line_25_cur", LOCAL_SCHOOL))
    surtax_base = ("line_22_cur", "line_22_service_cur")
    year_so_far = (("cur", "ytd"), ("service_cur", "service_ytd"))
    declared_revenue = Kind[Decimal]()
    declared_revenue_ytd = Kind[Decimal]()
    sums = {  # noqa: RUF012 - declared once, never changed
        "declared_revenue": tuple(f"line_{n}_{column}" for n in SALES for column in ("cur", "service_cur")),
        "declared_revenue_ytd": tuple(f"line_{n}_{column}" for n in SALES for column in ("ytd", "service_ytd")),
    }
