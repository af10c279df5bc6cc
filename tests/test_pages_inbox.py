"""The inbox: what needs a person first, a row per paper, its remedy in the row."""

import re

HTML = {"Accept": "text/html"}
HTMX = {**HTML, "HX-Request": "true"}
NOTE = "走访记录\n借款人：杭州临屿精密机械有限公司\n2026年6月18日走访，企业已停产，机器设备被法院查封。\n".encode()


def test_the_first_visit_says_what_to_do(door):
    page = door.client.get("/", headers=HTML).text

    assert "还没有单据" in page
    assert 'type="file"' in page


def test_a_form_without_script_takes_files_in_and_goes_back_to_the_list(door):
    answer = door.client.post("/inbox", files=[("file", ("走访.txt", NOTE))], headers=HTML, follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    assert "走访.txt" in door.client.get("/", headers=HTML).text


def test_with_script_every_file_gets_its_row_at_once(door):
    answer = door.client.post("/inbox", files=[("file", ("走访.txt", NOTE))], headers=HTMX)

    assert re.search(r'<tbody id="doc-d[0-9a-f]{12}" data-group="reading">', answer.text)
    assert "排队" in answer.text


def test_the_same_bytes_are_one_row(door):
    first = door.client.post("/inbox", files=[("file", ("走访.txt", NOTE))], headers=HTMX).text
    again = door.client.post("/inbox", files=[("file", ("走访 (1).txt", NOTE))], headers=HTMX).text

    assert re.findall(r"doc-d\w+", first)[0] == re.findall(r"doc-d\w+", again)[0]
    assert door.house.documents.list().total == 1


def test_a_paper_that_was_read_and_belongs_nowhere_asks_for_a_person(door):
    document = door.upload("走访.txt", NOTE)
    door.read(document)

    page = door.client.get("/?state=attention", headers=HTML).text

    assert f'id="doc-{document}" data-group="attention"' in page
    assert f'href="/review/{document}"' in page


def test_a_file_that_cannot_be_read_says_why_and_what_to_do_in_its_row(door):
    empty, broken = door.upload("空.pdf", b""), door.upload("坏.pdf", b"%PDF-1.7\nnothing more")
    door.read(empty)
    door.read(broken)

    page = door.client.get("/", headers=HTML).text

    assert "文件是空的。请重新导出或扫描后再上传。" in page
    assert f"/v1/documents/{broken}/original" in page
    assert "The file is empty." in door.client.get("/?lang=en", headers=HTML).text


def test_a_file_of_another_customer_than_on_file_is_refused_on_the_form(door):
    answer = door.client.post(
        "/inbox", files=[("file", ("a.txt", NOTE))], data={"loan_note_no": "JJ-none"}, headers=HTMX
    )

    assert answer.status_code == 404
    assert "data-reason" in answer.text
    assert door.house.documents.list().total == 0


def test_stopping_answers_the_row(door):
    document = door.upload("走访.txt", NOTE)

    answer = door.client.post(f"/documents/{document}/cancel", headers=HTMX)

    assert "已停止" in answer.text
    assert door.house.documents.get(document).status == "cancelled"
