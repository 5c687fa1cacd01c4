"""Methods that take what those of an index take; they get it by name, with the defaults filled in."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from typing import Concatenate

    from typing_extensions import ParamSpec

    from ..asking import Asking

    P = ParamSpec("P")

T = TypeVar("T")


class Checks(Protocol):
    """What such methods belong to."""

    def _checked(self, ask: Callable[[], Any], here: Callable[[Asking], object]) -> Any:
        """What `ask` gives; if it refuses its arguments, what `here` raises for them in another index."""
        ...


def alike(
    method: Callable[Concatenate[Any, P], T],
) -> Callable[[Callable[[Any, dict[str, Any]], T]], Callable[Concatenate[Any, P], T]]:
    """A decorator: the function is given the arguments of the method, and has its documentation."""
    signature = inspect.signature(method)

    def decorate(answer: Callable[[Any, dict[str, Any]], T]) -> Callable[Concatenate[Any, P], T]:
        def call(self: Checks, /, *args: P.args, **named: P.kwargs) -> T:
            bound = signature.bind(self, *args, **named)
            bound.apply_defaults()
            given = {name: value for name, value in bound.arguments.items() if name != "self"}

            def here(other: Asking) -> object:
                return method(other, *args, **named)

            found: T = self._checked(lambda: answer(self, given), here)
            return found

        call.__name__ = method.__name__
        call.__qualname__ = answer.__qualname__
        call.__doc__ = method.__doc__
        call.__wrapped__ = method  # type: ignore[attr-defined]
        call.__module__ = method.__module__  # which knows the annotations
        call.__annotations__ = method.__annotations__
        return call

    return decorate
