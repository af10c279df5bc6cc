"""The command ``postloan``. Every command imports what it needs when it is called: asking for help costs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    name="postloan",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "[bold]贷后单据台 · The document desk for post-loan management[/bold]\n\n"
        "单据进来，贷款的事实出来：每个数字都能指到纸上的位置。\n"
        "A file goes in, facts about a loan come out, and every fact can say where on the paper it was read."
    ),
    epilog=(
        "[bold]先试这些 · Try these first[/bold]\n\n"
        "  postloan read 流水.pdf            读一份单据 · read one paper, nothing else needed\n\n"
        "  postloan show 流水.pdf            画出读到的内容 · draw what was read on the page\n\n"
        "  postloan serve                    启动服务与网页 · start the service and its pages\n\n"
        "  postloan upload *.pdf             上传到服务 · send papers to it\n\n"
        "  postloan search 临屿 执行 重度     搜索 · find them again"
    ),
)
token = typer.Typer(no_args_is_help=True, help="访问令牌：谁可以进来 · Access tokens: who may come in")
app.add_typer(token, name="token", rich_help_panel="照看 · Looking after it")

ON_FILES = "单据 · Papers"
SERVICE = "服务 · The service"
CARE = "照看 · Looking after it"

Files = Annotated[list[Path], typer.Argument(exists=True, help="文件或文件夹 · files or folders", show_default=False)]
Password = Annotated[str | None, typer.Option(help="加密文件的密码 · of protected files")]
Ocr = Annotated[
    Literal["auto", "rapid", "tesseract", "both", "off"], typer.Option(help="识别引擎 · which engine reads scans")
]
Address = Annotated[
    str | None,
    typer.Option(
        "--to", envvar="POSTLOAN_ADDRESS", help="服务地址 · address of the service", show_default="this machine"
    ),
]
Secret = Annotated[
    str | None,
    typer.Option(
        "--token",
        envvar="POSTLOAN_TOKEN",
        help="访问令牌 · access token",
        show_default="the one kept in the data folder",
    ),
]


@app.command(rich_help_panel=ON_FILES)
def read(
    files: Files,
    json: Annotated[bool, typer.Option("--json", help="每个文件一行 JSON · one JSON object per file and line")] = False,
    password: Password = None,
    ocr: Ocr = "auto",
    at_once: Annotated[
        int, typer.Option("--at-once", min=0, help="同时读几份；0 为自动 · files read side by side; 0: by itself")
    ] = 0,
) -> None:
    """读单据，不需要服务 · Read papers, without any service.

    退出码 · Exit status: 0 全部读出 every file was read, 1 有文件不可读 some were unreadable, 2 用法错误 wrong usage.
    """
    from api.cli_read import read_files

    raise typer.Exit(read_files(files, as_json=json, password=password, ocr=ocr, at_once=at_once))


@app.command(rich_help_panel=ON_FILES)
def show(
    files: Files,
    out: Annotated[Path, typer.Option(help="图片放在哪里 · where the pictures go", file_okay=False)] = Path("shown"),
    password: Password = None,
    ocr: Ocr = "auto",
) -> None:
    """每页一张图，画出读到的内容 · A picture per page with what was read drawn on it."""
    from api.cli_show import show_files

    raise typer.Exit(show_files(files, out, password=password, ocr=ocr))


@app.command(rich_help_panel=ON_FILES)
def explain(
    files: Files,
    html: Annotated[
        Path | None, typer.Option(help="网页写到哪里 · a page with the words marked", dir_okay=False)
    ] = None,
    password: Password = None,
    ocr: Ocr = "auto",
) -> None:
    """每个风险事件：哪个词触发、凭什么判定 · For every risk event: the words that raised it and what decided it."""
    from api.cli_explain import explain_files

    raise typer.Exit(explain_files(files, html, password=password, ocr=ocr))


@app.command(rich_help_panel=SERVICE)
def serve(
    host: Annotated[str | None, typer.Option(help="监听地址 · where to listen", show_default="127.0.0.1")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="端口 · port", show_default="8600")] = None,
    workers: Annotated[
        int | None, typer.Option(min=0, max=64, help="读单据的进程数 · reading processes", show_default="2")
    ] = None,
    data: Annotated[Path | None, typer.Option(help="数据文件夹 · data folder", show_default="./data")] = None,
) -> None:
    """启动服务、网页和读单据的进程；Ctrl-C 停止 · Start the service, its pages and its workers; Ctrl-C stops all."""
    from api.cli_serve import serve_all

    raise typer.Exit(serve_all(host=host, port=port, workers=workers, data=data))


@app.command(rich_help_panel=SERVICE)
def worker(
    parent: Annotated[int | None, typer.Option(hidden=True)] = None,
) -> None:
    """再加一个读单据的进程，可在别的机器上 · One more reading process, here or on another machine."""
    from api.cli_serve import work_alone

    raise typer.Exit(work_alone(parent))


@app.command(rich_help_panel=ON_FILES)
def upload(
    files: Files,
    to: Address = None,
    token: Secret = None,
    loan: Annotated[str | None, typer.Option(help="借据号（仅作提示）· loan note number, as a hint")] = None,
    customer: Annotated[str | None, typer.Option(help="客户号（仅作提示）· customer number, as a hint")] = None,
    received_from: Annotated[str | None, typer.Option(help="来自谁 · who gave it to you")] = None,
    password: Password = None,
    wait: Annotated[bool, typer.Option(help="等到读完 · wait until all are read")] = True,
) -> None:
    """把单据上传到正在运行的服务 · Send papers to a running service, and see them being read."""
    from api.cli_client import upload_files

    hints = {"loan_note_no": loan, "customer_no": customer, "received_from": received_from, "password": password}
    raise typer.Exit(upload_files(files, to, token, {key: value for key, value in hints.items() if value}, wait=wait))


@app.command(rich_help_panel=ON_FILES)
def search(
    words: Annotated[
        list[str], typer.Argument(help="词、编号、金额、日期 · words, numbers, amounts, dates", show_default=False)
    ],
    to: Address = None,
    token: Secret = None,
    json: Annotated[bool, typer.Option("--json", help="原样输出 · print the answer as it is")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100, help="最多几条 · most hits")] = 10,
) -> None:
    """在正在运行的服务里搜索 · Search a running service.

    例 · Examples: postloan search 临屿 执行 · postloan search 1200000±0.5% · postloan search 尾号1234
    """
    from api.cli_client import search_words

    raise typer.Exit(search_words(" ".join(words), to, token, as_json=json, limit=limit))


@app.command(name="import", rich_help_panel=CARE)
def import_book(
    customers: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="客户 CSV · customers", show_default=False)
    ],
    loans: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="借据 CSV · loan notes", show_default=False)
    ],
    data: Annotated[Path | None, typer.Option(help="数据文件夹 · data folder", show_default="./data")] = None,
) -> None:
    """登记客户和借据 · Register borrowers and loan notes from two CSV files (UTF-8 or GBK)."""
    from api.cli_admin import import_csv

    raise typer.Exit(import_csv(customers, loans, data))


@app.command(rich_help_panel=CARE)
def reindex(
    data: Annotated[Path | None, typer.Option(help="数据文件夹 · data folder", show_default="./data")] = None,
) -> None:
    """从头重建搜索索引 · Build the search index again from nothing; nothing is lost by it."""
    from api.cli_admin import rebuild_index

    raise typer.Exit(rebuild_index(data))


@app.command(rich_help_panel=CARE)
def settings() -> None:
    """全部设置、现值和含义 · Every setting, what it is now, and what it means."""
    from api.cli_admin import show_settings

    raise typer.Exit(show_settings())


@token.command("create")
def create_token(
    name: Annotated[str, typer.Argument(help="给谁用 · who will use it", show_default=False)],
    role: Annotated[
        Literal["admin", "desk", "auditor", "monitor"], typer.Option(help="能做什么 · what it may do")
    ] = "desk",
    data: Annotated[Path | None, typer.Option(help="数据文件夹 · data folder", show_default="./data")] = None,
) -> None:
    """新建令牌，只显示这一次 · Make a token; it is shown this once."""
    from api.cli_admin import make_token

    raise typer.Exit(make_token(name, role, data))


@token.command("list")
def list_tokens(
    data: Annotated[Path | None, typer.Option(help="数据文件夹 · data folder", show_default="./data")] = None,
) -> None:
    """全部令牌 · All tokens ever made."""
    from api.cli_admin import show_tokens

    raise typer.Exit(show_tokens(data))


@token.command("revoke")
def revoke_token(
    id: Annotated[str, typer.Argument(help="见 token list · see token list", show_default=False)],
    data: Annotated[Path | None, typer.Option(help="数据文件夹 · data folder", show_default="./data")] = None,
) -> None:
    """收回令牌 · Take a token back."""
    from api.cli_admin import take_back

    raise typer.Exit(take_back(id, data))


def main() -> None:
    """The console command."""
    from records.errors import PostloanError

    try:
        app()
    except PostloanError as error:
        typer.echo(f"{error.message_zh} · {error}\n{error.remedy_zh} · {error.remedy}", err=True)
        raise SystemExit(1) from None
    except KeyboardInterrupt:
        typer.echo("已停止 · stopped", err=True)
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
