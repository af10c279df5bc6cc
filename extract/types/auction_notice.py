"""Notices of court auctions: what is sold, from which price, when, in which round."""

from __future__ import annotations

from extract.families.court import CourtPaper, Moment, Party
from extract.forms.told import tell
from extract.grammar import Anchors
from extract.kinds import Choice, Day, LooseMoney, Text

ROUNDS = {"第一次": "一拍", "一拍": "一拍", "第二次": "二拍", "二拍": "二拍", "变卖": "变卖"}


class AuctionNotice(CourtPaper):
    """司法拍卖公告 (documents.md §9.2)."""

    type_id = "auction_notice"
    title = ("司法拍卖公告", "Court auction notice")
    raises = ("collateral_seizure",)
    recognised_by = Anchors(
        titles=("拍卖公告", "司法拍卖公告", "变卖公告", "竞买公告"),
        issuers=("人民法院", "司法拍卖", "京东", "阿里", "淘宝", "产权交易"),
        words=(
            "起拍价",
            "保证金",
            "增价幅度",
            "竞买人",
            "竞价",
            "评估价",
            "拍卖标的",
            "标的物",
            "优先购买权",
            "第一次拍卖",
            "网络平台",
        ),
        against=("土地出让", "国有建设用地", "判决如下", "裁定如下"),
    )
    respondents = "owner"

    court = Text(required=True)
    property = Text("拍卖标的", "标的物", "标的名称", "拍品名称", required=True)
    start_price = LooseMoney("起拍价", "变卖价", "起始价", required=True)
    appraisal_price = LooseMoney("评估价", "市场价", "参考价")
    deposit = LooseMoney("保证金", "竞买保证金")
    auction_date = Moment("拍卖时间", "竞价时间", "开拍时间", required=True)
    round = Choice(among=ROUNDS)
    owner = Party("被执行人", "权利人", "产权所有人")
    doc_date = Day("公告日期", "发布日期")
    sentences = tell(
        property="(拍卖标的|标的物|拍卖)(名称)?:{rest}",
        start_price="(起拍价|变卖价)(为)?:?{money}",
        appraisal_price="(评估价|市场价)(为)?:?{money}",
        deposit="保证金(为)?:?{money}",
        auction_date="(将于|定于|于){moment}(至|止|起|进行|在|公开)",
        round="{words:第一次|第二次|一拍|二拍|变卖}",
    )
