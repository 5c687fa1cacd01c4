"""The files beside the page: its style, its script, its icon.

Each has the hash of its bytes in its address, so that browsers keep it until it changes.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response

from ..problems import ProblemError

if TYPE_CHECKING:
    from ..calls import Call

FOLDER = Path(__file__).with_name("static")
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOREVER, _ASK = "public, max-age=31536000, immutable", "public, no-cache"


class Asset(NamedTuple):
    """A file. version: of its bytes."""

    content: bytes
    media_type: str
    version: str


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """All of them by name."""
    found = {}
    for path in sorted(FOLDER.iterdir()):
        if (kind := _TYPES.get(path.suffix)) is not None:
            content = path.read_bytes()
            found[path.name] = Asset(content, kind, hashlib.sha256(content).hexdigest()[:16])
    return found


def address_of(name: str) -> str:
    """Where a browser finds it."""
    return f"/static/{name}?v={assets()[name].version}"


async def static(call: Call) -> Response:
    """One file; 304 where the browser has it."""
    name = str(call.request.path_params["file"])
    asset = assets().get(name)
    if asset is None:
        detail = f"no file {name!r:.100} belongs to the page"
        raise ProblemError(404, "NotFound", "There is nothing here", detail)
    tag = f'"{asset.version}"'
    is_this_one = call.request.query_params.get("v") == asset.version
    headers = {
        "ETag": tag,
        "Cache-Control": _FOREVER if is_this_one else _ASK,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if tag in call.request.headers.get("if-none-match", ""):
        return Response(None, 304, headers)
    return Response(asset.content, 200, headers, asset.media_type)
