"""Which words of a paper are read for events: what somebody tells, not the records of a table."""

from __future__ import annotations

from extract.reading import read_document, read_file
from tests.paper import paper


def asserted(data: bytes, name: str) -> list[str]:
    return [e.type for p in read_file(data, name).papers for e in p.events if e.polarity == "asserted"]


def test_records_of_a_sheet_tell_nothing():
    lines = ["时间,商户,说明,金额,状态", *(f"2026-05-0{n},某平台,欠费补缴 逾期 查封,12.00,成功" for n in range(1, 6))]

    assert asserted("\n".join(lines).encode(), "导出.csv") == []


def test_a_sentence_in_a_cell_of_a_record_does():
    lines = ["日期,客户,检查人,情况", "2026-05-03,某公司,周岚,抵押厂房已被法院查封，期限三年。"]

    assert asserted("\n".join(lines).encode(), "台账.csv") == ["collateral_seizure"]


def test_the_rows_of_a_statement_tell_nothing_and_its_remarks_do():
    read = read_document(
        paper(
            "云洲银行账户交易明细", "户名：沈某某 账号：6228489999000004568", "交易日期|摘要|交易金额|余额",
            "2026-05-01|逾期罚息|-12.00|88.00", "备注：该账户已被法院冻结58万元。",
        )
    ).papers[0]  # fmt: skip

    assert [event.type for event in read.events if event.source == "text"] == ["account_frozen"]
