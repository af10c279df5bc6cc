"""How well notes are read: ``python -m benchmarks.events`` prints polarity confusion on the specification's own sentences.

Reads the P/N sentences of ``risk_events.md`` and ``assertion_cases.jsonl`` from the shared folder beside the checkout.
Both are development cases: the figures say how far the rules cover them, not how well they do on papers nobody has seen.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.notes import read_events
from extract.notes.gate import mentions_risk
from extract.risks import EVENTS
from ingest.child_loop import seldom_collected
from records.document import Box, PageText, Word

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
POLARITIES = ("asserted", "negated", "resolved", "hypothetical", "other_party", "none")
_NUMBERED = re.compile("[①②③④⑤⑥⑦⑧⑨⑩]")
_KINDS = {"neg": "negated", "res": "resolved", "hyp": "hypothetical", "oth": "other_party", "att": "resolved"}
#: The assertion cases name their types more coarsely than the taxonomy.
_COARSE = {
    "litigation": {"litigation_defendant"},
    "seizure": {"collateral_seizure", "account_frozen"},
    "freeze": {"collateral_seizure", "account_frozen", "equity_change"},
    "overdue": {"loan_overdue", "credit_overdue", "guarantor_risk"},
    "default": {"loan_overdue", "credit_overdue", "guarantor_risk"},
    "fund_misuse": {"fund_diversion"},
    "tax_arrears": {"tax_arrears", "tax_penalty"},
    "wage_arrears": {"cashflow_deterioration"},
    "layoff": {"operation_decline"},
    "business_decline": {"operation_shutdown", "operation_decline"},
    "penalty": {"env_safety_penalty", "tax_penalty"},
    "enforcement": {"enforcement_target"},
    "dishonest": {"dishonest_debtor"},
    "cashflow": {"cashflow_deterioration", "receivable_deterioration"},
    "bankruptcy": {"business_exit"},
    "receivable": {"receivable_deterioration"},
    "illness": {"serious_illness"},
    "compensation": {"guarantor_risk", "credit_overdue"},
    "private_lending": {"over_indebtedness"},
    "unemployment": {"job_loss"},
    "divorce": {"divorce"},
    "lost_contact": {"lost_contact"},
}
_FLAT = {"uncertain": "hypothetical", "historical": "resolved", "plaintiff": "other_party"}


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence, the events it may be about, and the polarity it should get."""

    text: str
    events: frozenset[str]
    expected: str
    note: str = ""


def page(text: str) -> PageText:
    """A page that is nothing but this text."""
    return PageText(1, text, (0,), (Word(text or " ", Box(0, 0, 1, 1)),))


def specified(path: Path) -> Iterator[Case]:
    """The P and N sentences of the specification with the ids of their heading."""
    ids: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        named = [name for name in re.findall(r"[`*]{1,2}([a-z_]+)[`*]{1,2}", line.split(":")[0]) if name in EVENTS]
        if line.startswith("#") and named:
            ids = named
        elif line.startswith("**") and named:
            ids = named[:1]
        for mark in re.finditer(
            r"(?<![A-Za-z])([PN])(?: ?\(([^)]*)\))?: ?(①.*?)(?=(?<![A-Za-z])[PN](?: ?\([^)]*\))?: ?①|$)", line
        ):
            group = {"management": ["management_change"], "equity": ["equity_change"]}.get(mark[2] or "", ids)
            for sentence in filter(None, (part.strip() for part in _NUMBERED.split(mark[3])[1:])):
                yield _case(sentence, mark[1], frozenset(group))


def _case(sentence: str, kind: str, events: frozenset[str]) -> Case:
    if kind == "P":
        return Case(sentence, events, "asserted")
    label = re.search(r"\(([^()]*)\)\s*$", sentence)
    text = sentence[: label.start()].strip() if label else sentence
    return Case(text, events, _KINDS.get(label[1][:3], "none") if label else "none", label[1] if label else "")


def told(case: Case) -> str:
    """The polarity read for the case: asserted when anything of its kind is."""
    polarities = {event.polarity.value for event in read_events([page(case.text)]) if event.type in case.events}
    return next((polarity for polarity in POLARITIES if polarity in polarities), "none")


