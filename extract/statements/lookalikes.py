"""Papers that look like statements and are none: bills of credit cards, of wallets without an id, a company's own journal.

Such a paper stays ``unknown``: its rows are money owed, a wallet that no rule of ours knows, or written by the company itself,
and must not be counted as the flows of an account. But it is read as far as it goes, and a person is told what it is. A paper
that only tells a balance is a ``bank_receipt`` of its own kind (documents.md §2.2, §2.3).
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

from extract.forms.told import read_told, tell
from extract.grammar import Reading, Table, identity
from extract.kinds import Currency, Day, Digits, LooseMoney, MoneyInWords, Text, Token
from extract.layout import Sheet, printed, squeezed
from extract.recognise import Recognised
from extract.statements import chain, rows
from extract.statements.ledger import LedgerDay, LedgerMoney, settle_days
from extract.statements.wallets import Wallet, wallet_table
from extract.tables.headers import find_headers
from extract.tables.labels import labels_of
from records.facts import Field, Finding, Period, Subject, Value
from records.values import money
from records.values.text import fold

#: What only the bill of a credit card prints over its rows.
CARD = re.compile(
    r"信用卡|贷记卡|账单日|最低还款额|到期还款日|本期应还|信用额度|卡号[末后]四位|credit card", re.IGNORECASE
)
REPAID = re.compile(r"还款|退货|退款|冲正|返现|repayment|refund|payment received", re.IGNORECASE)
WALLET = re.compile(r"(京东|美团|抖音|云闪付|拼多多|度小满|苏宁|翼支付|和包|PayPal)", re.IGNORECASE)
_ROWS = 60  #: lines that are looked through for the head of the table


class CardBill(Reading):
    """信用卡账单: what was spent on credit (documents.md §2.1: a negative of the personal statement)."""

    title = ("信用卡账单", "Credit card bill")

    account_name = Text("姓名", "户名", "持卡人", "客户姓名", "尊敬的", "Name")
    card_no = Token("卡号", "信用卡号", "卡号末四位", "Card number")
    statement_date = Day("账单日", "账单日期", "Statement date")
    due_date = Day("到期还款日", "最后还款日", "还款到期日", "Payment due date")
    amount_due = LooseMoney("本期应还金额", "本期应还款额", "本期应还", "本期账单金额", "应还款额", "New balance")
    minimum_due = LooseMoney("最低还款额", "本期最低还款额", "最低还款", "Minimum payment due")
    credit_limit = LooseMoney("信用额度", "授信额度", "Credit limit")
    transactions = Table(
        key=("date",),
        needs=(("date",), ("amount", "_in", "_out"), ("summary",)),
        instead={"date": "_spent"},
        date=LedgerDay("记账日期", "记账日", "入账日期", "入账日", "银行记账日", "Posting date", "Date"),
        _spent=LedgerDay("交易日期", "交易日", "日期", "消费日期", "Transaction date", "Trans date"),
        summary=Text("交易摘要", "交易说明", "交易描述", "摘要", "交易地点", "商户名称", "Description"),
        amount=LedgerMoney(
            "人民币金额", "交易金额", "入账金额", "入账币种/金额", "记账金额", "金额", "交易币种/金额", "Amount",
        ),
        _in=LedgerMoney("存入", "收入", "存入金额", "记账金额(收入)", "交易金额(收入)", "Credits"),
        _out=LedgerMoney("支出", "支出金额", "记账金额(支出)", "交易金额(支出)", "Debits"),
        balance=LedgerMoney("余额"),
        counterparty_name=Text("交易场所", "对方户名"),
        card=Token("卡号末四位", "卡号后四位", "卡号"),
        _currency=Currency("币种", "记账币种", "交易币种"),
    )  # fmt: skip

    def about(self) -> Subject | None:
        name = self.get("account_name")
        return Subject(name=name) if name else None

    def complete(self) -> None:
        settle_days(self)
        for row in self.transactions:
            rows.from_columns(self, row)
        self._sign()

    def _sign(self) -> None:
        """Spending is out and what is paid back is in, whichever of the two a bank prints with a minus."""
        told = [
            (row, chain.amount_of(row, "amount")) for row in self.transactions if "_in" not in row and "_out" not in row
        ]
        back = [amount for row, amount in told if amount and _paid_back(row)]
        turned = any(amount < 0 for amount in back)  # 还款 −345.67
        for row, amount in told:
            if amount is not None and (turned or (min(back, default=1) > 0 and amount > 0 and not _paid_back(row))):
                row["amount"] = replace(row["amount"], value=-amount)


def _paid_back(row: dict[str, Field]) -> bool:
    return "summary" in row and REPAID.search(str(row["summary"].value)) is not None


class BalanceConfirmation(Reading):
    """余额证明、余额对账单: what stood on an account on a day."""

    type_id = "bank_receipt"  # kind=balance_confirmation; no type of its own in the index
    title = ("余额证明", "Balance confirmation")

    account_name = Text("户名", "账户名称", "单位名称", "客户名称", "存款人", "存款人名称", "姓名", "致")
    account_no = Digits("账号", "账户", "存款账户", "卡号", "账户号码", "存款账号")
    currency = Currency("币种", "币别", "货币")
    balance = LooseMoney("余额(小写)", "账户余额", "存款余额", "余额", "小写", "金额(小写)", "存款金额", "金额")
    balance_cn = MoneyInWords("余额(大写)", "余额大写", "大写", "人民币(大写)", "金额(大写)")
    as_of = Day("截至", "截止", "截止日期", "截至日期", "余额日期", "对账日期", "日期")
    serial_no = Token("编号", "证明编号", "证明书编号", "NO.")
    sentences = tell(
        account_name="兹证明{name}[（(，,]",
        as_of="(截至|截止|于|至){day}",
        balance="余额(小写)?(为|计|:)*(人民币)?{money}",
        balance_cn="大写[)）]?:?{capitals}",
    )

    def complete(self) -> None:
        read_told(self, self.sentences)
        strip = next(s for s in self.sheet.strips if ONE_BALANCE.search(squeezed(s.text)))
        self.fields["kind"] = Field("kind", "balance_confirmation", printed(strip.words, strip.page))

    def about(self) -> Subject | None:
        name = self.get("account_name")
        return Subject(name=str(name)) if name else None

    def covers(self) -> Period | None:
        day = self.get("as_of")
        return Period(day, day) if isinstance(day, date) else None

    @identity("大写 = 小写", proves=("balance_cn", "balance"), apart=True)
    def words_and_figures_agree(self) -> tuple[Decimal, Decimal]:
        return self.balance_cn, self.balance


class LessRefund(LooseMoney):
    """131.77(已退款89.84): what was paid, without what came back; 468.32(已全额退款) is as printed: no direction."""

    REFUNDED = re.compile(r"(?P<paid>[\d,]+\.\d\d)\((?:已|部分)?(?:全额)?退款[¥:]*(?P<back>[\d,]+\.\d\d)?元?\)")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = self.REFUNDED.fullmatch(fold(text).replace(" ", ""))
        if found is None:
            return super().pick(text, unit)
        paid, back = (money.money(found[name] or "0.00") for name in ("paid", "back"))
        return (paid.value - back.value, text) if paid and back else None


class OtherWallet(Wallet):
    """A wallet bill that neither Alipay nor WeChat made (京东, 美团, …): the same columns, the same summary."""

    title = ("钱包账单", "Wallet bill")
    maker: ClassVar[tuple[str, ...]] = ()

    account_name = Text("京东账号名", "账号名", "用户名", "姓名", "户名", "昵称", "手机号")
    transactions = wallet_table(
        amount=LessRefund("金额", "金额(元)", "交易金额"),
        kind=Text("交易分类", "交易类型", "类型"),
        summary=Text("交易说明", "商品说明", "商品名称", "商品"),
        channel=Text("收/付款方式", "支付方式", "资金渠道"),
        status=Text("交易状态", "当前状态"),
        merchant_no=Token("商家订单号", "商户订单号", "商户单号"),
        remark=Text("备注"),
    )  # fmt: skip


#: Below this a paper of another type is one that only happens to hold its words (代扣水费 among the purchases of a card).
SURE = 0.9
#: What a company writes about its own money and goods, and a broker about an account: no bank says so.
OWN = re.compile(
    r"日记账|余额调节表|明细分类账|总账|往来(?:款项?)?(?:明细)?账|往来(?:款项?)?对账|应[收付](?:账款|明细)|收发存|供应商|经销商"
    r"|证券(?:账户|资金)|期货"
)
#: What a bank writes about a balance, without the movements that led to it.
ONE_BALANCE = re.compile(
    r"余额对账单|账户余额查询|余额证明|存款证明|余额确认|询证函|资信证明|balance confirmation|certificate of deposit",
    re.I,
)


def no_statement(sheet: Sheet) -> bool:
    """Whether the title says that this is a journal of the company's own, or a balance without movements."""
    titles = sheet.title_lines()
    return OWN.search(titles) is not None or ONE_BALANCE.search(titles) is not None


