"""Write the expected readings of all samples anew (``make snapshots``): orphans go, and a continuous build refuses."""

from __future__ import annotations

import os
import sys

from tests.samples import FOLDER, SAMPLES, expected, text


def main() -> None:
    """Rewrite, report what changed, leave the judging to the diff."""
    if os.environ.get("CI"):
        sys.exit("snapshots are rewritten by a person who reads the diff, not by a build")
    for path in sorted(FOLDER.glob("*.json")):
        if path.stem not in SAMPLES:
            path.unlink()
            print(f"- {path.name}")
    for name, draw in SAMPLES.items():
        path, now = FOLDER / f"{name}.json", text(expected(draw()))
        if not path.exists() or path.read_text(encoding="utf-8") != now:
            path.write_text(now, encoding="utf-8")
            print(f"~ {path.name}")


if __name__ == "__main__":
    main()
