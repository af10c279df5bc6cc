"""Notices of insolvency: a court has accepted a case, and creditors must say what they are owed by a day."""

from __future__ import annotations

import re

from extract.families.court import CaseNo, CourtPaper, Party
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Day, Text
from extract.layout import Sheet


class BankruptcyNotice(CourtPaper):
    """破产受理裁定、债权申报公告 (documents.md §9.2)."""

    type_id = "bankruptcy_notice"
    title = ("破产公告", "Insolvency notice")
    raises = ("business_exit",)
    recognised_by = Anchors(
        titles=(
            "破产公告",
            "破产清算公告",
            "破产重整公告",
            "债权申报公告",
            "破产申请受理",
            "公告",
            "民事裁定书",
            "债权申报通知书",
        ),
        issuers=("人民法院", "管理人"),
        words=(
            "破产清算",
            "破产重整",
            "债权申报",
            "管理人",
            "债权人会议",
            "申报债权",
            "债务人",
            "受理",
            "破产申请",
            "重整",
        ),
        against=("财产保全", "拍卖公告", "予以查封", "注销公告", "解散清算"),
    )
    respondents = "debtor"

    case_no = CaseNo("案号", required=True)
    court = Text(required=True)
    debtor = Party("债务人", "破产人", required=True)
    applicant = Party("申请人")
    administrator = Text("管理人", "破产管理人")
    accepted = Day("受理日期")
    claim_deadline = Day("债权申报期限", "申报截止日期")
    meeting = Day("第一次债权人会议", "会议时间")
    doc_date = Day()
    sentences = tell(
        debtor=(
            "(受理|对|宣告)(了)?{name:公司|厂|合作社|企业|经营部|商行|中心|店}的?(破产|重整|提出)",
            "被申请人{name:公司|厂|合作社|企业}",
        ),
        applicant="根据{name:公司|银行|厂|合作社|企业|信用社|支行}的?申请",
        administrator="指定{name}(担任|为)~管理人",
        accepted="{day}~(裁定)?受理",
        claim_deadline=("{day}(前|之前|以前|止)~申报债权", "申报债权~(截止|至)~{day}"),
        meeting=("(定于|于){day}~~债权人会议", "债权人会议~(于|定于){day}"),
    )

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """公告 and 民事裁定书 are titles of many papers; without a word of insolvency it is another one."""
        return 0 if re.search(r"破产|重整|债权申报|申报债权", sheet.squeezed()) else -6
