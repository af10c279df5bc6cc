"""The driver of the demo against a real service: started, fed, asked and stopped in order."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from demo import book, companies, persons, report
from demo.board import tallies
from demo.desk import ENDED, Desk
from demo.service import Service

pytestmark = pytest.mark.slow


@pytest.fixture
def service(tmp_path):
    running = Service(tmp_path / "data", tmp_path / "service.log")
    yield running
    running.stop()


def test_papers_go_in_and_a_loan_comes_out(service, tmp_path):
    (tmp_path / "customers.csv").write_text(book.customers_csv(), encoding="utf-8")
    (tmp_path / "loans.csv").write_text(book.loans_csv(), encoding="utf-8")
    assert service.command("import", str(tmp_path / "customers.csv"), str(tmp_path / "loans.csv")).returncode == 0
    wanted = {"锦岚纺织-专项检查报告.pdf", "锦岚-完税证明-6月.pdf", "锦岚走访.txt"}
    drawn = [paper for paper in companies.textiles() if paper.name in wanted] + list(persons.strangers())
    for paper in drawn:
        (tmp_path / paper.name).write_bytes(paper.bytes)

    with service.client() as client:
        desk = Desk(client)
        entries = desk.upload([tmp_path / paper.name for paper in drawn])
        sent = {paper.name: entry["id"] for paper, entry in zip(drawn, entries, strict=True)}
        ended = desk.watch(list(sent.values()), lambda _: None)
        assert all(document["status"] in ENDED for document in ended.values())
        assert {name: ended[id]["status"] for name, id in sent.items()} == {p.name: p.truth["status"] for p in drawn}
        assert all(desk.original(sent[paper.name]) == paper.bytes for paper in drawn)

        readings = {id: desk.get(f"/v1/documents/{id}/reading") for id in ended}
        console = Console(file=io.StringIO(), width=160)
        report.loan(console, desk, book.YARN.loan_note_no, readings, set())
        report.queue(console, desk)
        assert report.filed(console, desk, {sent[paper.name]: paper.truth for paper in drawn}) == len(drawn)
        report.unreadable(console, list(ended.values()))
        report.searches(console, desk)
        report.feed(console, desk)
        said = console.file.getvalue()
        assert "litigation_defendant" in said
        assert "password_protected" in said
        assert "电费单-听澜.pdf" in said
        found = tallies(drawn, {name: readings[id] for name, id in sent.items()})
        assert sum(len(one.wrong_but_verified) for one in found.values()) == 0

    assert service.stop() == 0
