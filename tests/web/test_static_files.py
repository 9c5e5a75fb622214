"""The built web files travel compressed to those who accept it, and are kept for as long as their names allow."""

import re

import httpx
import pytest

from graph_service.api.static_files import accepts_gzip


def test_script_travels_compressed_and_is_kept(service_url: str) -> None:
    script = url_of_a_script(service_url)
    compressed = httpx.get(script, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    plain = httpx.get(script, headers={"Accept-Encoding": "gzip;q=0, *"})
    assert compressed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert compressed.content == plain.content
    for response in (compressed, plain):
        assert response.headers["vary"] == "Accept-Encoding"
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_unchanged_script_is_not_sent_again(service_url: str) -> None:
    script = url_of_a_script(service_url)
    tag = httpx.get(script, headers={"Accept-Encoding": "gzip"}).headers["etag"]
    assert httpx.get(script, headers={"Accept-Encoding": "gzip", "If-None-Match": tag}).status_code == 304
    assert httpx.get(script, headers={"Accept-Encoding": "identity", "If-None-Match": tag}).status_code == 200


def test_file_without_a_hash_in_its_name_is_asked_for_each_time(service_url: str) -> None:
    notices = url_of_a_script(service_url).partition("assets/")[0] + "THIRD-PARTY-LICENSES.txt"
    assert httpx.get(notices).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("accept_encoding", "accepted"),
    [
        ("gzip", True),
        ("br;q=1, GZIP ; q=0.001", True),
        ("*", True),
        ("", False),
        ("identity, br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("gzip;q=nonsense", False),
    ],
)
def test_gzip_is_sent_only_where_it_is_accepted(accept_encoding: str, accepted: bool) -> None:
    assert accepts_gzip(accept_encoding) is accepted


def url_of_a_script(service_url: str) -> str:
    page = httpx.get(f"{service_url}/graphql", headers={"Accept": "text/html"}).text
    [path] = re.findall(r'<script type="module" crossorigin src="([^"]+)"', page)
    return service_url + path
