"""Commands of the operator: the loan book, tokens, the search index. They work on the data folder itself."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy.engine import Engine

from api.settings import Settings, settings_with
from archive import book_import
from archive.access import Access
from archive.database import migrate, open_database

console = Console(highlight=False)


def _engine(data: Path | None) -> Engine:
    settings = settings_with(data=data)
    settings.data.mkdir(parents=True, exist_ok=True)
    engine = open_database(settings.database_address)
    migrate(engine, settings.database_address)
    return engine


def import_csv(customers: Path, loans: Path, data: Path | None) -> int:
    """Take over both lists; lines that make no sense are named and left out."""
    done = book_import.import_csv(_engine(data), _text(customers), _text(loans))
    console.print(
        f"客户 · borrowers  新增 {done.customers_new}，更新 {done.customers_changed}\n"
        f"借据 · loan notes 新增 {done.loans_new}，更新 {done.loans_changed}\n"
        f"未变 · unchanged  {done.unchanged}"
    )
    names = {"customers": customers.name, "loans": loans.name}
    for error in done.errors:
        console.print(
            f"≠ {names[error.file]} 第 {error.line} 行：{error.message_zh} · {error.message}",
            style="magenta",
            markup=False,
        )
    return 1 if done.errors else 0


def _text(path: Path) -> str:
    """Banks export UTF-8 (with or without a mark) or GB18030; bytes that are valid UTF-8 are hardly ever anything else."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def make_token(name: str, role: str, data: Path | None) -> int:
    """Make a token and print it alone, so that scripts can take it."""
    print(Access(_engine(data)).create(name, role))
    return 0


def show_tokens(data: Path | None) -> int:
    """All tokens, without their secrets, which nobody has."""
    table = Table("id", "名称 · name", "角色 · role", "创建 · created", "收回 · revoked", box=None)
    for token in Access(_engine(data)).tokens():
        table.add_row(token.id, token.name, token.role, token.created_at[:16], (token.revoked_at or "")[:16])
    console.print(table)
    return 0


def take_back(id: str, data: Path | None) -> int:
    """Revoke a token."""
    Access(_engine(data)).revoke(id)
    console.print("已收回 · revoked")
    return 0


def rebuild_index(data: Path | None) -> int:
    """Play the whole feed again into a new index; the old one answers until the new one is complete."""
    from api.wiring import open_house

    settings = settings_with(data=data)
    house = open_house(settings)
    migrate(house.engine, settings.database_address)
    try:
        with console.status("正在重建搜索索引 · rebuilding the search index …"):
            house.follower.rebuild()
        console.print(f"完成，已跟到动态第 {house.index.seq()} 条 · done, up to feed item {house.index.seq()}")
    finally:
        house.close()
    return 0


def show_settings() -> int:
    """The settings as they are in force here; each is set by the environment variable of its name."""
    now = Settings()
    table = Table("变量 · variable", "现值 · now", "含义 · meaning", box=None, padding=(0, 2, 0, 0))
    for name, field in Settings.model_fields.items():
        table.add_row(f"POSTLOAN_{name.upper()}", escape(str(getattr(now, name))), field.description)
    console.print(table)
    return 0
