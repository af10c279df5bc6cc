"""Settings: everything on one machine by default, every one of them explained, any of them from the environment."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from api.access import own_address
from api.settings import Settings, settings_with


def test_by_default_everything_is_kept_in_one_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    settings = Settings()

    assert settings.database_address == f"sqlite:///{tmp_path}/data/postloan.db"
    assert settings.blobs_address == f"file:{tmp_path}/data/originals"
    assert settings.index_address == f"{tmp_path}/data/index"
    assert settings.address == "http://127.0.0.1:8600"


def test_the_environment_overrules_the_default_and_the_command_line_the_environment(monkeypatch):
    monkeypatch.setenv("POSTLOAN_PORT", "9000")
    monkeypatch.setenv("POSTLOAN_DATABASE", "postgresql://bank/postloan")

    assert Settings().database_address == "postgresql://bank/postloan"
    assert settings_with(port=None).port == 9000
    assert settings_with(port=9001).port == 9001


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_explained(name):
    assert Settings.model_fields[name].description


def test_a_misspelt_setting_is_refused():
    with pytest.raises(ValidationError, match="prot"):
        settings_with(prot=9000)


@pytest.mark.parametrize(
    ("host", "alone"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("bank.example", False)],
)
def test_only_loopback_counts_as_this_machine_alone(host, alone):
    assert settings_with(host=host).on_loopback is alone


@pytest.mark.parametrize(
    ("asked", "goes"),
    [
        ("/loans/JJ-1?tab=events", "/loans/JJ-1?tab=events"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_after_signing_in_one_only_goes_to_our_own_pages(asked, goes):
    assert own_address(asked) == goes
