"""Papers of courts and authorities (documents.md §9) as letters: head, number, parties, what was decided, day and seal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from demo.draw_letter import PdfLetter
from demo.draw_photo import scan_pdf
from demo.papers.drawn import Drawn, truth

COURT = "星桥市云溪区人民法院"
BORROWER, SELLER = "云洲恒屿精密机械有限公司", "星桥恒钧金属材料有限公司"
_FIGURES = "〇一二三四五六七八九"
Medium = Literal["pdf", "scan"]


def in_characters(day: date) -> str:
    """二〇二六年八月二日, as courts date their papers."""
    return f"{''.join(_FIGURES[int(d)] for d in str(day.year))}年{_number(day.month)}月{_number(day.day)}日"


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_FIGURES[tens]}十") + (
        "" if ones == 0 and tens else _FIGURES[ones]
    )


def _letter(title: str, court: str | None, number: str, size: float = 11) -> PdfLetter:
    """The head of a court's paper: the court over the kind of paper, the number to the right under both."""
    letter = PdfLetter(court or title, size=size)
    if court:
        letter.sheet.text(105, letter.y, " ".join(title), size=size + 7, align="center", bold=True)
        letter.y += 14
    letter.text(number, align="right")
    return letter


def _finish(
    letter: PdfLetter, name: str, kind: str, fields: dict[str, object], medium: Medium, **more: object
) -> Drawn:
    value = truth(kind, fields, **more)
    data = letter.finish()
    if medium == "scan":
        return Drawn(f"{name}-scan.pdf", scan_pdf(data, seed=5), value).pictured()
    return Drawn(f"{name}.pdf", data, value)


def summons(medium: Medium = "pdf") -> Drawn:
    """A summons in its usual form: a table with the one who must come, when and where."""
    number = "（2026）云9902民初1234号"
    letter = _letter("传票", COURT, number)
    letter.table(
        [
            ["案号", number],
            ["案由", "买卖合同纠纷"],
            ["被传唤人", BORROWER],
            ["工作单位或住址", "云洲市临屿区恒屿路18号"],
            ["传唤事由", "开庭"],
            ["应到时间", "2026年9月4日14时30分"],
            ["应到处所", "本院第三审判庭"],
        ]
    )
    letter.text("注意事项：一、被传唤人必须准时到达应到处所。二、本票由被传唤人携带来院报到。")
    letter.text("审判员 方某", align="right")
    letter.text(in_characters(date(2026, 8, 6)), align="right")
    fields = {
        "court": COURT, "case_no": number, "cause": "买卖合同纠纷", "subject_name": BORROWER, "reason": "开庭",
        "hearing": "2026-09-04 14:30", "place": "本院第三审判庭", "doc_date": date(2026, 8, 6),
    }  # fmt: skip
    return _finish(letter, "传票", "court_summons", fields, medium)


def judgment(medium: Medium = "pdf") -> Drawn:
    """A judgment of first instance in favour of a supplier; the rest of the claim is dismissed."""
    number = "（2026）云9902民初1234号"
    letter = _letter("民事判决书", COURT, number)
    for line in (
        f"原告：{SELLER}，住所地星桥市云溪区钢城路6号。",
        "法定代表人：钱某，该公司总经理。",
        f"被告：{BORROWER}，住所地云洲市临屿区恒屿路18号。",
        "法定代表人：林某，该公司执行董事。",
        f"原告{SELLER}与被告{BORROWER}买卖合同纠纷一案，本院于2026年7月1日立案后，依法适用普通程序，公开开庭进行了审理。本案现已审理终结。",
        "经审理查明：2025年3月至2026年2月，原告向被告供应钢材，双方对账确认尚欠货款2,860,000.00元。",
        "本院认为，原、被告之间的买卖合同合法有效，被告未按约付款，应承担相应的民事责任。依照《中华人民共和国民法典》第五百七十九条之规定，判决如下：",
        f"一、被告{BORROWER}于本判决生效之日起十日内支付原告{SELLER}货款2,860,000.00元；",
        "二、驳回原告其他诉讼请求。",
        "案件受理费29,680元，由被告负担。",
        "如不服本判决，可以在判决书送达之日起十五日内，向本院递交上诉状，上诉于星桥市中级人民法院。",
    ):
        letter.text(line)
    letter.text("审判员 方某", align="right")
    letter.text(in_characters(date(2026, 9, 18)), align="right")
    letter.text("书记员 齐某", align="right")
    fields = {
        "court": COURT, "case_no": number, "plaintiff": SELLER, "defendant": BORROWER, "cause": "买卖合同纠纷",
        "amount": Decimal("2860000.00"), "result": "部分支持", "effective": "未生效", "doc_date": date(2026, 9, 18),
    }  # fmt: skip
    return _finish(letter, "民事判决书", "court_judgment", fields, medium)


