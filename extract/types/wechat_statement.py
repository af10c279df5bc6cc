"""WeChat Pay statements: what went through one wallet, as the certificate with a seal or as the export of the app."""

from __future__ import annotations

import re

from extract.grammar import Anchors
from extract.kinds import Text, Token
from extract.statements.wallets import Wallet, wallet_table


class WechatStatement(Wallet):
    """微信支付交易明细证明 / 账单 (documents.md §2.4)."""

    type_id = "wechat_statement"
    title = ("微信支付账单", "WeChat Pay statement")
    recognised_by = Anchors(
        titles=("微信支付交易明细证明", "微信支付账单明细", "微信支付账单", "微信支付交易明细"),
        issuers=("财付通支付科技", "微信支付", "微信昵称"),
        words=(
            "交易单号",
            "商户单号",
            "收/支",
            "微信号",
            "当前状态",
            "中性交易",
            "交易方式",
            "支付方式",
            "零钱",
            "业务凭证专用章",
        ),
        against=("账户余额", "联机余额", "支付宝", "京东账号"),
    )

    maker = ("微信", "财付通")
    told = re.compile(
        r"兹证明\s*[:：]?\s*(?P<name>[^\s(（,，]{2,20})\s*[(（].*?"
        r"微信号\s*[:：]?\s*(?P<account>[A-Za-z0-9_*-]{4,40})"
    )
    transactions = wallet_table(
        kind=Text("交易类型", "类型"),
        summary=Text("商品", "商品说明", "商品名称"),
        channel=Text("支付方式", "交易方式", "收/付款方式"),
        status=Text("当前状态", "交易状态", "状态"),
        merchant_no=Token("商户单号", "商家订单号"),
        remark=Text("备注"),
    )  # fmt: skip
