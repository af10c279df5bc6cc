"""Papers of courts, authorities and registers in wordings that our own drawings do not use."""

from __future__ import annotations

import pytest

from extract.forms.told import tell
from extract.reading import read_document
from records.facts import Paper, State
from tests.paper import paper


def read(*lines: str) -> Paper:
    return read_document(paper(*lines)).papers[0]


def values(found: Paper) -> dict[str, str]:
    return {name: str(field.value) for name, field in found.fields.items()}


def events(found: Paper) -> list[tuple[str, str]]:
    return [(event.type, event.polarity.value) for event in found.events]


MEDIATION = (
    "浙江省杭州市余杭区人民法院",
    "民 事 调 解 书",
    "（2024）浙0110民初12345号",
    "原告：张三，男，1980年5月1日出生，汉族，住杭州市西湖区。",
    "被告：杭州临屿机械有限公司，住所地杭州市余杭区仓前街道。",
    "被告：李四，男，1975年2月3日出生。",
    "原告张三与被告杭州临屿机械有限公司、李四民间借贷纠纷一案，本院于2024年3月5日立案。",
    "本案在审理过程中，经本院主持调解，当事人自愿达成如下协议：",
    "一、被告杭州临屿机械有限公司于2024年6月30日前归还原告张三借款本金50万元；",
    "上述协议符合法律规定，本院予以确认。本调解书经各方当事人签收后，即具有法律效力。",
    "审判员 王五",
    "二〇二四年四月十六日",
    "书记员 赵六",
)


def test_a_mediation_agreement_with_two_defendants():
    found = read(*MEDIATION)

    assert found.type == "court_judgment"
    assert values(found) | {
        "court": "浙江省杭州市余杭区人民法院",
        "case_no": "（2024）浙0110民初12345号",
        "plaintiff": "张三",
        "defendant": "杭州临屿机械有限公司、李四",
        "cause": "民间借贷纠纷",
        "result": "调解",
        "amount": "500000",
        "effective": "已生效",
        "doc_date": "2024-04-16",
    } == values(found)
    assert events(found) == [("litigation_defendant", "asserted")]
    assert found.events[0].args["case_no"] == "（2024）浙0110民初12345号"


def test_an_enforcement_that_found_nothing_is_no_payment():
    found = read(
        "杭州市余杭区人民法院",
        "执行裁定书",
        "（2024）浙0110执2345号之二",
        "申请执行人：杭州甲贸易有限公司。",
        "被执行人：杭州临屿机械有限公司，统一社会信用代码91330106MA2TEXT017。",
        "本院在执行杭州甲贸易有限公司与杭州临屿机械有限公司买卖合同纠纷一案中，未发现被执行人有其他可供执行的财产，",
        "执行标的1,234,567.89元，实际执行到位0元。依照相关规定，裁定如下：",
        "终结本次执行程序。",
        "二〇二四年十一月三十日",
    )

    assert found.type == "court_enforcement_ruling"
    assert values(found)["respondent"] == "杭州临屿机械有限公司"
    assert values(found)["amount"] == "1234567.89"
    assert values(found)["result"] == "终结本次执行"
    assert values(found)["doc_date"] == "2024-11-30"
    assert events(found) == [("enforcement_target", "asserted")]


def test_a_ruling_that_lifts_a_seizure_ends_the_matter():
    found = read(
        "杭州市余杭区人民法院",
        "民事裁定书",
        "（2024）浙0110民初12345号之一",
        "申请人：杭州甲贸易有限公司。",
        "被申请人：杭州临屿机械有限公司。",
        "申请人杭州甲贸易有限公司与被申请人杭州临屿机械有限公司买卖合同纠纷一案，申请人申请解除财产保全。裁定如下：",
        "解除对被申请人杭州临屿机械有限公司名下银行存款800,000元的冻结。",
        "二〇二四年十二月三日",
    )

    assert found.type == "court_preservation_ruling"
    assert {polarity for _, polarity in events(found)} == {"resolved"}


def test_a_ruling_about_something_else_is_no_preservation():
    found = read(
        "杭州市余杭区人民法院",
        "民事裁定书",
        "（2024）浙0110民初999号",
        "原告：杭州甲贸易有限公司。",
        "被告：杭州临屿机械有限公司。",
        "原告于2024年5月6日向本院提出撤诉申请。裁定如下：",
        "准许原告杭州甲贸易有限公司撤诉。",
    )

    assert found.type == "court_judgment"  # its event is one that is over (documents.md §15)


