"""What the papers of one loan have in common: its numbers, its borrower, its amount in figures and in words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import ClassVar

from extract.families.bank_papers import NUMBERS
from extract.forms.told import Sentences, read_told, tell
from extract.grammar import Reading, identity
from extract.kinds import Digits, LooseMoney, MoneyInWords, Ratio, Text, Token
from records.facts import Subject, Value
from records.values.text import fold

#: 编号为…的借款合同: the number before the word for the contract.
NAMED: Sentences = {"contract_no": (*NUMBERS["contract_no"], r"编号[为是:](?P<contract_no>[^,，。的;\n]{6,40}?号)的")}


class Rate(Ratio):
    """A rate of interest by the year: 3.95%, 年利率 3.95%; one by the month or by the day is not it."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        if "%" not in text.replace("％", "%") or "‰" in text or any(word in text for word in ("月利率", "日利率")):
            return None
        return super().pick(text[max(0, text.replace("％", "%").find("%") - 10) :], unit)


class LoanNo(Token):
    """The number of a loan note or a contract; a sentence may go on behind it."""

    SHAPE = re.compile(r"[A-Za-z0-9\u4e00-\u9fff()\[\]〔〕/_-]*\d[A-Za-z0-9\u4e00-\u9fff()\[\]〔〕/_-]*")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text, unit)
        found = self.SHAPE.match(str(picked[0])) if picked else None
        return (found.group(), text) if found and len(found.group()) >= 4 else None


class Party(Text):
    """Who borrows or lends; the words for signing are none (借款人签字：)."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        picked = super().pick(text, unit)
        return None if picked is None or re.match(r"[(（]?(?:签字|签章|盖章|签名|公章)", str(picked[0])) else picked


class LoanSum(LooseMoney):
    """An amount that may stand behind its words: 伍万元整（¥50,000.00）."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = re.search(r"[(]\s*¥\s*([\d,]+\.\d\d)\s*元?[)]", fold(text))
        return super().pick(found[1], unit) if found else super().pick(text, unit)


class LoanPaper(Reading):
    """A paper about one loan note."""

    narrates = False  # its clauses say what would happen, not what did
    loan_note_no: Token = LoanNo(
        "借据编号", "借据号", "借据号码", "借款借据编号", "贷款借据号", "贷款账号", "凭证号", "Loan note no."
    )
    contract_no: Token = LoanNo(
        "合同编号", "合同号", "借款合同编号", "借款合同号", "贷款合同编号", "贷款合同号", "借款合同", "Contract no."
    )
    borrower: Text = Party(
        "借款人名称", "借款人姓名", "借款人", "借款单位", "借款单位名称", "借款企业", "客户名称", "客户姓名", "委托人",
        "户名", "贷款户名", "Borrower",
    )  # fmt: skip
    amount_num: LooseMoney = LoanSum(
        "借款金额(小写)", "贷款金额(小写)", "支付金额(小写)", "金额(小写)", "(小写)", "小写金额", "小写", "借款金额", "贷款金额",
        "贷款本金", "放款金额", "发放金额", "借据金额", "支付金额", "提款金额", "借款金额(大写)", "Loan amount", "Amount",
    )  # fmt: skip
    amount_cn = MoneyInWords(
        "借款金额(大写)", "贷款金额(大写)", "支付金额(大写)", "金额(大写)", "(大写)", "大写金额", "大写", "借款金额", "贷款金额",
        "支付金额", "人民币(大写)", "放款金额",
    )  # fmt: skip
    lender = Text("贷款人", "贷款人名称", "贷款行", "贷款银行", "放款机构", "经办机构", "贷款机构", "Lender")
    collection_account = Digits(
        "入账账号", "放款账号", "收款账号", "存款账号", "还款账号", "入账账户", "还款账户", "放款账户"
    )

    #: How it tells what stands beside no label.
    sentences: ClassVar[Sentences] = (
        dict(NUMBERS)
        | dict(NAMED)
        | dict(
            tell(
                borrower=("借款人{name}[（(，,]", "借款人{name}(向|因|于)"),
                amount_num="(贷款|借款)(金额|本金)(为|共计|合计)?(人民币)?{money}",
            )
        )
    )

    def complete(self) -> None:
        read_told(self, self.sentences)

    def about(self) -> Subject | None:
        name = self.get("borrower")
        return Subject(name=str(name)) if name else None

    @identity("大写 = 小写", proves=("amount_cn", "amount_num"), apart=True)
    def words_and_figures_agree(self) -> tuple[Decimal, Decimal]:
        return self.amount_cn, self.amount_num
