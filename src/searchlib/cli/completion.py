"""searchlib completion: the script that makes a shell complete searchlib's arguments."""

from __future__ import annotations

import click

from .errors import SUCCESS
from .options import examples, subcommand
from .places import COMPLETION

SHELLS = ("bash", "zsh", "fish")


@subcommand(
    "completion",
    short_help="Print the completion script of a shell.",
    epilog=examples(
        'eval "$(searchlib completion bash)"               in ~/.bashrc',
        'eval "$(searchlib completion zsh)"                in ~/.zshrc, after compinit',
        "searchlib completion fish > ~/.config/fish/completions/searchlib.fish",
    ),
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> int:
    """Print the script that has SHELL complete commands, options, files, fields, ids and words."""
    from click.shell_completion import get_completion_class

    from .group import application
    from .output import write

    found = get_completion_class(shell)
    assert found is not None
    write(found.source_template % found(application, {}, "searchlib", COMPLETION).source_vars())
    return SUCCESS
