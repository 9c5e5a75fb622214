"""A service as people run it: the command `graph-service serve` in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(directory: Path, environment: Mapping[str, str] | None = None) -> Generator[str]:
    """Start the service on a free port, with its data below `directory`; give its base URL, and stop it at the end."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "GRAPH_SERVICE_"))}
    own |= {"GRAPH_SERVICE_DATA_DIR": str(directory / "data"), **(environment or {})}
    process = subprocess.Popen(
        [sys.executable, "-m", "graph_service", "serve", "--port", "0"],
        env=own,
        cwd=directory,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        lines: list[str] = []
        for line in process.stderr:
            lines.append(line)
            if line.startswith("GraphiQL: "):
                break
        else:
            raise AssertionError(f"the service ended with {process.wait()}: {''.join(lines)}")
        yield line.removeprefix("GraphiQL: ").strip().removesuffix("/graphql")
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()
