"""A function that waits, for programs that must not: asyncio gets it as a coroutine, run in a thread."""

from __future__ import annotations

from .lean import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import Any, TypeVar

    from typing_extensions import ParamSpec

    _P = ParamSpec("_P")

    _T = TypeVar("_T")


def in_a_thread(function: Callable[_P, _T]) -> Callable[_P, Coroutine[Any, Any, _T]]:
    """The coroutine of a method: `await index.asearch(…)`.

    The core works without the interpreter's lock, so that other tasks go on. A task that is cancelled waits
    no longer; the call itself ends when it is done, or at its `timeout`.
    """

    async def call(*args: _P.args, **named: _P.kwargs) -> _T:
        import asyncio  # those who await have loaded it

        method = getattr(args[0], function.__name__)  # of an index elsewhere, its own
        found: _T = await asyncio.to_thread(method, *args[1:], **named)
        return found

    for attribute in ("__module__", "__annotations__"):  # functools.wraps, without loading functools
        setattr(call, attribute, getattr(function, attribute))
    call.__wrapped__ = function  # type: ignore[attr-defined]
    call.__name__ = f"a{function.__name__}"
    call.__qualname__ = function.__qualname__.replace(function.__name__, call.__name__)
    call.__doc__ = f"`{function.__name__}` for asyncio: the same arguments, results and errors.\n\n" + (
        "        It runs in a thread, and the core without the interpreter's lock: other tasks go on. A task "
        "that is\n        cancelled waits no longer; the search ends when it is done, or at its `timeout`.\n"
    )
    return call
