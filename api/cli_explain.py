"""``postloan explain``: for every risk event the words that raised it and the rules that set polarity and severity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from api.cli_read import expand
from api.names import title_of
from api.words import say
from ingest.child import Child
from ingest.limits import Limits
from records.errors import UnreadableFile

console = Console(highlight=False)
_COLOURS = {
    "denies": "#cfe8cf",
    "resolves": "#cfe8cf",
    "supposes": "#dfe3f0",
    "elsewhere": "#e8e0f0",
    "stands": "#f3e2c0",
}
_RISK, _QUIET = "#f4c7c3", "#e6e6e6"


def explain_files(paths: Sequence[Path], html: Path | None, *, password: str | None, ocr: str) -> int:
    """Explain each file in a reading process of its own; exit status 1 when one could not be read."""
    child = Child(job="extract.explaining:job", limits=Limits())
    shown: list[tuple[str, Mapping[str, Any]]] = []
    bad = 0
    try:
        for path in expand(paths):
            console.print(f"[bold]{path.name}[/bold]")
            try:
                answer = child.run({"name": path.name, "password": password, "ocr": ocr}, path.read_bytes())
            except UnreadableFile as error:
                console.print(f"  ◆ {error.message_zh} {error.remedy_zh}", markup=False)
                bad += 1
                continue
            shown += [(path.name, page) for page in answer["pages"]]
            lines = [line for page in answer["pages"] for one in page["told"] for line in told(one)]
            for line in lines or ["  没有风险事件 · no risk events"]:
                console.print(line, markup=False, soft_wrap=True)
    finally:
        child.close()
    if html:
        html.write_text(marked(shown), encoding="utf-8")
        console.print(f"→ {html}", markup=False)
    return 1 if bad else 0


def told(one: Mapping[str, Any]) -> Iterator[str]:
    """The lines about one event."""
    polarity, role = say("zh", f"polarity.{one['polarity']}"), say("zh", f"role.{one['role']}")
    severity = f" · {say('zh', 'severity.' + one['severity'])}" if one["severity"] else ""
    yield f"  {title_of(one['event'], 'zh')} {one['event']}: {polarity}{severity} · {role} · 第 {one['page']} 页"
    yield f"    原文 quote     {_one_line(one['quote'])}"
    yield f"    触发 trigger   「{_one_line(one['words'])}」 {one['trigger']}"
    decided = [_cue(cue) for cue in one["decided"]] or [
        "没有否定、假设、解除的词，按已发生 · nothing turns it, so it happened"
    ]
    yield f"    判定 polarity  {'；'.join(decided)}"
    if one["severity"]:
        moved = [_cue(cue) for cue in one["moved"]]
        default = f"默认 default {say('zh', 'severity.' + one['default'])}"
        yield f"    程度 severity  {'；'.join([default, *moved])}"
    if one["args"]:
        yield f"    要素 arguments {', '.join(f'{name}={value}' for name, value in one['args'].items())}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cue(cue: Mapping[str, str]) -> str:
    return f"「{_one_line(cue['text'])}」 {cue['effect']} ({cue['rule']})"


def marked(pages: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """The pages as displaCy shows them: triggers with their event and polarity, cues with their effect."""
    from spacy import displacy

    docs = [
        {
            "text": page["text"],
            "title": name,
            "ents": [{"start": mark["start"], "end": mark["end"], "label": mark["label"]} for mark in page["marks"]],
        }
        for name, page in pages
    ]
    labels = {entity["label"] for doc in docs for entity in doc["ents"]}
    colors = {shown: _colour(label) for label in labels for shown in (label, label.upper())}
    html: str = displacy.render(docs, style="ent", manual=True, page=True, options={"colors": colors})
    return html


def _colour(label: str) -> str:
    """Red is what happened; cues by their effect; what did not happen is quiet."""
    return _COLOURS.get(label) or (_RISK if label.endswith(" asserted") else _QUIET)