def preservation(medium: Medium = "pdf") -> Drawn:
    """An order to freeze before judgment, up to a limit."""
    number = "（2026）云9902财保56号"
    letter = _letter("民事裁定书", COURT, number)
    for line in (
        f"申请人：{SELLER}，住所地星桥市云溪区钢城路6号。",
        f"被申请人：{BORROWER}，住所地云洲市临屿区恒屿路18号。",
        f"申请人{SELLER}与被申请人{BORROWER}买卖合同纠纷一案，申请人于2026年7月3日向本院提出财产保全申请。星桥安行财产保险股份有限公司以保单保函的方式为本案提供担保。",
        "本院经审查认为，申请人的申请符合法律规定。依照《中华人民共和国民事诉讼法》第一百零三条之规定，裁定如下：",
        f"冻结被申请人{BORROWER}名下的银行存款，或查封、扣押其相应价值的其他财产，限额2,900,000元，期限一年。",
        "本裁定立即开始执行。如不服本裁定，可以自收到裁定书之日起五日内向本院申请复议一次。",
    ):
        letter.text(line)
    letter.text(in_characters(date(2026, 7, 8)), align="right")
    fields = {
        "court": COURT, "case_no": number, "applicant": SELLER, "respondent": BORROWER, "cause": "买卖合同纠纷",
        "freeze_cap": Decimal(2900000), "term": "一年", "guarantee": "星桥安行财产保险股份有限公司", "doc_date": date(2026, 7, 8),
    }  # fmt: skip
    return _finish(letter, "财产保全裁定", "court_preservation_ruling", fields, medium)


def enforcement_ruling(medium: Medium = "pdf") -> Drawn:
    """An enforcement ruling that takes the money on an account."""
    number = "（2026）云9902执778号"
    letter = _letter("执行裁定书", COURT, number)
    for line in (
        f"申请执行人：{SELLER}。",
        f"被执行人：{BORROWER}，住所地云洲市临屿区恒屿路18号。",
        f"本院在执行{SELLER}与{BORROWER}买卖合同纠纷一案中，责令被执行人履行生效法律文书确定的义务，但被执行人至今未履行，执行标的2,889,680.00元。依照《中华人民共和国民事诉讼法》第二百五十三条之规定，裁定如下：",
        f"一、冻结、划拨被执行人{BORROWER}银行存款2,918,576.80元；",
        "二、存款不足的，查封、扣押其相应价值的财产，期限三年。",
        "本裁定立即执行。",
    ):
        letter.text(line)
    letter.text(in_characters(date(2026, 11, 12)), align="right")
    fields = {
        "court": COURT, "case_no": number, "applicant": SELLER, "respondent": BORROWER, "amount": Decimal("2889680.00"),
        "freeze_cap": Decimal("2918576.80"), "doc_date": date(2026, 11, 12),
    }  # fmt: skip
    return _finish(letter, "执行裁定书", "court_enforcement_ruling", fields, medium)


