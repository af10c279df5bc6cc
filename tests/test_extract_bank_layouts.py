"""The bank's own papers in layouts that no sample has: sheets as forms, heads over one row, hours apart from days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from demo.draw_letter import PdfLetter
from demo.draw_office import Grid, Letter, xlsx_bytes
from extract.reading import read_file
from records.facts import Outcome, Paper, Polarity

Part = str | list[list[str]]


def written(letter: Letter | PdfLetter, parts: Sequence[Part]) -> bytes:
    """A sheet of tables, headings (##) and paragraphs."""
    for part in parts:
        if isinstance(part, list):
            letter.table(part)
        elif part.startswith("##"):
            letter.heading(part[2:])
        else:
            letter.text(part)
    return letter.finish()


def of(data: bytes, name: str) -> Paper:
    (paper,) = read_file(data, name).papers
    return paper


def docx(title: str, *parts: Part) -> Paper:
    return of(written(Letter(title), parts), "paper.docx")


def pdf(title: str, *parts: Part) -> Paper:
    return of(written(PdfLetter(title), parts), "paper.pdf")


def xlsx(title: str, above: list[list[str]], head: list[str], *rows: list[str]) -> Paper:
    return of(xlsx_bytes(Grid(title, above, head, rows)), "paper.xlsx")


def holds(paper: Paper, kind: str, wanted: Mapping[str, str]) -> None:
    assert paper.type == kind
    assert {name: str(paper.fields[name].value) if name in paper.fields else None for name in wanted} == wanted


def asserted(paper: Paper) -> set[str]:
    return {event.type for event in paper.events if event.polarity is Polarity.ASSERTED}


def test_a_warning_on_a_workbook_of_two_columns():
    paper = xlsx(
        "风险预警处置表", [], ["项目", "内容"],
        ["客户名称", "云洲临屿纺织有限公司"], ["预警信号来源", "征信监测"], ["预警日期", "2026-06-30"], ["风险等级", "中度"],
        ["预警信号描述", "借款人在他行贷款出现逾期，逾期金额12万元。"], ["处置措施", "督促其归还他行欠款。"],
        ["是否解除预警", "是"],
    )  # fmt: skip

    holds(paper, "warning_disposal_report", {
        "customer": "云洲临屿纺织有限公司", "signal_source": "征信监测", "signal_date": "2026-06-30", "level": "中度",
        "description": "借款人在他行贷款出现逾期,逾期金额12万元。", "measures": "督促其归还他行欠款。", "release": "是",
    })  # fmt: skip
    assert asserted(paper) == set()


def test_a_warning_told_by_numbered_lines():
    paper = pdf(
        "云洲临屿纺织有限公司风险预警处置报告", "预警等级：红色　　预警日期：2026年7月1日",
        "一、预警信号：借款人被列为被执行人，执行标的286万元。", "二、处置措施：已约谈实控人并查封其名下商铺。",
        "三、处置结果：借款人已履行完毕，法院出具结案证明。", "四、是否解除预警：是（7月25日风险管理部审批同意）",
    )  # fmt: skip

    holds(paper, "warning_disposal_report", {
        "level": "红色", "signal_date": "2026-07-01", "description": "借款人被列为被执行人,执行标的286万元。",
        "measures": "已约谈实控人并查封其名下商铺。", "result": "借款人已履行完毕,法院出具结案证明。",
    })  # fmt: skip
    assert asserted(paper) == set()


def test_the_consent_at_the_foot_lifts_a_warning():
    paper = docx(
        "预警解除审批表",
        [["借款人", "沈某某"], ["原预警信号", "借款人连续两期未按时还款"], ["原预警日期", "2026年4月22日"],
         ["支行意见", "申请解除预警。客户经理：周岚"], ["审批意见", "同意解除。何屿 2026年6月1日"]],
    )  # fmt: skip

    holds(paper, "warning_disposal_report", {"customer": "沈某某", "signal_date": "2026-04-22"})
    assert "loan_overdue" not in asserted(paper)


def test_one_row_under_its_heads_is_the_loan_the_sheet_is_about():
    paper = pdf(
        "五级分类认定表",
        [["客户名称", "借据号", "贷款余额", "逾期天数", "上期分类", "认定结果"],
         ["何某", "JJ2026050500019", "120,000.00", "41", "正常", "关注"]],
        "认定理由：借款人失业，连续两期未还款。", "认定人：何屿　　认定日期：2026-07-15",
    )  # fmt: skip

    holds(paper, "classification_sheet", {
        "customer": "何某", "loan_note_no": "JJ2026050500019", "balance": "120000.00", "overdue_days": "41",
        "prior_class": "正常",
        "new_class": "关注", "basis": "借款人失业,连续两期未还款。", "approver": "何屿", "classified_on": "2026-07-15",
    })  # fmt: skip
    assert len(paper.tables["rows"]) == 1


def test_classes_told_by_numbered_lines_and_headings():
    paper = docx(
        "贷款风险分类审批表", "一、基本情况", "借款人名称：云洲恒屿精密机械有限公司；贷款余额：4,500,000.00元；逾期天数：0天",
        "二、原分类：正常类", "三、分类依据", "1.还款记录良好；2.抵押足值。", "四、审批意见：同意认定为正常类。",
        "审批人：何屿　2026年7月16日",
    )  # fmt: skip

    holds(paper, "classification_sheet", {
        "customer": "云洲恒屿精密机械有限公司", "balance": "4500000.00", "overdue_days": "0",
        "prior_class": "正常", "new_class": "正常",
        "basis": "1.还款记录良好;2.抵押足值。", "approver": "何屿",
    })  # fmt: skip
    assert "loan_overdue" not in asserted(paper)


def test_hours_in_a_column_of_their_own_belong_to_the_day_beside_them():
    paper = pdf(
        "委外催收作业明细",
        [["催收日期", "催收时段", "债务人", "拨打号码", "联系对象", "催收摘要"],
         ["2026-07-01", "09:12", "沈某某", "139****6621", "本人", "称周末还"],
         ["2026-07-02", "07:40", "沈某某", "139****6621", "本人", "响铃挂断"]],
    )  # fmt: skip

    assert [str(row["time"].value) for row in paper.tables["contacts"]] == ["2026-07-01 09:12", "2026-07-02 07:40"]
    assert str(paper.fields["customer"].value) == "沈某某"  # every row says so
    assert [check.where for check in paper.checks if check.state is Outcome.FAILS] == ["第 2 行 07:40"]
    assert "collection_violation" in asserted(paper)


def test_a_list_without_hours_cannot_tell_of_nights():
    rows = "催收日期,客户名称,催收方式,联系结果\n2026-07-01,何某,电话,未接\n2026-07-03,何某,上门,家中无人\n"
    paper = of(f"催收明细,,,\n{rows}".encode("gb18030"), "a.csv")

    assert [check.state for check in paper.checks if check.identity == "contact_hours"] == [Outcome.CANNOT_TELL]
    assert paper.absent == ()


def test_a_letter_to_a_guarantor_with_its_receipt():
    paper = docx(
        "履行担保责任催收通知书", "致：沈某某（保证人）",
        "你为方某在我行的借款（借据号：JJ20260402000007）提供连带责任保证。该笔借款已逾期95天，截至2026年7月1日拖欠本息合计31,212.50元。"
        "请你在2026年7月20日前履行担保责任。",
        "2026年7月1日", "回执：本人已收到上述通知。　签收人：沈某某　签收时间：2026年7月3日",
    )  # fmt: skip

    holds(paper, "collection_record", {
        "loan_note_no": "JJ20260402000007", "overdue_days": "95", "overdue_total": "31212.50", "deadline": "2026-07-20",
        "time": "2026-07-01", "signer": "沈某某", "signed_date": "2026-07-03",
    })  # fmt: skip


def test_an_export_of_messages_keeps_what_each_said():
    paper = xlsx(
        "短信发送台账", [], ["客户名称", "手机号", "发送时间", "短信内容", "发送结果"],
        ["何某", "13566667777", "2026-07-01 09:00", "您的贷款将于7月5日扣款，请确保余额充足。", "成功"],
        ["方某", "13700001122", "2026-07-01 09:00", "您的贷款将于7月5日扣款，请确保余额充足。", "失败：空号"],
    )  # fmt: skip

    assert paper.type == "contact_record"
    assert [str(row["result"].value) for row in paper.tables["contacts"]] == ["成功", "失败:空号"]
    assert "loan_overdue" not in asserted(paper)


def test_a_mail_is_a_memo_of_who_sent_it():
    text = (
        "发件人：周岚\n收件人：何屿\n发送时间：2026年7月6日 17:30\n主题：临屿纺织情况说明\n何总：\n今天去核实，"
        "云洲临屿纺织有限公司法定代表人电话已关机两周，\n未发现资金挪用。我行已申请诉前保全，冻结其基本户。\n周岚\n"
    )
    paper = of(text.encode(), "mail.txt")

    holds(
        paper,
        "bank_memo",
        {"memo_date": "2026-07-06", "author": "周岚", "addressee": "何屿", "matter": "临屿纺织情况说明"},
    )
    assert asserted(paper) == {"lost_contact"}


@pytest.mark.parametrize("unit", ["（万元）", "(万元)"])
def test_a_unit_beside_a_label_counts(unit: str):
    paper = pdf(
        "信贷资产五级分类认定审批表", [["客户", "云洲恒屿精密机械有限公司", f"余额{unit}", "450"], ["认定结果", "正常"]]
    )

    assert str(paper.fields["balance"].value) == "4500000"
