"""The documents say what the code has: every setting, command, type, indicator, event and rule."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.cli import app
from api.settings import Settings
from extract.indicators import definitions
from extract.recognise import all_types
from extract.risks import EVENTS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str):
    assert f"POSTLOAN_{name.upper()}`" in README


def commands() -> set[str]:
    """What can follow ``postloan``."""
    single = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    return {name.rstrip("_") for name in single} | {group.name for group in app.registered_groups if group.name}


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_is_in_the_readme(name: str):
    assert f"| `{name}` |" in README


@pytest.mark.parametrize("name", [kind.type_id for kind in all_types()])
def test_every_type_is_in_the_readme(name: str):
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", sorted({*definitions(), *EVENTS}))
def test_every_indicator_event_and_rule_is_in_the_glossary(name: str):
    assert f"| `{name}` |" in GLOSSARY


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", "ARCHITECTURE.md", "GLOSSARY.md", "CHANGELOG.md"])
def test_every_link_between_documents_leads_somewhere(name: str):
    import re

    for target in re.findall(r"\]\(([A-Za-z][\w./]*)\)", (ROOT / name).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target
