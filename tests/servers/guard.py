"""Run one command and end it when standard input closes, which the kernel does however its owner dies.

python -IS guard.py COMMAND [ARGUMENT]...
"""

import subprocess
import sys
import threading
import time

GRACE_SECONDS = 15


def main() -> None:
    """Wait for the command and leave with its exit status."""
    child = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
    threading.Thread(target=_end_with_owner, args=(child,), daemon=True).start()
    sys.exit(child.wait())


def _end_with_owner(child: subprocess.Popen[bytes]) -> None:
    sys.stdin.buffer.read()
    child.terminate()
    time.sleep(GRACE_SECONDS)
    child.kill()


if __name__ == "__main__":
    main()
