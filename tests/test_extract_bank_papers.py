"""Warnings, memos and classes: what was lifted is over, what the bank does is no misfortune, other people's cases are theirs."""

from __future__ import annotations

import pytest

from demo.papers import desk_work
from extract.families.five_classes import FiveClass, least_class
from extract.reading import read_document
from records.facts import Outcome, Paper, Polarity
from tests.paper import paper
from tests.types_read import read, wrong


def first(*lines: str) -> Paper:
    return read_document(paper(*lines)).papers[0]


def polarity(found: Paper, kind: str) -> set[Polarity]:
    return {event.polarity for event in found.events if event.type == kind}


@pytest.mark.parametrize(
    "drawn",
    [
        desk_work.warning_form("pdf"), desk_work.warning_form("scan"), desk_work.warning_report("scan"), desk_work.memo("pdf"),
        desk_work.memo("scan"), desk_work.minutes("docx"), desk_work.classification_form("pdf"),
        desk_work.classification_form("scan"),
    ],
    ids=lambda drawn: drawn.name,
)  # fmt: skip
def test_a_form_and_a_report_are_read_alike_from_word_print_and_scan(drawn: desk_work.Drawn):
    found = read(drawn)
    told = {event["type"] for event in found["events"] if event["polarity"] == "asserted"}

    assert wrong(drawn, found) == {}
    assert {event["type"] for event in drawn.truth["asserted"]} <= told
    assert not {event["type"] for event in drawn.truth["not_asserted"]} & told


# --- warnings ---------------------------------------------------------------------------------------------------------

WARNING = (
    "风险预警处置报告",
    "客户名称：云洲临屿纺织有限公司",
    "信号来源：系统预警",
    "预警内容：借款人停产。",
    "处置措施：现场核查。",
)


@pytest.mark.parametrize(
    ("release", "over"),
    [
        ("是否解除预警：是", True),
        ("预警状态：已解除", True),
        ("解除意见：经复核，同意解除预警。", True),
        ("解除意见：申请解除预警", False),
        ("解除意见：维持预警，待复产后解除", False),
        ("是否解除预警：否", False),
        ("预警状态：未解除", False),
        ("解除意见：暂不解除预警", False),
        ("是否解除预警：□是 □否", False),
        ("", False),
    ],
)
def test_a_warning_that_was_lifted_is_over(release: str, over: bool):
    found = first(*WARNING, release) if release else first(*WARNING)

    assert polarity(found, "operation_shutdown") == {Polarity.RESOLVED if over else Polarity.ASSERTED}


def test_consent_to_what_was_asked_lifts_it_too():
    found = first(*WARNING, "解除意见：申请解除预警", "审批意见：同意。")

    assert polarity(found, "operation_shutdown") == {Polarity.RESOLVED}


def test_what_is_told_after_the_warning_was_lifted_stands():
    found = first(*WARNING, "是否解除预警：是", "补充说明：借款人于昨日被列入失信被执行人名单。")

    assert polarity(found, "dishonest_debtor") == {Polarity.ASSERTED}


@pytest.mark.parametrize(
    ("printed", "level"),
    [
        ("中度", "中度"), ("□轻度 ☑重度", "重度"), ("橙色预警", "橙色"), ("二级", "二级"), ("高", "高"),
        ("□轻度 □重度", None), ("待定", None),
    ],
)  # fmt: skip
def test_a_level_is_what_the_bank_calls_it(printed: str, level: str | None):
    field = first(*WARNING, f"预警等级：{printed}").fields.get("level")

    assert (field.value if field else None) == level


# --- memos ------------------------------------------------------------------------------------------------------------

MEMO = ("关于云洲临屿纺织有限公司风险情况的报告", "总行：")
SIGNED = ("临屿支行 周岚", "2026年7月9日")


@pytest.mark.parametrize(
    ("told", "kind", "expected"),
    [
        ("我部已向法院申请查封其名下厂房。", "collateral_seizure", Polarity.OTHER_PARTY),
        ("其厂房已被星桥市中级人民法院查封，我行拟申请轮候查封。", "collateral_seizure", Polarity.ASSERTED),
        ("建议提前收回贷款并提起诉讼。", "litigation_defendant", Polarity.HYPOTHETICAL),
        ("我行已起诉借款人，法院已立案。", "litigation_defendant", Polarity.OTHER_PARTY),
        ("该企业被供应商起诉，标的额286万元。", "litigation_defendant", Polarity.ASSERTED),
        ("我行已申请诉前保全，冻结其基本户。", "account_frozen", Polarity.OTHER_PARTY),
        ("其基本户被税务机关冻结。", "account_frozen", Polarity.ASSERTED),
        ("该企业已停产，拟压降授信。", "operation_shutdown", Polarity.ASSERTED),
    ],
)
def test_what_the_bank_does_is_no_misfortune_of_the_customer(told: str, kind: str, expected: Polarity):
    found = first(*MEMO, told, *SIGNED)

    assert found.type == "bank_memo"
    assert expected in polarity(found, kind)
    assert (Polarity.ASSERTED in polarity(found, kind)) == (expected is Polarity.ASSERTED)


@pytest.mark.parametrize(
    "title",
    [
        "关于信贷资金挪用案例的通报",
        "关于开展反欺诈专项培训的通知",
        "关于印发贷后管理办法的通知",
        "风险警示教育情况通报",
    ],
)
def test_other_people_s_cases_are_nobody_s_risk_here(title: str):
    found = first(
        title,
        "各支行：",
        "某支行客户将我行贷款挪用于炒股，后资金链断裂，法定代表人失联。",
        "总行风险管理部",
        "2026年7月11日",
    )

    assert found.type == "bank_memo"
    assert not [event for event in found.events if event.polarity is Polarity.ASSERTED]


