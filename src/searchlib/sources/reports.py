"""What is said of sources while they are read: what was refused, and what cost no document."""

from __future__ import annotations

from collections.abc import Callable

from ..errors import SourceError
from .problems import OnError, Problem


class Reports:
    """Counts the problems and passes them on; on_error, on_notice: as of Sources."""

    def __init__(self, on_error: OnError, on_notice: Callable[[Problem], object] | None) -> None:
        self._on_error, self._on_notice = on_error, on_notice
        self._raised: SourceError | None = None
        self.num_refused = 0

    def refuse(self, problem: Problem) -> None:
        """Count and report a problem, as on_error says."""
        self.num_refused += 1
        try:
            if callable(self._on_error):
                self._on_error(problem)
            elif self._on_error == "raise":
                raise SourceError(str(problem))
        except SourceError as error:
            self._raised = error
            raise

    def ends_run(self, error: SourceError) -> bool:
        """Whether an error is the user's end of the run; another one is the end of a file."""
        return error is self._raised

    def notice(self, problem: Problem) -> None:
        """Report what cost no document."""
        if self._on_notice:
            self._on_notice(problem)
