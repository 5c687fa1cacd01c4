"""An answer in JSON, whose bytes and headers are made at once: in the thread that made the answer itself."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.responses import Response

_TYPE = (b"content-type", b"application/json")


class JsonResponse(Response):
    """Plain data as JSON. status: of the answer."""

    def __init__(self, answer: Any, status: int = 200) -> None:  # Starlette's takes apart what it is given
        self.body = msgspec.json.encode(answer)
        self.status_code = status
        self.raw_headers = [(b"content-length", b"%d" % len(self.body)), _TYPE]
        self.background = None
