"""What the bank writes inside (documents.md §8.4, 8.4b, 8.5): warnings and their disposal, memos, sheets of the five classes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from demo.draw_office import Grid, xlsx_bytes
from demo.papers.contacts import NOTE, Medium, begun, finished
from demo.papers.court import BORROWER
from demo.papers.drawn import Drawn, truth

_SHUT = [{"type": "operation_shutdown", "quote": "停产"}]


def warning_form(medium: Medium = "docx", *, lifted: bool = False) -> Drawn:
    """A form: the signal, what was done, by when, and whether the warning is lifted."""
    letter = begun("风险预警信号处置表", medium)
    yes, no = ("☑" if medium == "docx" else "■"), "□"
    told, done = "抵押厂房被云洲市中级人民法院查封。", "约谈实际控制人，要求追加抵押物，暂停新增授信。"
    letter.table(
        [
            ["客户名称", BORROWER, "借据号", NOTE],
            ["预警来源", "法院公告监测", "预警日期", "2026年5月12日"],
            ["预警等级", f"{no}轻度 {no}中度 {yes}重度", "完成时限", "2026年6月30日"],
            ["预警内容", told],
            ["处置措施", done],
            ["审批意见", "同意。", "审批人", "何屿"],
            ["处置结果", "法院已解除查封。" if lifted else "查封尚未解除。"],
            ["是否解除预警", f"{yes if lifted else no}是 {no if lifted else yes}否", "客户经理", "周岚"],
        ]
    )
    fields: dict[str, object] = {
        "customer": BORROWER, "loan_note_no": NOTE, "signal_source": "法院公告监测", "signal_date": date(2026, 5, 12),
        "level": "重度", "deadline": date(2026, 6, 30), "description": told, "measures": done.replace("，", ","),
        "approver": "何屿", "release": "是" if lifted else "否", "handler": "周岚",
    }  # fmt: skip
    claim = [{"type": "collateral_seizure", "quote": "被云洲市中级人民法院查封"}]
    events = {"not_asserted" if lifted else "asserted": claim}
    return finished(letter, "预警处置", "warning_disposal_report", fields, medium, **events)


def warning_report(medium: Medium = "pdf") -> Drawn:
    """A report in prose under headings; it ends with the warning lifted."""
    letter = begun(f"关于{BORROWER}风险预警的处置报告", medium)
    letter.text("2026年5月12日，风险预警系统推送该公司用电量骤降预警，预警等级为橙色。现将处置情况报告如下：")
    for heading, text in (
        ("一、预警信号情况", "该公司4月用电量同比下降62%，现场查看两条生产线停产。"),
        ("二、已采取的措施", "双人上门核查，约谈实际控制人，压降未用额度200万元。"),
        ("三、处置结果", "6月起新订单到位，停产的生产线均已恢复生产。"),
        ("四、解除意见", "综合以上情况，同意解除预警。"),
    ):
        letter.heading(heading)
        letter.text(text)
    letter.text("临屿支行", align="right")
    letter.text("2026年6月28日", align="right")
    fields: dict[str, object] = {
        "customer": BORROWER, "signal_date": date(2026, 5, 12), "level": "橙色", "release": "综合以上情况,同意解除预警",
        "report_date": date(2026, 6, 28), "result": "6月起新订单到位,停产的生产线均已恢复生产。",
    }  # fmt: skip
    return finished(letter, "预警处置报告", "warning_disposal_report", fields, medium, not_asserted=_SHUT)


def memo(medium: Medium = "docx") -> Drawn:
    """A request for a decision: facts first, then what the bank did and would do."""
    letter = begun("签　报", medium)
    letter.table(
        [
            ["签报部门", "公司业务部", "签报日期", "2026年6月20日"],
            ["拟稿人", "周岚", "事由", "关于提前收回贷款的请示"],
        ]
    )
    letter.text(f"{BORROWER}（借据号{NOTE}）在我行贷款余额450万元。现场检查发现，该企业已停产近一个月。")
    letter.text("我部已向法院申请查封其名下厂房，拟提前收回贷款并提起诉讼。")
    letter.text("妥否，请批示。")
    fields: dict[str, object] = {
        "memo_date": date(2026, 6, 20), "author": "周岚", "department": "公司业务部", "matter": "关于提前收回贷款的请示",
        "customers": [BORROWER], "loan_note_nos": [NOTE],
    }  # fmt: skip
    ours = [{"type": "collateral_seizure", "quote": "我部已向法院申请查封"}]
    return finished(letter, "签报", "bank_memo", fields, medium, asserted=_SHUT, not_asserted=ours)


def minutes(medium: Medium = "pdf") -> Drawn:
    """Minutes of a meeting about two customers."""
    letter = begun("风险管理委员会会议纪要", medium)
    other = "云洲临屿纺织有限公司"
    for line in ("会议时间：2026年7月2日上午9:00", "主持人：何屿", "参会人员：周岚、沈岚、方澜"):
        letter.text(line)
    letter.text(f"会议听取了临屿支行关于{BORROWER}、{other}两户情况的汇报，议定如下：")
    letter.text(f"一、{BORROWER}经营正常，维持现有授信。")
    letter.text(f"二、{other}已拖欠职工工资两个月，同意压降敞口200万元，由法律部研究提起诉讼。")
    fields: dict[str, object] = {"memo_date": date(2026, 7, 2), "author": "何屿", "customers": [BORROWER, other]}
    unpaid = [{"type": "cashflow_deterioration", "quote": "拖欠职工工资"}]
    return finished(letter, "会议纪要", "bank_memo", fields, medium, asserted=unpaid)


def circular() -> Drawn:
    """A circular on other people's cases: nothing in it has happened to a customer of ours."""
    letter = begun("关于信贷资金挪用案例的通报", "pdf")
    letter.text("各支行：")
    letter.text(
        "近期某支行客户将流动资金贷款转入证券账户炒股，后资金链断裂，法定代表人失联。各支行要引以为戒，对照自查。"
    )
    letter.text("总行风险管理部", align="right")
    letter.text("2026年7月11日", align="right")
    fields = {"memo_date": date(2026, 7, 11), "matter": "关于信贷资金挪用案例的通报", "department": "总行风险管理部"}
    return finished(letter, "通报", "bank_memo", dict(fields), "pdf")


