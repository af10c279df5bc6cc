"""What notes were once read wrongly for, in several phrasings and beside its like: taxes, our suits, lists, guarantees."""

from __future__ import annotations

import pytest

from benchmarks import events
from extract.notes import read_events
from records.facts import Polarity


def told(text: str) -> dict[str, str]:
    """Event → polarity; of two polarities the asserted one."""
    found = read_events([events.page(text)])
    return {one.type: one.polarity.value for one in sorted(found, key=lambda one: one.polarity is Polarity.ASSERTED)}


def roles(text: str) -> set[tuple[str, str]]:
    return {(one.type, one.subject_role) for one in read_events([events.page(text)])}


@pytest.mark.parametrize(
    "text",
    [
        "应缴税款逾期未缴，税务机关已下达催缴通知。",
        "企业所得税已逾期两个月未申报缴纳。",
        "企业应缴税金逾期未缴，金额18万元。",
        "社保费逾期未缴。",
    ],
)
def test_taxes_overdue_are_no_loan_overdue(text: str) -> None:
    said = told(text)
    assert said["tax_arrears"] == "asserted"
    assert not {"loan_overdue", "credit_overdue"} & set(said)


@pytest.mark.parametrize("text", ["企业应纳税额逾期未缴清，本行贷款也逾期12天。", "税款缴纳后资金紧张，贷款逾期5天。"])
def test_a_loan_overdue_beside_taxes_stays(text: str) -> None:
    assert told(text)["loan_overdue"] == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "下一步启动诉讼程序。",
        "我行启动诉讼。",
        "拟起诉借款人及保证人。",
        "建议通过诉讼清收。",
        "建议：提起诉讼，申请财产保全。",
        "如协商不成，拟通过诉讼方式处置。",
        "处置措施：诉讼清收。",
        "公司收到对方律师发来的律师函，要求支付货款30万元，否则将提起诉讼。",
        "已向借款人寄送律师函。",
        "律师函",
    ],
)
def test_a_suit_that_is_planned_or_threatened_has_not_been_brought(text: str) -> None:
    assert told(text).get("litigation_defendant") in (None, "hypothetical")


@pytest.mark.parametrize(
    "text",
    [
        "我行已对借款人提起诉讼，案件已立案。",
        "我行已起诉借款人，定于9月开庭。",
        "我行已就该笔贷款向法院提起诉讼，要求借款人偿还本金。",
        "我行于3月将借款人诉至法院。",
        "我行已启动诉讼程序。",
        "我行已采取诉讼清收措施，法院已受理。",
        "供应商将借款人诉至法院。",
        "供应商已通过诉讼追讨货款，借款人被起诉。",
    ],
)
def test_whom_we_have_sued_is_a_defendant(text: str) -> None:
    assert told(text)["litigation_defendant"] == "asserted"


@pytest.mark.parametrize(
    "text", ["我行起诉下游客户。", "借款人将下游客户诉至法院。", "我行已对借款人的下游客户提起诉讼。"]
)
def test_a_suit_against_another_is_another_partys(text: str) -> None:
    assert told(text)["litigation_defendant"] == "other_party"


@pytest.mark.parametrize(
    "text",
    [
        "涉诉及处罚情况：经查询，均无记录。",
        "涉诉及处罚情况：经查询裁判文书网、执行信息公开网、信用中国，均无记录。",
        "诉讼、行政处罚、失信情况：企查查查询均无记录。",
        "涉诉、被执行、失信信息：经查，无。",
        "涉诉及处罚情况：企业无，实控人无。",
        "司法涉诉、行政处罚、经营异常：查询结果均为空。",
    ],
)
def test_one_answer_denies_every_label_before_its_colon(text: str) -> None:
    said = told(text)
    assert said["litigation_defendant"] == "negated"
    assert set(said.values()) == {"negated"}


