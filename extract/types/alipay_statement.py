"""Alipay statements: what went through one wallet, as the certificate, the export of the app, or the older export of the web."""

from __future__ import annotations

import re

from extract.grammar import Anchors
from extract.kinds import Text, Token
from extract.statements.wallets import Wallet, wallet_table


class AlipayStatement(Wallet):
    """支付宝交易流水证明 / 账单 (documents.md §2.5)."""

    type_id = "alipay_statement"
    title = ("支付宝账单", "Alipay statement")
    recognised_by = Anchors(
        titles=(
            "支付宝交易流水证明",
            "交易流水证明",
            "支付宝交易记录明细查询",
            "支付宝交易明细",
            "支付宝账单",
            "电子客户回单",
        ),
        issuers=("支付宝支付科技", "支付宝(中国)网络技术", "支付宝账户", "支付宝账号", "支付宝"),
        words=(
            "支付宝账户",
            "商家订单号",
            "收/付款方式",
            "不计收支",
            "交易订单号",
            "商品说明",
            "交易创建时间",
            "余额宝",
            "花呗",
        ),
        against=("账户余额", "联机余额", "微信昵称", "微信号", "京东账号", "花呗账单"),
    )

    maker = ("支付宝", "蚂蚁")
    told = re.compile(
        r"兹证明\s*[:：]?\s*(?P<name>[^\s(（,，]{2,20})\s*[(（].*?"
        r"支付宝(?:账户|账号)\s*[:：]?\s*(?P<account>[A-Za-z0-9_.@*+-]{4,60})"
    )
    transactions = wallet_table(
        kind=Text("交易分类", "类型"),
        summary=Text("商品说明", "商品名称", "商品"),
        counterparty_account=Text("对方账号", "对方账户"),
        channel=Text("收/付款方式", "资金渠道", "支付方式"),
        status=Text("交易状态", "资金状态", "当前状态"),
        merchant_no=Token("商家订单号", "商户订单号", "商户单号"),
        remark=Text("备注"),
    )  # fmt: skip
