"""What all papers of a court have in common: who issued it, its number, its parties, its cause and its day (documents.md §9.2).

A type of court paper adds its anchors and its own sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

from extract.forms.told import SHAPES, Sentences, Told, compiled, joined, last_told, read_told, tell, told
from extract.grammar import Reading, plain
from extract.kinds import Kind, Text, as_printed
from extract.layout import squeezed
from extract.risks import EVENTS
from records.facts import Evidence, Polarity, RiskEvent, Subject, Value
from records.values import days, numbers
from records.values.text import squeeze

CLAIMANTS = "申请执行人|再审申请人|原审原告|申请保全人|上诉人|异议人|申请人|原告"
RESPONDENTS = "被申请执行人|被执行人|再审被申请人|被申请人|被上诉人|原审被告|被告"
THIRD = "案外人|第三人"
COURT = "人民法院|海事法院|铁路运输法院|知识产权法院|金融法院|互联网法院|仲裁委员会|仲裁院"
#: The causes that post-loan desks meet, as courts name them; any other is found where its neighbours show where it begins.
CAUSES = (
    "(金融借款|买卖|借款|小额借款|保证|抵押|租赁|融资租赁|承揽|加工|运输|建设工程|装饰装修|委托|服务|保理|信用卡|居间|仓储|定作|劳务|股权转让)"
    "|民间借贷|劳动争议|追偿权|票据|侵权|不当得利|债权转让|追索劳动报酬|案外人执行异议|机动车交通事故|离婚"
)
#: What every paper of a court tells in the same way.
COMMON = tell(
    court=(f"^{{name:{COURT}}}(?=[\\n ]|民事|执行|传票|$)", f"{{name:{COURT}}}"),
    case_no="{case}",
    cause=(
        "案由:?{name:纠纷|争议|罪}",
        f"(?={CAUSES}){{name:纠纷|争议}}(?=[一二]?审?一案|案)",
        "(公司|厂|店|社|中心|银行|支行){name:纠纷|争议}(?=[一二]?审?一案|案)",
        "因{name:纠纷|争议}(?=[一二]?审?一案|案|,|。)",
    ),
)
FOOT = tell(doc_date="(^|[。)]){day}(?=[\\n (]|书记员|审判|执行员|法官|$)")
#: How a party is named: at the start of a paragraph (原告：甲，住所地…), or in a sentence (原告甲与被告乙…一案).
_PARTY = r"(?:^|[\n。;,、与诉对理 ])(?:{roles})(?:\([^()\n]{{1,16}}\))?[\d一二三四五]?:?(?P<party>{name})"
#: ... or introduced on a line of its own.
_INTRODUCES = r"(?:^|\n)(?:{roles})(?:\([^()\n]{{1,16}}\))?[\d一二三四五]?:(?P<party>{name})"
_ROLE = rf"{CLAIMANTS}|{RESPONDENTS}|{THIRD}"
_ENTITY = (
    "公司|合作社|厂|商行|经营部|商店|工作室|事务所|银行|支行|分行|信用社|医院|学校|中心|合伙企业(?:\\([^()]{2,6}\\))?"
)
_STOP = (
    rf"(?=[,。;:\n ]|\((?:以下|统一|下称|身份|曾用名|男|女|{_ROLE}|证人)|住所|住址|所有|名下"
    rf"|与|诉|因|对|向|申请|之间|一案|{CAUSES}|$)"
)
#: A company by how its name ends, with words in it that would end a person's name (对外贸易有限公司); else a person; else
#: what stands up to a word that cannot be of a name.
NAME = (
    rf"(?:(?:(?!与|诉|{_ROLE})[\u4e00-\u9fa5A-Za-z·()]){{2,36}}?(?:{_ENTITY})(?!(?:(?!与|和|及|{_ROLE})[\u4e00-\u9fa5]){{0,12}}公司)"
    rf"|[\u4e00-\u9fa5·]{{2,4}}{_STOP}|{SHAPES['name']}{_STOP})"
)
#: What follows a role without being a name.
_NO_NAME = re.compile(
    r"^(?:有权|可以|之|的|不|未|应|在|于|向|等|均|双方|提供|提出|履行|所有|名下|财产|认为|支付|承担|申请|请求|以|如|已|没有|存在|系|为)"
)
#: An order to lift or withdraw, a request to help lifting, and an enforcement that ended with everything paid.
LIFTED = re.compile(
    r"(?:裁定|通知|决定)如下[:,]?[一1]?[、.]?(?:立即|准许)?[^。;]{0,40}?(?:解除|撤回|撤诉|撤销|终结(?!本次))"
    r"|请(?:你|贵)?(?:单位|局|行|中心|公司|处)?(?:立即|予以)?协助[^。;,]{0,12}?(?:解除|解封|解冻)"
    r"|(?:本案|案件)[^。;]{0,12}?(?:执行完毕|履行完毕|全部执行到位)[^。;]{0,6}(?:结案|终结)"
)
_INTRODUCED = 2500  #: characters: parties are introduced at the beginning; later their names only come again


class CaseNo(Kind[str]):
    """A court's or arbitrator's number of a case, with full-width brackets."""

    def pick(self, text: str, unit: object) -> tuple[str, str] | None:
        value = numbers.case_no(text)
        return (value, text) if value is not None else None


class PaperNo(CaseNo):
    """The number of a case, or, on the paper of an authority, its own number as printed."""

    def pick(self, text: str, unit: object) -> tuple[str, str] | None:
        found = super().pick(text, unit)
        return found or ((as_printed(text), text) if "号" in text else None)


class Party(Text):
    """Who asks or is asked: the name, without where it lives and who speaks for it."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        plain = squeeze(text)
        found = compiled(NAME).match(plain)
        if found is None or _NO_NAME.match(plain):
            return None
        return found.group(), found.group() if found.group() in text else text


