"""Evidence is the paper's own words: exactly what stands on the page, and where; each fact is told once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.events import page
from extract.notes import read_events
from extract.notes.frame import MixedTokenizer, notes, pipeline, read
from extract.notes.gate import mentions_risk
from extract.notes.squeeze import squeeze
from records.document import Box, Page, PageText, Word, text_of

ROOT = Path(__file__).resolve().parents[1]


def printed(*lines: str) -> PageText:
    """A page with one word per line; every character is 0.015 wide."""
    words = [
        Word(line, Box(0.1, 0.1 + 0.03 * row, 0.1 + 0.015 * len(line), 0.12 + 0.03 * row))
        for row, line in enumerate(lines)
    ]
    return text_of(Page(1, tuple(words), "text"))


NOISY = [
    "抵 押 房 产 已 被 法 院 查\n封，期限三年。未 发 现 其 他 异 常。",
    "该笔贷款已逾期４７天，　欠息３．６万元；借款人电话已停\n机，去向不明。",
    "末发现涉诉。账户己解除冻结。被列为失信被执行入。抵押厂房被査封。",
    "一、贷后检查情况\n借款人停产，\t工人已遣散。\n\n二、结论\n逾期情况：无\n□有 ☑无 诉讼",
    "The borrower was sued in 2024.  No overdue payments were found.",
]


@pytest.mark.parametrize("raw", NOISY, ids=range(len(NOISY)))
def test_a_quote_stands_on_the_page_character_for_character(raw: str) -> None:
    text = page(raw)
    found = read_events([text])
    assert found
    for event in found:
        for evidence in (event.evidence, *event.more_evidence):
            start = raw.index(evidence.quote)
            assert raw[start : start + len(evidence.quote)] == evidence.quote
            assert evidence.box == text.box(start, start + len(evidence.quote))


def test_the_box_covers_the_quoted_words_only() -> None:
    (event,) = read_events([printed("检查人员到场查看，资料齐全。", "抵押厂房被法院查封。", "其余事项另行报告。")])
    box = event.evidence.box
    assert event.evidence.quote == "抵押厂房被法院查封"
    assert box is not None
    assert (round(box.y0, 3), round(box.y1, 3)) == (0.13, 0.15)
    assert round(box.width, 3) == round(0.015 * 9, 3)


def test_a_word_broken_by_a_line_end_is_one_word() -> None:
    (event,) = read_events(
        [printed("经向不动产登记中心查询，借款人抵押的厂房已被法院查", "封，期限自今年五月起三年。")]
    )
    assert (event.type, event.polarity) == ("collateral_seizure", "asserted")
    assert "查\n封" in event.evidence.quote


def test_lines_of_a_form_do_not_run_together() -> None:
    found = {
        event.type: event.polarity.value for event in read_events([printed("涉诉情况：无", "企业已停产", "欠税：否")])
    }
    assert found == {"litigation_defendant": "negated", "operation_shutdown": "asserted", "tax_arrears": "negated"}


def test_the_quote_of_a_form_shows_the_tick() -> None:
    (event,) = read_events([page("是否与约定用途一致：☑是 □否")])
    assert event.evidence.quote == "是否与约定用途一致：☑是 □否"


def test_a_line_that_ends_in_a_number_is_not_part_of_the_sentence_below() -> None:
    (event,) = read_events([printed("借据号 JJ20260506000301", "店里客人不多，大门紧锁。")])[:1]
    assert event.evidence.quote.startswith("店里")


def test_the_same_fact_told_twice_is_one_event_with_two_quotes() -> None:
    pages = [printed("企业已停产，工人放假。", "资料已核对。"), printed("综上，该企业停产。")]
    found = [event for event in read_events(pages) if event.type == "operation_shutdown"]
    assert len(found) == 1
    assert [evidence.quote for evidence in found[0].more_evidence] == ["综上,该企业停产".replace(",", "，")]


def test_different_facts_stay_apart() -> None:
    text = "3月被甲公司起诉，标的50万元。另被乙公司起诉，标的80万元。"
    amounts = {event.args["amount"] for event in read_events([page(text)]) if event.type == "litigation_defendant"}
    assert amounts == {"500000.00", "800000.00"}


def test_a_cell_of_a_workbook_is_named() -> None:
    word = Word("借款人已停产", Box(0.1, 0.1, 0.3, 0.12), cell="C12")
    (event,) = read_events([text_of(Page(1, (word,), "cells"))])
    assert event.evidence.cell == "C12"


@given(st.text(alphabet="未无已被查封冻结停产逾期 \n\t，。：；、□☑是否0１（）如若A.1%", max_size=60))
def test_no_text_breaks_the_reader_and_every_quote_is_exact(raw: str) -> None:
    for event in read_events([page(raw)]):
        assert event.evidence.quote in raw
        assert event.evidence.quote


@given(st.text(max_size=80))
def test_squeezing_keeps_every_character_at_its_place(raw: str) -> None:
    squeezed = squeeze(raw)
    assert len(squeezed.text) == len(squeezed.at)
    assert list(squeezed.at) == sorted(squeezed.at)


def test_the_tokenizer_keeps_numbers_and_latin_words_whole_and_the_text_exact() -> None:
    text = "标的1,280,000.50元 overdue。\n逾期47天"
    doc = MixedTokenizer(pipeline().vocab)(text, frozenset({23}))
    assert doc.text == text
    assert {"1,280,000.50", "overdue", "47", "标"} <= {token.text for token in doc}


def test_the_layers_of_spans_can_be_shown() -> None:
    doc = read(squeeze("未发现停产，账户被冻结58万元。"), None, None)
    assert [(span.text, span.label_) for span in doc.spans["cue"]] == [("未发现", "denies")]
    assert {span.label_ for span in doc.spans["risk"]} == {"operation_shutdown", "account_frozen"}
    assert [span.text for span in doc.spans["things"]] == ["58万元"]
    assert len(notes(doc).judged) == 2


def test_a_page_without_risk_words_costs_no_spacy_and_no_pydantic() -> None:
    script = (
        "import sys\n"
        "from extract.notes import read_events\n"
        "from records.document import Box, PageText, Word\n"
        "text = '2024-03-05 网银转账 某某贸易有限公司 12,800.00 305,210.44\\n' * 40\n"
        "assert read_events([PageText(1, text, (0,), (Word(text, Box(0, 0, 1, 1)),))]) == []\n"
        "print('spacy' in sys.modules, 'pydantic' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("raw", ["抵押厂房被査\n封", "逾 期", "末发现涉诉", "贷款ＯＶＥＲＤＵＥ", "tax arrears"])
def test_the_gate_sees_through_noise(raw: str) -> None:
    assert mentions_risk(raw)
