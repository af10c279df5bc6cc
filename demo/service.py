"""The service as a guest starts it: ``postloan serve`` of this very environment, with a fresh data folder and a free port."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

COMMAND = Path(sys.executable).parent / "postloan"
_LINK = re.compile(r"(https?://[^/\s]+)/signin\?token=(\S+)")
_PATIENCE = 90.0  #: seconds to come up: a first start also compiles Python files
_GRACE = 40.0  #: seconds to put its work down


class DidNotStart(RuntimeError):
    """The service ended, or said nothing, before it could be asked anything."""


class Service:
    """A running ``postloan serve``; ``address`` and ``token`` are those of the link it prints."""

    def __init__(self, data: Path, log: Path):
        self.data, self.log = data, log
        self.environment = {**os.environ, "POSTLOAN_DATA": str(data), "POSTLOAN_PORT": "0", "POSTLOAN_HOST": "127.0.0.1",
                            "COLUMNS": "200", "NO_COLOR": "1"}  # fmt: skip
        for name in (
            "POSTLOAN_TOKEN",
            "POSTLOAN_DATABASE",
            "POSTLOAN_BLOBS",
            "POSTLOAN_INDEX",
            "POSTLOAN_PUBLIC_ADDRESS",
        ):
            self.environment.pop(name, None)
        with log.open("wb") as out:
            # Its own session: Ctrl-C reaches the demo alone, which then stops the service in order.
            self._process = subprocess.Popen(
                [str(COMMAND), "serve"], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT,
                env=self.environment, start_new_session=True,
            )  # fmt: skip
        self.address, self.token = self._link()
        self._wait_until_alive()

    @property
    def link(self) -> str:
        """Opens the pages, signed in."""
        return f"{self.address}/signin?token={self.token}"

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def client(self) -> httpx.Client:
        """A program of the bank that calls the API."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=self.address, headers=headers, timeout=120, trust_env=False)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a ``postloan`` command on the same data."""
        return subprocess.run([str(COMMAND), *words], env=self.environment, capture_output=True, text=True, check=False)

    def stop(self) -> int:
        """As Ctrl-C does; the exit status of the service."""
        if self.running:
            self._process.send_signal(signal.SIGINT)
        try:
            return self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _link(self) -> tuple[str, str]:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if found := _LINK.search(self.log.read_text("utf-8", errors="replace")):
                return found[1], found[2]
            if not self.running:
                break
            time.sleep(0.1)
        raise self._failed()

    def _wait_until_alive(self) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self.running:
            try:
                if httpx.get(f"{self.address}/healthz", timeout=5, trust_env=False).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise self._failed()

    def _failed(self) -> DidNotStart:
        self.stop()
        return DidNotStart(
            "postloan serve did not come up; it said:\n" + self.log.read_text("utf-8", errors="replace")[-3000:]
        )