def assertion_cases(path: Path) -> Iterator[tuple[Case, str]]:
    """Targets with an offset; read is the event whose evidence is there (by type: offsets are inside one sentence)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        expected = _FLAT.get(raw["expect"], raw["expect"])
        case = Case(raw["text"], frozenset(_COARSE.get(raw["type"], set())), expected, raw["id"])
        yield case, told_at(case, raw["start"], raw["start"] + len(raw["target"]))


def told_at(case: Case, start: int, end: int) -> str:
    """The polarity of the hit that stands on these characters."""
    from extract.notes import frame
    from extract.notes.squeeze import squeeze

    squeezed = squeeze(case.text)
    best: tuple[int, str] = (0, "none")
    for judged in frame.notes(frame.read(squeezed, None, None)).judged:
        hit = judged.place.hit
        first, last = squeezed.on_page(hit.start, hit.end)
        overlap = min(last, end) - max(first, start)
        if overlap > 0 and hit.trigger.event in case.events and judged.verdict.polarity:
            best = max(best, (overlap, judged.verdict.polarity.value))
    return best[1]


def table(pairs: Counter[tuple[str, str]]) -> str:
    """Expected down, read across."""
    lines = ["expected \\ read".ljust(16) + "".join(name[:9].rjust(10) for name in POLARITIES)]
    for expected in POLARITIES:
        row = [pairs[expected, read] for read in POLARITIES]
        if sum(row):
            lines.append(expected.ljust(16) + "".join(str(count or "·").rjust(10) for count in row))
    return "\n".join(lines)


def summary(pairs: Counter[tuple[str, str]]) -> str:
    total = sum(pairs.values())
    right = sum(count for (expected, read), count in pairs.items() if expected == read)
    asserted = sum(count for (expected, _), count in pairs.items() if expected == "asserted")
    swallowed = pairs["asserted", "negated"]
    false = sum(count for (expected, read), count in pairs.items() if expected != "asserted" and read == "asserted")
    return (
        f"{right}/{total} = {right / max(1, total):.3f} right; asserted called negated {swallowed}/{asserted}"
        f" = {swallowed / max(1, asserted):.4f}; called asserted although it is not {false}/{total - asserted}"
    )


def report(shared: Path, wrong: bool) -> list[Case]:
    """Print both tables of the development cases; ``wrong`` names every case that is read wrongly."""
    cases = list(specified(shared / "domain" / "risk_events.md"))
    pairs: Counter[tuple[str, str]] = Counter()
    for case in cases:
        read = told(case)
        pairs[case.expected, read] += 1
        if wrong and read != case.expected:
            print(f"{case.expected:12} {read:12} {','.join(sorted(case.events))}: {case.text}")
    print(f"\nspecification: {len(cases)} sentences\n{table(pairs)}\n{summary(pairs)}")
    pairs = Counter()
    for case, read in assertion_cases(shared / "design" / "assertion_cases.jsonl"):
        pairs[case.expected, read] += 1
        if wrong and read != case.expected:
            print(f"{case.note} {case.expected:12} {read:12} {','.join(sorted(case.events))}: {case.text}")
    print(f"\nassertion cases: {sum(pairs.values())} targets\n{table(pairs)}\n{summary(pairs)}")
    return cases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--wrong", action="store_true", help="print every case that is read wrongly")
    options = parser.parse_args()
    cases = report(options.shared, options.wrong)
    print(f"\n{speed([case.text for case in cases])}")


def speed(texts: list[str]) -> str:
    """Pages of 600 characters per second, with risk words in every sentence and with none, in a process set up as a reading
    process is."""
    seldom_collected()
    full = ["\n".join(texts)[start : start + 600] for start in range(0, sum(map(len, texts)), 600)]
    quiet = "检查人员走访了生产车间和办公场所，查看了近三个月的购销合同与出入库台账。" * 13
    mixed = [quiet[:480] + text[:120] for text in full]
    read_events([page(full[0])])
    rates = []
    for _ in range(2):  # the first time many a pattern is tried for the first time
        begin = time.process_time()
        for text in full:
            read_events([page(text)])
        rates.append(len(full) / (time.process_time() - begin))
    first, dense = rates
    begin = time.process_time()
    for text in mixed * 4:
        read_events([page(text)])
    usual = 4 * len(mixed) / (time.process_time() - begin)
    begin = time.process_time()
    rows = "2024-03-05 网银转账 某某贸易有限公司 12,800.00 305,210.44\n" * 12
    for _ in range(2000):
        mentions_risk(rows)
    gate = 2000 / (time.process_time() - begin)
    return (
        f"pages/s: every sentence a risk {dense:.0f} (the first time {first:.0f}), one sentence in five {usual:.0f},"
        f" put aside by the gate {gate:.0f}"
    )


if __name__ == "__main__":
    main()
