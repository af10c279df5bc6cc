"""The HTTP server of the service: like any other, but its endless answers end when it is asked to stop."""

from __future__ import annotations

from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

#: Seconds that an idle connection is kept: longer than clients and proxies keep theirs (60), so that they close first and no
#: request is sent into a connection that is just being closed.
KEPT_OPEN = 75
MAY_TAKE = 5  #: seconds that open answers have to end once the service stops


class Server(uvicorn.Server):
    """Streams would otherwise wait for their readers for ever."""

    def __init__(self, app: FastAPI, *, before_exit: Callable[[], None]) -> None:
        # No access log: a sign-in link has the token in its address.
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, timeout_keep_alive=KEPT_OPEN,
            timeout_graceful_shutdown=MAY_TAKE,
        )  # fmt: skip
        super().__init__(config)
        self.before_exit = before_exit

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called by the first SIGINT or SIGTERM."""
        self.before_exit()
        super().handle_exit(sig, frame)
