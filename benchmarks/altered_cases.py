"""Papers of which somebody changed a figure before printing them: nothing lies underneath, only the arithmetic can tell."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

from demo.papers import (
    customs_prints,
    income_tax,
    loans,
    park_piped,
    payments,
    shared_meters,
    tax_letters,
    tax_prints,
    taxes,
    unruled,
    unruled_trade,
    utilities,
    wallets,
)
from demo.papers.drawn import Drawn
from demo.papers.returns import general_filing, small_filing, small_return, vat_return
from demo.papers.statements import corporate_ledger, corporate_statement, personal_ledger, personal_statement

MORE = Decimal("9000.00")


def _corporate(layout: str, seed: int) -> Drawn:
    ledger = corporate_ledger(24, seed)
    place = Random(seed).randrange(1, len(ledger.movements) - 1)
    return corporate_statement(layout, seed=seed, ledger=ledger, alter={place: ledger.movements[place].amount + MORE})


def _personal(layout: str, seed: int) -> Drawn:
    ledger = personal_ledger(24, seed)
    place = Random(seed).randrange(1, len(ledger.movements) - 1)
    return personal_statement(layout, seed=seed, ledger=ledger, alter={place: ledger.movements[place].amount + MORE})


def _alipay(style: str, seed: int) -> Drawn:
    clean = wallets.purse("alipay", seed=seed)
    place = next(n for n, move in enumerate(clean.moves) if move.way in ("收入", "支出"))
    alter = {place: clean.moves[place].amount + MORE}
    return wallets.alipay_statement(wallets.purse("alipay", seed=seed, alter=alter), style=style, seed=seed)


def _general(style: str, seed: int) -> Drawn:
    number = Random(seed).choice((11, 12, 17, 19, 24, 34))
    was = general_filing(seed).columns["cur"][number]
    return vat_return(general_filing(seed, alter={f"line_{number}_cur": was + MORE}), style=style)


def _small(style: str, seed: int) -> Drawn:
    was = small_filing(seed).columns["cur"][20]
    return small_return(small_filing(seed, alter={"line_20_cur": was + MORE}), style=style)


def _income_tax(kind: str, seed: int) -> Drawn:
    if kind in income_tax.STYLES:
        return income_tax.income_tax(kind, seed=seed, altered=MORE)
    name = Random(seed).choice(("tax_payable", "tax_due"))
    was = taxes.cit_figures(Random(seed), kind == "year")[name]
    return taxes.cit_return(kind, seed=seed, alter={name: was + MORE})


def _water(name: str, seed: int) -> Drawn:
    if name.startswith("passed on, "):
        return park_piped.piped_bill("water", name.removeprefix("passed on, "), seed=seed, altered=100)
    if name in shared_meters.STYLES:
        return shared_meters.shared_bill(name, seed=seed, altered=100)
    drawer = unruled.stepped_water if name == "steps" else utilities.water_bill
    return drawer(name, seed=seed, altered=100)


def _certificate(name: str, seed: int) -> Drawn:
    drawer = unruled.dated_certificate if name == "dated" else tax_letters.tax_letter
    return drawer(name, seed=seed, altered=MORE)


def _customs(name: str, seed: int) -> Drawn:
    if name == "above":
        return unruled_trade.customs_above(name, seed=seed, altered=MORE)
    drawer = customs_prints.customs_print if name in customs_prints.STYLES else payments.customs_declaration
    return drawer(name, seed=seed, altered=MORE)


#: How each type is altered: layout and seed give the paper. A layout that the type cannot alter (a letter) is left out.
ALTERED: dict[str, Callable[[str, int], Drawn]] = {
    "bank_statement_corporate": _corporate,
    "bank_statement_personal": _personal,
    "bank_receipt": lambda n, s: payments.bank_receipt(n, seed=s, altered=MORE),
    "alipay_statement": _alipay,
    "payroll_statement": lambda n, s: payments.payroll(n, seed=s, altered={1: MORE}),
    "loan_note": lambda n, s: loans.loan_note(n, seed=s, altered=MORE),
    "repayment_record": lambda n, s: loans.repayment(n, seed=s, altered={3: MORE}),
    "entrusted_payment": lambda n, s: loans.entrusted_payment(n, seed=s, altered=MORE),
    "tax_payment_voucher": lambda n, s: taxes.tax_voucher(style=n, seed=s, altered=MORE),
    "vat_return_general": _general,
    "vat_return_small": _small,
    "cit_return": _income_tax,
    "tax_payment_certificate": _certificate,
    "water_bill": _water,
    "utility_arrears_notice": lambda n, s: utilities.arrears_notice(n, seed=s, altered=MORE),
    "customs_declaration": _customs,
}
NOT_SO = {
    ("utility_arrears_notice", "letter"),  # it names one sum only
    ("repayment_record", "settled"),
    ("tax_payment_certificate", "plain"),
    ("tax_payment_certificate", "boxed"),
    *(("vat_return_general", name) for name in (*tax_prints.GENERAL_STYLES, "joined", "listed")),
    *(("vat_return_small", name) for name in tax_prints.SMALL_STYLES),
    *(("tax_payment_voucher", name) for name in tax_prints.VOUCHER_STYLES),
}
