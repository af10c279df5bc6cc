"""``postloan read`` and ``show``: one line per file in the order given, and an exit status that scripts can use."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from api.cli_read import Readers, expand, how_many
from extract.reading import job
from tests.packets import zipped

ROOT = Path(__file__).resolve().parent.parent
POSTLOAN = [sys.executable, "-m", "api.cli"]
NOTE = "走访记录\n2024年6月18日走访，生产正常。\n"


def postloan(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [*POSTLOAN, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_folders_become_their_files_in_order_and_hidden_ones_stay_hidden(tmp_path):
    for name in ("乙.txt", "甲/二.txt", "甲/一.txt", ".hidden/x.txt", "甲/.DS_Store"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = [str(path.relative_to(tmp_path)) for path in expand([tmp_path])]

    assert found == ["乙.txt", "甲/一.txt", "甲/二.txt"]


@pytest.mark.parametrize(("files", "wanted", "readers"), [(1, 0, 1), (9, 3, 3), (2, 8, 2), (0, 0, 1)])
def test_never_more_readers_than_files(files, wanted, readers):
    assert how_many(files, wanted) == readers


@pytest.mark.slow
def test_every_file_gives_one_line_in_the_order_given_and_a_bad_one_stops_no_other(tmp_path):
    (tmp_path / "一.txt").write_text(NOTE, "utf-8")
    (tmp_path / "空.pdf").touch()
    (tmp_path / "三.txt").write_text(NOTE + "三", "gb18030")

    done = postloan("read", "三.txt", "空.pdf", "一.txt", "--json", "--at-once", "2", folder=tmp_path)

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"]["name"] for line in lines] == ["三.txt", "空.pdf", "一.txt"]
    assert [line["status"] for line in lines] == ["read", "unreadable", "read"], done.stderr
    assert lines[1]["problem"]["code"] == "empty"
    assert {line["schema"] for line in lines} == {"postloan.reading/1"}
    assert done.returncode == 1


@pytest.mark.slow
def test_when_all_are_read_the_status_is_0(tmp_path):
    (tmp_path / "一.txt").write_text(NOTE, "utf-8")

    first = postloan("read", "一.txt", "--json", folder=tmp_path)
    second = postloan("read", "一.txt", "--json", folder=tmp_path)

    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout, "the same bytes give the same reading, byte for byte"


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["read"], ["read", "not-there.pdf"], ["read", "x", "--what"], ["raed"]])
def test_wrong_usage_is_2_and_says_so_on_the_error_stream(tmp_path, arguments):
    done = postloan(*arguments, folder=tmp_path)

    assert done.returncode == 2
    assert done.stdout == "" or "Usage" in done.stdout


@pytest.mark.slow
def test_a_person_gets_a_readable_view(tmp_path):
    (tmp_path / "走访记录.txt").write_text(NOTE, "utf-8")
    (tmp_path / "空.pdf").touch()

    done = postloan("read", "走访记录.txt", "空.pdf", folder=tmp_path)

    assert "走访记录.txt" in done.stdout
    assert "不可读" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_show_draws_every_page_and_says_where(tmp_path):
    (tmp_path / "走访记录.txt").write_text(NOTE, "utf-8")

    done = postloan("show", "走访记录.txt", "--out", "pictures", folder=tmp_path)

    assert done.returncode == 0, done.stderr
    picture = tmp_path / "pictures" / "走访记录-1.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "走访记录-1.png" in done.stdout


HEAVY = {
    "numpy",
    "cv2",
    "spacy",
    "sqlalchemy",
    "dbos",
    "tantivy",
    "fastapi",
    "httpx",
    "pypdfium2",
    "PIL",
    "extract",
    "ingest",
    "archive",
}


def test_asking_for_help_loads_nothing_heavy_and_shows_examples():
    """0.4 s on an idle machine: heavy imports belong inside the commands."""
    code = (
        "import sys; sys.argv = ['postloan', '--help']\n"
        "from api.cli import main\n"
        "try: main()\n"
        "except SystemExit: print('loaded', *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert "postloan read 流水.pdf" in done.stdout
    assert not HEAVY & set(done.stdout.rpartition("loaded")[2].split())


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", ["read", "show", "serve", "worker", "upload", "search", "import", "reindex", "settings", "token"]
)
def test_every_command_explains_itself_in_both_languages(tmp_path, command):
    done = postloan(command, "--help", folder=tmp_path)

    assert done.returncode == 0
    assert "·" in done.stdout


@pytest.mark.slow
def test_ctrl_c_stops_at_once_and_leaves_no_reader_behind(tmp_path):
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(NOTE * 300 + str(number), "utf-8")
    command = [*POSTLOAN, "read", ".", "--json", "--at-once", "2"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        # whoever runs the tests in the background may have handed down an ignored Ctrl-C
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    ) as reading:
        assert reading.stdout is not None
        assert reading.stderr is not None
        assert reading.stdout.readline().startswith('{"schema"')
        children = Path(f"/proc/{reading.pid}/task").glob("*/children")
        readers = [int(pid) for part in children for pid in part.read_text().split()]
        assert readers
        reading.send_signal(signal.SIGINT)
        reading.stdout.read()
        assert reading.wait(10) == 130
        assert "Traceback" not in reading.stderr.read()

    assert not any(Path(f"/proc/{pid}").exists() for pid in readers)


# --- files that hold other files ----------------------------------------------------------------------------------------


def packet() -> bytes:
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "电费", "a@example.com", "b@example.com"
    letter.set_content("借款人作为被告，因买卖合同纠纷被诉至法院。")
    letter.add_attachment(NOTE.encode(), maintype="text", subtype="plain", filename="走访.txt")
    return zipped({"一/走访.txt": NOTE.encode(), "信.eml": letter.as_bytes(), "空.pdf": b""})


@pytest.mark.slow
def test_a_container_gives_one_line_per_member(tmp_path):
    (tmp_path / "包.zip").write_bytes(packet())
    (tmp_path / "后.txt").write_text(NOTE, "utf-8")

    done = postloan("read", "包.zip", "后.txt", "--json", "--at-once", "2", folder=tmp_path)

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(line["file"]["name"], line["status"]) for line in lines] == [
        ("包.zip!/一/走访.txt", "read"),
        ("包.zip!/信.eml!/正文", "read"),
        ("包.zip!/信.eml!/走访.txt", "read"),
        ("包.zip!/空.pdf", "unreadable"),
        ("后.txt", "read"),
    ], done.stderr
    assert lines[0]["file"]["sha256"] == hashlib.sha256(NOTE.encode()).hexdigest()
    assert lines[0]["file"]["media_type"] == "text/plain"
    assert lines[1]["papers"][0]["events"][0]["type"] == "litigation_defendant"
    assert done.returncode == 1


@pytest.mark.slow
def test_a_container_that_cannot_be_opened_is_one_line(tmp_path):
    (tmp_path / "弹.zip").write_bytes(zipped({"好.txt": NOTE.encode(), "零": bytes(60 << 20)}))

    done = postloan("read", "弹.zip", "--json", folder=tmp_path)

    (line,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert line["file"]["name"] == "弹.zip"
    assert line["problem"]["code"] == "bomb"
    assert done.returncode == 1


def test_a_member_that_kills_its_reader_spoils_no_other(tmp_path):
    """The reader of members dies over one of them; the one that unpacks goes on."""
    (tmp_path / "包.zip").write_bytes(zipped({"一.txt": b"one", "死.txt": b"kill", "二.txt": b"two"}))
    readers = Readers(1, password=None, ocr="off")
    readers._all[0].inner._job = "tests.test_cli_read:mortal"
    try:
        found = readers.read(tmp_path / "包.zip")
    finally:
        readers.close()

    assert [(one.name, one.read) for one in found] == [
        ("包.zip!/一.txt", True),
        ("包.zip!/死.txt", False),
        ("包.zip!/二.txt", True),
    ]
    assert json.loads(found[1].reading)["problem"]["code"] == "reader_died"


def mortal(request: dict[str, Any], data: bytes, progress: Any) -> dict[str, Any]:
    if data == b"kill":
        os._exit(9)
    return job(request, data, progress)


def test_a_finding_that_says_its_page_is_not_told_it_twice(tmp_path):
    """A workbook tells of its sheets by their page."""
    workbook = Workbook()
    workbook.active.title = "流水"
    workbook.active.append(["走访记录"])
    workbook.create_sheet("附表").append(["2024年6月18日走访，生产正常。"])
    workbook.save(tmp_path / "走访.xlsx")

    told = postloan("read", "走访.xlsx", folder=tmp_path).stdout

    assert "第 2 页：工作表" in told
    assert "第 2 页 第 2 页" not in told
