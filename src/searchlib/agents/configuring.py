"""What is pasted into a client's settings, so that it starts the server, or connects to it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any


def settings_of(client: str, arguments: Sequence[str], url: str | None, has_key: bool) -> str:
    """The text to paste. client: "vscode" for .vscode/mcp.json; "claude" for Claude, Cursor and most others.
    arguments: those of the command; url: where it is served, None for standard
    input."""
    server: dict[str, Any]
    if url is None:
        command, *first = _program()
        server = {"command": command, "args": [*first, *arguments]}
        if client == "vscode":
            server = {"type": "stdio", **server}
    else:
        server = {"type": "http", "url": url}
        if has_key:
            server["headers"] = {"Authorization": "Bearer KEY"}
    key = "servers" if client == "vscode" else "mcpServers"
    return json.dumps({key: {"searchlib": server}}, ensure_ascii=False, indent=2)


def _program() -> list[str]:
    """How this very searchlib is started from anywhere."""
    script = os.path.abspath(sys.argv[0])  # noqa: PTH100
    if os.path.basename(script) == "searchlib" and os.access(script, os.X_OK):  # noqa: PTH119
        return [script]
    return [sys.executable, "-m", "searchlib"]
