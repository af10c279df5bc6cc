"""Corporate income tax returns: the profit of a year or of the year so far, the tax on it, and what is still due."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from extract.families.returns import CENT, Levy, Return
from extract.forms.line_form import FormColumn, FormLine, LineForm
from extract.grammar import Anchors, Bearing, identity
from extract.kinds import Ratio
from extract.layout import squeezed
from extract.proof import products
from records.facts import Check, Outcome, Value
from records.values.text import fold

#: Key, labels. The annual form (A100000), the quarterly one (A200000) and the one of assessed profits (B) share their labels.
LINES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("revenue", ("营业收入", "一、营业收入", "收入总额")),
    ("cost", ("营业成本", "减：营业成本")),
    ("taxes", ("税金及附加", "营业税金及附加")),
    ("selling", ("销售费用",)),
    ("admin", ("管理费用",)),
    ("finance", ("财务费用",)),
    ("impairment", ("资产减值损失",)),
    ("fair_value", ("公允价值变动收益", "加：公允价值变动收益")),
    ("inv_income", ("投资收益",)),
    ("op_profit", ("营业利润", "二、营业利润")),
    ("nonop_in", ("营业外收入", "加：营业外收入")),
    ("nonop_out", ("营业外支出", "减：营业外支出")),
    ("total_profit", ("利润总额", "三、利润总额")),
    ("foreign_income", ("境外所得",)),
    ("special_income", ("特定业务计算的应纳税所得额",)),
    ("untaxed", ("不征税收入",)),
    ("exempt_income", ("免税收入",)),
    ("taxable_revenue", ("应税收入额", "应税收入额\\成本费用总额")),
    ("costs_total", ("成本费用总额",)),
    ("adjust_up", ("纳税调整增加额", "加：纳税调整增加额")),
    ("adjust_down", ("纳税调整减少额", "减：纳税调整减少额")),
    (
        "relief_income",
        ("免税、减计收入及加计扣除", "免税收入、减计收入、加计扣除", "免税收入、减计收入、所得减免等优惠金额"),
    ),
    ("foreign_offset", ("境外应税所得抵减境内亏损",)),
    ("adjusted_income", ("纳税调整后所得", "四、纳税调整后所得")),
    ("income_relief", ("所得减免",)),
    ("losses_used", ("弥补以前年度亏损", "减：弥补以前年度亏损")),
    ("deduction", ("抵扣应纳税所得额",)),
    ("depreciation_adjust", ("资产加速折旧、摊销（扣除）调减额", "固定资产加速折旧（扣除）调减额")),
    (
        "taxable_income",
        (
            "应纳税所得额",
            "五、应纳税所得额",
            "实际利润额",
            "实际利润额\\按照上一纳税年度应纳税所得额平均额确定的应纳税所得额",
            "实际利润额按照上一纳税年度应纳税所得额平均额确定的应纳税所得额",
        ),
    ),
    ("tax_rate", ("税率", "税率（25%）")),
    ("assessed_rate", ("应税所得率", "税务机关核定的应税所得率")),
    ("tax_payable", ("应纳所得税额", "六、应纳所得税额")),
    (
        "tax_relief",
        (
            "减免所得税额",
            "减：减免所得税额",
            "符合条件的小型微利企业减免企业所得税",
            "符合条件的小型微利企业减免所得税额",
        ),
    ),
    ("tax_offset", ("抵免所得税额", "减：抵免所得税额")),
    ("tax_domestic", ("应纳税额", "七、应纳税额")),
    ("foreign_tax", ("境外所得应纳所得税额", "加：境外所得应纳所得税额")),
    ("foreign_credit", ("境外所得抵免所得税额", "减：境外所得抵免所得税额")),
    ("tax_actual", ("实际应纳所得税额", "八、实际应纳所得税额")),
    (
        "tax_prepaid",
        (
            "本年累计实际已缴纳的所得税额",
            "本年实际已缴纳所得税额",
            "本年实际已缴纳的所得税额",
            "本年累计实际已预缴的所得税额",
            "实际已缴纳所得税额",
            "减：实际已缴纳所得税额",
            "已预缴所得税额",
            "减：已预缴所得税额",
        ),
    ),
    ("special_prepaid", ("特定业务预缴（征）所得税额", "特定业务预缴征所得税额")),
    (
        "tax_due",
        (
            "本年应补（退）所得税额",
            "本期应补（退）所得税额",
            "本期税务机关确定的应纳所得税额",
            "本期应补（退）的所得税额",
            "九、本年应补（退）所得税额",
            "应补（退）所得税额",
            "本期应补（退）所得税额\\税务机关核定本期应纳所得税额",
            "本期应补（退）所得税额\\税务机关确定的本期应纳所得税额",
        ),
    ),
    ("assessed_tax", ("税务机关核定应纳所得税额",)),
    ("tax_due_actual", ("本期实际应补（退）所得税额",)),
)


class Rate(Ratio):
    """A rate of tax: where the head of its line says per cent, 25 is 25 %; no rate is above one."""

    def pick(self, text: str, unit: Decimal) -> tuple[Value, str] | None:
        found = re.fullmatch(r"\d{1,2}(?:\.\d{1,2})?", text.strip())
        if found and Decimal(found.group()) > 1:
            return Decimal(found.group()).scaleb(-2), found.group()
        return super().pick(text, unit)


RATES: dict[str, dict[str, Any]] = {"tax_rate": {"kind": Rate}, "assessed_rate": {"kind": Rate}}
#: What the taxable income of a quarter is made of, and the operating profit of a year. Lines that other years' forms have
#: besides are not known here, so a sum that differs tells nothing.
QUARTER = ("total_profit", "special_income"), (
    "untaxed", "depreciation_adjust", "relief_income", "income_relief", "losses_used",
)  # fmt: skip
YEAR = ("adjusted_income",), ("income_relief", "losses_used", "deduction")
OPERATING = ("revenue", "fair_value", "inv_income"), (
    "cost", "taxes", "selling", "admin", "finance", "impairment",
)  # fmt: skip
BY_COSTS = re.compile(r"[■☑√●✓]核定应税所得率\(能核算成本费用")


class CitReturn(Return):
    """企业所得税预缴 / 年度纳税申报表 (documents.md §3.6). The values are those of the year so far, not of the quarter."""

    type_id = "cit_return"
    title = ("企业所得税申报表", "Corporate income tax return")
    recognised_by = Anchors(
        titles=(
            "企业所得税月(季)度预缴纳税申报表",
            "企业所得税年度纳税申报表",
            "企业所得税月(季)度预缴和年度纳税申报表",
            "企业所得税预缴申报表",
            "企业所得税纳税申报表",
            "企业所得税季度预缴纳税申报表",
            "企业所得税预缴纳税申报表",
            "企业所得税月(季)度和年度预缴纳税申报表",
            "企业所得税(核定征收)季度预缴申报表",
        ),
        issuers=("国家税务总局", "税务机关", "企业所得税"),
        words=(
            "A200000",
            "A100000",
            "应纳税所得额",
            "实际利润额",
            "应纳所得税额",
            "减免所得税额",
            "行次",
            "本年累计金额",
            "税款所属期间",
            "营业收入",
            "利润总额",
            "应税所得率",
        ),
        against=("会企02表", "编制单位", "增值税", "完税证明", "小企业会计准则"),
    )

    form = LineForm(
        lines=[FormLine(key, labels, **RATES.get(key, {})) for key, labels in LINES],
        columns=(
            FormColumn("", ("本年累计金额", "本年累计", "累计金额", "本年金额", "金额")),
            FormColumn("quarter", ("本期金额", "本月金额", "本季金额", "本期数")),
        ),
        formulas=(
            "adjusted_income=total_profit-foreign_income+adjust_up-adjust_down-relief_income+foreign_offset",
            "tax_domestic=tax_payable-tax_relief-tax_offset",
            "tax_actual=tax_domestic+foreign_tax-foreign_credit",
            "taxable_revenue=revenue-untaxed-exempt_income",
        ),
    )

    #: 小型微利企业 pay 5 % (2.5 % or 10 % in earlier years), firms of new technology 15 %: what is left of 25 %.
    levies = (Levy("tax_relief", (("taxable_income", ("0.20", "0.225", "0.15", "0.10")),)),)
    year_so_far = (("quarter", ""),)

    def complete(self) -> None:
        """The form of assessed profits has one line for two things: a tick above it tells which of them it is, and so does a
        form without any sales."""
        super().complete()
        text = next((strip.text for strip in self.sheet.strips if "能核算成本费用" in squeezed(strip.text)), "")
        no_sales = "taxable_revenue" in self.fields and not self.get("revenue")
        if (BY_COSTS.search(squeezed(fold(text))) or no_sales) and "costs_total" not in self.fields:
            for column in ("", "_quarter"):
                cell = self.fields.pop(f"taxable_revenue{column}", None)
                if cell is not None:
                    self.fields[f"costs_total{column}"] = replace(cell, name=f"costs_total{column}")

    @property
    def annual(self) -> bool:
        """Whether it is the form of a whole year: only that one leads from the operating profit to the total."""
        return "op_profit" in self.fields or "tax_actual" in self.fields

    @identity(
        "利润总额 = 营业利润 + 营业外收入 − 营业外支出",
        proves=("total_profit", "op_profit", "nonop_in", "nonop_out"),
        plus=("op_profit", "nonop_in"),
        minus=("nonop_out", "total_profit"),
    )
    def profit_follows(self) -> tuple[Decimal, Decimal]:
        parts = [self.value_of(name) for name in ("op_profit", "nonop_in", "nonop_out", "total_profit")]
        return parts[0] + parts[1] - parts[2], parts[3]

    def more_checks(self) -> Iterator[Bearing]:
        yield from super().more_checks()
        yield self._rate()
        if "assessed_rate" in self.fields:
            yield self._assessed()
        elif self.annual:
            yield self._made_of("应纳税所得额 = 纳税调整后所得 − 减免与弥补", "taxable_income", *YEAR)
            yield self._made_of("营业利润 = 营业收入 − 各项成本费用", "op_profit", *OPERATING)
        else:
            yield self._made_of("实际利润额 = 利润总额 + 特定业务 − 各项减除", "taxable_income", *QUARTER)
        yield self._due()

    def _rate(self) -> Bearing:
        """应纳税所得额 × 税率 = 应纳所得税额, to the cent: a quarter of a cent more income would not show."""
        says = "应纳税所得额 × 税率 = 应纳所得税额"
        income, rate, tax = (self.get(name) for name in ("taxable_income", "tax_rate", "tax_payable"))
        if not all(isinstance(value, Decimal) for value in (income, rate, tax)):
            return Bearing(Check("tax_follows", Outcome.CANNOT_TELL, says))
        product = max(income, Decimal(0)) * rate
        holds = abs(product - tax) <= CENT
        paths = ("taxable_income", "tax_rate", "tax_payable")
        state = Outcome.HOLDS if holds else Outcome.FAILS
        check = Check(
            "tax_follows", state, says, f"{product.quantize(CENT, ROUND_HALF_UP):f}", f"{tax:f}", values=paths
        )
        proves, leans = products.bears(paths, income, rate, tax) if income > 0 else ((), ())
        return Bearing(check, proves, () if holds else paths, leans=leans)

    def _made_of(self, says: str, name: str, more: tuple[str, ...], less: tuple[str, ...]) -> Bearing:
        """A line as the sum of others. Never below zero where it is an income to be taxed."""
        printed, parts = self.get(name), [part for part in (*more, *less) if part in self.fields]
        known = [self.value_of(part) * (1 if part in more else -1) for part in parts]
        if printed is None or more[0] not in parts or len(parts) < 2:
            return Bearing(Check(f"{name}_follows", Outcome.CANNOT_TELL, says))
        computed = sum(known, Decimal(0))
        paths = (name, *parts)
        holds = computed == printed
        state = Outcome.HOLDS if holds else Outcome.CANNOT_TELL
        check = Check(f"{name}_follows", state, says, f"{computed:f}", f"{printed:f}", values=paths)
        terms = ((name, -1), *((part, 1 if part in more else -1) for part in parts))
        return Bearing(check, proves=paths if holds else (), terms=terms)

    def _assessed(self) -> Bearing:
        """应税收入额 × 应税所得率, or 成本费用总额 ÷ (1 − 应税所得率) × 应税所得率."""
        rate, income = self.get("assessed_rate"), self.get("taxable_income")
        base = "costs_total" if self.get("costs_total") else "taxable_revenue"
        says = "应税收入额 × 应税所得率 = 应纳税所得额"
        if base == "costs_total":
            says = "成本费用总额 ÷ (1 − 应税所得率) × 应税所得率 = 应纳税所得额"
        if rate is None or income is None or base not in self.fields or rate >= 1:
            return Bearing(Check("assessed_follows", Outcome.CANNOT_TELL, says))
        product = self.value_of(base) * rate / (1 - rate if base == "costs_total" else 1)
        holds, paths = abs(product - income) <= CENT, (base, "assessed_rate", "taxable_income")
        state = Outcome.HOLDS if holds else Outcome.FAILS
        shown = f"{product.quantize(CENT, ROUND_HALF_UP):f}"
        check = Check("assessed_follows", state, says, shown, f"{income:f}", values=paths)
        if base == "costs_total" or income <= 0:  # a quotient that needs rounding proves nothing
            return Bearing(check, paths if product == income > 0 else (), () if holds else paths)
        proves, leans = products.bears((base, "assessed_rate", "taxable_income"), self.value_of(base), rate, income)
        return Bearing(check, proves, () if holds else paths, leans=leans)

    def _due(self) -> Bearing:
        """What is due: the tax less reliefs and what was paid already. A quarter with nothing due prints 0, never less."""
        says = "应纳 − 减免 − 已缴 = 应补（退）"
        due = self.get("tax_due")
        first = "tax_actual" if "tax_actual" in self.fields else "tax_payable"
        less = ("tax_prepaid",) if first == "tax_actual" else ("tax_relief", "tax_prepaid", "special_prepaid")
        names = (first, *(name for name in less if name in self.fields))
        if due is None or first not in self.fields or "tax_prepaid" not in self.fields:
            return Bearing(Check("due_follows", Outcome.CANNOT_TELL, says))
        computed = self.value_of(first) - sum((self.value_of(name) for name in names[1:]), Decimal(0))
        if not self.annual and computed < 0 and due == 0:
            return Bearing(Check("due_follows", Outcome.HOLDS, says, "0.00", f"{due:f}"))
        holds = computed == due
        check = Check("due_follows", Outcome.HOLDS if holds else Outcome.FAILS, says, f"{computed:f}", f"{due:f}")
        paths = (*names, "tax_due")
        terms = tuple((name, 1 if name == first else -1) for name in paths)
        return Bearing(check, paths if holds else (), () if holds else paths, terms)