def enforcement_notice(medium: Medium = "pdf") -> Drawn:
    """A notice that orders the debtor to pay."""
    number = "（2026）云9902执778号"
    letter = _letter("执行通知书", COURT, number)
    letter.line(f"{BORROWER}：")
    letter.text(
        f"{SELLER}与你单位买卖合同纠纷一案，（2026）云9902民初1234号民事判决书已发生法律效力。申请执行人{SELLER}向本院申请强制执行，本院于2026年10月20日立案。"
    )
    letter.text("责令你单位自本通知书送达之日起三日内履行下列义务：")
    letter.text("一、支付货款2,860,000.00元及迟延履行期间的债务利息；二、负担案件受理费29,680元。")
    letter.text("逾期不履行，本院将依法强制执行。")
    letter.text(in_characters(date(2026, 10, 22)), align="right")
    fields = {
        "court": COURT, "case_no": number, "respondent": BORROWER, "applicant": SELLER, "amount": Decimal("2860000.00"),
        "doc_date": date(2026, 10, 22),
    }  # fmt: skip
    return _finish(letter, "执行通知书", "enforcement_notice", fields, medium)


def seizure(medium: Medium = "pdf") -> Drawn:
    """A notice on the gate of a sealed plant, with the list of what was sealed."""
    number = "（2026）云9902执778号"
    letter = _letter("查封公告", COURT, number)
    letter.text(
        f"本院依据（2026）云9902执778号之一执行裁定书，对被执行人{BORROWER}所有的下列财产予以查封，查封期限三年，自2026年11月15日起至2029年11月14日止。"
    )
    letter.table(
        [
            ["财产名称", "规格型号", "数量"],
            ["数控车床", "CK6150", "4"],
            ["立式加工中心", "VMC850", "2"],
            ["行车", "LD5T", "1"],
        ]
    )
    letter.text("查封期间，任何单位和个人不得转移、变卖、抵押、毁损。违者依法追究法律责任。特此公告。")
    letter.sheet.text(170, letter.y, COURT, size=11, align="right")
    letter.y += 8
    letter.text(in_characters(date(2026, 11, 15)), align="right")
    fields = {
        "authority": COURT, "case_no": number, "owner": BORROWER, "term_start": date(2026, 11, 15),
        "term_end": date(2029, 11, 14), "doc_date": date(2026, 11, 15),
    }  # fmt: skip
    rows = [
        {"name": name, "spec": spec, "qty": qty}
        for name, spec, qty in (("数控车床", "CK6150", "4"), ("立式加工中心", "VMC850", "2"), ("行车", "LD5T", "1"))
    ]
    return _finish(letter, "查封公告", "seizure_notice", fields, medium, tables={"items": rows})


def spending_order(medium: Medium = "pdf") -> Drawn:
    """An order against a company and the person who speaks for it."""
    number = "（2026）云9902执778号"
    letter = _letter("限制消费令", COURT, number)
    letter.line(f"{BORROWER}：")
    letter.text(
        f"本院于2026年10月20日立案执行申请执行人{SELLER}申请执行你单位买卖合同纠纷一案，因你单位未按执行通知书指定的期间履行生效法律文书确定的给付义务，依照《最高人民法院关于限制被执行人高消费及有关消费的若干规定》，对你单位采取限制消费措施，限制你单位及你单位法定代表人林某不得实施乘坐飞机、列车软卧等高消费及非生活和工作必需的消费行为。"
    )
    letter.text(in_characters(date(2026, 11, 20)), align="right")
    fields = {
        "court": COURT, "case_no": number, "respondent": BORROWER, "applicant": SELLER, "legal_rep": "林某",
        "doc_date": date(2026, 11, 20),
    }  # fmt: skip
    return _finish(letter, "限制消费令", "consumption_restriction", fields, medium)


def auction(medium: Medium = "pdf") -> Drawn:
    """The first auction of a mortgaged plant."""
    letter = _letter("拍卖公告", COURT, "（第一次拍卖）")
    for line in (
        f"{COURT}将于2027年1月10日10时至2027年1月11日10时止（延时的除外）在司法拍卖网络平台上进行公开拍卖活动，现公告如下：",
        "一、拍卖标的：云洲市临屿区恒屿路18号1幢工业厂房及所占土地使用权",
        "评估价：12,600,000元，起拍价：8,820,000元，保证金：1,000,000元，增价幅度：50,000元。",
        "二、竞买人条件：凡具备完全民事行为能力的公民、法人和其他组织均可参加竞买。",
        "三、优先购买权人参加竞买的，应于竞价程序开始前向本院提交证明。",
    ):
        letter.text(line)
    letter.text(in_characters(date(2026, 12, 2)), align="right")
    fields = {
        "court": COURT, "property": "云洲市临屿区恒屿路18号1幢工业厂房及所占土地使用权", "start_price": Decimal(8820000),
        "appraisal_price": Decimal(12600000), "deposit": Decimal(1000000), "auction_date": "2027-01-10 10:00", "round": "一拍",
        "doc_date": date(2026, 12, 2),
    }  # fmt: skip
    return _finish(letter, "拍卖公告", "auction_notice", fields, medium)


