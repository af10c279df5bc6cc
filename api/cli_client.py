"""``postloan upload`` and ``postloan search``: the service over HTTP, as any other program uses it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from api.cli_read import expand, progress
from records.errors import BackendUnavailable, NotSignedIn

out = Console(highlight=False)
DONE = {"read", "unreadable", "failed", "cancelled"}
MARKS = {
    "read": ("✓ 已读", "green"),
    "unreadable": ("◆ 不可读", "magenta"),
    "failed": ("◆ 失败", "magenta"),
    "cancelled": ("− 已取消", "bright_black"),
}


@contextmanager
def service(address: str | None, token: str | None) -> Iterator[httpx.Client]:
    """A client of the service; on its own machine the token of the data folder opens it."""
    if address is None or token is None:
        from api.access import own_token
        from api.settings import Settings

        settings = Settings()
        token = token or (own_token(settings) if address is None else None)
        address = address or settings.address
    if not token:
        raise NotSignedIn("no token; give --token or POSTLOAN_TOKEN (postloan token create NAME makes one)")
    with httpx.Client(
        base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=120, trust_env=False
    ) as client:
        try:
            yield client
        except httpx.ConnectError:
            raise BackendUnavailable(f"nobody listens at {address}; start it with: postloan serve") from None


def upload_files(
    paths: Sequence[Path], address: str | None, token: str | None, hints: Mapping[str, str], *, wait: bool
) -> int:
    """Send the files one by one, then follow them until all are read."""
    files = expand(paths)
    bad = 0
    with service(address, token) as client, progress(len(files)) as bar:
        waiting: dict[str, Path] = {}
        for path in files:
            entry = _send(client, path, hints)
            if entry["id"] is None:
                bad += 1
                bar.done(path)
                with bar.paused():
                    out.print(
                        Text(
                            f"◆ 未收 {path.name}  {entry['problem']['detail']} {entry['problem']['remedy']}",
                            style="magenta",
                        )
                    )
            elif not wait:
                bar.done(path)
                with bar.paused():
                    out.print(f"{entry['id']}  {path.name}", markup=False)
            else:
                waiting.setdefault(entry["id"], path)
                if waiting[entry["id"]] != path:
                    bar.done(path)
                    with bar.paused():
                        out.print(Text(f"= 与 {waiting[entry['id']].name} 同一份 {path.name}", style="bright_black"))
        for document in _finished(client, waiting, bar.page):
            bar.done(waiting[document["id"]])
            unopened = [one for one in document.get("members", ()) if one["id"] is None]
            bad += document["status"] != "read" or bool(unopened)
            with bar.paused():
                _report(document)
                for one in unopened:
                    out.print(Text(f"  ◆ {one['path']}  {one['problem']['message']}", style="magenta"))
    return 1 if bad else 0


def _send(client: httpx.Client, path: Path, hints: Mapping[str, str]) -> dict[str, Any]:
    with path.open("rb") as file:
        answer = client.post("/v1/documents", files={"file": (path.name, file)}, data=dict(hints))
    if answer.status_code == 202 or "items" in answer.json():
        entry: dict[str, Any] = answer.json()["items"][0]
        return entry
    _raise(answer)
    raise AssertionError("a problem was raised")


def _raise(answer: httpx.Response) -> None:
    """A problem document of the service becomes the sentence that the command ends with."""
    if answer.is_success:
        return
    problem = answer.json()
    if answer.status_code == 401:
        raise NotSignedIn(str(problem.get("detail", "")))
    raise BackendUnavailable(f"{problem.get('title')}: {problem.get('detail')}")


def _finished(client: httpx.Client, waiting: dict[str, Path], on_page: Any) -> Iterator[dict[str, Any]]:
    """Each document once it is done, by asking for those still open; then what lay inside it, if it held files."""
    left = dict(waiting)
    seen = set(left)
    while left:
        for id in list(left):
            answer = client.get(f"/v1/documents/{id}")
            _raise(answer)
            document = answer.json()
            if document["status"] in DONE:
                path = left.pop(id)
                inside = {one["id"]: path / one["path"] for one in document.get("members", ()) if one["id"]}
                fresh = {key: value for key, value in inside.items() if key not in seen}
                seen |= set(fresh)
                waiting.update(fresh)
                left.update(fresh)
                yield document
            elif document["progress"]["total"]:
                on_page(waiting[id], document["progress"]["done"], document["progress"]["total"])
        if left:
            time.sleep(0.3)


def _report(document: Mapping[str, Any]) -> None:
    word, colour = MARKS[document["status"]]
    line = Text(f"{word} ", style=colour)
    line.append(document["name"], style="bold")
    line.append(f"  {document['title'] or ''}  {document['id']}", style="bright_black")
    for one in document.get("within", ())[:1]:
        line.append(f"  取自 {one['name']}!/{one['path']}", style="bright_black")
    for link in document["links"]:
        line.append(f"  → {link['to']} {link['name']}", style="default")
    if document["unclaimed"]:
        line.append("  ? 待认领", style="blue")
    if problem := document["problem"]:
        line.append(f"  {problem['message']} {problem['remedy']}", style="default")
    out.print(line)


def search_words(words: str, address: str | None, token: str | None, *, as_json: bool, limit: int) -> int:
    """Search, and print hits with the place on paper; exit status 1 when nothing was found."""
    with service(address, token) as client:
        answer = client.get("/v1/search", params={"q": words, "limit": limit})
        _raise(answer)
    found = answer.json()
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return 0 if found["total"] else 1
    chips = "  ".join(chip["zh"] for chip in found["understood"])
    out.print(f"[bold]{found['total']}[/bold] 条 · hits   {escape(chips)}")
    for hit in found["hits"]:
        _hit(hit)
    return 0 if found["total"] else 1


def _hit(hit: Mapping[str, Any]) -> None:
    place = " ".join(str(part) for part in (hit["file_name"], f"第 {hit['page']} 页" if hit["page"] else "") if part)
    whom = " ".join(str(part) for part in (hit["customer_name"], hit["loan_note_no"]) if part)
    out.print(
        Text.assemble((hit["title"] or "", "bold"), f"  {whom}", (f"  {place}  {hit['date'] or ''}", "bright_black"))
    )
    for fragment in hit["fragments"]:
        line = Text("    ")
        for piece in fragment:
            line.append(" ".join(piece["text"].split("\n")), style="reverse" if piece["marked"] else "")
        out.print(line)
