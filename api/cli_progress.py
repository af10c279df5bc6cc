"""Progress bars: on standard error, only for people, gone when the work is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType


class Silent:
    """Nobody is watching."""

    def __enter__(self) -> Silent:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def page(self, path: Path, done: int, total: int) -> None:
        """So many pages of this file are read."""

    def done(self, path: Path) -> None:
        """This file is finished."""

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Something else is printed meanwhile."""
        yield


class Bar(Silent):
    """A bar over the files, and the page it is at inside the file being read."""

    def __init__(self, files: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        self._bar = Progress(
            SpinnerColumn(),
            BarColumn(24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("", total=files)

    def __enter__(self) -> Bar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def page(self, path: Path, done: int, total: int) -> None:
        """So many pages of this file are read."""
        self._bar.update(self._task, description=f"{path.name} · 第 {done}/{total} 页")

    def done(self, path: Path) -> None:
        """This file is finished."""
        self._bar.update(self._task, advance=1, description=path.name)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The bar steps aside while a reading is printed."""
        self._bar.stop()
        yield
        self._bar.start()
