"""A writer as a context manager: it commits on success, and what failed is forgotten."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Self


class Committing(ABC):
    """Of an index, of a server's or of a collection."""

    @abstractmethod
    def commit(self) -> object:
        """Make the changes durable."""

    @abstractmethod
    def close(self) -> None:
        """Forget what was not committed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self.close()
