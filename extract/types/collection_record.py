"""Collection: each call, letter and visit made for overdue money, at what hour, with what result; letters and their receipts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.families.bank_papers import NUMBERS, BankPaper, Customer, Person
from extract.families.contact_notes import contacts_of, shared, tells_contact, with_hours
from extract.families.contacts import Hour, Marked, Phone, Promised, When
from extract.forms.passages import Passage, body
from extract.forms.told import tell
from extract.grammar import Anchors, Bearing, Table, identity
from extract.kinds import Count, Day, LooseMoney, Text, Token
from extract.layout import Sheet
from extract.risks import EVENTS
from records.facts import Check, Evidence, Field, Finding, Outcome, Polarity, Printed, RiskEvent, Severity

#: Who calls in the night does so of his own will.
_CALLS_US = re.compile(r"来电|呼入|致电我行|主动联系|来访|来函")
_TITLE = re.compile(r"(?:催收|催讨|清收|外访)[^:,。\n]{0,8}(?:记录|登记|台账|明细|清单|日志|表|报告)")
_LETTER = re.compile(r"函|通知|告知书|demand letter", re.I)
_SEVERITIES = (None, Severity.LIGHT, Severity.MODERATE, Severity.SEVERE)
_LEISURE = "22:00–次日 08:00 不得催收"


class CollectionRecord(BankPaper):
    """催收记录、催收函及回执 (documents.md §8.3)."""

    type_id = "collection_record"
    title = ("催收记录", "Collection record")
    lists = True
    recognised_by = Anchors(
        titles=(
            "催收记录", "催收登记", "催收台账", "催收日志", "催收工作记录", "逾期贷款催收", "贷款催收", "催收通知书",
            "催收函", "催收回执", "外访记录", "催收情况报告", "催收情况表", "外访报告", "催告函", "催款函", "催款通知",
            "到期催收", "逾期催收", "电话催收", "上门催收", "委外催收", "催收报告", "履行担保责任通知", "collection record",
            "collection log", "collection note", "demand letter",
        ),
        issuers=("银行", "支行", "信用社", "农商"),
        words=(
            "逾期本息", "逾期本金", "逾期利息", "逾期天数", "罚息", "欠款", "回执", "送达", "签收", "催收人", "催收方式",
            "催收结果", "催收时间", "外访", "承诺还款", "担保人", "催收", "尚欠", "overdue", "arrears",
        ),
        against=(
            "走访记录", "贷后检查报告", "电费", "水费", "燃气", "户号", "检查结论", "对账单", "交易明细", "判决如下",
            "裁定如下", "会议纪要", "签报", "即将到期",
        ),
    )  # fmt: skip

    customer = Customer(
        "客户名称", "客户姓名", "借款人名称", "借款人姓名", "借款人", "借款企业", "借款单位", "债务人", "被催收人",
        "逾期客户", "客户", "致", "收函单位", "Customer", "Borrower", "Debtor", required=True,
    )  # fmt: skip
    guarantor = Text("担保人", "保证人", "抵押人")
    loan_note_no = Token("借据号", "借据编号", "借据号码", "贷款借据号", "Loan no.", "Loan note")
    contract_no = Token("合同号", "合同编号", "借款合同编号", "借款合同号", "贷款合同编号", "贷款合同号")
    letter_no = Text("催收函编号", "函件编号", "通知书编号", "催收编号", "文书编号", "回执编号")
    stage = Marked("催收阶段", "逾期阶段", "阶段", "催收级别", "账龄阶段", "催收次数", "催收轮次", "Stage")
    time = When(
        "催收时间", "催收日期", "联系时间", "外访时间", "外访日期", "上门时间", "通话时间", "拨打时间", "发函日期",
        "沟通时间", "Collection date", "Contact date", "Date and time", "Date", "Time", required=True,
    )  # fmt: skip
    channel = Marked("催收方式", "催收渠道", "催收形式", "联系方式", "催收途径", "方式", "Channel", "Method")
    who = Text(
        "催收对象", "联系对象", "接听人", "联系人", "接待人", "被访人", "通话对象", "受访人", "见面人", "Spoke with",
        "Contact",
    )  # fmt: skip
    number = Phone("联系电话", "电话号码", "被叫号码", "手机号", "手机号码", "拨打号码", "联系号码", "Phone number")
    collector = Person(
        "催收人员", "催收人", "催收员", "外访人员", "外访员", "经办人", "客户经理", "清收人员", "催收机构", "送达人",
        "Collector",
    )  # fmt: skip
    overdue_days = Count("逾期天数", "已逾期天数", "逾期日数", "Days overdue", "Days past due")
    overdue_principal = LooseMoney("逾期本金", "拖欠本金", "欠款本金", "欠本金", "尚欠本金", "Overdue principal")
    overdue_interest = LooseMoney("逾期利息", "拖欠利息", "欠息", "欠息金额", "尚欠利息", "Overdue interest")
    penalty = LooseMoney("罚息", "逾期罚息", "罚息及复利", "罚息复利", "罚息和复利", "复利及罚息", "Penalty interest")
    overdue_total = LooseMoney(
        "逾期本息合计", "欠款本息合计", "本息合计", "逾期本息", "欠款合计", "欠款总额", "逾期总额", "逾期金额", "欠款金额",
        "拖欠本息合计", "合计金额", "应还合计", "Total overdue", "Amount overdue", "Total",
    )  # fmt: skip
    content = Passage(
        "催收内容", "催收情况", "催收记录", "催收过程", "催收经过", "沟通内容", "沟通情况", "通话内容", "外访情况",
        "现场情况", "催收话术", "催收情况说明", "联系情况", "主要内容", "情况描述", "情况说明", "催收详情", "催收摘要",
        "内容", "Content", "Details", "Notes", "Summary",
    )  # fmt: skip
    result = Marked(
        "催收结果", "催收效果", "联系结果", "通话结果", "接听情况", "接通情况", "外访结果", "催收反馈", "反馈结果", "结果",
        "Result", "Outcome",
    )  # fmt: skip
    promise = Promised(
        "承诺还款日期", "承诺还款日", "承诺还款时间", "承诺日期", "约定还款日", "还款承诺", "承诺还款", "Promise to pay",
        "Promised date",
    )  # fmt: skip
    promise_amount = LooseMoney("承诺还款金额", "承诺金额", "约定还款金额", "Promised amount")
    deadline = Day("还款期限", "缴款期限", "最后还款日", "限期还款日", "还款截止日", "还款截止日期")
    visit = Marked("是否上门", "是否外访", "是否见到本人")
    third_party = Marked(
        "是否联系第三人", "是否联系第三方", "第三人联系情况", "联系第三人情况", "第三方联系情况", "第三人", "第三方联系人",
        "是否涉及第三人", "是否联系无关第三人", "是否告知第三人", "Third party",
    )  # fmt: skip
    delivery = Marked("送达方式", "投递方式", "寄送方式", "送达途径", "发送方式")
    delivery_status = Marked(
        "送达情况", "送达结果", "送达状态", "签收情况", "签收状态", "投递结果", "回执情况", "是否签收", "Delivery status",
    )  # fmt: skip
    signer = Person("签收人", "收件人", "收函人", "接收人", "代收人", "受送达人签收", "回执签收人")
    signed_date = Day("签收日期", "签收时间", "送达日期", "送达时间", "收函日期", "回执日期")
    recording = Marked(
        "录音", "录音编号", "录音情况", "是否录音", "是否录音录像", "是否录像", "录音文件", "录音/录像", "录音录像",
        "全程录音", "录音文件编号", "Recording",
    )  # fmt: skip
    _hour = Hour("催收时间", "联系时间", "外访时间", "上门时间", "通话时间", "拨打时间", "沟通时间", "时间", "Time")
    contacts = Table(
        key=("time",),
        needs=(
            ("time",),
            ("content", "result", "delivery_status"),
            ("who", "number", "channel", "customer", "collector", "overdue_total"),
        ),
        instead={"time": "_at"},
        time=When("日期", "催收日期", "联系日期", "外访日期", "通话日期", "发函日期", "Date"),
        _at=Text("时间", "催收时间", "联系时间", "外访时间", "通话时间", "拨打时间", "沟通时间", "时点", "时段", "Time"),
        customer=Customer("客户名称", "客户姓名", "借款人", "借款人名称", "债务人", "客户", "Customer", "Borrower"),
        loan_note_no=Token("借据号", "借据编号"),
        stage=Marked(*stage.labels),
        overdue_days=Count(*overdue_days.labels),
        overdue_total=LooseMoney(*overdue_total.labels),
        channel=Marked(*channel.labels),
        who=Text(*who.labels),
        number=Phone(*number.labels),
        content=Passage(*content.labels),
        result=Marked(*result.labels),
        delivery_status=Marked(*delivery_status.labels),
        promise=Promised(*promise.labels),
        promise_amount=LooseMoney(*promise_amount.labels),
        third_party=Marked(*third_party.labels),
        recording=Marked(*recording.labels),
        collector=Text(*collector.labels),
    )  # fmt: skip
    sentences = (
        dict(
            tell(
                customer=(
                    "^(致|尊敬的)?:?{name:公司|厂|店|合作社|企业|经营部|商行|先生|女士}:$",
                    "^(致|尊敬的):?{name}:$",
                ),
                letter_no="^(编号:?)?{docno}",
                overdue_days="(已?逾期|拖欠)(天数)?(达|为|共|满|已)?{number}天",
                overdue_principal="(本金)(余额|合计|共计|人民币|为|计|:)?{money}",
                overdue_interest="(?<!罚)(?<!本金及)(利息|欠息)(合计|共计|人民币|为|计|:)?{money}",
                penalty="(罚息|复利)(及复利|、复利|及罚息)?(合计|共计|人民币|为|计|:)?{money}",
                overdue_total="(本息合计|本息共计|本息|合计欠款|共计欠款|欠款合计|共欠|合计拖欠|合计|共计)(合计|共计|人民币|为|计|:)?{money}",
                deadline=(
                    "(请|务必|限|须|应)?(贵公司|贵单位|你单位|你公司|您)?(务必)?(于|在){day}(之?前|以前)",
                    "{day}(之?前|以前)~(还|偿|缴|付|结)清?",
                ),
                signed_date="(签收|收到)(日期|时间):?{day}",
            )
        )
        | NUMBERS
    )

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """A note without a form that begins with a moment and tells of collecting; a bill of power or water is no loan."""
        head = sheet.head(4)
        note = re.search(r"催收|催讨|催还|催款|催告", head) and re.search(r"\d{1,2}月\d{1,2}日|20\d{2}[-./]\d", head)
        return cls.also_titled(sheet, _TITLE) or (4 if note and len(sheet.strips) <= 40 else 0)

    def complete(self) -> None:
        if self.contacts:
            self.fields.pop("content", None)  # the title over the list is no label
        with_hours(self, "contacts")
        shared(self, "contacts")
        super().complete()
        if not self.contacts:
            tells_contact(self, letter=bool(_LETTER.search(self.sheet.title_lines(4))))
            self.signed_on("time")
            body(self, "content")

    @identity(
        "逾期本金 + 利息 + 罚息 = 逾期本息合计",
        proves=("overdue_principal", "overdue_interest", "penalty", "overdue_total"),
    )
    def overdue_adds_up(self) -> tuple[Decimal, Decimal]:
        extra = self.penalty if "penalty" in self.fields else Decimal(0)
        return self.overdue_principal + self.overdue_interest + extra, self.overdue_total

    def more_checks(self) -> Iterator[Bearing]:
        """Nobody is collected from at night; an hour that is not printed cannot be judged."""
        contacts = list(contacts_of(self, "contacts"))
        made = [(_hour(contact), where) for contact, where in contacts if not _calls_us(contact)]
        night = "、".join(f"{where} {hour}".strip() for hour, where in made if _late(hour))
        judged = bool(contacts) and all(hour for hour, _ in made)
        state = Outcome.FAILS if night else Outcome.HOLDS if judged else Outcome.CANNOT_TELL
        yield Bearing(Check("contact_hours", state, _LEISURE, where=night or (None if judged else "未载明时刻")))

    def own_events(self) -> Iterator[RiskEvent]:
        """A contact made at night is a breach of the rules of collecting, whatever was said."""
        for contact in self._at_night():
            source = contact["time"].source
            if isinstance(source, Printed):
                evidence = Evidence(source.page, source.raw, source.box, source.cell)
                breach, args = EVENTS["collection_violation"], {"time": str(contact["time"].value)}
                yield RiskEvent(
                    breach.id,
                    Polarity.ASSERTED,
                    breach.severity,
                    evidence,
                    "paper.contact_hours",
                    subject_role="bank",
                    args=args,
                )

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """The days, the principal and the interest of one form are one loan overdue, not four."""
        own = super().retold(events)
        due = [
            e
            for e in own
            if e.type == "loan_overdue" and e.polarity is Polarity.ASSERTED and e.subject_role == "borrower"
        ]
        if self.contacts or not due:
            return own
        return [
            self._one_overdue(due) if event is due[0] else event for event in own if event is due[0] or event not in due
        ]

    def _one_overdue(self, due: Sequence[RiskEvent]) -> RiskEvent:
        """As bad as the days printed make it (风险事件 §13), else as the worst of what the words tell."""
        quotes = dict.fromkeys(quote for event in due for quote in (event.evidence, *event.more_evidence))
        args = {name: value for event in reversed(due) for name, value in event.args.items()}
        if (total := self.get("overdue_total")) is not None:
            args["amount"] = f"{total:f}"
        severity = max((event.severity for event in due), key=_SEVERITIES.index)
        if days := self.get("overdue_days"):
            args["days"] = days
            severity = Severity.LIGHT if int(days) <= 7 else Severity.MODERATE if int(days) <= 90 else Severity.SEVERE
        first, *more = quotes
        return replace(due[0], args=args, severity=severity, evidence=first, more_evidence=tuple(more))

    def remarks(self) -> Iterator[Finding]:
        for contact in self._at_night():
            source = contact["time"].source
            page = source.page if isinstance(source, Printed) else None
            yield Finding(
                "contact_at_night", f"{contact['time'].value} 的催收在 22:00 至次日 08:00 之间，请核实是否合规。", page
            )

    def _at_night(self) -> list[dict[str, Field]]:
        made = (contact for contact, _ in contacts_of(self, "contacts") if not _calls_us(contact))
        return [contact for contact in made if _late(_hour(contact))]


def _hour(contact: dict[str, Field]) -> str:
    """The hour of a contact, "" where none is printed."""
    return str(contact["time"].value)[11:] if "time" in contact else ""


def _late(hour: str) -> bool:
    return bool(hour) and not "08:00" <= hour < "22:00"


def _calls_us(contact: dict[str, Field]) -> bool:
    return any(
        _CALLS_US.search(str(contact[name].value)) for name in ("channel", "content", "result") if name in contact
    )
