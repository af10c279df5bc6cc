"""The archive of a loan as one zip: the originals as received, the readings, and checksums that hold."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile

import pytest

from tests.test_api_loans import COMPANY, LOAN

NOTE = (
    "走访记录\n客户：杭州临屿精密机械有限公司\n日期：2024年6月18日\n借据号：JJ-2024-001\n车间正常，未见拖欠工资情况。\n"
).encode()


@pytest.fixture
def filed(door):
    """A door behind which one loan has one paper."""
    assert door.client.post("/v1/customers", json=COMPANY).status_code == 201
    assert door.client.post("/v1/loans", json=LOAN).status_code == 201
    door.read(door.upload("走访/记录.txt", NOTE))
    return door


def test_the_zip_holds_originals_readings_and_true_checksums(filed):
    answer = filed.client.get("/v1/loans/JJ-2024-001/archive.zip")

    bundled = zipfile.ZipFile(io.BytesIO(answer.content))
    rows = list(csv.DictReader(io.StringIO(bundled.read("index.csv").decode("utf-8-sig"))))
    assert answer.headers["content-type"] == "application/zip"
    assert [hashlib.sha256(bundled.read(row["file"])).hexdigest() for row in rows] == [row["sha256"] for row in rows]
    assert [row["type"] for row in rows] == ["visit_note", "visit_note"]
    assert bundled.read(rows[0]["file"]) == NOTE
    assert "archive.json" in bundled.namelist()


def test_a_loan_that_is_not_on_file_is_not_found(filed):
    assert filed.client.get("/v1/loans/JJ-404/archive.zip").status_code == 404


def test_a_stranger_gets_nothing(filed):
    assert filed.client.get("/v1/loans/JJ-2024-001/archive.zip", headers={"Authorization": ""}).status_code == 401