def classification_form(medium: Medium = "docx", *, days: int = 45, proposed: str = "关注") -> Drawn:
    """One loan: what it was, what it becomes, and why."""
    letter = begun("贷款五级分类认定表", medium)
    yes = "☑" if medium == "docx" else "■"
    classes = " ".join(f"{yes if name == proposed else '□'}{name}" for name in ("正常", "关注", "次级", "可疑"))
    basis = f"借款人停产，本金逾期{days}天，第一还款来源不足。"
    letter.table(
        [
            ["客户名称", BORROWER, "借据号", NOTE],
            ["贷款余额", "4,500,000.00元", "逾期天数", f"{days}天"],
            ["上期分类", "正常", "初分意见", proposed],
            ["分类理由", basis],
            ["认定结果", classes],
            ["认定人", "何屿", "认定日期", "2026年6月30日"],
        ]
    )
    fields: dict[str, object] = {
        "customer": BORROWER, "loan_note_no": NOTE, "balance": Decimal("4500000.00"), "overdue_days": str(days),
        "prior_class": "正常", "initial_class": proposed, "new_class": proposed, "basis": basis.replace("，", ","),
        "approver": "何屿", "classified_on": date(2026, 6, 30),
    }  # fmt: skip
    return finished(letter, "分类认定", "classification_sheet", fields, medium, asserted=_SHUT)


def classification_list() -> Drawn:
    """A quarter's list in 万元; the class of its last loan is better than its days allow."""
    rows = [
        [BORROWER, NOTE, "450.00", "0", "正常", "正常", "经营正常，按期付息"],
        ["方某", "JJ20260402000007", "3.00", "95", "关注", "关注", "失联"],
    ]
    head = ["借款人名称", "借据号", "余额", "逾期天数", "上期分类", "本次认定结果", "认定理由"]
    cells = [
        {
            "customer": row[0], "loan_note_no": row[1], "balance": f"{Decimal(row[2]) * 10000:.2f}", "overdue_days": row[3],
            "prior_class": row[4], "new_class": row[5], "basis": row[6].replace("，", ","),
        }
        for row in rows
    ]  # fmt: skip
    value = truth("classification_sheet", {"classified_on": date(2026, 6, 30)}, {"rows": cells})
    grid = Grid("2026年二季度五级分类认定清单", [["基准日：2026-06-30", "单位：万元"]], head, rows)
    return Drawn("分类清单.xlsx", xlsx_bytes(grid), value)
