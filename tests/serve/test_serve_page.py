"""docs/serve.md: its examples are read by what they are for, and its limits are the server's."""

import configparser
import json
import re
import shlex
from pathlib import Path

import click
import pytest
from serving import make_index, served

from searchlib.cli.commands import COMMANDS
from searchlib.cli.group import application
from searchlib.serve.access.key_checks import check_keys
from searchlib.serve.access.keys import SCOPES, keys_of_file
from searchlib.serve.operations.table import OPERATIONS
from searchlib.serve.settings import Limits, Settings

PAGE = (Path(__file__).parents[2] / "docs" / "serve.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"^```(toml|ini|dockerfile|nginx)\n(.*?)^```$", PAGE, re.M | re.S))
OPTIONS = {
    name
    for option in application.get_command(click.Context(application), "serve").params  # type: ignore[union-attr]
    for name in option.opts
}


def test_the_file_of_keys_is_one(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(BLOCKS["toml"])
    site, acme = keys_of_file(str(path))
    assert (site.name, site.indexes, acme.filter) == ("site", {"books"}, "tenant:acme")
    with pytest.raises(ValueError, match="acme"):  # the tests' index has no such field
        check_keys([acme], Settings({"main": str(make_index(tmp_path / "main"))}))
    with served({"books": str(make_index(tmp_path / "books"))}, keys=(site,)) as client:
        assert client.get("/v1/indexes").status_code == 401


def test_the_unit_of_systemd_is_one() -> None:
    unit = configparser.RawConfigParser()
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string(BLOCKS["ini"])
    assert set(unit) >= {"Unit", "Service", "Install"}
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/searchlib")
    _known(arguments)
    assert int(unit["Service"]["TimeoutStopSec"]) > Limits().stop_seconds
    assert int(unit["Service"]["LimitNOFILE"]) > 2 * Limits().connections


def test_the_container_runs_the_command() -> None:
    lines = dict(line.split(" ", 1) for line in BLOCKS["dockerfile"].splitlines())
    program, *arguments = json.loads(lines["ENTRYPOINT"])
    assert program == "searchlib"
    _known(arguments)
    assert json.loads(lines["HEALTHCHECK"].removeprefix("CMD "))[0] == "python"
    assert lines["EXPOSE"] == str(Settings({}).port)


def _known(arguments: list[str]) -> None:
    command, *rest = arguments
    assert command == "serve"
    assert command in COMMANDS
    given = [each for each in rest if each.startswith("--")]
    assert given
    assert set(given) <= OPTIONS


def test_options_that_are_told_are_there() -> None:
    assert set(re.findall(r"`(--[\w-]+)", PAGE)) <= OPTIONS


def test_scopes_are_told_with_what_they_allow() -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", PAGE.partition("## Keys")[2], re.M))
    assert told == SCOPES == {each.scope for each in OPERATIONS} - {"public"}
    for path in ("/health", "/ready", "/openapi.json"):
        assert path in PAGE
        assert {each.scope for each in OPERATIONS if each.path == path} == {"public"}


def test_limits_are_those() -> None:
    limits = Limits()
    for said in (
        f"{limits.body_bytes >> 20} MiB, {limits.upload_bytes >> 30} GiB",
        f"on their way | {limits.bodies_bytes >> 20} MiB",
        f"{limits.hits:,}; {limits.page_bytes >> 20} MiB",
        f"{limits.search_seconds:g} s, or `--timeout`",
        f"{limits.queued} more",
        f"below {limits.spare_bytes >> 20} MiB",
        f"| {limits.connections:,}, where",
        f"from {2 * limits.connections:,} on",
        f"{limits.head_seconds:g} s and {limits.head_bytes >> 10} KiB",
        f"{limits.body_seconds:g} s, and 1 KiB a second",
        f"{limits.write_seconds:g} s for {limits.write_seconds:g} KiB",
        f"connection | {limits.idle_seconds:g} s",
        f"after {limits.stop_seconds:g} s",
    ):
        assert said in PAGE, said
