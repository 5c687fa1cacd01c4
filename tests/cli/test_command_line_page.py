"""docs/command-line.md: its sessions print what they show, and it has every command and every option."""

from __future__ import annotations

import re
import shlex
import shutil
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


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_is_there_and_no_other(name: str) -> None:
    command = application.get_command(click.Context(application), name)
    assert command is not None
    expected = {
        option
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
    }
    rows = re.findall(r"^\| (`-.+?`) \|", PARTS[name], re.M)
    assert {option for row in rows for option in re.findall("`(.+?)`", row)} == expected


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_says_what_the_command_says_of_itself(name: str) -> None:
    command = application.get_command(click.Context(application), name)
    listed = next(section[name] for section in SECTIONS.values() if name in section)
    assert command is not None and (listed == command.short_help or name == "query")
