"""Seizure notices: what was sealed, whose it is, by whom, from when to when."""

from __future__ import annotations

import re

from extract.families.court import CourtPaper, PaperNo, Party
from extract.forms.told import tell
from extract.grammar import Anchors, Table
from extract.kinds import Count, Day, Text
from extract.layout import Sheet


class SeizureNotice(CourtPaper):
    """查封公告、查封（扣押）清单、封条 (documents.md §9.2)."""

    type_id = "seizure_notice"
    title = ("查封公告", "Seizure notice")
    raises = ("collateral_seizure",)
    recognised_by = Anchors(
        titles=(
            "查封公告", "查封清单", "查封扣押清单", "查封(扣押)财产清单", "查封、扣押财产清单", "扣押清单", "查封决定书", "封条",
            "查封(扣押)决定书", "财产清单", "公告",
            "解除查封通知书", "解除查封公告", "解除查封、扣押", "解除查封(扣押)决定书",
        ),
        issuers=("人民法院", "税务局", "公安局", "市场监督管理局"),
        words=("予以查封", "查封", "不得转移", "变卖", "抵押", "查封期限", "扣押", "损毁", "封存", "保管人", "轮候查封"),
        against=("拍卖公告", "裁定如下", "债权申报", "限制消费", "判决如下"),
    )  # fmt: skip
    respondents = "owner"

    authority = Text("查封机关", "执行机关", "扣押机关", required=True)
    case_no = PaperNo("案号", "文号", required=True)
    doc_date = Day("公告日期", required=True)
    owner = Party("被执行人", "财产所有人", "所有权人", "产权人", "当事人", "被查封人", "权利人")
    term_start = Day("查封起始日", "起始日期")
    term_end = Day("查封到期日", "截止日期")
    location = Text("坐落", "查封地点", "财产所在地", "存放地点")
    items = Table(
        key=("name", "qty"),
        needs=(("name",), ("qty",)),
        name=Text("财产名称", "物品名称", "名称", "查封财产", "品名"),
        spec=Text("规格型号", "规格", "型号", "特征", "特征或型号"),
        qty=Count("数量", "件数"),
    )
    sentences = tell(
        case_no=("{case}", "{docno}"),
        authority="^{name:人民法院|税务局|稽查局|公安局|市场监督管理局|人民检察院|海关}$",
        owner=(
            "(对|将|查封)(被执行人|当事人|被申请人)?{name}(所有|名下|位于|的财产|坐落)",
            "(被执行人|当事人|被申请人){name:公司|厂|店|合作社|中心|院|部}(所有|名下|位于|的财产|坐落)",
        ),
        location="(坐落于|位于|坐落){place}(?=的|[,。;\\n]|$)",
        term_start="期限~自{day}",
        term_end="期限~~(至|到){day}",
    )

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """公告 and 财产清单 are titles of many papers; without a word of seizure it is another one."""
        return 0 if re.search(r"查封|扣押|封存", sheet.squeezed()) else -6