@pytest.mark.parametrize(
    "text",
    [
        "涉诉情况：借款人有一起被告案件，标的20万元。",
        "涉诉及处罚情况：企业无，实控人有一起被告案件。",
        "被执行、失信：经查执行信息公开网，实控人为被执行人，企业无。",
    ],
)
def test_an_answer_that_names_a_case_denies_nothing(text: str) -> None:
    assert "asserted" in told(text).values()


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("该笔贷款五级分类由关注下调为次级。", False),
        ("我行已将该户五级分类调整为次级。", False),
        ("五级分类：次级。", False),
        ("分类由关注降为次级，系我行内部调整。", False),
        ("他行一笔500万元流贷五级分类下调为次级。", True),
        ("征信报告显示五级分类为关注。", True),
        ("信用报告显示其农商行贷款五级分类为次级。", True),
    ],
)
def test_our_own_class_is_no_credit_event(text: str, stands: bool) -> None:
    assert ("credit_overdue" in told(text)) is stands


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("客户提供的发票与入库单数量不一致。", {"purpose_mismatch": "asserted"}),
        ("发票数量与入库单数量不符，相差20吨。", {"purpose_mismatch": "asserted"}),
        ("发票与合同品名不一致。", {"purpose_mismatch": "asserted"}),
        ("出库单与发票的数量对不上，说明系分批发货。", {"purpose_mismatch": "negated"}),
        ("合同上的公章与备案印章不一致。", {"document_fraud": "asserted"}),
        ("发票与税务平台查验信息不一致。", {"document_fraud": "asserted"}),
        ("入库单数量与账面一致。", {}),
    ],
)
def test_quantities_that_differ_are_a_matter_of_vouchers(text: str, kinds: dict[str, str]) -> None:
    assert told(text) == kinds


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("财务主管已离职，新任不熟悉业务。", True),
        ("老会计辞职了，新来的对账目不熟。", True),
        ("车间主任上月被挖走。", True),
        ("财务经理离职已三个月，岗位一直空缺。", True),
        ("总工程师请辞。", True),
        ("财务主管休假，由副主管代班。", False),
        ("普通文员离职，已补招。", False),
    ],
)
def test_who_keeps_the_books_is_a_key_person(text: str, changed: bool) -> None:
    said = told(text)
    assert (said.get("management_change") == "asserted") is changed
    assert said.get("job_loss") != "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "其担保的张某被起诉。",
        "借款人为其提供担保的某公司被起诉。",
        "被担保人李某贷款逾期。",
        "借款人对外担保的乙公司已停产。",
    ],
)
def test_whom_the_borrower_guarantees_is_another(text: str) -> None:
    assert set(told(text).values()) == {"other_party"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("其担保的张某被起诉，借款人被列为共同被告。", "litigation_defendant"),
        ("借款人对外担保发生代偿60万元。", "credit_overdue"),
        ("张某担保的借款人已停产。", "operation_shutdown"),
        ("由李某提供担保的借款人贷款逾期。", "loan_overdue"),
    ],
)
def test_a_guarantee_that_falls_due_and_a_borrower_that_is_guaranteed_stay(text: str, kind: str) -> None:
    assert told(text)[kind] == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "下一步：\n1. 向法院起诉借款人；\n2. 申请查封抵押物。",
        "三、下一步措施\n（一）发函催收。\n（二）向法院申请强制执行。",
        "下一步措施：（1）诉讼清收；（2）查封房产。",
        "后续措施：一是向法院起诉，二是查封账户，三是拍卖抵押物。",
        "Next steps:\n1. File suit against the borrower.\n2. Apply for attachment of the house.",
    ],
)
def test_what_is_numbered_under_the_next_steps_is_yet_to_be_done(text: str) -> None:
    assert "asserted" not in told(text).values()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("当前情况：\n1. 借款人被三家供应商起诉；\n2. 抵押厂房被查封。", "collateral_seizure"),
        ("下一步：\n1. 借款人已被供应商起诉，跟踪开庭；\n2. 上门走访。", "litigation_defendant"),
        ("下一步：\n1. 抵押厂房漏水严重，督促维修；\n2. 上门走访。", "collateral_defect"),
    ],
)
def test_what_has_happened_is_told_under_any_heading(text: str, kind: str) -> None:
    assert told(text)[kind] == "asserted"


def test_the_latter_is_the_firm_named_beside_the_borrower() -> None:
    assert told("借款人与宏达机械签有长约，后者已停产两个月。") == {"operation_shutdown": "other_party"}
    assert told("宏达机械与本户签有长约，后者停产两个月。")["operation_shutdown"] == "asserted"


@pytest.mark.parametrize(
    "text", ["Lawsuits: none.", "Overdue instalments: 0", "Utility arrears? No.", "Diversion of funds: no evidence."]
)
def test_a_label_in_english_answered_with_none_tells_of_nothing(text: str) -> None:
    assert "asserted" not in told(text).values()


@pytest.mark.parametrize("text", ["代扣失业保险费56元。", "税务行政处罚事项告知书", "失业保险费 312.50"])
def test_a_title_or_a_premium_is_no_event(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    "text", ["借款人的供应商被起诉。", "下游客户涉诉。", "The supplier of the borrower is being sued by a third party."]
)
def test_a_supplier_taken_to_court_is_another_party(text: str) -> None:
    assert told(text) == {"litigation_defendant": "other_party"}


@pytest.mark.parametrize("text", ["供应商已起诉，标的120万元。", "员工被拖欠工资后起诉公司。", "公司被供应商起诉。"])
def test_a_supplier_who_goes_to_court_sues_the_borrower(text: str) -> None:
    assert told(text)["litigation_defendant"] == "asserted"


def test_an_outage_of_half_a_month_is_no_short_one() -> None:
    assert told("因欠费停电半个月。")["utility_arrears"] == "asserted"


@pytest.mark.parametrize("text", ["到期日归还本金20万元，余80万元未还。", "到期日仅归还本金20万元，余80万元未还。"])
def test_what_was_paid_ends_nothing_of_what_is_left(text: str) -> None:
    assert told(text)["loan_overdue"] == "asserted"


@pytest.mark.parametrize("text", ["设备完好率不足40%。", "借款人收入未能恢复到原来水平。", "市场回暖迹象尚不明显。"])
def test_what_sounds_like_an_assurance_and_is_none_assures_of_nothing(text: str) -> None:
    assert not {"negated", "resolved"} & set(told(text).values())
