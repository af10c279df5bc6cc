"""Bank receipts: one payment, from whom to whom, how much, and whether the bank says it was done."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date as _day
from decimal import Decimal

from extract.forms.prose import told
from extract.forms.two_sides import read_sides
from extract.grammar import Anchors, Fieldset, Reading, identity
from extract.kinds import Currency, Day, Digits, LooseMoney, MoneyInWords, Text
from extract.layout import Sheet, squeezed
from records.facts import Finding, Period, State, Subject, Value
from records.values.text import fold

TITLE = re.compile(r"(?:电子|业务|客户|收款|付款|转账|记账|网银|交易|入账|汇款)回[单执]|付款凭证|收款凭证|转账凭证")
#: A bank that has only taken an order, or failed, has not paid.
NOT_DONE = re.compile(r"处理中|已受理|待处理|失败|退回|撤销")


class Serial(Digits):
    """The number of a receipt: where letters belong to it (QJ202604150007) they are kept."""

    LETTERED = re.compile(r"(?=(?:[^0-9]*[0-9]){5})(?=[^A-Z]*[A-Z])[A-Z0-9][A-Z0-9*-]{6,39}", re.IGNORECASE)

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        whole = fold(text).replace(" ", "")
        return (whole, text) if self.LETTERED.fullmatch(whole) else super().pick(text, unit)


class FirstReceipt(Fieldset):
    """Two receipts on one sheet: the first is read, the second is told, and their values are never mixed."""

    def read(self, reading: Reading) -> None:
        titles = [s for s in reading.sheet.strips if TITLE.search(squeezed(s.text)) and len(squeezed(s.text)) <= 30]
        far = [s for s in titles[1:] if s.page != titles[0].page or s.top - titles[0].top > 0.25]
        if not far:
            return
        second = far[0]
        for strip in reading.sheet.strips:
            if (strip.page, strip.number) >= (second.page, second.number):
                reading.taken.add((strip.page, strip.number))
        says = "这一份里还有一张回单，只读了第一张；请把两张分开上传。"
        reading.findings.append(Finding("second_receipt", says, second.page, second.box))


class BankReceipt(Reading):
    """银行电子回单 / 付款凭证 (documents.md §2.3)."""

    type_id = "bank_receipt"
    title = ("银行回单", "Bank receipt")
    recognised_by = Anchors(
        titles=(
            "电子回单",
            "业务回单",
            "客户回单",
            "付款回单",
            "收款回单",
            "转账回单",
            "记账回单",
            "网上银行回单",
            "付款凭证",
            "收款凭证",
            "转账凭证",
            "交易回单",
            "入账回单",
            "电子凭证",
            "资金汇划补充凭证",
            "电汇凭证",
            "汇款回单",
            "电子回执",
            "业务回执",
            "付款回执",
            "收款回执",
            "转账回执",
        ),
        issuers=("银行", "信用社", "信用合作"),
        words=(
            "回单编号",
            "验证码",
            "付款人",
            "收款人",
            "大写",
            "小写",
            "用途",
            "开户行",
            "交易流水号",
            "电子回单专用章",
            "附言",
            "付款方",
            "收款方",
        ),
        against=(
            "发票",
            "价税合计",
            "交易明细",
            "交易流水",
            "历史明细",
            "账户明细",
            "对账单",
            "缴税付款凭证",
            "电子缴税",
            "电子缴款",
            "税票号码",
            "承前页",
            "支付宝",
            "微信支付",
            "贷款放款",
            "借款凭证",
            "借据",
            "承兑汇票",
            "商业汇票",
            "汇票到期日",
        ),
    )

    pages_apart = FirstReceipt()
    payer_name = Text(
        "付款人户名",
        "付款人名称",
        "付款人全称",
        "付款方户名",
        "付款方名称",
        "付款账户名称",
        "付款账户户名",
        "付款户名",
        "付款单位名称",
        "付款人",
        "付款方",
        "付款单位",
        "汇款人",
        "汇款人全称",
        "汇款人名称",
        required=True,
    )
    payer_account = Digits(
        "付款人账号",
        "付款账号",
        "付款方账号",
        "付款账户",
        "付款人卡号",
        "付款卡号",
        "汇款人账号",
        "付款账户账号",
        required=True,
    )
    payer_bank = Text(
        "付款人开户行", "付款行", "付款方开户行", "付款行名称", "付款开户行", "付款人开户银行", "汇出行名称", "汇出行"
    )
    payee_name = Text(
        "收款人户名",
        "收款人名称",
        "收款人全称",
        "收款方户名",
        "收款方名称",
        "收款账户名称",
        "收款账户户名",
        "收款户名",
        "收款单位名称",
        "收款人",
        "收款方",
        "收款单位",
        required=True,
    )
    payee_account = Digits(
        "收款人账号", "收款账号", "收款方账号", "收款账户", "收款人卡号", "收款卡号", "收款账户账号", required=True
    )
    payee_bank = Text(
        "收款人开户行", "收款行", "收款方开户行", "收款行名称", "收款开户行", "收款人开户银行", "汇入行名称", "汇入行"
    )
    amount_cn = MoneyInWords(
        "金额(大写)",
        "(大写)",
        "大写金额",
        "人民币(大写)",
        "交易金额(大写)",
        "大写",
        "合计金额(大写)",
        "金额大写",
        "金额",
        "人民币",
        "交易金额",
        required=True,
    )
    amount_num = LooseMoney(
        "金额(小写)",
        "(小写)",
        "小写金额",
        "人民币(小写)",
        "交易金额(小写)",
        "小写",
        "金额小写",
        "交易金额",
        "转账金额",
        "汇款金额",
        "付款金额",
        "金额",
        "人民币",
        "金额(大写)",
        "人民币(大写)",
        required=True,
    )
    date = Day(
        "交易日期",
        "记账日期",
        "入账日期",
        "转账日期",
        "付款日期",
        "交易时间",
        "记账时间",
        "入账时间",
        "日期",
        "时间",
        "回单日期",
        "时间戳",
        required=True,
    )
    purpose = Text(
        "用途", "交易用途", "款项用途", "摘要", "交易摘要", "附言", "备注", "转账附言", "附加信息及用途", required=True
    )
    serial_no = Serial(
        "交易流水号",
        "流水号",
        "回单编号",
        "电子回单号码",
        "回单号码",
        "回单号",
        "电子回单编号",
        "业务流水号",
        "核心流水号",
        "交易序号",
        "凭证号码",
        "日志号",
        "交易编号",
        "编号",
        required=True,
    )
    status = Text("交易状态", "状态", "处理结果", "交易结果", "处理状态")
    currency = Currency("币种", "币别", "货币")
    verify_code = Text("验证码", "校验码", "防伪码")
    _printed_on = Day(
        "打印日期", "打印时间"
    )  # when somebody asked for it: the day of the payment only where no other stands

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """A running balance makes it a statement, whatever its title says."""
        heads = [squeezed(s.text) for s in sheet.strips[:40]]
        return -8 if any("余额" in text and re.search(r"日期|时间", text) and "摘要" in text for text in heads) else 0

    def complete(self) -> None:
        read_sides(self)
        if "date" not in self.fields and "_printed_on" in self.fields:
            self.fields["date"] = replace(self.fields["_printed_on"], name="date", state=State.LOW_CONFIDENCE)
        told(self, "date", r"(?P<v>20\d{2}年\d{1,2}月\d{1,2}日)", r"(?P<v>20\d{2}-\d{2}-\d{2})")
        if "amount_cn" in self.fields:  # a form where the figures stand in boxes of their own
            told(self, "amount_num", r"[¥￥](?P<v>[\d,]+\.\d\d)")
        state = str(self.get("status") or "")
        if NOT_DONE.search(state):
            says = f"交易状态是“{state}”，不能证明款项已经支付。"
            self.findings.append(Finding("not_paid", says, self.sheet.first_page))

    def about(self) -> Subject | None:
        """The side whose bank wrote it, where the title says so; a bare receipt may be either's."""
        head = self.sheet.head()
        mine = "payer_name" if re.search(r"付款回单|付款凭证|借方回单|往账", head) else None
        mine = "payee_name" if re.search(r"收款回单|收款凭证|贷方回单|来账|入账回单", head) else mine
        name = self.get(mine) if mine else None
        return Subject(name=name) if name else None

    def covers(self) -> Period | None:
        day = self.get("date")
        return Period(day, day) if isinstance(day, _day) else None

    @identity("大写 = 小写", proves=("amount_cn", "amount_num"), apart=True)
    def words_and_figures_agree(self) -> tuple[Decimal, Decimal]:
        return self.amount_cn, self.amount_num