def settled(sheet: Sheet, recognised: Recognised) -> tuple[type[Reading] | None, Recognised, list[Finding]]:
    """What to read a paper as, what it was recognised as then, and how to say what it is where it stays unknown."""
    if recognised.type is not None and recognised.confidence >= SURE:
        return recognised.type, recognised, []
    named = recognised.type.type_id if recognised.type else BalanceConfirmation.type_id
    found = ONE_BALANCE.search(sheet.title_lines(4)) if named == BalanceConfirmation.type_id else None
    if found and "函" not in found.group():
        return BalanceConfirmation, replace(recognised, type=BalanceConfirmation, confidence=SURE), []
    kind, code, says = _unlisted(sheet, recognised)
    if not code:
        return recognised.type, recognised, []
    return kind, replace(recognised, type=None), [Finding(code, says, sheet.first_page)]


def _unlisted(sheet: Sheet, recognised: Recognised) -> tuple[type[Reading] | None, str, str]:
    if card_bill(sheet):
        return CardBill, "card_bill", "这是信用卡账单，不是活期账户流水：刷卡是负债。明细已读出，未计入流水。"
    if recognised.type is None and _head_line(sheet, OtherWallet) is not None:
        maker = WALLET.search(sheet.squeezed())
        whose = maker[1] if maker else "其他支付平台"
        return OtherWallet, "wallet_bill", f"这是{whose}的钱包账单，规格中没有此类单据；明细已读出，未计入流水。"
    if recognised.type is None and OWN.search(sheet.title_lines(6)):
        return None, "own_books", "这是企业或其他机构自己的账，不是银行出具的流水，未计入流水。"
    return None, "", ""


