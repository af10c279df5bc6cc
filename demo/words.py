"""What types, indicators and qualities are called when the demo prints them."""

from __future__ import annotations

TYPES = {
    "bank_statement_corporate": "对公流水 · corporate statement",
    "bank_statement_personal": "个人流水 · personal statement",
    "tax_payment_certificate": "完税证明 · tax certificate",
    "vat_invoice": "增值税发票 · VAT invoice",
    "electricity_bill": "电费账单 · electricity bill",
    "first_inspection": "首次检查 · first inspection",
    "post_loan_inspection": "贷后检查 · inspection report",
    "visit_note": "走访记录 · visit note",
}
PRODUCTS = {
    "corporate_business": "企业经营贷",
    "personal_business": "个人经营贷",
    "personal_consumption": "个人消费贷",
}
INDICATORS = {
    "inflow_total": "流入总额", "outflow_total": "流出总额", "inflow_operating": "有效经营流入", "monthly_inflow_avg": "月均流入",
    "monthly_outflow_avg": "月均流出", "net_flow": "净流量", "inflow_cv": "流入波动系数", "avg_daily_balance": "日均余额",
    "min_balance": "最低余额", "min_balance_date": "最低余额日", "closing_balance": "期末余额", "balance_drop": "余额骤降幅度",
    "counterparty_top1_in": "最大付款方占比", "counterparty_top5_in": "前五付款方占比", "counterparty_top1_out": "最大收款方占比",
    "counterparty_hhi": "对手方HHI", "same_day_in_out": "快进快出率", "round_number_ratio": "整数交易占比",
    "night_tx_ratio": "夜间交易占比", "cash_ratio_out": "取现占比", 
    "invest_outflow": "投资类流出", "property_outflow": "购房类流出", "gambling_like": "疑似高风险娱乐",
    "lender_count_flow": "多头借贷数", "debt_service_out": "还贷支出", "salary_avg": "工资月均", "salary_months": "工资入账月数",
    "salary_stability": "工资稳定性", "employer_change": "发薪单位数", "statement_gap_days": "流水断档天数",
    "top_customer_drop": "主要客户流失", "tax_paid_total": "实缴税额", "tax_paid_vat": "增值税", "tax_paid_surtax": "附加税费",
    "tax_paid_stamp": "印花税", "tax_late_fee": "滞纳金", "kwh_month": "月用电量", "kwh_yoy": "用电量同比", 
    "kwh_mom": "用电量环比",
    "peak_share": "峰电占比", "avg_price_kwh": "平均电价", "utility_arrears_amount": "欠费金额", "utility_penalty": "违约金",
}  # fmt: skip
QUALITY = {
    "verified": ("✓ 已证 verified", "green"),
    "consistent": ("○ 相符 consistent", "cyan"),
    "partial": ("◐ 部分 partial", "yellow"),
    "conflict": ("≠ 矛盾 conflict", "magenta"),
}
SEVERITY = {
    "severe": ("重度 severe", "bold red"),
    "moderate": ("中度 moderate", "yellow"),
    "light": ("轻度 light", "blue"),
}
UNITS = {
    "CNY": "元", "CNY/month": "元/月", "CNY/kWh": "元/kWh", "months": "个月", "days": "天", "count": "个", "ratio": "",
}  # fmt: skip
LACKING = {
    "missing": "",
    "expired": "（已过期 expired）",
    "unreadable": "（不可读 unreadable）",
    "conflict": "（有矛盾 conflict）",
}
