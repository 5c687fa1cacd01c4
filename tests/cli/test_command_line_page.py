"""docs/command-line.md: its sessions print what they show, and it has every command and every option."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from running import Run

from searchlib.cli.commands import ALIASES, COMMANDS, SECTIONS
from searchlib.cli.group import application

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "command-line.md").read_text("utf-8")
SESSIONS = re.findall(r"^```console\n(.*?)^```$", PAGE, re.M | re.S)
PARTS = dict(re.findall(r"^#### `(.+?)`\n(.*?)(?=^###|\Z)", PAGE, re.M | re.S))


def test_the_sessions_print_what_they_show(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEARCHLIB_INDEX")
    shutil.copytree(PROJECT / "corpus", "corpus")
    steps = [step for session in SESSIONS for step in re.split(r"^\$ ", session, flags=re.M)[1:]]
    assert len(steps) >= 18
    for step in steps:
        command, _, expected = step.partition("\n")
        program, *arguments = shlex.split(command)
        assert program == "searchlib"
        done = run(*arguments)
        pattern = re.escape(expected.rstrip("\n")).replace("…", ".*")
        assert done.code in (0, 1), done.err
        assert re.fullmatch(pattern, (done.err + done.out).rstrip("\n")), (command, done.err + done.out)


def test_each_command_has_its_part() -> None:
    assert tuple(PARTS) == COMMANDS
    for name, of in ALIASES.items():
        assert f"`searchlib {name}`" in PARTS[of]


def commands_of(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """The command and, of a group, those in it."""
    yield name, command
    for inner, found in getattr(command, "commands", {}).items():
        yield from commands_of(found, f"{name} {inner}")


def row(option: click.Option) -> str:
    """The line of an option: its names, its help, what it may be, its default."""
    names = ", ".join(f"`{name}`" for name in (*option.opts, *option.secondary_opts))
    told = [option.help or ""]
    if isinstance(option.type, click.Choice):
        told.append(", ".join(f"`{choice}`" for choice in option.type.choices) + ".")
    shows_default = option.show_default and not option.is_flag and type(option).__name__ != "_Languages"
    if shows_default and isinstance(option.default, (str, int, float)):
        told.append(f"Default: {option.default}.")
    return f"| {names} | {' '.join(told)} |"


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_is_there_as_it_is_and_no_other(name: str) -> None:
    command = application.get_command(click.Context(application), name)
    assert command is not None
    expected = []
    for path, each in commands_of(command, name):
        options = [parameter for parameter in each.params if isinstance(parameter, click.Option)]
        expected += [row(option) for option in options]
        pieces = [] if hasattr(each, "commands") else each.collect_usage_pieces(click.Context(each))
        usage = " ".join(["searchlib", path, *(piece for piece in pieces if piece != "[OPTIONS]")])
        assert f"`{usage}`" in PARTS[name], path
        assert options == [] or "| option | |" in PARTS[name], path
    assert re.findall(r"^\| `-.*$", PARTS[name], re.M) == expected


def test_groups_have_commands() -> None:
    """Or the test above sees none of them."""
    found = [path for name in COMMANDS for path, _ in commands_of(command_called(name), name)]
    assert "translations build" in found and len(found) > len(COMMANDS)


def command_called(name: str) -> click.Command:
    command = application.get_command(click.Context(application), name)
    assert command is not None
    return command


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says_of_itself(name: str) -> None:
    command = application.get_command(click.Context(application), name)
    listed = next(section[name] for section in SECTIONS.values() if name in section)
    assert command is not None and (listed == command.short_help or name == "query")
