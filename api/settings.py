"""Every setting of the service, what it means, and what it is when nobody says anything.

Each can be given in the environment as ``POSTLOAN_<NAME>``. The defaults need one machine, one folder and nothing installed.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """What an operator may decide."""

    model_config = SettingsConfigDict(env_prefix="POSTLOAN_", frozen=True, extra="forbid")

    data: Path = Field(
        default=Path("data"),
        description="Folder of everything kept on this machine: database, originals, index, pictures, logs.",
    )
    database: str = Field(
        default="",
        description="Address of the records, feed and jobs: sqlite:///… or postgresql://…; empty: in the data folder.",
    )
    blobs: str = Field(
        default="", description="Address of the originals: file:…; empty: originals/ in the data folder."
    )
    index: str = Field(
        default="",
        description="Address of the search index: a folder; empty: index/ in the data folder. It can be rebuilt at any time.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="Where the service listens. Anything but loopback needs a TLS proxy in front of it.",
    )
    port: int = Field(default=8600, ge=0, le=65535, description="The port it listens on; 0 takes a free one.")
    public_address: str = Field(
        default="",
        description="How people reach it, for links that are printed (https://postloan.bank.example); empty: http://host:port.",
    )
    secure_cookies: bool = Field(
        default=False,
        description="Send the sign-in cookie over HTTPS only. Set it as soon as a TLS proxy stands in front.",
    )
    workers: int = Field(
        default=2,
        ge=0,
        le=64,
        description="Reading processes started by `postloan serve`; 0 when other machines run `postloan worker`.",
    )
    lease_seconds: float = Field(
        default=30.0, gt=0, description="How long a silent worker keeps its work before another one takes it over."
    )
    ocr: Literal["auto", "rapid", "tesseract", "both", "off"] = Field(
        default="auto",
        description="Which engine reads scans: auto, rapid, tesseract, both (a second look at numbers), or off.",
    )
    max_file_mb: int = Field(default=64, ge=1, le=64, description="Largest file that is taken in, in MB.")
    max_request_mb: int = Field(default=512, ge=1, description="Largest upload of several files at once, in MB.")
    session_days: int = Field(default=30, ge=1, description="How long a browser stays signed in, in days.")
    follow_seconds: float = Field(
        default=0.5, gt=0, description="How often the search index looks for news in the feed."
    )

    @field_validator("data")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        """Workers and the API must mean the same folder wherever they were started."""
        return folder.expanduser().resolve()

    @property
    def database_address(self) -> str:
        return self.database or f"sqlite:///{self.data / 'postloan.db'}"

    @property
    def blobs_address(self) -> str:
        return self.blobs or f"file:{self.data / 'originals'}"

    @property
    def index_address(self) -> str:
        return self.index or str(self.data / "index")

    @property
    def pictures_folder(self) -> Path:
        """Page pictures can be drawn again at any time; they are kept only to be fast."""
        return self.data / "pictures"

    @property
    def address(self) -> str:
        """How people reach the service, without a slash at the end."""
        return self.public_address.rstrip("/") or f"http://{self.host}:{self.port}"

    @property
    def on_loopback(self) -> bool:
        """Only this machine can reach the service."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def settings_with(**given: object) -> Settings:
    """The settings of the environment, overruled by what was said on the command line."""
    return Settings.model_validate({name: value for name, value in given.items() if value is not None})
