"""The operation of tools for agents, which hands a message on to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.responses import Response

from ..problems import ProblemError
from .operation import Operation

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from ...agents.http import McpApp
    from ..calls import Call


class _Answered(Response):
    """What another application answers to the request."""

    def __init__(self, app: McpApp) -> None:
        super().__init__()
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)


async def tools(call: Call) -> Response:
    """Hand a message to the tools, over the indexes that the key sees."""
    seen = call.catalogue
    folders = await call.ask(lambda: {name: call.state.catalogue.folder(name) for name in seen})
    if not folders:
        detail = "there is nothing to search; make one with `searchlib index FOLDER`"
        raise ProblemError(404, "IndexNotFoundError", "There is no index", detail)
    return _Answered(await call.state.tools.over(folders))


TOOLS: Sequence[Operation] = (
    Operation(
        "POST",
        "/mcp",
        "tools",
        "Answer agents by the Model Context Protocol.",
        "read",
        tools,
        any_parameters=True,
        upload=True,
        tag="agents",
        listed=False,
    ),
)
