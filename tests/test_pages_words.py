"""Every word the pages say is written down once, in both languages."""

import re
from pathlib import Path

import pytest

from api.names import FIELDS, field_title, title_of
from api.values import MARKS
from api.words import WORDS, half, say
from archive.checklist import STAGES
from archive.dossier import EventStatus
from archive.linking import WEIGHTS
from records.facts import Outcome, Polarity, Quality, Severity, State

TEMPLATES = sorted((Path(__file__).parent.parent / "api" / "templates").rglob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_label_of_a_template_is_in_the_dictionary(template):
    asked = re.findall(r"""\bt\(\s*['"]([^'"]+)['"]\s*[,)]""", template.read_text(encoding="utf-8"))

    assert [key for key in asked if key not in WORDS] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_breaks_the_policy_or_speaks_without_the_dictionary(template):
    text = template.read_text(encoding="utf-8")

    assert "style=" not in text
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"\son\w+=", text)
    chinese = re.findall(r"[\u4e00-\u9fff]{2,}", text.replace("中文", ""))
    assert chinese == []


@pytest.mark.parametrize(
    "key",
    [
        *(f"proof.{state}" for state in (*State, *Quality)),
        *(f"severity.{level}" for level in Severity),
        *(f"polarity.{polarity}" for polarity in Polarity),
        *(f"check.{outcome}" for outcome in Outcome),
        *(f"status.{status}" for status in EventStatus.__args__),
        *(f"stage.{stage}" for stage in STAGES),
        *(f"by.{kind}" for kind in (*WEIGHTS, "person")),
        *(
            f"complete.{state}"
            for state in ("held", "missing", "expired", "unreadable", "conflict", "waived", "not_due")
        ),
        *(f"group.{state}" for state in State),
        *(f"unclaimed.{kind}" for kind in ("ambiguous", "unknown", "conflict", "mismatch")),
    ],
)
def test_every_state_has_a_word_in_both_languages(key):
    chinese, english = WORDS[key]

    assert chinese
    assert english
    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.search(r"[\u4e00-\u9fff]", english)


def test_every_state_has_a_mark():
    assert {*State, *Quality, *Outcome} <= set(MARKS)


def test_english_holds_no_chinese_and_the_same_blanks():
    for key, (chinese, english) in WORDS.items():
        assert set(re.findall(r"{(\w+)}", chinese)) == set(re.findall(r"{(\w+)}", english)), key


def test_a_title_in_two_languages_is_halved():
    assert half("银行对账单 · Bank statement", "zh") == "银行对账单"
    assert half("银行对账单 · Bank statement", "en") == "Bank statement"
    assert half("no dot", "en") == "no dot"


def test_what_nobody_named_is_still_readable():
    assert say("zh", "role.night_watchman") == "night watchman"
    assert title_of("an_unheard_of_type", "zh") == "An unheard of type"
    assert field_title("an_unheard_of_type", "strange_field", "en") == "Strange field"


def test_a_field_is_called_as_its_type_declares_it_when_types_do_not_share_it():
    assert "power_factor" not in FIELDS
    assert re.search(r"[\u4e00-\u9fff]", field_title("electricity_bill", "power_factor", "zh"))
