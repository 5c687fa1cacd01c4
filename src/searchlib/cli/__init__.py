"""The shell command: it parses, calls the library, prints. Each command is a module of its own.

Results are printed as text or as JSON lines, and the exit code says how it went:

    0  hits, or success          2  usage or set-up error; the message says what mends it
    1  no hit, or input refused  3  the index is damaged

A module is imported only when its command runs. A plain query is read by quick.py, without click, whose
import takes longer than the rest of the process; whatever else is typed goes to click, in group.py.
"""

from __future__ import annotations

import sys

from ..lean import TYPE_CHECKING
from .commands import COMMANDS

if TYPE_CHECKING:
    from typing import NoReturn

    from .group import application

__all__ = ["COMMANDS", "application", "main"]


def main() -> NoReturn:
    """Run the command that the arguments name; SystemExit bears its exit code."""
    from .quick import answered

    code = answered(sys.argv[1:])
    if code is None:
        from .group import application

        application.main(prog_name="searchlib")
    sys.exit(code)


if not TYPE_CHECKING:

    def __getattr__(name):
        if name != "application":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from .group import application

        return application
