"""Put the libraries of the pages and the fonts of page pictures where the code finds them.

Run at install time (``make install``), after ``npm ci``. Files are copied, never edited, and get a piece of their hash in
their names, so that browsers may keep them for ever; ``lib/manifest.json`` says which plain name is which file.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
LIB = ROOT / "api" / "static" / "lib"
FONTS = ROOT / "ingest" / "fonts"

LIBRARIES = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "htmx-sse.js": "htmx-ext-sse/dist/sse.min.js",
    "swagger-ui.js": "swagger-ui-dist/swagger-ui-bundle.js",
    "swagger-ui.css": "swagger-ui-dist/swagger-ui.css",
}
FACES = {
    "sans.ttf": "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf",
    "hand.ttf": "@expo-google-fonts/ma-shan-zheng/400Regular/MaShanZheng_400Regular.ttf",  # the demo's handwriting
}


def main() -> None:
    """Copy everything anew."""
    shutil.rmtree(LIB, ignore_errors=True)
    LIB.mkdir(parents=True)
    manifest = {}
    for name, source in LIBRARIES.items():
        content = (MODULES / source).read_bytes()
        stem, _, kind = name.rpartition(".")
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}.{kind}"
        (LIB / hashed).write_bytes(content)
        manifest[name] = hashed
    (LIB / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for name, source in FACES.items():
        if (MODULES / source).exists():
            shutil.copyfile(MODULES / source, FONTS / name)


if __name__ == "__main__":
    main()