@pytest.mark.parametrize(
    ("role", "polarity"),
    [("被告", "asserted"), ("原告", "other_party"), ("证人", "other_party"), ("第三人", "other_party")],
)
def test_who_is_called_as_a_witness_or_claimant_is_not_sued(role: str, polarity: str):
    found = read(
        "星桥市云溪区人民法院",
        "传票",
        "案号：（2026）云9902民初88号",
        "案由：劳动争议",
        f"被传唤人：云洲恒屿精密机械有限公司（{role}）",
        "传唤事由：开庭审理",
        "应到时间：2026年3月9日上午9时",
        "应到处所：第五法庭",
    )

    assert values(found)["hearing"] == "2026-03-09 09:00"
    assert values(found)["subject_name"] == "云洲恒屿精密机械有限公司"
    assert events(found) == [("litigation_defendant", polarity)]


def test_a_penalty_of_the_tax_office_with_the_fine_in_words_only():
    found = read(
        "国家税务总局云洲市税务局稽查局",
        "税务行政处罚决定书",
        "云税稽罚〔2025〕18号",
        "云洲恒屿精密机械有限公司：",
        "经查，你单位2023年少列收入，违法事实清楚。现决定处以少缴税款百分之五十的罚款，计人民币叁万贰仟元整。",
        "自收到本决定书之日起15日内到国家税务总局云洲市税务局缴纳入库。",
        "二〇二五年七月一日",
    )

    assert found.type == "admin_penalty"
    assert values(found)["authority"] == "国家税务总局云洲市税务局稽查局"
    assert values(found)["doc_no"] == "云税稽罚〔2025〕18号"
    assert values(found)["subject_name"] == "云洲恒屿精密机械有限公司"
    assert values(found)["doc_date"] == "2025-07-01"
    assert events(found) == [("tax_penalty", "asserted")]


def test_a_fine_whose_words_and_figures_differ_is_a_conflict():
    found = read(
        "云洲市应急管理局",
        "行政处罚决定书",
        "（云）应急罚〔2025〕7号",
        "当事人：云洲恒屿精密机械有限公司",
        "依据《中华人民共和国安全生产法》，决定处以人民币伍万元整（¥60,000.00元）罚款的行政处罚。当事人应当缴纳罚款。",
        "2025年5月6日",
    )

    assert found.fields["fine"].state is State.CONFLICT
    assert found.fields["fine_cn"].state is State.CONFLICT


def test_a_spending_order_against_a_person():
    found = read(
        "星桥市云溪区人民法院",
        "限制消费令",
        "（2025）云9902执66号",
        "被执行人：林某，男，1979年8月1日出生。",
        "本院于2025年2月3日立案执行星桥恒钧金属材料有限公司申请执行林某买卖合同纠纷一案。",
        "限制林某不得有高消费及非生活和工作必需的消费行为。",
        "二〇二五年三月三日",
    )

    assert found.type == "consumption_restriction"
    assert values(found)["respondent"] == "林某"
    assert events(found) == [("dishonest_debtor", "asserted")]


APPRAISAL = (
    "房地产咨询估价报告",
    "评估机构：星桥正达房地产估价有限公司",
    "估价对象：云洲市临屿区滨河路9号3幢1202室",
    "不动产权证号：云（2021）云洲市不动产权第0098765号",
    "评估基准日：2026-05-31",
    "建筑面积：128.66平方米",
    "评估单价：33,420元/平方米",
    "评估总价：{total}元",
)


@pytest.mark.parametrize(
    ("total", "outcome", "state"),
    [
        ("4,299,817.20", "holds", State.CONSISTENT),  # price and total may both have lost their point
        ("4,299,817", "holds", State.CONSISTENT),
        ("4,300,000", "holds", State.CONSISTENT),  # rounded by the appraiser: it fits, and proves no digit
        ("4,399,817", "fails", State.CONFLICT),
    ],
)
def test_an_appraisal_by_area_and_price(total: str, outcome: str, state: State):
    found = read(*(line.format(total=total) for line in APPRAISAL))

    assert found.type == "appraisal_report"
    assert [check.state.value for check in found.checks if check.identity == "area_times_price"] == [outcome]
    assert found.fields["total_value"].state is state


@pytest.mark.parametrize(
    ("boxes", "state"),
    [
        ("☑完好 □毁损 □灭失", "完好"),
        ("□完好 ☑毁损 □灭失", "毁损"),
        ("完好□ 毁损□ 灭失☑", "灭失"),
        ("□完好 □毁损 □灭失", None),
        ("☑完好 ☑毁损 □灭失", None),
        ("完好", "完好"),
    ],
)
def test_of_boxes_only_the_ticked_one_counts(boxes: str, state: str | None):
    found = read(
        "抵押物检查表",
        "权证号：云（2023）云洲市不动产权第0012345号",
        "坐落：云洲市临屿区恒屿路18号",
        "检查日期：2026-10-20 检查人：周岚、何屿",
        "评估价值：945万元 抵押率：47.6%",
        f"现状：{boxes}",
    )

    assert found.type == "collateral_inspection"
    assert values(found).get("state") == state


