"""/mcp: the tools of `searchlib mcp` over the indexes that are served, for agents that speak HTTP.

The package that speaks the protocol takes a second to load, so it is loaded when an agent first asks. Its
tasks need one that lives as long as they do: a keeper, which the server ends at its own end.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

import anyio.to_thread

from .problems import ProblemError

if TYPE_CHECKING:
    from ..agents.http import McpApp

_MAX_KEPT = 8


class Tools:
    """The applications that answer agents: one for each choice of indexes that somebody may see."""

    def __init__(self) -> None:
        self._kept: dict[tuple[tuple[str, str], ...], _Kept] = {}
        self._making = asyncio.Lock()

    async def over(self, folders: Mapping[str, str]) -> McpApp:
        """The one over these folders, by their names; a Problem where the package is missing."""
        choice = tuple(sorted(folders.items()))
        async with self._making:
            if choice not in self._kept:
                while len(self._kept) >= _MAX_KEPT:
                    await self._kept.pop(next(iter(self._kept))).end()
                app = await anyio.to_thread.run_sync(_made, dict(choice))
                self._kept[choice] = await _Kept.begun(app)
            return self._kept[choice].app

    async def close(self) -> None:
        """End them all."""
        for kept in self._kept.values():
            await kept.end()


class _Kept:
    """An application and the task that it lives in."""

    def __init__(self, app: McpApp) -> None:
        self.app = app
        self._is_over, self._has_begun = asyncio.Event(), asyncio.Event()
        self._keeper = asyncio.create_task(self._live())

    @classmethod
    async def begun(cls, app: McpApp) -> _Kept:
        """One that answers."""
        kept = cls(app)
        await kept._has_begun.wait()
        return kept

    async def _live(self) -> None:
        async with self.app.lifespan():
            self._has_begun.set()
            await self._is_over.wait()

    async def end(self) -> None:
        """Let go of its files; what it answers meanwhile is broken off."""
        self._is_over.set()
        await self._keeper
        await anyio.to_thread.run_sync(self.app.close)


def _made(folders: dict[str, str]) -> McpApp:
    try:
        from ..agents.catalog import Catalog
        from ..agents.http import McpApp
    except ModuleNotFoundError as error:
        detail = f"tools for agents need {error.name}: pip install 'searchlib[mcp]' beside the server"
        raise ProblemError(501, "NotInstalled", "The server has no tools for agents", detail) from None
    return McpApp(Catalog(folders), gate=None)