def card_bill(sheet: Sheet) -> bool:
    """Whether this is the bill of a credit card: it says so over its rows, or all it keeps is what is owed."""
    top = _head_line(sheet, CardBill)
    if top is None:
        return False
    above = "".join(squeezed(strip.text) for strip in sheet.strips[: top + 1])
    return CARD.search(above) is not None or _posted_twice(sheet, top) or _owes(sheet, top)


def _posted_twice(sheet: Sheet, top: int) -> bool:
    """A day of the purchase and a day of its booking, and no balance."""
    words = "".join(squeezed(strip.text) for strip in sheet.strips[top : top + 2])
    return "余额" not in words and "信用卡" in sheet.squeezed() and re.search(r"[记入]账日", words) is not None


def _owes(sheet: Sheet, top: int) -> bool:
    """Never in credit, and money that comes in is a repayment: what stands in the balance is owed."""
    head = next((word for word in sheet.strips[top].words if squeezed(word.text) == "余额"), None)
    if head is None or not sheet.strips[top].cells:
        return False
    column = re.sub(r"\d", "", head.cell or "")
    below = [
        word
        for strip in sheet.strips[top + 1 :]
        for word in strip.words
        if re.sub(r"\d", "", word.cell or "") == column
    ]
    amounts = [found.value for word in below if (found := money.money(word.text)) is not None]
    return len(amounts) >= 3 and max(amounts) <= Decimal(0) and REPAID.search(sheet.squeezed()) is not None


def _head_line(sheet: Sheet, kind: type[Reading]) -> int | None:
    table = kind.table_specs()["transactions"]
    found = find_headers(sheet.by_page[sheet.first_page][:_ROWS], table, labels_of(table))
    return found[0].first if found else None