def insolvency(medium: Medium = "pdf") -> Drawn:
    """The notice that a court has accepted an insolvency and that claims must be filed."""
    number, debtor = "（2026）云99破3号", "星桥锦岚纺织有限公司"
    letter = _letter("公告", "星桥市中级人民法院", number)
    letter.text(
        f"星桥市中级人民法院根据申请人星桥润禾化纤有限公司的申请，于2026年9月1日裁定受理{debtor}破产清算一案，并指定云洲正衡律师事务所担任{debtor}管理人。"
    )
    letter.text(
        f"{debtor}的债权人应于2026年10月15日前向管理人申报债权。债务人或者财产持有人应当向管理人清偿债务或者交付财产。第一次债权人会议将于2026年10月28日召开。特此公告。"
    )
    letter.text(in_characters(date(2026, 9, 5)), align="right")
    fields = {
        "court": "星桥市中级人民法院", "case_no": number, "debtor": debtor, "administrator": "云洲正衡律师事务所",
        "accepted": date(2026, 9, 1), "claim_deadline": date(2026, 10, 15), "meeting": date(2026, 10, 28),
        "doc_date": date(2026, 9, 5),
    }  # fmt: skip
    return _finish(letter, "债权申报公告", "bankruptcy_notice", fields, medium)


def penalty(medium: Medium = "pdf") -> Drawn:
    """An environmental fine, in figures and in words."""
    authority, number = "云洲市生态环境局", "云环罚〔2026〕27号"
    letter = _letter("行政处罚决定书", authority, number)
    letter.line(f"当事人：{BORROWER}")
    letter.line("统一社会信用代码：91990201MA99CF001C  法定代表人：林某")
    letter.line("地址：云洲市临屿区恒屿路18号")
    letter.text(
        "我局于2026年6月3日对你单位进行了调查，发现你单位喷涂工序废气处理设施未正常运行，上述事实有现场检查笔录为证。"
    )
    letter.text(
        "依据《中华人民共和国大气污染防治法》第一百零八条的规定，我局决定对你单位处罚款人民币捌万伍仟元整（¥85,000.00元）。"
    )
    letter.text("你单位应于收到本决定书之日起十五日内缴纳罚款。逾期不缴纳的，每日按罚款数额的百分之三加处罚款。")
    letter.sheet.text(170, letter.y, authority, size=11, align="right")
    letter.y += 8
    letter.text("2026年7月15日", align="right")
    fields = {
        "authority": authority, "doc_no": number, "subject_name": BORROWER, "legal_rep": "林某", "fine": Decimal("85000.00"),
        "fine_cn": Decimal("85000.00"), "doc_date": date(2026, 7, 15),
    }  # fmt: skip
    return _finish(letter, "行政处罚决定书", "admin_penalty", fields, medium)


def register_printout(counts: Sequence[tuple[str, int]], medium: Medium = "pdf") -> Drawn:
    """What a public register shows about a company, category by category."""
    letter = PdfLetter("国家企业信用信息公示系统")
    letter.line("企业信用信息公示报告")
    letter.line(f"企业名称：{BORROWER}")
    letter.line("统一社会信用代码：91990201MA99CF001C")
    letter.line("查询时间：2026-11-03 15:20")
    letter.table([["信息类别", "数量"], *[[name, str(count)] for name, count in counts]])
    fields = {"name": BORROWER, "query_date": date(2026, 11, 3)}
    rows = [{"item": name, "count": str(count)} for name, count in counts]
    return _finish(letter, "公示系统查询", "public_credit_printout", fields, medium, tables={"counts": rows})
