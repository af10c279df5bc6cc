"""Statements of payment wallets (documents.md §2.4, §2.5): WeChat and Alipay as sealed certificates and as exports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Literal

from demo.draw import Sheet
from demo.draw_table import Column, Look, Table
from demo.identity import id_card
from demo.papers.drawn import Drawn, truth
from demo.papers.one_page import done


@dataclass(frozen=True, slots=True)
class Move:
    """One movement: when, what kind, with whom, what for, which way, how much, how and with what outcome."""

    at: datetime
    kind: str
    party: str
    goods: str
    way: str
    amount: Decimal
    method: str
    status: str
    number: str
    merchant: str


@dataclass(frozen=True, slots=True)
class Purse:
    """A wallet and what moved in it. ``alter`` prints another amount in a row, the summary stays."""

    name: str = "林栖川"
    account: str = "wxid_linqc2026"
    id_no: str = id_card("999901", date(1990, 4, 12), 12)
    start: date = date(2026, 4, 1)
    end: date = date(2026, 6, 30)
    moves: tuple[Move, ...] = ()
    alter: dict[int, Decimal] = field(default_factory=dict)

    def of(self, way: str) -> tuple[int, Decimal]:
        rows = [move.amount for move in self.moves if move.way == way]
        return len(rows), sum(rows, Decimal("0.00"))


_WECHAT = (
    ("商户消费", "栖川早餐铺", "豆浆油条", "支出", "零钱", "支付成功"),
    ("扫二维码付款", "临屿菜市场", "收款方备注:二维码收款", "支出", "云洲农商银行(1234)", "已转账"),
    ("转账", "老周", "转账备注:微信转账", "支出", "零钱", "朋友已收钱"),
    ("微信红包", "同心", "/", "收入", "/", "已存入零钱"),
    ("二维码收款", "客户甲", "收款方备注:二维码收款", "收入", "零钱", "已收钱"),
    ("零钱提现", "云洲农商银行(1234)", "/", "/", "云洲农商银行(1234)", "提现已到账"),
    ("信用卡还款", "信用卡还款", "/", "/", "零钱", "支付成功"),
)
_ALIPAY = (
    ("餐饮美食", "临屿小馆", "晚餐", "支出", "余额宝", "交易成功"),
    ("日用百货", "栖川超市", "日用品", "支出", "云洲农商银行(1234)", "等待确认收货"),
    ("转账红包", "老周", "转账", "收入", "余额", "交易成功"),
    ("退款", "栖川超市", "退款-日用品", "不计收支", "云洲农商银行(1234)", "退款成功"),
    ("投资理财", "恒屿基金销售有限公司", "余额宝-自动转入", "不计收支", "余额", "交易成功"),
    ("商业服务", "听澜设计工作室", "设计费", "收入", "余额", "交易成功"),
)


def purse(
    wallet: Literal["wechat", "alipay"], rows: int = 14, seed: int = 1, *, alter: dict[int, Decimal] | None = None
) -> Purse:
    """A quarter in a wallet, newest first."""
    rng, base = Random(seed), Purse()
    kinds = _WECHAT if wallet == "wechat" else _ALIPAY
    days = (base.end - base.start).days
    moves = []
    for _ in range(rows):
        kind, party, goods, way, method, status = rng.choice(kinds)
        at = datetime(base.start.year, base.start.month, base.start.day, tzinfo=UTC) + timedelta(
            days=rng.randrange(days), seconds=rng.randrange(86_400)
        )
        number = f"{'42000' if wallet == 'wechat' else '2026'}{rng.randrange(10**22, 10**23)}"
        merchant = f"{rng.randrange(10**27, 10**28)}" if way == "支出" else "/"
        amount = (Decimal(rng.randrange(100, 900_000)) / 100).quantize(Decimal("0.01"))
        moves.append(Move(at, kind, party, goods, way, amount, method, status, number, merchant))
    account = base.account if wallet == "wechat" else "linqichuan@example.com"
    return Purse(account=account, moves=tuple(sorted(moves, key=lambda m: m.at, reverse=True)), alter=alter or {})


def wechat_statement(
    given: Purse | None = None,
    *,
    style: Literal["certificate", "export"] = "certificate",
    medium: str = "pdf",
    seed: int = 1,
) -> Drawn:
    """The sealed certificate (long numbers wrap in their cells), or the export of the app as CSV."""
    given = given or purse("wechat", seed=seed)
    if style == "export":
        return Drawn("微信支付账单.csv", _wechat_csv(given), _truth("wechat_statement", given, goods=True, nick=True))
    sheet = Sheet(landscape=True, title="微信支付交易明细证明")
    sheet.text(sheet.width / 2, 18, "微信支付交易明细证明", size=15, align="center", bold=True)
    sheet.text(14, 28, f"编号：{given.start:%Y%m%d}{7130042:012d}", size=8)
    sheet.text(
        14, 35, f"兹证明：{given.name}（居民身份证：{given.id_no}）在其微信号：{given.account}中的交易明细信息如下："
    )
    sheet.text(14, 42, f"交易明细对应时间段：{given.start}至{given.end}")
    sheet.text(14, 49, "具体交易明细：")
    heads = (
        ("交易单号", 42),
        ("交易时间", 26),
        ("交易类型", 27),
        ("收/支/其他", 22),
        ("交易方式", 36),
        ("金额(元)", 26),
        ("交易对方", 36),
        ("商户单号", 50),
    )
    table = _table(sheet, heads, Look(size=7.5, row=8), 53)
    for place, move in enumerate(given.moves):
        way = "其他" if move.way == "/" else move.way
        table.row(
            [
                move.number,
                f"{move.at:%Y-%m-%d} {move.at:%H:%M:%S}",
                move.kind,
                way,
                move.method,
                f"{given.alter.get(place, move.amount):.2f}",
                move.party,
                move.merchant,
            ]
        )
    sheet.text(14, table.y + 6, "说明：1. 本证明仅供参考。 2. 充值、提现等计入其他。", size=7)
    sheet.seal(sheet.width - 50, min(table.y, sheet.height - 30), "财付通支付科技有限公司业务凭证专用章", radius=17)
    value = _truth("wechat_statement", given, goods=False, summed=False)
    return done(sheet, "微信明细证明", value, medium, seed)


def _table(sheet: Sheet, heads: Sequence[tuple[str, float]], look: Look, y: float) -> Table:
    """The table of a certificate: everything wraps in its cell but the amount, which stands to the right."""
    columns = [
        Column((h,), w, "right" if h.startswith("金额") else "left", wraps=not h.startswith("金额")) for h, w in heads
    ]

    def turn() -> float:
        sheet.next_page()
        return 15.0

    return Table(sheet, columns, look, x=14, y=y, bottom=sheet.height - 20, turn=turn)


def _wechat_csv(given: Purse) -> bytes:
    into, out, neither = (given.of(way) for way in ("收入", "支出", "/"))
    head = [
        "微信支付账单明细",
        f"微信昵称：[{given.name}]",
        f"起始时间：[{given.start} 00:00:00] 终止时间：[{given.end} 23:59:59]",
        "导出类型：[全部]",
        f"导出时间：[{given.end} 10:11:12]",
        "",
        f"共{len(given.moves)}笔记录",
        f"收入：{into[0]}笔 {into[1]}元",
        f"支出：{out[0]}笔 {out[1]}元",
        f"中性交易：{neither[0]}笔 {neither[1]}元",
        "注：",
        "1. 充值/提现/理财通购买/零钱通存取/信用卡还款等交易，将计入中性交易",
        "2. 本明细仅展示当前账单中的交易，不包括已删除的记录",
        "",
        "----------------------微信支付账单明细列表--------------------",
    ]
    lines = [line + ",,,,,,,,,," for line in head]
    lines.append("交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注")
    for place, m in enumerate(given.moves):
        amount = given.alter.get(place, m.amount)
        lines.append(
            f'{m.at:%Y-%m-%d %H:%M:%S},{m.kind},{m.party},"{m.goods}",{m.way},¥{amount},{m.method},{m.status},'
            f'{m.number}\t,{m.merchant}\t,"/"'
        )
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode()


def alipay_statement(
    given: Purse | None = None,
    *,
    style: Literal["certificate", "export", "web"] = "certificate",
    medium: str = "pdf",
    seed: int = 1,
) -> Drawn:
    """The sealed certificate, the export of the app (GBK, padded), or the older export of the web with its own columns."""
    given = given or purse("alipay", seed=seed)
    if style == "export":
        return Drawn("支付宝账单.csv", _alipay_csv(given), _truth("alipay_statement", given, goods=True))
    if style == "web":
        return Drawn(
            "alipay_record.csv", _alipay_web(given), _truth("alipay_statement", given, goods=True, named=False)
        )
    sheet = Sheet(landscape=True, title="交易流水证明")
    sheet.text(sheet.width / 2, 16, "支付宝支付科技有限公司", size=11, align="center")
    sheet.text(sheet.width / 2, 24, "交易流水证明", size=15, align="center", bold=True)
    sheet.text(sheet.width - 14, 31, f"编号：{given.end:%Y%m%d}00093127", size=8, align="right")
    words = f"兹证明：{given.name}（证件号码：{given.id_no}）在其支付宝账户：{given.account}中的交易明细信息如下："
    sheet.text(14, 38, words)
    sheet.text(14, 45, f"交易时间段：{given.start} 00:00:00 至 {given.end} 23:59:59")
    heads = (
        ("收/支", 16),
        ("交易对方", 36),
        ("商品说明", 44),
        ("收/付款方式", 36),
        ("金额", 24),
        ("交易订单号", 46),
        ("商家订单号", 40),
        ("交易时间", 26),
    )
    table = _table(sheet, heads, Look("rows", size=7.5, row=8), 50)
    for place, m in enumerate(given.moves):
        table.row(
            [
                m.way,
                m.party,
                m.goods,
                m.method,
                f"{given.alter.get(place, m.amount):,.2f}",
                m.number,
                m.merchant.strip("/"),
                f"{m.at:%Y-%m-%d} {m.at:%H:%M:%S}",
            ]
        )
    into, out, neither = (given.of(way) for way in ("收入", "支出", "不计收支"))
    sheet.text(
        14,
        table.y + 6,
        f"共{len(given.moves)}笔记录  收入：{into[0]}笔 {into[1]:,}元  支出：{out[0]}笔 {out[1]:,}元  "
        f"不计收支：{neither[0]}笔 {neither[1]:,}元",
        size=8,
    )
    sheet.seal(sheet.width - 50, min(table.y, sheet.height - 30), "支付宝支付科技有限公司业务专用章", radius=17)
    value = _truth("alipay_statement", given, goods=True)
    return done(sheet, "支付宝流水证明", value, medium, seed)


def _alipay_csv(given: Purse) -> bytes:
    into, out, neither = (given.of(way) for way in ("收入", "支出", "不计收支"))
    lines = [
        "-" * 84,
        "导出信息：",
        f"姓名：{given.name}",
        f"支付宝账户：{given.account}",
        f"起始时间：[{given.start} 00:00:00]    终止时间：[{given.end} 23:59:59]",
        "导出交易类型：[全部]",
        f"共{len(given.moves)}笔记录",
        f"收入：{into[0]}笔 {into[1]}元",
        f"支出：{out[0]}笔 {out[1]}元",
        f"不计收支：{neither[0]}笔 {neither[1]}元",
        "",
        "特别提示：",
        "1.本回单内容可表明支付宝受理了相应支付交易申请，请以实际交易情况为准；",
        "2.本明细仅供个人对账使用。",
        "",
        "------------------------支付宝（中国）网络技术有限公司  电子客户回单------------------------",
        "交易时间            ,交易分类      ,交易对方     ,对方账号   ,商品说明  ,收/支   ,金额     ,"
        "收/付款方式    ,交易状态  ,交易订单号   ,商家订单号   ,备注   ,",
    ]
    for place, m in enumerate(given.moves):
        amount = given.alter.get(place, m.amount)
        lines.append(
            f"{m.at:%Y-%m-%d %H:%M:%S} ,{m.kind:<12},{m.party:<14},/        ,{m.goods:<20},{m.way:<8},{amount:<16},"
            f"{m.method:<20},{m.status:<8},{m.number}\t,{m.merchant.strip('/')}\t,        ,"
        )
    return "\r\n".join(lines).encode("gb18030")


def _alipay_web(given: Purse) -> bytes:
    into, out = given.of("收入"), given.of("支出")
    lines = [
        "支付宝交易记录明细查询",
        f"账号:[{given.account}]",
        f"起始日期:[{given.start} 00:00:00]    终止日期:[{given.end} 23:59:59]",
        "---------------------------------交易记录明细列表------------------------------------",
        "交易号                  ,商家订单号               ,交易创建时间              ,付款时间                ,"
        "最近修改时间              ,交易来源地     ,类型              ,交易对方            ,商品名称                ,"
        "金额（元）   ,收/支     ,交易状态    ,服务费（元）   ,成功退款（元）  ,备注                  ,资金状态     ,",
    ]
    for place, m in enumerate(given.moves):
        when, amount = f"{m.at:%Y-%m-%d %H:%M:%S}", given.alter.get(place, m.amount)
        way = "" if m.way == "不计收支" else m.way
        lines.append(
            f"{m.number}\t,{m.merchant.strip('/')}\t,{when} ,{when} ,{when} ,其他    ,即时到账交易  ,{m.party} ,{m.goods} ,"
            f"{amount:<10},{way:<8},{m.status} ,0.00  ,0.00  ,   ,已{way or '转移'} ,"
        )
    lines += [
        "-" * 84,
        f"共{len(given.moves)}笔记录",
        f"已收入:{into[0]}笔,{into[1]}元",
        "待收入:0笔,0.00元",
        f"已支出:{out[0]}笔,{out[1]}元",
        "待支出:0笔,0.00元",
    ]
    return "\r\n".join(lines).encode("gb18030")


def _signed(move: Move) -> Decimal:
    return -move.amount if move.way == "支出" else move.amount


def _truth(
    kind: str, given: Purse, *, goods: bool, summed: bool = True, nick: bool = False, named: bool = True
) -> dict[str, object]:
    into, out = given.of("收入"), given.of("支出")
    fields: dict[str, object] = {"period": (given.start, given.end)}
    if named:
        fields["account_name"] = given.name
    if not nick:
        fields["account_no"] = given.account
    if summed:
        fields |= {"count_in": str(into[0]), "count_out": str(out[0]), "total_in": into[1], "total_out": out[1]}
    rows: Sequence[dict[str, object]] = [
        {
            "date": m.at.date(),
            "time": f"{m.at:%H:%M:%S}",
            "amount": given.alter.get(place, m.amount) * (-1 if m.way == "支出" else 1),
            "counterparty_name": m.party,
            "serial_no": m.number,
            "summary": (m.goods if goods and m.goods != "/" else None),
        }
        for place, m in enumerate(given.moves)
    ]
    return truth(kind, fields, {"transactions": rows})
