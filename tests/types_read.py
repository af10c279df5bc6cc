"""How the tests of document types hold a reading against the truth of the paper that was drawn."""

from __future__ import annotations

from typing import Any

from demo.papers import Drawn
from extract.reading import read_file
from records.contract import to_json


def read(drawn: Drawn) -> dict[str, Any]:
    """The first paper of a drawn file, as the contract writes it."""
    paper: dict[str, Any] = to_json(read_file(drawn.bytes, drawn.name))["papers"][0]
    return paper


def wrong(drawn: Drawn, paper: dict[str, Any]) -> dict[str, tuple[object, object]]:
    """What is read otherwise than drawn: by field or by row and column, the truth and the reading."""
    found = {
        name: (value, _value(paper["fields"].get(name)))
        for name, value in drawn.truth["fields"].items()
        if _value(paper["fields"].get(name)) != value
    }
    for table, rows in drawn.truth["tables"].items():
        got = paper["tables"].get(table, [])
        if len(got) != len(rows):
            found[table] = (len(rows), len(got))
        for number, (row, cells) in enumerate(zip(rows, got, strict=False)):
            for column, value in row.items():
                if _value(cells.get(column)) != value:
                    found[f"{table}[{number}].{column}"] = (value, _value(cells.get(column)))
    return found


def _value(field: dict[str, Any] | None) -> object:
    return field["value"] if field else None


def states(paper: dict[str, Any], state: str) -> set[str]:
    """The fields and cells in this state."""
    found = {name for name, field in paper["fields"].items() if field["state"] == state}
    for table, rows in paper["tables"].items():
        found |= {
            f"{table}[{n}].{column}" for n, row in enumerate(rows) for column, c in row.items() if c["state"] == state
        }
    return found


def checks(paper: dict[str, Any], state: str) -> list[str]:
    """The identities with this outcome, once each."""
    return list(dict.fromkeys(check["identity"] for check in paper["checks"] if check["state"] == state))