class Moment(Kind[str]):
    """A day, with the hour appended where it is printed: 2024-09-04 14:30 (ids.md)."""

    DAY = re.compile(SHAPES["day"])
    HOUR = re.compile(
        r"(?P<half>上午|下午|晚上|中午)?(?P<hour>\d{1,2})(?:[:时点])(?:(?P<minute>\d{1,2})分?|(?P<half_past>半))?"
    )

    def pick(self, text: str, unit: object) -> tuple[str, str] | None:
        plain = re.sub(r"\s", "", text)
        found = self.DAY.search(plain)
        value = days.day(found.group()) if found else None
        if found is None or value is None:
            return None
        return value.isoformat() + self._hour(plain[found.end() :]), text

    def _hour(self, after: str) -> str:
        hour = self.HOUR.search(after)
        if hour is None:
            return ""
        number, minute = int(hour["hour"]), 30 if hour["half_past"] else int(hour["minute"] or 0)
        number += 12 if hour["half"] in ("下午", "晚上") and number < 12 else 0
        return f" {number:02d}:{minute:02d}" if number < 24 and minute < 60 else ""


class CourtPaper(Reading):
    """A paper that a court wrote. Fields that a type does not declare are not looked for."""

    narrates = False
    #: Which risk events such a paper is about its respondent, whatever its text tells of the case.
    raises: ClassVar[tuple[str, ...]] = ()
    #: How its sentences tell the fields that stand beside no label.
    sentences: ClassVar[Sentences] = {}
    #: Which fields hold the names of those who ask, and of those who are asked: the paper is about the latter.
    claimants: ClassVar[str] = "applicant"
    respondents: ClassVar[str] = "respondent"

    def complete(self) -> None:
        running = told(self.sheet)
        read_told(self, COMMON, running)
        for name, roles in ((self.claimants, CLAIMANTS), (self.respondents, RESPONDENTS), ("third_party", THIRD)):
            self._parties(name, roles, running)
        last_told(self, FOOT, running)
        read_told(self, self.sentences, running)

    def _parties(self, name: str, roles: str, running: Told) -> None:
        """All names in a role, in the order of the paper."""
        kind = self.kinds().get(name)
        if kind is None:
            return
        labelled = self.get(name)  # a label gives the first of them: 被执行人：甲。 / 被执行人：乙。
        pattern = compiled((_PARTY if labelled is None else _INTRODUCES).format(roles=roles, name=NAME))
        party = _party()
        found: dict[str, Any] = {}
        for match in pattern.finditer(running.text, 0, _INTRODUCED):
            value = None if _NO_NAME.match(match["party"]) else running.field(party, match, self)
            if value is not None and not any(_same(str(value.value), known) for known in found):
                found[str(value.value)] = value
        if found and (labelled is None or labelled in found):
            self.fields[name] = joined(kind, list(found.values()))

    def raised(self) -> tuple[str, ...]:
        """The events this very paper is."""
        return self.raises

    def own_events(self) -> Iterator[RiskEvent]:
        """A paper of a court is an event for the party it is directed against; the evidence is its title."""
        evidence = self._evidence()
        named = {"court": "court", "case_no": "case_no", "amount": "amount", "freeze_cap": "amount", "fine": "amount"}
        args = {told: plain(self.get(name)) for name, told in named.items() if self.get(name) is not None}
        if against := self.against():
            args["respondent"] = against
        polarity = self.stands()
        if evidence is None:
            return
        for event in self.raised():
            severity = EVENTS[event].severity if polarity is Polarity.ASSERTED else None
            yield RiskEvent(event, polarity, severity, evidence, f"paper.{self.type_id}", args=args)

    def against(self) -> str | None:
        """Whom the paper is directed against."""
        name = self.get(self.respondents)
        return str(name) if name else None

    def stands(self) -> Polarity:
        """An order that lifts a measure or lets a claim be withdrawn ends the matter; every other paper asserts it."""
        return Polarity.RESOLVED if LIFTED.search(self.sheet.squeezed().replace("\n", "")) else Polarity.ASSERTED

    def _evidence(self) -> Evidence | None:
        titles = [squeeze(title).replace(" ", "") for title in self.recognised_by.titles]
        head = self.sheet.strips[:15]
        titled = (strip for strip in head if any(title in squeezed(strip.text) for title in titles))
        issued = (strip for strip in head if re.search(COURT, squeezed(strip.text)))
        strip = next(titled, None) or next(issued, None)  # a title in its own words: 关于…厂房(第一次拍卖)的公告
        return Evidence(strip.page, squeeze(strip.text), strip.box, strip.words[0].cell) if strip else None

    def about(self) -> Subject | None:
        name = self.against()
        return Subject(name=name.split("、")[0]) if name else None


def seized(assets: str) -> tuple[str, ...]:
    """The events that an order to take these assets is: money on accounts is frozen, anything else seized."""
    found = []
    if re.search(r"(?:冻结|划拨|扣划)[^。;]{0,60}(?:存款|账户|资金)", assets):
        found.append("account_frozen")
    if re.search(r"(?:查封|扣押|拍卖|变卖|冻结)[^。;]{0,60}(?:房|土地|不动产|车|设备|股权|财产|厂)", assets):
        found.append("collateral_seizure")
    return tuple(found)


def _party() -> Text:
    """A name, before it is known which field it fills."""
    kind = Text()
    kind.name = "party"
    return kind


def _same(one: str, other: str) -> bool:
    """Whether one is the other again, cut short."""
    return one.startswith(other) or other.startswith(one)
