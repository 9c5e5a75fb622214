"""A Chromium for the tests that look at pages."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
APPLICATIONS = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
# No sandbox, because containers have none to give; the rest keeps the browser from asking its maker's hosts.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> Path | None:
    """Find the browser: $CHROMIUM, else one on the PATH, else an application of macOS."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    on_path = (found for name in NAMES if (found := shutil.which(name)))
    if first := next(on_path, None):
        return Path(first)
    return next((application for application in APPLICATIONS if application.is_file()), None)