def test_an_advance_notice_is_no_mortgage():
    found = read(
        "不动产登记证明",
        "云（2026）云洲市不动产证明第0000001号",
        "证明权利或事项：预购商品房抵押权预告登记",
        "权利人：云洲农村商业银行",
        "义务人：沈某某",
        "坐落：云洲市临屿区滨河路9号3幢1202室",
        "担保债权数额：80万元",
    )

    assert found.type == "mortgage_registration"
    assert values(found)["secured_amount"] == "800000"
    assert [finding.code for finding in found.findings] == ["advance_registration"]


def test_a_sentence_without_a_place_for_its_value_is_refused():
    with pytest.raises(TypeError, match="needs one place for its value"):
        tell(amount="支付货款")


def test_a_name_that_is_broken_over_two_lines_is_one_name():
    found = read(
        "星桥市云溪区人民法院",
        "民事判决书",
        "（2026）云9902民初77号",
        "原告：星桥恒钧金属材料有限公司。",
        "原告与被告云洲恒屿精密机械有限公司买卖合同纠纷一案，本院依法审理，原告请求判令被云洲恒屿精密机",
        "械有限公司付款。本院认为，判决如下：被告云洲恒屿精密机械有限公司支付货款100元，如不服本判决可上诉。",
    )

    assert values(found)["defendant"] == "云洲恒屿精密机械有限公司"
    assert values(found)["amount"] == "100"


def test_who_is_called_as_claimant_is_not_sued():
    found = read(
        "杭州市上城区人民法院",
        "传票",
        "案号：（2026）浙0102民初3090号",
        "案由：租赁合同纠纷",
        "被传唤人：杭州临屿机械有限公司",
        "原告：杭州临屿机械有限公司",
        "被告：杭州涌金商贸有限公司",
        "应到时间：2026年5月12日上午9时",
        "应到处所：第二法庭",
    )

    assert values(found)["role"] == "原告"
    assert events(found) == [("litigation_defendant", "other_party")]
    assert found.events[0].args["respondent"] == "杭州涌金商贸有限公司"


def test_a_bank_is_asked_to_freeze_the_account_of_a_debtor():
    found = read(
        "宁波市鄞州区人民法院",
        "协助冻结存款通知书",
        "（2026）浙0212执保301号",
        "宁波银海银行股份有限公司鄞州支行：",
        "请协助冻结被申请人宁波顺屿机械有限公司在你行账户33150198765400001234的存款人民币1,380,000元。",
        "冻结期限一年。",
        "二〇二六年四月一日",
    )

    assert (found.type, values(found)["respondent"]) == ("enforcement_notice", "宁波顺屿机械有限公司")
    assert events(found) == [("account_frozen", "asserted")]


@pytest.mark.parametrize(
    ("ruling", "polarity"),
    [
        ("本案执行完毕，予以结案；解除对被执行人银行存款的冻结。", "resolved"),
        ("终结本次执行程序。", "asserted"),
    ],
)
def test_an_enforcement_is_over_when_everything_was_paid_and_not_when_nothing_was_found(ruling, polarity):
    found = read(
        "台州市黄岩区人民法院",
        "执行裁定书",
        "（2026）浙1003执602号",
        "申请执行人：台州兴业模架有限公司。",
        "被执行人：台州塑屿模具有限公司。",
        "裁定如下：",
        ruling,
        "二〇二六年十月十五日",
    )

    assert [event for event in events(found) if event[0] == "enforcement_target"] == [("enforcement_target", polarity)]


def test_a_notice_that_lifts_a_seizure_resolves_it():
    found = read(
        "衢州市柯城区人民法院",
        "解除查封通知书",
        "（2026）浙0802执保55号",
        "衢州市不动产登记中心：",
        "请协助解除对被申请人衢州万屿农业开发有限公司名下位于衢州市柯城区航埠镇108号房产的查封。",
        "二〇二六年七月二十一日",
    )

    assert found.type == "seizure_notice"
    assert events(found) == [("collateral_seizure", "resolved")]
    assert values(found)["owner"] == "衢州万屿农业开发有限公司"


