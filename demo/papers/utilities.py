"""Water and gas bills and notices of what was not paid (documents.md §4.2 to §4.4)."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Literal

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, done, one_page


def water_bill(
    style: Literal["list", "fees", "slip"] = "list",
    *,
    medium: str = "pdf",
    seed: int = 1,
    year: int = 2026,
    month: int = 5,
    volume: int | None = None,
    altered: int = 0,
) -> Drawn:
    """``list`` has labels and values, ``fees`` a ruled table of fees, ``slip`` heads with one row of figures below them."""
    rng = Random(seed)
    last, used = rng.randrange(1_000, 60_000), volume or rng.randrange(200, 4_000)
    this, price = last + used, Decimal("3.05")
    water, sewage = (used * price).quantize(CENT), (used * Decimal("1.40")).quantize(CENT)
    resource = (used * Decimal("0.20")).quantize(CENT)
    total, shown = water + sewage + resource, this + altered
    user = f"88{rng.randrange(10**8):08d}"
    sheet = Sheet(title="水费账单", size=(210.0, 160.0))
    if style == "list":
        sheet.text(105, 18, "云洲市自来水有限公司水费通知单", size=14, align="center", bold=True)
        lines = (
            (f"用户号：{user}", f"户名：{COMPANY}"),
            ("用水地址：云洲市临屿区恒屿路18号", f"水费年月：{year}年{month:02d}月"),
            (f"上期读数：{last}", f"本期读数：{shown}"),
            (f"用水量：{used}立方米", "用水性质：工业"),
            (f"单价：{price}", f"水费：{money(water)}元"),
            (f"污水处理费：{money(sewage)}元", f"水资源税：{money(resource)}元"),
            (f"应缴合计：¥{money(total)}", f"缴费期限：{year}-{month + 1:02d}-25"),
        )
        for place, (left, right) in enumerate(lines):
            sheet.text(20, 32 + place * 8, left, size=9.5)
            sheet.text(115, 32 + place * 8, right, size=9.5)
    elif style == "fees":
        sheet.text(105, 18, f"{year}年{month:02d}月水费账单", size=14, align="center", bold=True)
        sheet.text(20, 27, "云洲水务集团有限公司临屿供水分公司", size=9)
        who = [Column((w,), x) for w, x in (("客户编号", 25), (user, 55), ("客户名称", 25), (COMPANY, 65))]
        top = Table(sheet, who, Look(size=8.5, row=8), x=20, y=32, bottom=150, turn=one_page)
        top.row(["上次抄码", str(last), "本次抄码", str(shown)])
        columns = [
            Column((w,), x, "right" if x < 50 else "left")
            for w, x in (("收费项目", 60), ("水量(吨)", 35), ("单价(元)", 35), ("金额(元)", 40))
        ]
        table = Table(sheet, columns, Look(size=8.5, row=8), x=20, y=top.y, bottom=150, turn=one_page)
        for name, unit_price, amount in (
            ("水费", price, water),
            ("污水处理费", Decimal("1.40"), sewage),
            ("水资源费", Decimal("0.20"), resource),
        ):
            table.row([name, str(used), str(unit_price), money(amount)])
        table.row(["合计", "", "", money(total)])
        table.span([(2, f"实用水量：{used}吨")], height=8)
    else:
        sheet.text(105, 18, "水费缴费通知", size=14, align="center", bold=True)
        sheet.text(20, 30, f"用户编号  {user}        用户名称  {COMPANY}", size=9)
        sheet.text(20, 38, f"账单月份  {year}-{month:02d}        云洲市供水公司", size=9)
        heads = (
            ("上次读数", str(last)),
            ("本次读数", str(shown)),
            ("本期水量", str(used)),
            ("基本水费", money(water)),
            ("污水处理费", money(sewage)),
            ("水资源费", money(resource)),
            ("应缴金额", money(total)),
        )
        columns = [Column((w,), 24, "right") for w, _ in heads]
        table = Table(sheet, columns, Look("head", size=8.5, row=8), x=20, y=44, bottom=150, turn=one_page)
        table.row([value for _, value in heads])
        sheet.text(20, table.y + 10, "逾期未缴将按日加收违约金。", size=8)
    fields: dict[str, object] = {
        "user_no": user,
        "name": COMPANY,
        "month": f"{year}-{month:02d}",
        "last_reading": str(last),
        "this_reading": str(shown),
        "volume": str(used),
        "water_fee": water,
        "sewage_fee": sewage,
        "resource_fee": resource,
        "amount_total": total,
    }
    return done(sheet, f"water-{style}-{year}{month:02d}", truth("water_bill", fields), medium, seed)


def gas_bill(
    style: Literal["list", "steps", "card"] = "list",
    *,
    medium: str = "pdf",
    seed: int = 1,
    year: int = 2026,
    month: int = 5,
    volume: int | None = None,
) -> Drawn:
    """``list`` has labels and values, ``steps`` a table of price steps, ``card`` what was charged on a card meter."""
    rng = Random(seed)
    last, used = rng.randrange(1_000, 60_000), volume or rng.randrange(1_500, 9_000)
    user, price, penalty = f"77{rng.randrange(10**8):08d}", Decimal("3.65"), Decimal("12.50")
    sheet = Sheet(title="燃气费账单", size=(210.0, 160.0))
    fee = (used * price).quantize(CENT, ROUND_HALF_UP)
    fields: dict[str, object] = {"user_no": user, "name": COMPANY, "month": f"{year}-{month:02d}", "volume": str(used)}
    if style == "list":
        sheet.text(105, 18, "云洲燃气有限公司燃气费账单", size=14, align="center", bold=True)
        lines = (
            (f"户号：{user}", f"户名：{COMPANY}"),
            (f"账期：{year}年{month}月", "用气性质：工业"),
            (f"上次读数：{last}", f"本次读数：{last + used}"),
            (f"用气量：{used}m³", f"气价：{price}"),
            (f"燃气费：{money(fee)}", f"违约金：{money(penalty)}"),
            (f"应缴合计：{money(fee + penalty)}元", ""),
        )
        for place, (left, right) in enumerate(lines):
            sheet.text(20, 32 + place * 8, left, size=9.5)
            sheet.text(115, 32 + place * 8, right, size=9.5)
        fields |= {
            "last_reading": str(last),
            "this_reading": str(last + used),
            "unit_price": price,
            "penalty": penalty,
            "amount_total": fee + penalty,
        }
    elif style == "steps":
        first = used // 2
        parts = ((first, Decimal("3.20")), (used - first, Decimal("3.85")))
        total = sum(((n * p).quantize(CENT, ROUND_HALF_UP) for n, p in parts), Decimal("0.00"))
        sheet.text(105, 18, f"{year}年{month:02d}月燃气费通知单", size=14, align="center", bold=True)
        sheet.text(20, 28, f"客户号 {user}    客户名称 {COMPANY}", size=9)
        sheet.text(20, 36, f"上期读数 {last}    本期读数 {last + used}    本期用气量 {used}", size=9)
        columns = [Column((w,), 42, "right" if w != "阶梯" else "left") for w in ("阶梯", "用气量", "单价", "金额")]
        table = Table(sheet, columns, Look(size=8.5, row=8), x=20, y=42, bottom=150, turn=one_page)
        for name, (n, p) in zip(("第一阶梯", "第二阶梯"), parts, strict=True):
            table.row([name, str(n), str(p), money((n * p).quantize(CENT, ROUND_HALF_UP))])
        sheet.text(20, table.y + 8, f"应付金额：{money(total)}    云洲天然气公司", size=9)
        fields |= {"last_reading": str(last), "this_reading": str(last + used), "amount_total": total}
    else:
        sheet.text(105, 18, "云洲燃气 IC卡购气凭证", size=14, align="center", bold=True)
        for place, words in enumerate(
            (
                f"用户编号：{user}",
                f"用户名称：{COMPANY}",
                f"费用年月：{year}-{month:02d}",
                f"购气量：{used}方",
                f"单价：{price}",
                f"购气金额：{money(fee)}元",
            )
        ):
            sheet.text(30, 32 + place * 8, words, size=9.5)
        fields |= {"unit_price": price, "amount_total": fee}
    return done(sheet, f"gas-{style}-{year}{month:02d}", truth("gas_bill", fields), medium, seed)


def arrears_notice(
    style: Literal["letter", "form"] = "letter", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)
) -> Drawn:
    """``letter`` tells it in sentences, ``form`` in boxes with principal and penalty."""
    rng = Random(seed)
    principal = (Decimal(rng.randrange(2_000_000, 30_000_000)) / 100).quantize(CENT)
    penalty, user = (principal * Decimal("0.003")).quantize(CENT, ROUND_HALF_UP), "9901234567"
    sheet = Sheet(title="催缴通知")
    if style == "letter":
        sheet.text(105, 28, "欠费停电通知书", size=16, align="center", bold=True)
        for y, words in (
            (45, f"{COMPANY}（户号：{user}）："),
            (55, f"    贵单位2026年4月至2026年5月电费逾期未缴，共欠电费{money(principal)}元。"),
            (63, "    请于2026年7月10日前缴清上述欠费及违约金；逾期仍未缴清的，"),
            (71, "我公司将于2026年7月17日9时对贵单位中止供电，由此产生的损失自行承担。"),
            (79, "    特此通知。"),
        ):
            sheet.text(25, y, words, size=10.5)
        sheet.text(185, 105, "云洲供电公司临屿供电所", align="right", size=10)
        sheet.text(185, 113, "2026年6月28日", align="right", size=10)
        fields: dict[str, object] = {
            "user_no": user,
            "owner": COMPANY,
            "arrears_amount": principal,
            "deadline": date(2026, 7, 10),
            "cut_off_date": date(2026, 7, 17),
        }
    else:
        sheet.text(105, 24, "云洲市自来水有限公司水费催缴通知", size=14, align="center", bold=True)
        total = principal + penalty + altered
        cells = (
            ("用户编号", user, "用户名称", COMPANY),
            ("欠费月份", "2026-03至2026-05", "欠费本金", money(principal)),
            ("违约金", money(penalty), "欠费合计", money(total)),
            ("缴费期限", "2026-07-05", "停水日期", "2026-07-20"),
        )
        columns = [Column((w,), x) for w, x in zip(cells[0], (26, 55, 26, 65), strict=True)]
        table = Table(sheet, columns, Look(size=8.5, row=9), x=18, y=34, bottom=280, turn=one_page)
        for row in cells[1:]:
            table.row(list(row))
        sheet.text(20, table.y + 10, "请在缴费期限前到营业厅缴清，逾期将按规定停止供水。", size=9)
        fields = {
            "user_no": user,
            "owner": COMPANY,
            "arrears_amount": total,
            "deadline": date(2026, 7, 5),
            "cut_off_date": date(2026, 7, 20),
        }
    return done(sheet, f"arrears-{style}", truth("utility_arrears_notice", fields), medium, seed)
