"""A Neo4j in a container, where Docker runs."""

import secrets
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager

from docker.errors import DockerException
from testcontainers.community.neo4j import Neo4jContainer

from tests.servers.server import Neo4jServer, Release, Unreachable


@contextmanager
def server_in_docker(release: Release) -> Generator[Neo4jServer]:
    """Run the release's image; testcontainers removes the container, also after a killed test run.

    Raises `Unreachable` when no Docker answers or the image cannot be had.
    """
    require_docker()
    password = secrets.token_urlsafe(16)
    container = Neo4jContainer(release.image, username="neo4j", password=password)
    try:
        container.start()
    except DockerException as error:
        raise Unreachable(str(error)) from error
    try:
        yield Neo4jServer(container.get_connection_url(), "neo4j", password)
    finally:
        container.stop()


def require_docker() -> None:
    """Raise `Unreachable` when no Docker engine answers.

    Asked through its command: the Python client leaks a socket, and so a warning, when nothing answers.
    """
    docker = shutil.which("docker")
    if docker is None:
        raise Unreachable("there is no docker on the PATH")
    asked = subprocess.run([docker, "version"], check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if asked.returncode != 0:
        raise Unreachable(asked.stderr.strip())
