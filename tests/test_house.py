"""The few laws of this house. If one must change, change it here first."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ["records", "ingest", "extract", "archive", "search", "api"]
FILES = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")


def imports(path: Path) -> set[str]:
    """The top-level names that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_a_room_only_looks_upstream(path: Path):
    room = path.relative_to(ROOT).parts[0]
    downstream = set(ROOMS[ROOMS.index(room) + 1 :])

    assert not imports(path) & downstream


#: The rooms inside ``extract`` and what each may look at, beside the words types are written in (layout, kinds, grammar …).
INNER = ["forms", "tables", "proof", "statements", "families", "types"]


@pytest.mark.parametrize("inner", INNER)
def test_a_room_of_the_reader_only_looks_at_those_before_it(inner: str):
    after = [*INNER[INNER.index(inner) + 1 :], "packets", "indicators", "notes", "reading", "explaining"]

    for path in sorted((ROOT / "extract" / inner).rglob("*.py")):
        named = set(re.findall(r"^from extract\.(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        assert not named & set(after), path


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_ours(room: str):
    """Plain names like ``search`` could be shadowed by somebody else's package."""
    assert Path(str(__import__(room).__file__)).is_relative_to(ROOT)


IMPURE = {
    "time",
    "random",
    "socket",
    "httpx",
    "requests",
    "urllib",
    "sqlalchemy",
    "dbos",
    "tantivy",
    "fastapi",
    "pydantic_settings",
}
#: The parent of the reading process needs a clock and pipes; what runs in the child does not.
EDGES = {"ingest/child.py", "ingest/child_loop.py"}


@pytest.mark.parametrize(
    "path", [p for p in FILES if relative(p).startswith(("ingest", "extract", "records"))], ids=relative
)
def test_reading_is_pure(path: Path):
    """No clock, no chance, no network, no database: the same bytes give the same reading, anywhere."""
    if relative(path) in EDGES:
        return
    assert not imports(path) & IMPURE
    assert not re.search(r"\b(?:datetime\.now|date\.today|utcnow)\(", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "path", [p for p in FILES if relative(p).startswith("demo")] or sorted((ROOT / "demo").rglob("*.py")), ids=relative
)
def test_the_made_up_bank_knows_no_reader(path: Path):
    """Papers and their truth are drawn apart from the code that reads them, or a common mistake would hide itself."""
    assert not imports(path) & {"ingest", "extract", "archive", "search", "api"}


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_every_file_says_in_its_first_line_what_it_is_for(path: Path):
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))

    assert said
    assert said.strip().split("\n")[0]


MONEY = re.compile(r"amount|balance|price|money|fee$", re.IGNORECASE)


@pytest.mark.parametrize("path", FILES, ids=relative)
def test_money_is_never_a_float(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            name = (
                node.target.id
                if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
                else getattr(node, "arg", "")
            )
            if MONEY.search(name):
                assert "float" not in ast.unparse(node.annotation), f"{name} in {relative(path)}"


TEXTS = [
    name
    for name in TRACKED
    if name.endswith((".py", ".toml", ".yml", ".json", ".md", ".html", ".js", ".css", ".txt", "Makefile"))
]


@pytest.mark.parametrize(
    "name", [n for n in TEXTS if n.startswith(("locks/", "package", "pyproject", "Makefile", ".ci"))]
)
def test_what_pins_dependencies_holds_names_versions_and_hashes_only(name: str):
    assert not re.search(r"https?://", (ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [n for n in TEXTS if n.startswith("api/") and n.endswith((".html", ".js", ".css"))])
def test_a_page_asks_no_other_host(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not [address for address in re.findall(r"https?://[^\s\"'<>)]+", text) if "www.w3.org" not in address]


@pytest.mark.parametrize("room", [*ROOMS, "demo", "benchmarks", "tests"])
def test_nothing_is_left_to_do_silently(room: str):
    marks = re.compile(r"\bTO" + r"DO\b|\bFIX" + r"ME\b|raise NotImplemented" + r"Error")
    for path in sorted((ROOT / room).rglob("*.py")):
        assert not marks.search(path.read_text(encoding="utf-8")), relative(path)
