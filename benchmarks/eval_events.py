"""``make eval-events``: how well notes are read, on own gold (open and blind part apart), development cases and FewFC.

Misses are printed for the parts that were tuned on (``--wrong``); of the others there are totals and nothing else.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import events, fewfc, gold, plain_baseline
from benchmarks.event_scores import Score
from benchmarks.gold import Passage, Told
from extract.notes import read_events
from records.facts import RiskEvent

PARTS = (
    *("open", "desk", "plain", "blind", "fresh", "last", "round5-seen", "round5-unseen", "round6"),
    *(
        "round7-seen",
        "round7-unseen",
        "round8",
        "round9",
        "round10",
        "english-seen",
        "english-unseen",
        "english2",
        "round11",
        "round12",
        "english3",
        "round13",
        "english4",
        "round14",
        "formal",
        "reports",
        "round15",
        "english5",
    ),
)
#: the parts whose misses may be read
TUNED = (
    "open",
    "desk",
    "plain",
    "fresh",
    "round5-seen",
    "round7-seen",
    "round8",
    "round9",
    "english-seen",
    "english2",
    "round11",
    "round12",
    "english3",
    "round13",
    "formal",
    "reports",
)
Reader = Callable[[Passage], list[Told]]


def ours(passage: Passage) -> list[Told]:
    """What the notes reader says of a passage."""
    read = read_events([events.page(passage.text)], report_date=passage.report_date, subject=passage.subject)
    return [told(event) for event in read]


def told(event: RiskEvent) -> Told:
    """An event that was read, as the gold writes it."""
    return Told(
        event.type,
        event.polarity.value,
        event.severity.value if event.severity else None,
        event.subject_role,
        tuple((name, _plain(value)) for name, value in {**event.args, **_day(event.date)}.items()),
    )


def _day(day: object) -> dict[str, str]:
    return {"date": str(day)} if day else {}


def _plain(value: str) -> str:
    """Amounts as people write them down: 680000, not 680000.00; 0.18 as 18%."""
    return value.rstrip("0").rstrip(".") if "." in value and value.replace(".", "").isdigit() else value


def baseline(passage: Passage) -> list[Told]:
    return plain_baseline.read(passage.text)


def part(name: str) -> list[Passage]:
    """The sentences and whole notes of a part; ``round5-seen`` and ``round5-unseen`` are the halves of one."""
    name, _, which = name.partition("-")
    whole = gold.HERE / f"{name}_notes.txt"
    passages = [*gold.sentences(gold.HERE / f"{name}.txt"), *(gold.notes(whole) if whole.exists() else ())]
    return gold.half(passages, which) if which else passages


def measure(passages: Iterable[Passage], reader: Reader, wrong: bool = False) -> Score:
    """Score a reader; ``wrong`` prints every passage it reads wrongly."""
    score = Score()
    for passage in passages:
        for problem in score.add(passage, reader(passage)):
            if wrong:
                print(f"  {problem}  <  {passage.text[:120].replace(chr(10), ' / ')}")
    return score


def main() -> None:
    """Print every figure of the notes reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--wrong", action="store_true", help="print what is read wrongly, but in the parts that stay unseen"
    )
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("POSTLOAN_SHARED", events.SHARED)))
    parser.add_argument("--fewfc", type=Path, default=os.environ.get("POSTLOAN_FEWFC"), help="folder of the corpus")
    options = parser.parse_args()
    for name in PARTS:
        passages = part(name)
        score = measure(passages, ours, options.wrong and name in TUNED)
        print(f"\n{name} part: {len(passages)} passages\n{score.summary()}")
        print(f"{score.confusion()}\n{score.by_polarity()}\n{score.by_type()}")
        print(f"baseline: {measure(passages, baseline).summary()}")
    if (options.shared / "domain" / "risk_events.md").exists():
        events.report(options.shared, wrong=False)
    corpus = options.fewfc or options.shared / "corpus" / "events-zh"
    print(f"\nFewFC, detection whatever the polarity (P R F1)\n{fewfc.report(Path(corpus), _readers())}")


def _readers() -> dict[str, Callable[[str], list[Told]]]:
    return {"ours": lambda text: ours(Passage(text, ())), "baseline": plain_baseline.read}


if __name__ == "__main__":
    main()
