"""``postloan serve`` and ``postloan worker``: the service with its reading processes, and one reading process alone."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

from rich.console import Console

from api.access import first_admin, own_token, signin_link
from api.settings import Settings, settings_with
from records.errors import Refused

console = Console(highlight=False)


def serve_all(*, host: str | None, port: int | None, workers: int | None, data: Path | None) -> int:
    """Start everything, wait until somebody stops it, take everything down in order."""
    from api.app import create_app
    from api.server import Server
    from api.supervisor import Supervisor, worker_command
    from archive.database import migrate

    settings = settings_with(host=host, port=port, workers=workers, data=data)
    with _listening(settings) as listener:
        settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        _log_to(settings.data / "logs")
        app = create_app(settings)
        house = app.state.house
        migrate(house.engine, settings.database_address)
        supervisor = Supervisor(worker_command(), settings.workers, settings.data / "logs", _environment(settings))
        server = Server(app, before_exit=house.feed.close)
        # The server hands the signal on once it is down; by then it has been answered.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        supervisor.start()
        _greet(settings, first_admin(house.access, settings) or _known_link(settings, house.access))
        try:
            server.run(sockets=[listener])
        finally:
            console.print("正在停止读取进程 · stopping the workers …")
            supervisor.stop()
    console.print("已停止，数据完好 · stopped, everything is kept")
    return 0 if server.started else 1


def _listening(settings: Settings) -> socket.socket:
    """The socket first: a port that is taken is said before anything else is started."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise Refused(f"{settings.host}:{settings.port}: {error.strerror}; choose another with --port") from None
    listener.listen(256)
    return listener


def _log_to(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(folder / "service.log", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("httpx").setLevel(logging.WARNING)


def _environment(settings: Settings) -> dict[str, str]:
    """The same settings for the workers, whatever was said on the command line."""
    return {
        f"POSTLOAN_{name.upper()}": str(value) for name, value in settings.model_dump().items() if value is not None
    }


def _known_link(settings: Settings, access: Any) -> str | None:
    secret = own_token(settings)
    return signin_link(settings, secret) if secret and settings.on_loopback and access.who(secret) else None


def _greet(settings: Settings, link: str | None) -> None:
    console.print(f"[bold]贷后单据台 · postloan[/bold]  {settings.address}")
    if link:
        console.print(f"  登录 · sign in   {link}", soft_wrap=True)
    else:
        console.print("  登录 · sign in   postloan token create NAME")
    console.print(f"  接口 · API       {settings.address}/docs", soft_wrap=True)
    console.print(f"  数据 · data      {settings.data}", soft_wrap=True)
    console.print(f"  读取进程 · workers {settings.workers}   Ctrl-C 停止 · stops", soft_wrap=True)
    sys.stdout.flush()


def work_alone(parent: int | None) -> int:
    """Be one reading process until told to stop."""
    from api.supervisor import end_with_parent
    from api.wiring import open_blobs
    from archive.database import migrate, open_database
    from archive.jobs import work

    settings = Settings()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    stop = threading.Event()
    if parent:
        os.nice(10)  # beside the API on the same cores: people who wait for an answer come before papers that wait
        end_with_parent(parent, stop.set)
    else:
        engine = open_database(settings.database_address)
        migrate(engine, settings.database_address)
        engine.dispose()
    work(
        settings.database_address,
        open_blobs(settings.blobs_address),
        options={"ocr": settings.ocr},
        lease_seconds=settings.lease_seconds,
        stop=stop,
        ready=lambda: print(f"worker {os.getpid()} is ready", flush=True),
    )
    return 0
