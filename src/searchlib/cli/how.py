"""How files are read, as the options of `searchlib index` say it. Nothing is decided here."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchlib import How

_MAX_SHOWN = 3


def how_text(how: How) -> str:
    """The options, as they are typed; what no option says, in words."""
    given = [(name, getattr(how, name)) for name in ("encoding", "format", "records")]
    options = [f"--{name} {shlex.quote(value)}" for name, value in given if value]
    options += [f"--errors {how.errors}"] * (how.errors != "mend")
    options += [f"--map {shlex.quote(f'{source}={target}')}" for source, target in how.rename]
    options += [f"--include {shlex.quote(pattern)}" for pattern in how.include]
    options += [f"--exclude {shlex.quote(pattern)}" for pattern in how.exclude]
    options += ["--hidden"] * how.hidden + ["--no-ignore"] * (not how.ignore)
    return " ".join([*options, *(f"without {shlex.quote(path)}" for path in how.without)])


def as_before_text(paths: Sequence[str], how: How, remedy: str = "--defaults forgets it") -> str:
    """That paths are read as in the last run, and how that is."""
    shown = ", ".join(paths[:_MAX_SHOWN])
    more = f" and {len(paths) - _MAX_SHOWN:,} more" if len(paths) > _MAX_SHOWN else ""
    return f"{shown}{more}: read as before, {how_text(how)} ({remedy})"
