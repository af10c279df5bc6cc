"""Receipts of single payments, payrolls and customs declarations (documents.md §2.3, §2.6, §9.4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from random import Random
from typing import Literal

from demo.draw import Sheet
from demo.draw_office import Grid, xlsx_bytes
from demo.draw_table import Column, Look, Table
from demo.identity import card, in_words, money
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import CENT, COMPANY, USCC, done, one_page

SUPPLIER = "云洲锦澜金属材料有限公司"


# --- §2.3 -----------------------------------------------------------------------------------------------------------------


def bank_receipt(
    style: Literal["boxes", "lines", "sides"] = "boxes",
    *,
    medium: str = "pdf",
    seed: int = 1,
    altered: Decimal = Decimal(0),
    status: str = "交易成功",
) -> Drawn:
    """``boxes`` has 付款人 downwards beside shared labels, ``lines`` a label for everything, ``sides`` two blocks."""
    rng = Random(seed)
    amount = (Decimal(rng.randrange(1_000_000, 90_000_000)) / 100).quantize(CENT)
    mine, theirs = "9905010000000012345", "9903020000000098765"
    day, serial = date(2026, 5, 20), f"20260520{rng.randrange(10**10):010d}"
    banks = ("云洲农商银行临屿支行", "云洲银行栖川支行")
    shown = money(amount + altered)
    sheet = Sheet(title="电子回单", size=(210.0, 150.0))
    fields: dict[str, object] = {
        "payer_name": COMPANY,
        "payer_account": mine,
        "payer_bank": banks[0],
        "payee_name": SUPPLIER,
        "payee_account": theirs,
        "payee_bank": banks[1],
        "amount_cn": amount,
        "amount_num": amount + altered,
        "date": day,
        "purpose": "采购铜材款",
        "serial_no": serial,
    }
    if style == "boxes":
        sheet.text(105, 16, "云洲农商银行电子回单", size=14, align="center", bold=True)
        sheet.text(15, 25, f"交易日期：{day.year}年{day.month:02d}月{day.day:02d}日", size=8.5)
        sheet.text(195, 25, f"回单编号：{serial}", size=8.5, align="right")
        widths = (8, 22, 60, 8, 22, 60)
        x = [15.0]
        for width in widths:
            x.append(x[-1] + width)
        rows = (("户名", COMPANY, SUPPLIER), ("账号", mine, theirs), ("开户行", *banks))
        for place, (label, left, right) in enumerate(rows):
            y = 30 + place * 9
            for column in (1, 2, 4, 5):
                sheet.box(x[column], y, widths[column], 9)
            for column, words in ((1, label), (2, left), (4, label), (5, right)):
                sheet.text(x[column] + 1, y + 6, words, size=8.5)
        for column, letters in ((0, "付款人"), (3, "收款人")):
            sheet.box(x[column], 30, 8, 27)
            for place, letter in enumerate(letters):
                sheet.text(x[column] + 4, 37 + place * 7.5, letter, size=8.5, align="center")
        table = Table(
            sheet,
            [
                Column(("金额（大写）",), 30),
                Column((in_words(amount),), 80),
                Column(("（小写）",), 20),
                Column((f"¥{shown}",), 50),
            ],
            Look(size=8.5, row=9),
            x=15,
            y=57,
            bottom=150,
            turn=one_page,
        )
        table.row(["用途", "采购铜材款", "币种", "人民币"])
        table.row(["交易状态", status, "验证码", "7K2M9QX1"])
        sheet.text(15, table.y + 8, "重要提示：本回单不作为收款方发货依据，请勿重复记账。", size=7.5)
        sheet.seal(160, table.y, "云洲农商银行电子回单专用章", radius=14)
        fields["status"] = status
    elif style == "lines":
        sheet.text(105, 16, "付款回单", size=14, align="center", bold=True)
        sheet.text(105, 23, "云洲银行股份有限公司", size=9, align="center")
        lines = (
            (f"付款人户名：{COMPANY}", f"收款人户名：{SUPPLIER}"),
            (f"付款人账号：{mine}", f"收款人账号：{theirs}"),
            (f"付款人开户行：{banks[0]}", f"收款人开户行：{banks[1]}"),
            (f"大写金额：{in_words(amount)}", f"小写金额：{shown}"),
            (f"交易流水号：{serial}", f"记账日期：{day:%Y-%m-%d}"),
            ("摘要：采购铜材款", ""),
        )
        for place, (left, right) in enumerate(lines):
            sheet.text(15, 36 + place * 9, left)
            sheet.text(112, 36 + place * 9, right)
    else:
        sheet.text(105, 16, "客户回单（网上银行）", size=14, align="center", bold=True)
        sheet.text(15, 25, "云洲商业银行", size=9)
        sheet.text(195, 25, f"交易时间：{day:%Y-%m-%d} 10:22:31", size=8.5, align="right")
        for y, title, who, account, bank in (
            (36, "付款方信息", COMPANY, mine, banks[0]),
            (66, "收款方信息", SUPPLIER, theirs, banks[1]),
        ):
            sheet.text(15, y, title, size=9.5, bold=True)
            sheet.text(20, y + 7, f"全称：{who}")
            sheet.text(20, y + 13, f"账号：{account}")
            sheet.text(20, y + 19, f"开户银行：{bank}")
        sheet.text(15, 98, f"金额（小写）：{shown}元")
        sheet.text(100, 98, f"金额（大写）：人民币{in_words(amount)}")
        sheet.text(15, 106, "附言：采购铜材款")
        sheet.text(100, 106, f"流水号：{serial}")
    return done(sheet, f"receipt-{style}", truth("bank_receipt", fields), medium, seed)


# --- §2.6 -----------------------------------------------------------------------------------------------------------------

_STAFF = ("林栖川", "顾听澜", "周知屿", "沈明岑", "许临风", "陈恒之", "苏锦岚", "陆瑶")


def payroll(
    style: Literal["works", "person"] = "works",
    *,
    medium: str = "pdf",
    seed: int = 1,
    altered: dict[int, Decimal] | None = None,
) -> Drawn:
    """``works`` pays everybody for one month (as PDF, scan or workbook), ``person`` lists the months of one person."""
    rng, altered = Random(seed), altered or {}
    rows: list[dict[str, object]] = []
    for place in range(len(_STAFF) if style == "works" else 6):
        gross = (Decimal(rng.randrange(600_000, 1_800_000)) / 100).quantize(CENT)
        social, fund = (gross * Decimal("0.105")).quantize(CENT), (gross * Decimal("0.08")).quantize(CENT)
        tax = (max(gross - social - fund - 5000, Decimal(0)) * Decimal("0.03")).quantize(CENT)
        off = social + fund + tax
        month = "2026-05" if style == "works" else f"2026-{place + 1:02d}"
        name = _STAFF[place] if style == "works" else _STAFF[1]
        account = card(f"629999{place if style == 'works' else 1:012d}")
        rows.append(
            {
                "month": month,
                "name": name,
                "gross": gross,
                "social": social,
                "fund": fund,
                "tax": tax,
                "deductions": off,
                "net": gross - off + altered.get(place, 0),
                "account": account,
            }
        )
    total = {
        key: sum((Decimal(str(row[key])) for row in rows), Decimal("0.00"))
        for key in ("gross", "social", "fund", "tax", "deductions", "net")
    }
    total["net"] -= sum(altered.values(), Decimal(0))
    cut = {
        "works": ("month", "name", "gross", "social", "fund", "tax", "deductions", "net", "account"),
        "person": ("month", "name", "gross", "deductions", "net"),
    }
    value = truth("payroll_statement", {}, {"rows": [{k: row[k] for k in cut[style]} for row in rows]})
    if style == "works":
        head = ["序号", "姓名", "应发工资", "社保个人", "公积金", "个税", "扣款合计", "实发工资", "银行卡号"]
        body = [
            [
                str(n),
                str(r["name"]),
                *(money(Decimal(str(r[k]))) for k in ("gross", "social", "fund", "tax", "deductions", "net")),
                str(r["account"]),
            ]
            for n, r in enumerate(rows, 1)
        ]
        body.append(
            ["合计", "", *(money(total[k]) for k in ("gross", "social", "fund", "tax", "deductions", "net")), ""]
        )
        if medium == "xlsx":
            return Drawn(
                "工资表-202605.xlsx",
                xlsx_bytes(Grid("2026年5月工资表", ((f"单位名称：{COMPANY}",),), head, body)),
                value,
            )
        sheet = Sheet(landscape=True, title="工资表")
        sheet.text(sheet.width / 2, 18, "2026年5月工资发放表", size=15, align="center", bold=True)
        sheet.text(14, 27, f"单位名称：{COMPANY}")
        widths = (14, 28, 30, 26, 26, 24, 30, 30, 50)
        columns = [
            Column((h,), w, "right" if 24 <= w <= 30 and h != "姓名" else "left")
            for h, w in zip(head, widths, strict=True)
        ]
        table = Table(sheet, columns, Look(size=8, row=7), x=14, y=32, bottom=190, turn=one_page)
        for line in body:
            table.row(line)
        sheet.text(14, table.y + 8, "制表：财务部        审核：", size=8)
        return done(sheet, "payroll-works", value, medium, seed)
    sheet = Sheet(title="工资明细")
    sheet.text(105, 18, "代发工资明细", size=14, align="center", bold=True)
    sheet.text(20, 27, f"代发单位：{COMPANY}")
    columns = [
        Column((h,), 34, "right" if "工资" in h or "扣" in h or "到手" in h else "left")
        for h in ("工资月份", "姓名", "税前工资", "代扣合计", "到手工资")
    ]
    table = Table(sheet, columns, Look("rows", size=9, row=8), x=18, y=32, bottom=280, turn=one_page)
    for row in rows:
        table.row(
            [
                str(row["month"]).replace("-", "年") + "月",
                str(row["name"]),
                *(f"{row[k]}" for k in ("gross", "deductions", "net")),
            ]
        )
    return done(sheet, "payroll-person", value, medium, seed)


# --- §9.4 -----------------------------------------------------------------------------------------------------------------


def customs_declaration(
    style: Literal["export", "import"] = "export", *, medium: str = "pdf", seed: int = 1, altered: Decimal = Decimal(0)
) -> Drawn:
    """``export``: the boxed form of 2018, labels above values; ``import``: labels and values in lines."""
    rng = Random(seed)
    goods = (("8544492900", "铜芯电线", "千克"), ("8481804090", "阀门|不锈钢", "个"), ("8466930090", "机床零件", "件"))
    rows: list[dict[str, object]] = []
    for number, (code, name, unit) in enumerate(goods[: 2 if style == "export" else 3], 1):
        qty, price = rng.randrange(100, 3_000), (Decimal(rng.randrange(200, 9_000)) / 100).quantize(CENT)
        rows.append(
            {
                "no": str(number),
                "code": code,
                "name": name.replace("|", ""),
                "qty": str(qty),
                "unit": unit,
                "price": price,
                "total": qty * price + (altered if number == 1 else 0),
                "currency": "USD",
                "origin": "中国",
            }
        )
    net = Decimal(rng.randrange(1_000, 9_000))
    gross, pkgs = net + 80, str(rng.randrange(10, 90))
    number = f"99012026{1 if style == 'import' else 0}{rng.randrange(10**9):09d}"
    export = style == "export"
    sheet = Sheet(landscape=True, title="报关单")
    sheet.text(
        sheet.width / 2,
        14,
        f"中华人民共和国海关{'出' if export else '进'}口货物报关单",
        size=15,
        align="center",
        bold=True,
    )
    sheet.text(14, 22, f"预录入编号：{number}", size=8)
    sheet.text(110, 22, f"海关编号：{number}", size=8)
    mode = "0110 一般贸易" if not export else "一般贸易"
    if export:
        grid = (
            (
                (f"境内发货人（{USCC}）", COMPANY, 80),
                ("出境关别（9901）", "云洲海关", 45),
                ("出口日期", "20260520", 40),
                ("申报日期", "20260519", 50),
                ("备案号", "", 54),
            ),
            (
                ("境外收货人", "RIVERSIDE CABLES LTD", 80),
                ("运输方式（2）", "水路运输", 45),
                ("运输工具名称及航次号", "YUNZHOU STAR/026E", 40),
                ("提运单号", "YZS26051901", 50),
                ("货物存放地点", "", 54),
            ),
            (
                (f"生产销售单位（{USCC}）", COMPANY, 80),
                ("监管方式（0110）", mode, 45),
                ("征免性质（101）", "一般征税", 40),
                ("许可证号", "", 50),
                ("离境口岸（990101）", "云洲港", 54),
            ),
            (
                ("合同协议号", "HY2026-0519", 80),
                ("贸易国（地区）（GBR）", "英国", 45),
                ("运抵国（地区）（GBR）", "英国", 40),
                ("指运港（GBR003）", "费利克斯托", 50),
                ("包装种类（22）", "纸箱", 54),
            ),
            (
                ("件数", pkgs, 30),
                ("毛重（千克）", f"{gross}", 50),
                ("净重（千克）", f"{net}", 45),
                ("成交方式（3）", "FOB", 40),
                ("运费", "", 50),
                ("保费", "", 54),
            ),
        )
        y = 26.0
        for line in grid:
            x = 14.0
            for label, words, width in line:
                sheet.box(x, y, width, 10)
                sheet.text(x + 1, y + 4, label, size=7)
                sheet.text(x + 3, y + 8.6, words, size=8)
                x += width
            y += 10
        heads = (
            ("项号", 12),
            ("商品编号", 28),
            ("商品名称及规格型号", 60),
            ("数量及单位", 34),
            ("单价/总价/币制", 36),
            ("原产国（地区）", 28),
            ("最终目的国（地区）", 34),
            ("境内货源地", 20),
            ("征免", 17),
        )
        table = Table(
            sheet, [Column((h,), w) for h, w in heads], Look(size=7.5, row=14), x=14, y=y, bottom=190, turn=one_page
        )
        for row in rows:
            table.row(
                [
                    str(row["no"]),
                    str(row["code"]),
                    f"{row['name']}\n4|1|工业用",
                    f"{row['qty']}{row['unit']}\n\n{row['qty']}{row['unit']}",
                    f"{row['price']}\n{row['total']}\n美元",
                    "中国\n(CHN)",
                    "英国\n(GBR)",
                    "临屿",
                    "照章征税",
                ]
            )
        rows = [{k: v for k, v in row.items() if k not in ("name", "origin")} for row in rows]
    else:
        lines = (
            (f"境内收货人：{COMPANY}", f"统一社会信用代码：{USCC}"),
            ("进口日期：2026-05-18", "申报日期：2026-05-19"),
            (f"监管方式：{mode}", "征免性质：一般征税"),
            ("成交方式：CIF", "币制：美元"),
            (f"件数：{pkgs}", f"毛重：{gross}千克"),
            (f"净重：{net}千克", "启运国：英国"),
        )
        for place, (left, right) in enumerate(lines):
            sheet.text(14, 32 + place * 7, left, size=8.5)
            sheet.text(140, 32 + place * 7, right, size=8.5)
        heads = (
            ("序号", 14),
            ("HS编码", 32),
            ("商品名称", 60),
            ("数量", 26),
            ("单位", 18),
            ("单价", 28),
            ("总价", 36),
            ("币制", 20),
            ("原产国", 24),
        )
        table = Table(
            sheet,
            [Column((h,), w, "right" if h in ("数量", "单价", "总价") else "left") for h, w in heads],
            Look("head", size=8, row=8),
            x=14,
            y=78,
            bottom=190,
            turn=one_page,
        )
        for row in rows:
            table.row(
                [
                    str(row["no"]),
                    str(row["code"]),
                    str(row["name"]),
                    str(row["qty"]),
                    str(row["unit"]),
                    str(row["price"]),
                    money(Decimal(str(row["total"]))),
                    "USD",
                    "中国",
                ]
            )
    fields = {
        "customs_no": number,
        "owner": COMPANY,
        "owner_id": USCC,
        "ie_date": date(2026, 5, 20) if export else date(2026, 5, 18),
        "declare_date": date(2026, 5, 19),
        "mode": "0110 一般贸易",
        "terms": "FOB" if export else "CIF",
        "currency": "USD",
        "gross": gross,
        "net": net,
        "pkgs": pkgs,
    }
    return done(sheet, f"customs-{style}", truth("customs_declaration", fields, {"items": rows}), medium, seed)
