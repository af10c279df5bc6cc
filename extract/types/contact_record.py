"""Records of telephone calls and messages: when whom the bank spoke to, what was said, and what was promised."""

from __future__ import annotations

import re

from extract.families.bank_papers import BankPaper, Customer, Person
from extract.families.contact_notes import contacts_of, shared, tells_contact, with_hours
from extract.families.contacts import Hour, Marked, Phone, Promised, When
from extract.forms.passages import Passage, body
from extract.grammar import Anchors, Table
from extract.kinds import LooseMoney, Text, Token
from extract.layout import Sheet
from records.facts import Field

CALLED = re.compile(
    r"致电|电联|电话(?:联系|沟通|回访|通知|[里中])|拨打|去电|来电|通话|(?:短信|微信)(?:联系|沟通|告知|通知|提醒|回复|里|上说)|通完?了?电话|打了?(?:一?个)?电话"
    r"|phoned|called|telephoned|spoke (?:to|with)",
    re.I,
)
_TITLE = re.compile(
    r"(?:沟通|联系|联络|回访|外呼|短信|微信|电话|电访)(?!.*催收)[^:,。\n]{0,6}(?:记录|登记|台账|明细|清单|日志)"
)
_SEEN = re.compile(r"走访|到厂|实地|现场|上门|催收")
_MOMENT = re.compile(r"\d{1,2}月\d{1,2}日|20\d{2}[-./]\d{1,2}|\d{1,2}[:：]\d{2}")


