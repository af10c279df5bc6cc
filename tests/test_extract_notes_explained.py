"""``postloan explain``: every event with its trigger, its cues, and what set polarity and severity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks.events import page
from extract.notes.explained import Explained, explain

NOTE = "现场未发现停产。\n据了解8月被供应商诉至法院，标的86万元。\n到厂时铁门上挂着链子锁。"


def explained(text: str) -> list[Explained]:
    return [one for _, told, _ in explain([page(text)], report_date=date(2024, 8, 15)) for one in told]


def test_a_denial_names_the_word_that_denies() -> None:
    denied = explained(NOTE)[0]
    assert (denied.event, denied.polarity, denied.words) == ("operation_shutdown", "negated", "停产")
    assert [(cue.text, cue.effect) for cue in denied.decided] == [("未发现", "denies")]
    assert denied.severity is None


def test_hearsay_is_named_where_it_lowers_the_severity() -> None:
    sued = next(one for one in explained(NOTE) if one.event == "litigation_defendant")
    assert not sued.decided
    assert (sued.default, sued.severity) == ("moderate", "light")
    assert [(cue.text, cue.rule) for cue in sued.moved] == [("据了解", "modifier.hearsay")]
    assert sued.args["amount"] == "860000.00"


def test_a_situation_without_a_dictionary_word_names_its_entry() -> None:
    shut = explained(NOTE)[-1]
    assert shut.trigger == "situation.shut"
    assert shut.polarity == "asserted"


def test_marks_stand_on_the_page_text_and_not_over_each_other() -> None:
    text = "账户被冻\n结，未发现 查 封。"
    ((shown, _, marks),) = explain([page(text)])
    assert [shown.text[mark.start : mark.end] for mark in marks] == ["账户被冻\n结", "未发现", "查 封"]


def test_the_command_writes_lines_and_a_page_without_any_outside_address(tmp_path: Path, capsys: object) -> None:
    from api.cli_explain import explain_files

    note = tmp_path / "走访.txt"
    note.write_text("走访记录\n2024年8月14日走访，<b>企业</b>已停产。\n", "utf-8")
    assert explain_files([note], tmp_path / "why.html", password=None, ocr="none") == 0
    said = capsys.readouterr().out  # type: ignore[attr-defined]
    assert "停工停产 operation_shutdown: 已发生 · 重度" in said
    html = (tmp_path / "why.html").read_text("utf-8")
    assert "停产" in html
    assert "<b>" not in html
    assert "http" not in html


def test_a_file_that_cannot_be_read_is_said_and_counted(tmp_path: Path) -> None:
    from api.cli_explain import explain_files

    (tmp_path / "空.pdf").touch()
    assert explain_files([tmp_path / "空.pdf"], None, password=None, ocr="none") == 1
