"""What a loan officer clicks through, in a real browser against the real service: upload, follow a number, decide, search."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no browser at {CHROMIUM} (set CHROMIUM)"),
]

NAME = "杭州临屿精密机械有限公司"
LOAN = "JJ-2025-001"
NOTE = (
    f"走访记录\n借款人：{NAME}\n借据号：{LOAN}\n"
    "2026年6月18日走访，企业已停产，机器设备被法院查封。\n未发现借款人参与民间借贷。\n"
)
STRANGER = "走访记录\n2026年6月18日走访张先生家，一切正常。\n"
SIZES = [(1440, 900), (1280, 800), (390, 844)]


def statement() -> str:
    lines = [f"户名：{NAME}", "账号：33050000123412345", "日期,摘要,收入,支出,余额"]
    return "\n".join([*lines, *(f"2026-06-{day:02d},货款,10.00,,{1000 + day * 10}.00" for day in range(1, 29))])


class Service:
    """The service as an operator starts it."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "api.cli", "serve", "--port", "0", "--workers", "1", "--data", str(folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        link = re.search(r"(http://\S+)/signin\?token=(\S+)", said)
        assert link, said
        self.address, self.token = link.groups()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    running = Service(tmp_path_factory.mktemp("house"))
    headers = {"Authorization": f"Bearer {running.token}"}
    with httpx.Client(base_url=running.address, headers=headers, trust_env=False) as client:
        client.post("/v1/customers", json={"customer_no": "C1", "kind": "company", "name": NAME}).raise_for_status()
        loan = {
            "loan_note_no": LOAN, "customer_no": "C1", "product": "corporate_business", "amount": "5000000.00",
            "balance": "4200000.00", "granted": "2025-03-18", "due": "2027-03-17",
        }  # fmt: skip
        client.post("/v1/loans", json=loan).raise_for_status()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(service: Service, browser: Browser) -> Iterator[Page]:
    """A page of somebody who is signed in; a complaint of the browser or a request elsewhere fails the test."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", base_url=service.address)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "request",
        lambda sent: (
            complaints.append(sent.url) if not sent.url.startswith((service.address, "data:", "blob:")) else None
        ),
    )
    opened.goto(f"/signin?token={service.token}")
    yield opened
    context.close()
    assert complaints == []


def test_1_files_dropped_on_the_inbox_are_read_without_reload(page: Page):
    page.goto("/")
    files = [
        ("走访.txt", NOTE),
        ("流水.csv", statement()),
        ("张先生.txt", STRANGER),
        ("坏.pdf", "%PDF-1.7 nothing more"),
    ]

    drop(page, files)

    for name, _ in files:
        page.locator("tbody[id^=doc-]", has_text=name).wait_for()
    page.locator("tbody[data-group=read]", has_text="走访.txt").wait_for(timeout=90_000)
    page.locator("tbody[data-group=attention]", has_text="坏.pdf").wait_for(timeout=90_000)
    page.locator("tbody[data-group=attention]", has_text="张先生.txt").wait_for(timeout=90_000)
    assert "已损坏" in page.locator("tbody", has_text="坏.pdf").last.inner_text()
    assert LOAN in page.locator("tbody", has_text="走访.txt").last.inner_text()
    page.reload()
    assert page.locator("tbody[data-group=read]", has_text="走访.txt").count() == 1


def drop(page: Page, files: list[tuple[str, str]]) -> None:
    """Drop files on the page as a file manager does."""
    transfer = page.evaluate_handle(
        """files => { const all = new DataTransfer();
        for (const [name, text] of files) all.items.add(new File([text], name)); return all; }""",
        files,
    )
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})


def test_2_a_value_and_its_box_light_up_together(page: Page):
    page.goto("/")
    page.get_by_role("link", name="流水.csv").click()
    page.locator(".leaf img").wait_for()
    cell = page.locator(".chain td", has_text="1,040.00")

    cell.hover()

    name = cell.get_attribute("data-f")
    assert page.locator("rect.hot").get_attribute("data-f") == name
    assert "1,040.00" in page.locator("#proof").inner_text()
    other = page.locator(".chain td", has_text="1,060.00").get_attribute("data-f")
    page.locator(f"rect[data-f='{other}']").hover()
    assert page.locator("td.hot").inner_text().startswith("1,060.00")
    drawn = "async image => { await image.decode(); return image.naturalWidth; }"
    assert page.locator(".leaf img").evaluate(drawn) > 200


def test_3_a_risk_is_decided_with_a_reason_on_its_card(page: Page):
    page.goto(f"/loans/{LOAN}")
    card = page.locator(".risk").first
    assert "民间借贷" not in page.locator(".risks").inner_text()

    card.locator("summary").click()
    card.locator("input[name=reason]").fill("现场核实")
    card.locator("button[value=confirmed]").click()

    page.locator(".risk", has_text="已确认").first.wait_for()
    page.reload()
    assert page.locator(".risk", has_text="已确认").count() == 1


def test_4_an_unclaimed_paper_finds_its_loan(page: Page):
    page.goto("/review")
    page.get_by_placeholder("借据号或客户号").fill(LOAN)
    page.locator("input[value=other]").check()
    page.locator("textarea[name=reason]").fill("客户经理确认")

    page.get_by_role("button", name="归入").click()

    page.locator("text=已归入").wait_for()
    page.goto(f"/loans/{LOAN}")
    assert "张先生.txt" in page.locator("#papers").inner_text()


def test_5_search_marks_the_words_and_opens_their_page(page: Page):
    page.goto("/search")
    page.fill("#q", "查封")
    hit = page.locator(".hit", has=page.locator("mark", has_text="查封")).first

    hit.wait_for(timeout=30_000)
    hit.locator("h3 a").click()

    page.wait_for_url(re.compile("/documents/"))


def test_6_without_script_files_are_taken_in_and_read(service: Service, browser: Browser, tmp_path: Path):
    paper = tmp_path / "无脚本.txt"
    paper.write_text(NOTE + "无脚本", encoding="utf-8")
    context = browser.new_context(java_script_enabled=False, base_url=service.address)
    page = context.new_page()
    page.goto(f"/signin?token={service.token}")

    page.set_input_files("#files", paper)
    with page.expect_navigation():
        page.locator("form.drop button").click()

    page.locator("tbody", has_text="无脚本.txt").first.wait_for()
    assert page.locator("tbody", has_text="无脚本.txt").count() == 1
    page.goto("/search?q=停产")
    assert page.locator("h1, .understood").count() > 0
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_7_every_page_fits_its_window_in_both_languages(page: Page, size: tuple[int, int], theme: str):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)
    page.goto("/")
    document = page.locator("tbody[id^=doc-] a[href^='/documents/']").first.get_attribute("href")

    for path in ("/", "/search?q=查封", "/loans", f"/loans/{LOAN}", str(document), "/review", "/signin"):
        for lang in ("zh", "en"):
            page.goto(path + ("&" if "?" in path else "?") + f"lang={lang}")
            beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert beyond <= 0, f"{path} in {lang} is {beyond} px wider than {size[0]}"
    page.goto("/?lang=zh")