def test_a_penalty_that_is_only_announced_is_not_imposed():
    found = read(
        "温岭市应急管理局",
        "行政处罚告知书",
        "（温）应急罚告〔2026〕19号",
        "温岭市宏屿鞋材厂：",
        "拟对你单位作出罚款人民币2万元的行政处罚。你单位有权在收到本告知书之日起五日内进行陈述、申辩。",
        "二〇二六年六月十二日",
    )

    assert values(found)["doc_no"] == "(温)应急罚告〔2026〕19号"
    assert ("env_safety_penalty", "asserted") not in events(found)


def test_a_fine_in_words_with_its_figures_in_brackets():
    found = read(
        "绍兴市生态环境局",
        "行政处罚决定书",
        "绍环罚〔2026〕12号",
        "当事人：绍兴通屿化工有限公司",
        "我局决定对你单位处以罚款人民币贰拾捌万元整（¥280,000.00），限你单位十五日内缴纳。",
        "二〇二六年五月十九日",
    )

    assert values(found)["fine"] == "280000.00"
    assert found.fields["fine"].state is State.VERIFIED


@pytest.mark.parametrize(
    ("item", "before", "after", "event"),
    [
        ("法定代表人", "姚德屿", "姚子屿", "management_change"),
        ("股东", "池屿90%", "涂屿90%", "equity_change"),
        ("注册资本", "5000万元", "2500万元", "equity_change"),
        ("注册资本", "2500万元", "5000万元", None),
        ("住所", "织里镇", "兴业路88号", None),
        ("经营范围", "门窗制造", "门窗销售", None),
    ],
)
def test_a_change_in_the_register_is_an_event_when_it_bears_on_the_loan(item, before, after, event):
    found = read(
        "准予变更登记通知书",
        "湖州德屿轴承制造有限公司：",
        "准予变更登记。",
        "变更事项|变更前|变更后",
        f"{item}|{before}|{after}",
        "2026年4月22日",
    )

    assert values(found)["name"] == "湖州德屿轴承制造有限公司"
    assert events(found) == ([(event, "asserted")] if event else [])


@pytest.mark.parametrize(
    ("lines", "polarity"),
    [
        (("查询时间：2026-05-13", "共查询到0条结果"), "negated"),
        (("查询时间：2026-05-13", "序号|案号|立案时间", "1|（2026）浙0702执1988号|2026年07月02日"), "asserted"),
    ],
)
def test_the_name_of_a_query_says_nothing_without_a_result(lines, polarity):
    found = read("中国执行信息公开网", "综合查询被执行人", "被执行人姓名/名称：金华双屿门业有限公司", *lines)

    assert found.type == "public_credit_printout"
    assert {told for event, told in events(found) if event == "enforcement_target"} == {polarity}


def test_a_count_of_nothing_in_a_register_is_no_event():
    found = read(
        "企查查",
        "企业名称：湖州德屿轴承制造有限公司",
        "查询时间：2026-05-13",
        "类别|数量",
        "被执行人|0",
        "失信被执行人|0",
        "行政处罚|0",
    )

    assert {told for _, told in events(found)} <= {"negated"}


def test_all_debtors_of_an_enforcement_are_named():
    found = read(
        "舟山市普陀区人民法院",
        "执行裁定书",
        "（2026）浙0903执455号",
        "申请执行人：舟山海屿冷库有限公司，住所地舟山市普陀区。",
        "被执行人：舟山海岚水产加工有限公司，住所地舟山市普陀区。",
        "被执行人：谷屿，女，1981年7月9日出生。",
        "被执行人暂无其他可供执行的财产，被执行人银行存款已冻结。裁定如下：",
        "冻结、划拨被执行人舟山海岚水产加工有限公司、谷屿名下银行存款人民币518,300元。",
        "二〇二六年九月十七日",
    )

    assert values(found)["respondent"] == "舟山海岚水产加工有限公司、谷屿"


def test_a_claim_that_was_withdrawn_is_no_claim_any_more():
    found = read(
        "桐庐县人民法院",
        "民事裁定书",
        "（2026）浙0122民初1450号之一",
        "原告：桐庐恒屿塑料制品有限公司。",
        "被告：桐庐岚屿制笔厂。",
        "原告桐庐恒屿塑料制品有限公司与被告桐庐岚屿制笔厂买卖合同纠纷一案，原告于2026年8月1日提出撤诉申请。",
        "本院认为，撤诉申请不违反法律规定，应予准许。裁定如下：",
        "准许原告桐庐恒屿塑料制品有限公司撤诉。",
        "二〇二六年八月三日",
    )

    assert (found.type, values(found)["result"]) == ("court_judgment", "撤诉")
    assert events(found) == [("litigation_defendant", "resolved")]