def test_a_circular_on_one_customer_of_ours_is_news_of_it():
    found = first(
        "关于云洲临屿纺织有限公司风险情况的通报", "各部门：", "我行授信客户云洲临屿纺织有限公司已停产一个月。", *SIGNED
    )

    assert polarity(found, "operation_shutdown") == {Polarity.ASSERTED}


def test_customers_are_named_once_in_their_order_and_banks_are_none():
    found = first(
        "风险管理委员会会议纪要", "会议时间：2026年7月2日上午9:00", "主持人：何屿",
        "会议听取了临屿支行关于云洲恒屿精密机械有限公司、云洲临屿纺织有限公司的汇报，",
        "并与星桥农村商业银行股份有限公司协商。云洲恒屿精密机械有限公司经营正常。",
    )  # fmt: skip

    assert found.fields["customers"].value == ("云洲恒屿精密机械有限公司", "云洲临屿纺织有限公司")
    assert found.subject is None  # of two nobody is the one it is about


def test_what_a_borrower_writes_to_the_bank_is_no_memo_of_the_bank():
    found = first(
        "关于逾期情况的说明", "贵行：", "我公司因货款未到，贷款逾期五日，现已归还，特此说明。", "云洲临屿纺织有限公司"
    )

    assert found.type != "bank_memo"


@pytest.mark.parametrize(
    ("kind", "lines"),
    [
        ("post_loan_inspection", ("贷后检查报告", "客户名称：云洲恒屿 检查日期：2026-05-03 检查人：周岚、何屿", "五级分类：正常",
                                  "十一、风险预警信号", "是否停产：否", "检查结论：正常")),
        ("post_loan_inspection", ("日常检查报告", "客户名称：云洲恒屿", "客户联系人：沈某某", "贷款五级分类：关注",
                                  "风险预警信号：无", "催收情况：无", "检查日期：2026-05-03", "检查人：周岚、何屿")),
        ("visit_note", ("走访记录", "客户：云洲恒屿", "日期：2026年6月18日", "我行客户经理现场查看，车间三条线开两条。")),
        ("warning_disposal_report", ("关于云洲恒屿精密机械有限公司风险预警的处置报告", "系统推送停产预警。", "处置措施：核查。")),
        ("collection_record", ("催收记录", "客户名称：沈某某", "催收时间：2026-06-18 10:00", "催收情况：我行客户经理电话提醒。")),
    ],
)  # fmt: skip
def test_neighbours_keep_their_papers(kind: str, lines: tuple[str, ...]):
    assert first(*lines).type == kind


# --- the five classes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("关注", "关注"),
        ("次级类", "次级"),
        ("□正常 ☑关注 □次级", "关注"),
        ("正常□ 关注□ 次级☑", "次级"),
        ("同意由正常类下调为关注类", "关注"),
        ("认定为次级类。", "次级"),
        ("Special mention", "关注"),
        ("持续关注企业现金流", None),
        ("正常、关注", None),
        ("□正常 □关注", None),
    ],
)
def test_a_class_is_one_of_five_or_none(printed: str, name: str | None):
    picked = FiveClass("认定结果").pick(printed, None)  # type: ignore[arg-type]

    assert (picked[0] if picked else None) == name


@pytest.mark.parametrize(
    ("days", "least"),
    [
        (0, None),
        (7, None),
        (8, "关注"),
        (90, "关注"),
        (91, "次级"),
        (270, "次级"),
        (271, "可疑"),
        (360, "可疑"),
        (361, "损失"),
    ],
)
def test_days_overdue_allow_a_class_and_no_better(days: int, least: str | None):
    assert least_class(days) == least


@pytest.mark.parametrize(
    ("days", "settled", "state"),
    [
        ("95天", "次级", Outcome.HOLDS),
        ("95天", "可疑", Outcome.HOLDS),
        ("95天", "关注", Outcome.FAILS),
        ("0", "正常", Outcome.HOLDS),
        ("不详", "关注", Outcome.CANNOT_TELL),
    ],
)
def test_a_class_too_good_for_the_days_is_told_and_no_value_is_accused(days: str, settled: str, state: Outcome):
    found = first(
        "贷款五级分类认定表",
        "客户名称：沈某某",
        f"逾期天数：{days}",
        "上期分类：正常",
        f"认定结果：{settled}",
        "分类理由：见附件。",
    )

    assert [check.state for check in found.checks] == [state]
    assert [finding.code for finding in found.findings] == (["class_too_good"] if state is Outcome.FAILS else [])
    assert not [field for field in found.fields.values() if field.state == "conflict"]


def test_no_day_overdue_is_no_loan_overdue():
    found = first(
        "信贷资产五级分类认定审批表", "客户名称：云洲恒屿 余额（万元）：450", "逾期天数（天）：0 上期分类：正常",
        "认定结果：正常",
        "分类理由：经营稳定。",
    )  # fmt: skip

    assert str(found.fields["balance"].value) == "4500000"
    assert Polarity.ASSERTED not in polarity(found, "loan_overdue")


@pytest.mark.parametrize(
    "kind", ["contact_record", "collection_record", "warning_disposal_report", "bank_memo", "classification_sheet"]
)
@pytest.mark.parametrize(
    "lines",
    [("",), ("：：",), ("□□□", "☑"), ("沟通内容：", "催收时间：", "预警等级：", "认定结果：", "日期："), ("合计",)],
)
def test_whatever_is_missing_is_missing_and_nothing_breaks(kind: str, lines: tuple[str, ...]):
    found = read_document(paper(*lines), kind).papers[0]

    assert not [field for field in found.fields.values() if field.state == "verified"]
