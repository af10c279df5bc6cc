"""Memos inside the bank: requests for a decision, reports on a state of affairs, minutes, notes; of one customer or several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from extract.families.bank_papers import BankPaper, Person, turned
from extract.forms.fields import make_field
from extract.forms.passages import NUMBER, Passage, body
from extract.forms.told import Told, compiled, tell, told
from extract.grammar import Anchors
from extract.kinds import Day, Kind, Names, Text, as_printed
from extract.layout import Sheet, squeezed
from records.facts import Polarity, RiskEvent, Subject, Value
from records.values.text import fold

#: 关于…的报告, over two lines if need be.
#: What anybody who writes inside a bank speaks of.
LENDING = re.compile(r"银行|分行|授信|借款|贷后|放贷|抵押|保证人|担保|逾期|欠息|五级分类|不良|结清|还款")
ABOUT = re.compile(
    r"关于(?P<matter>[^。;]{2,60}?)的?(?P<kind>报告|请示|签报|情况说明|说明|汇报|备忘录?|建议|意见|方案|通报|通知|复函|函|纪要)(?:$|[(（:\n])"
)
#: What is so called is a paper of its own, however it is introduced.
OTHERS = re.compile(r"预警.{0,12}?(?:处置|处理|解除|核查)|贷后检查|首次检查|押品检查|分类认定|催收(?:函|通知|记录)")
#: Papers that tell of other people's cases, or of rules.
CIRCULAR = re.compile(
    r"通报|培训|宣传|学习|警示|案例|讲义|课件|制度|管理办法|操作规程|实施细则|指引|工作要点|风险提示|倡议|简讯"
)
_ONE_CASE = re.compile(r"(?:公司|厂|合作社|经营部|商行|户)[^,。]{0,24}(?:情况|风险|事项)[^,。]{0,6}通报")
_FIRM = (
    r"(?:(?!关于|现将|现就|的|请示|支行|分行|申请|听取|检查|走访|客户|企业|借款人|建议|通过|根据|其中|针对)[\u4e00-\u9fa5()]){2,24}?"
    r"(?:有限责任公司|股份有限公司|有限公司|专业合作社|合作社|经营部|商行|加工厂|制造厂|纺织厂|机械厂|工厂|养殖场)"
)
_NAME = re.compile(
    r"(?:^|[,。;:、\n(\"“《 ]"
    r"|关于对?|现将|现就|对|与|及|和|向|由|为|因|给|客户|借款人|企业|单位|担保人|保证人|走访|检查|听取|请示|报告|签报)"
    rf"(?P<name>(?!我行|本行|该|其|某|上述|关于){_FIRM})"
)
_BANKISH = re.compile(r"银行|支行|信用社|农商|法院|评估|拍卖|律师|保险|资产管理|担保有限|融资担保")
_NO_CUSTOMER = re.compile(r"某|供应商|下游|上游|对手")


class Customers(Names):
    """Several customers in one place: 甲公司、乙公司; a name in Latin letters is one, whatever blanks it has."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        if re.search(r"[\u4e00-\u9fa5]", text):
            return super().pick(text, unit)
        names = tuple(name for part in re.split(r"[;、]| and ", as_printed(text)) if (name := part.strip(" ,:")))
        return (names, text) if names else None


class NoteNumbers(Kind[tuple[str, ...]]):
    """The numbers of loan notes that a text names."""

    SHAPE = re.compile(r"借据(?:编?号|号码)?[:为是]?\s*(?P<no>[A-Z]{0,4}\d[\dA-Z-]{5,30})")

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = tuple(dict.fromkeys(match["no"] for match in self.SHAPE.finditer("借据" + fold(text).replace(" ", ""))))
        return (found, text) if found else None


