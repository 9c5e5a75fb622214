"""CPU time of processes, as the kernel of Linux counts it."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
TICKS_PER_SECOND: Final = os.sysconf("SC_CLK_TCK")
LISTENS: Final = "0A"
LISTENS_WITHIN_S: Final = 10


class NotMeasurable(Exception):
    """The CPU time of a side cannot be read on this machine."""


def cpu_seconds(pid: int) -> float:
    """Give the CPU time of a process with all its threads and all its living children."""
    children = [
        int(child) for task in (PROC / str(pid) / "task").iterdir() for child in (task / "children").read_text().split()
    ]
    # The name of a process may hold spaces and brackets, so fields are counted from the last bracket.
    fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND + sum(map(cpu_seconds, children))


def listener(port: int) -> int:
    """Find the process that listens on a port of loopback, or will within a moment.

    Raises NotMeasurable where there is no /proc, or where the process is not this user's.
    """
    if sys.platform != "linux":
        raise NotMeasurable("CPU time is read from /proc, which only Linux has")
    deadline = time.monotonic() + LISTENS_WITHIN_S
    while time.monotonic() < deadline:
        inode = _inode(port)
        for process in PROC.glob("[0-9]*"):
            if inode is not None and inode in _sockets(process):
                return int(process.name)
        time.sleep(0.1)
    raise NotMeasurable(f"no process of this user listens on port {port}")


def _inode(port: int) -> str | None:
    for line in (PROC / "net" / "tcp").read_text().splitlines()[1:] + _lines_of_6():
        _, local, _, state, *_, inode = line.split()[:10]
        if state == LISTENS and int(local.rpartition(":")[2], 16) == port:
            return inode
    return None


def _lines_of_6() -> list[str]:
    table = PROC / "net" / "tcp6"
    return table.read_text().splitlines()[1:] if table.exists() else []


def _sockets(process: Path) -> set[str]:
    """Give the inodes of the sockets of a process; none where it is another user's, or has just ended."""
    found: set[str] = set()
    with suppress(OSError):
        for link in (process / "fd").iterdir():
            with suppress(OSError):  # closed meanwhile
                kind, _, inode = str(link.readlink()).partition(":")
                if kind == "socket":
                    found.add(inode.strip("[]"))
    return found
