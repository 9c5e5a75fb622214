"""The built web files over HTTP: compressed ahead of time, cached for as long as their names allow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

if TYPE_CHECKING:
    from os import PathLike, stat_result

    from starlette.types import Scope

# The bundler ends the name of each file below assets/ with a hash of its content.
_HASHED = re.compile(r"/assets/[^/]+-[\w-]{8}\.\w+$")
_FOREVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"


class CompressedStaticFiles(StaticFiles):
    """Adds Cache-Control to each file and sends its `.gz` twin, where there is one, to a client that accepts gzip."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """Answer with the file or its twin; each has an ETag of its own, and caches keep them apart."""
        asked, path = Headers(scope=scope), Path(full_path)
        headers = {"Cache-Control": _FOREVER if _HASHED.search(path.as_posix()) else _ASK_EACH_TIME}
        twin = path.with_name(f"{path.name}.gz")
        if twin.is_file():
            headers["Vary"] = "Accept-Encoding"
            if accepts_gzip(asked.get("accept-encoding", "")):
                headers["Content-Encoding"] = "gzip"
                path, stat_result = twin, twin.stat()
        # The media type is guessed from the name without `.gz`.
        response = FileResponse(path, status_code=status_code, headers=headers, stat_result=stat_result)
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, asked) else response


def accepts_gzip(accept_encoding: str) -> bool:
    """Tell whether an Accept-Encoding header allows gzip, by name or by `*`, with a weight above zero (RFC 9110)."""
    weights: dict[str, float] = {}
    for entry in accept_encoding.lower().split(","):
        coding, _, weight = (part.strip() for part in entry.partition(";"))
        weights[coding] = _weight(weight)
    return weights.get("gzip", weights.get("*", 0.0)) > 0


def _weight(parameter: str) -> float:
    """Read `q=0.5`; a missing weight counts as one, an unreadable one as zero."""
    match = re.fullmatch(r"(?:q\s*=\s*([01](?:\.\d{0,3})?))?", parameter)
    return float(match[1] or 1) if match else 0.0