class BankMemo(BankPaper):
    """签报、工作备忘、情况报告、会议纪要、邮件 (documents.md §8.4b)."""

    type_id = "bank_memo"
    title = ("内部签报、备忘、纪要", "Bank memo")
    recognised_by = Anchors(
        titles=(
            "签报", "会议纪要", "情况报告", "工作备忘", "备忘录", "情况说明", "情况汇报", "请示", "工作汇报", "专题报告",
            "风险报告", "会议记录", "工作纪要", "内部报告", "呈批件", "呈报", "通报", "专题会", "贷审会", "工作简报",
            "内部邮件", "memorandum", "minutes of",
        ),
        issuers=("银行", "支行", "信用社", "农商", "分行", "总行"),
        words=(
            "我行", "我部", "我支行", "本行", "客户经理", "风险管理部", "公司业务部", "请批示", "妥否", "主送", "抄送",
            "参会人员", "出席", "主持", "议题", "会议时间", "会议地点", "纪要", "签发", "拟办", "特此报告", "现将有关情况",
            "情况报告如下", "汇报如下", "发件人", "收件人", "主题", "管户", "呈",
        ),
        against=(
            "贷后检查报告", "首次检查", "押品检查", "走访记录", "催收函", "催收通知", "催收记录", "分类认定表", "预警处置",
            "预警信号处置", "判决书", "裁定书", "处罚决定书", "评估报告", "对账单", "交易明细", "贵行", "审计报告", "申报表",
            "沟通记录", "通话记录", "纳税人识别号", "税务局",
        ),
    )  # fmt: skip

    memo_date = Day(
        "签报日期", "日期", "拟稿日期", "呈报日期", "报告日期", "会议时间", "会议日期", "时间", "发文日期", "签发日期",
        "发送时间", "发送日期", "成文日期", "记录日期", "Date", "Sent", "Meeting date", required=True,
    )  # fmt: skip
    author = Person(
        "拟稿人", "签报人", "报告人", "经办人", "撰写人", "起草人", "记录人", "汇报人", "呈报人", "发件人", "客户经理",
        "拟稿", "经办", "主持人", "From", "Author", "Prepared by",
    )  # fmt: skip
    department = Text(
        "拟稿部门", "签报部门", "呈报部门", "报告部门", "经办部门", "主办部门", "发文部门", "呈报单位", "报送单位",
        "拟稿单位", "部门", "单位", "经办机构", "主办单位", "Department",
    )  # fmt: skip
    customers = Customers(
        "客户名称", "涉及客户", "借款人", "借款人名称", "客户", "相关客户", "Customers", "Customer", "Borrower",
        required=True,
    )  # fmt: skip
    loan_note_nos = NoteNumbers("借据号", "借据编号", "借据号码")
    matter = Text("事由", "主题", "标题", "议题", "会议议题", "签报事项", "Subject", "Re")
    addressee = Text("主送", "呈送", "报送", "收件人", "呈", "To")
    opinion = Passage("拟办意见", "领导批示", "审批意见", "批示", "会签意见", "会议决议", "会议决定", "领导意见")
    text = Passage(
        "签报内容", "正文", "报告内容", "会议内容", "情况说明", "主要内容", "会议纪要内容", "内容", "Text", required=True,
    )  # fmt: skip
    sentences = tell(
        department="^{name:部|支行|中心|科|室|分行}$",
        author="(报告人|经办人|客户经理|拟稿人|撰写|记录)(:|是|为)?{person}(?=[,。;\\n ]|$)",
    )

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """关于…的报告 is a memo by its title, when it speaks as the bank; what a borrower writes to the bank is none."""
        head = sheet.head(6)
        titled = ABOUT.search(head.replace("\n", "", 1)) or ABOUT.search(head)
        ours = re.search(r"我行|我部|我支行|本行|客户经理|支行|信贷|贷款", sheet.squeezed())
        if OTHERS.search(head.replace("\n", "")[:80]):
            return -6
        if re.search(r"贵行|此致[^。]{0,4}银行", sheet.squeezed()):
            return -6
        if not ours and not LENDING.search(sheet.squeezed()):
            return -6  # minutes of owners, of a works
        return 4 if titled and ours else 0

    def complete(self) -> None:
        body(self, "text")
        super().complete()
        self.signed_on("memo_date")
        running = told(self.sheet)
        self._matter()
        self._named(running)
        self._notes(running)

    def _matter(self) -> None:
        """The title is what the memo is about, where no label says so."""
        for strip in self.sheet.strips[:5] if "matter" not in self.fields else ():
            if (found := ABOUT.search(squeezed(strip.text))) is not None:
                self.fields["matter"] = make_field(
                    self.kinds()["matter"], found.group().strip(), strip.words, strip.page
                )
                return

    def _named(self, running: Told) -> None:
        """Every customer by its full name, in the order of the text; banks, courts and other parties are none."""
        if "customers" in self.fields:
            return
        kind = self.kinds()["customers"]
        found: dict[str, tuple[int, int]] = {}
        for match in _NAME.finditer(running.text):
            before = running.text[max(0, match.start("name") - 4) : match.start("name")]
            if not _BANKISH.search(match["name"]) and not _NO_CUSTOMER.search(match["name"] + before):
                found.setdefault(match["name"], match.span("name"))
        if found:
            words, page = running.words(*next(iter(found.values())))
            self.fields[kind.name] = make_field(kind, tuple(found), words, page)

    def _notes(self, running: Told) -> None:
        kind, found = self.kinds()["loan_note_nos"], list(compiled(NoteNumbers.SHAPE.pattern).finditer(running.text))
        if found and kind.name not in self.fields:
            words, page = running.words(*found[0].span("no"))
            self.fields[kind.name] = make_field(kind, tuple(dict.fromkeys(match["no"] for match in found)), words, page)

    def about(self) -> Subject | None:
        """A memo about one customer is that customer's; one about several waits for a person."""
        names: Sequence[str] = self.get("customers") or ()
        return Subject(name=names[0]) if len(names) == 1 else None

    def retold(self, events: Sequence[RiskEvent]) -> list[RiskEvent]:
        """A circular or a lesson tells of other people's cases: nothing in it has happened to anybody of ours."""
        own = super().retold(events)
        words = self._circular()
        if words is None:
            return own
        return [
            turned(event, Polarity.OTHER_PARTY, words, "elsewhere", "paper.circular")
            if event.polarity is Polarity.ASSERTED
            else event
            for event in own
        ]

    def _circular(self) -> str | None:
        title = "".join(
            line
            for line in self.sheet.head(5).split("\n")
            if "。" not in line and ":" not in line and not NUMBER.match(line)
        )[:80]
        title += str(self.get("matter") or "")
        found = CIRCULAR.search(title)
        return found.group() if found and not _ONE_CASE.search(title) else None
