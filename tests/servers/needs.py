"""Install what the tests need from the system's packages, or say the one command that is missing.

    python -m tests.servers.needs

Everything else comes with the project's own requirements: Java with the embedded engine, Node.js with the type checker.
"""

import ctypes
import os
import shutil
import subprocess
import sys

from tests.servers.chromium import chromium
from tests.servers.in_docker import require_docker
from tests.servers.server import Unreachable

APT_GET = ("apt-get", "--option=DPkg::Lock::Timeout=300", "--quiet")


def main() -> int:
    """Return 0 when all is there, 1 when somebody has to run the printed command."""
    packages = missing_packages()
    if not packages:
        return 0
    install(packages)
    if not missing_packages():
        return 0
    tool = "brew install" if sys.platform == "darwin" else "sudo apt-get install --yes"
    sys.stderr.write(f"The tests need {' and '.join(packages)}. Run: {tool} {' '.join(packages)}\n")
    return 1


def missing_packages() -> list[str]:
    """Name the system's packages that the tests lack: a browser, and Maven where no Docker runs Neo4j."""
    packages: list[str] = []
    if chromium() is None:
        packages.append("chromium")
    if sys.platform == "linux" and not _loads("libatomic.so.1"):
        packages.append("libatomic1")  # what drives the browser is linked to it
    if shutil.which("mvn") is None:
        try:
            require_docker()
        except Unreachable:
            packages.append("maven")
    return packages


def install(packages: list[str]) -> None:
    """Install Debian packages where this user may do so without being asked; elsewhere do nothing."""
    if shutil.which("apt-get") is None:
        return
    as_root: tuple[str, ...] = ()
    if os.geteuid() != 0:
        as_root = ("sudo", "--non-interactive", "--preserve-env=DEBIAN_FRONTEND")
        if shutil.which("sudo") is None:
            return
        if subprocess.run([*as_root, "true"], check=False, capture_output=True).returncode != 0:
            return
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        subprocess.run([*as_root, *APT_GET, *step], check=False, stdin=subprocess.DEVNULL, env=environment)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