class ContactRecord(BankPaper):
    """电话/短信沟通记录 (documents.md §8.3)."""

    type_id = "contact_record"
    title = ("沟通记录", "Contact record")
    lists = True
    recognised_by = Anchors(
        titles=(
            "沟通记录", "通话记录", "联系记录", "电话回访记录", "电话回访", "短信记录", "微信沟通", "电话访谈记录",
            "电话记录", "沟通台账", "通话详单", "短信发送", "客户联系记录", "客户联系表", "外呼记录", "电访记录",
            "contact record", "contact log", "call record", "call log", "call note", "contact note", "telephone note",
        ),
        words=(
            "通话", "短信", "接听情况", "接通", "承诺还款", "沟通内容", "沟通方式", "联系电话", "联系方式", "沟通对象",
            "沟通时间", "未接", "停机", "空号", "拒接", "电话", "spoke", "phone", "promise",
        ),
        against=(
            "走访记录", "催收记录", "催收函", "催收台账", "催收回执", "贷后检查报告", "检查结论", "交易明细", "对账单",
            "会议纪要", "签报", "电费", "月租费",
        ),
    )  # fmt: skip

    customer = Customer(
        "客户名称", "客户姓名", "借款人名称", "借款人姓名", "借款人", "借款企业", "借款单位", "客户", "Customer", "Borrower",
    )  # fmt: skip
    loan_note_no = Token("借据号", "借据编号", "借据号码", "Loan no.", "Loan note")
    contract_no = Token("合同号", "合同编号", "借款合同编号", "借款合同号")
    time = When(
        "沟通时间", "联系时间", "联络时间", "联络日期", "通话时间", "通话开始时间", "呼叫时间", "短信时间", "发送时间",
        "回访时间", "沟通日期", "联系日期", "通话日期", "回访日期", "呼叫日期", "电话时间", "来电时间", "拨打时间",
        "接触时间", "访谈时间", "访谈日期", "记录时间", "日期", "时间", "Date and time", "Date/time", "Contact date",
        "Call time", "Call date", "Date", "Time", required=True,
    )  # fmt: skip
    who = Text(
        "沟通对象", "联系对象", "联络对象", "联络人", "通话对象", "联系人", "被叫人", "接听人", "受访人", "访谈对象",
        "被访谈人", "回访对象", "沟通人员(客户方)", "对方姓名", "接收人", "收信人", "被联系人", "客户联系人", "与谁沟通",
        "Spoke with", "Spoke to", "Contact person", "Contacted", "Contact", required=True,
    )  # fmt: skip
    channel = Marked(
        "沟通方式", "联系方式", "联络渠道", "联系渠道", "沟通渠道", "联络方式", "回访方式", "渠道", "接触方式", "通讯方式",
        "方式", "Channel", "Means",
    )  # fmt: skip
    number = Phone(
        "联系电话", "电话号码", "手机号码", "手机号", "被叫号码", "对方号码", "呼叫号码", "通话号码", "接收号码", "联系号码",
        "号码", "Phone number", "Phone no.",
    )  # fmt: skip
    result = Marked(
        "接听情况", "接通情况", "联络结果", "联系结果", "通话结果", "沟通结果", "接通结果", "呼叫结果", "通话状态",
        "呼叫状态", "发送状态", "接通状态", "拨打结果", "外呼结果", "联系状态", "回访结果", "接触结果", "结果", "Result",
        "Outcome", "Status",
    )  # fmt: skip
    content = Passage(
        "沟通内容", "通话内容", "联络内容", "联络情况", "联系内容", "短信内容", "沟通情况", "通话摘要", "沟通记录",
        "通话要点", "主要内容", "回访内容", "联系情况", "沟通要点", "谈话内容", "情况记录", "通话记录", "沟通摘要",
        "内容摘要", "回访情况", "访谈内容", "访谈情况", "内容", "摘要", "Content", "Summary", "Details", "Notes", "Note",
        required=True,
    )  # fmt: skip
    promise = Promised(
        "承诺还款日", "承诺还款日期", "承诺还款时间", "承诺日期", "承诺时间", "还款承诺日期", "预计还款日期", "预计还款日",
        "约定还款日", "约定还款日期", "承诺还款", "还款承诺", "客户承诺", "Promise to pay", "Promised date", "Promise",
    )  # fmt: skip
    promise_amount = LooseMoney(
        "承诺还款金额", "承诺金额", "约定还款金额", "预计还款金额", "承诺还款额", "Promised amount"
    )
    recorded_by = Person(
        "记录人", "客户经理", "经办人", "沟通人", "登记人", "联络员", "联系人员", "坐席", "坐席工号", "主叫人", "回访人",
        "管户客户经理", "拨打人", "访谈人", "访谈人员", "Recorded by", "Account manager",
    )  # fmt: skip
    _hour = Hour("沟通时间", "联系时间", "通话时间", "呼叫时间", "发送时间", "回访时间", "访谈时间", "时间", "Time")
    contacts = Table(
        key=("time",),
        needs=(("time",), ("content", "result"), ("who", "number", "channel", "customer")),
        instead={"time": "_at"},
        time=When("日期", "联络日期", "沟通日期", "联系日期", "通话日期", "回访日期", "呼叫日期", "发送日期", "Date"),
        _at=Text(
            "时间",
            "沟通时间",
            "联系时间",
            "通话时间",
            "回访时间",
            "呼叫时间",
            "发送时间",
            "通话开始时间",
            "开始时间",
            "时点",
            "Time",
        ),
        customer=Customer("客户名称", "客户姓名", "借款人", "借款人名称", "客户", "Customer"),
        loan_note_no=Token("借据号", "借据编号"),
        who=Text(*who.labels[:17], "Spoke with", "Contact"),
        channel=Marked(*channel.labels),
        number=Phone(*number.labels),
        result=Marked(*result.labels),
        content=Passage(*content.labels),
        promise=Promised(*promise.labels),
        promise_amount=LooseMoney(*promise_amount.labels),
        recorded_by=Text("记录人", "登记人", "客户经理", "经办人", "沟通人", "坐席", "坐席工号"),
    )

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """A note has no form: a few lines that begin with a moment and say that somebody was called are one."""
        head = sheet.head(4)
        note = CALLED.search(head) and _MOMENT.search(head) and not _SEEN.search(head)
        short = len(sheet.strips) <= 40 and not sheet.title_lines(1).endswith(("表", "报告", "报"))
        return cls.also_titled(sheet, _TITLE) or (6 if note and short else 0)

    def complete(self) -> None:
        if self.contacts:
            self.fields.pop("content", None)  # the title over the list is no label
        with_hours(self, "contacts")
        shared(self, "contacts")
        super().complete()
        if not self.contacts:
            tells_contact(self)
            self.signed_on("time")
            body(self, "content")
        for contact, _ in contacts_of(self, "contacts"):  # where nobody else is named it was the customer
            if "who" not in contact and (customer := contact.get("customer")):
                contact["who"] = Field("who", customer.value, customer.source, customer.state)
