"""Asking before something is taken away: a person on a terminal, and --yes for everybody else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from .errors import say

_Command = TypeVar("_Command", bound=Callable[..., Any])


def yes_options(command: _Command) -> _Command:
    """--yes and --dry-run: the flags are `yes` and `dry_run`."""
    yes = click.option("--yes", "-y", is_flag=True, help="Do not ask; needed where nobody can be asked.")
    dry_run = click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
    return yes(dry_run(command))


def confirmed(question: str, yes: bool) -> bool:
    """Whether it shall be done; a UsageError where that is not said and nobody can be asked."""
    if yes:
        return True
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        raise click.UsageError(f"{question.rstrip('?')}: add --yes, for there is no terminal to ask on")
    if click.confirm(question, err=True):
        return True
    say("nothing was done")
    return False
