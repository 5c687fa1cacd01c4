"""The quick reader of a plain query's arguments says what click says of them, or nothing."""

from __future__ import annotations

import inspect
import subprocess
import sys

import click
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from running import Run, process_environment

from searchlib.cli import quick
from searchlib.cli.query import command
from searchlib.cli.searching import answer

DEFAULTS = {
    name: parameter.default
    for name, parameter in inspect.signature(answer).parameters.items()
    if parameter.default is not inspect.Parameter.empty
}

PIECES = [
    *["лес", "police force", "-", "--", "", " ", "query", "a=b", "x:y", "5", "0", "-1", "10", "007", "+3"],
    *["--json", "--count", "-c", "-l", "--names", "-q", "--quiet", "--cursor", "--explain", "--strict"],
    *["-n", "--limit", "--offset", "--fragments", "--context", "--sort", "--after", "--index", "-i"],
    *["--field", "-f", "--fields", "--filter", "--facet", "--cross-script", "--ranking", "--expand"],
    *["-n5", "-n=5", "-n 5", "-lc", "-ln5", "-ln", "-cx", "-ix", "-i=x", "-fbody", "-ftitle,body", "-fx=y"],
    *["--limit=5", "--limit=", "--limit=x", "--limit=-1", "--limit= 5", "--limit=1_0", "--limit=٣"],
    *["--index=", "--index=x=y", "--json=1", "--json=", "--sort=-day", "--sort", "-day", "--filter=a:b c"],
    *["--lim", "--jso", "--bogus", "-x", "-h", "--help", "--open", "--format", "csv", "--format=json"],
    *["--syntax", "plain", "bm25", "bo1", "--timeout", "1.5", "99999999999999999999", "indx", "--context=0"],
]


def by_click(arguments: list[str]) -> dict[str, object] | None:
    """What click makes of the arguments of `searchlib query`; None if it refuses them."""
    try:
        with command.make_context("query", list(arguments)) as context:
            return dict(context.params)
    except (click.ClickException, click.exceptions.Exit):
        return None


@given(st.lists(st.sampled_from(PIECES), max_size=7))
@example(["-n", "-1", "x"])
@example(["--sort", "--", "x"])
@example(["x", "--filter"])
@example(["x", "--limit", "3", "--limit=4"])
def test_what_it_reads_is_what_click_reads(arguments: list[str]) -> None:
    read = quick.read(["query", *arguments])
    if read is None:
        return
    expected = by_click(arguments)
    assert expected is not None, "click refuses it"
    if read["index_path"] is None:
        read["index_path"] = expected["index_path"]
    assert {**DEFAULTS, **read} == expected


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5))
def test_words_alone_are_the_same_query(arguments: list[str]) -> None:
    read = quick.read(arguments)
    if arguments[0] != "query" and read is not None:
        assert read == quick.read(["query", *arguments])


@pytest.mark.parametrize(
    "arguments",
    [
        ["лес"],
        ["query", "лес"],
        ["a", "b", "c"],
        ["лес", "-n", "3"],
        ["--json", "лес"],
        ["лес", "-i", "x"],
        ["лес", "--index=x"],
        ["--", "-x"],
        ["лес", "-l"],
        ["лес", "--sort=-day", "--facet", "tag", "--filter", "a:b"],
    ],
)
def test_plain_queries_are_read(arguments: list[str]) -> None:
    assert quick.read(arguments) is not None


@pytest.mark.parametrize(
    "arguments",
    [[], ["query"], ["list"], ["indx"], ["-h"], ["лес", "-h"], ["лес", "--open"], ["лес", "-i", ""], ["-V"]],
)
def test_the_rest_is_left_to_click(arguments: list[str]) -> None:
    assert quick.read(arguments) is None


def test_the_defaults_are_those_of_the_options() -> None:
    expected = by_click(["x"])
    assert expected is not None
    assert {**DEFAULTS, "text": ("x",), "index_path": expected["index_path"]} == expected


def test_its_options_are_all_options_of_the_command() -> None:
    known = {name: option.name for option in command.params for name in option.opts}
    read = {**quick._FLAGS, **quick._TEXTS, **quick._LISTS}
    read |= {name: key for name, (key, _) in quick._NUMBERS.items()}
    assert read.items() <= known.items()


def test_completion_is_left_to_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_SEARCHLIB_COMPLETE", "bash_complete")
    assert quick.read(["лес"]) is None


CASES = [
    ["Tashkent", "CSTO"],
    ["Tashkent", "--json"],
    ["zyzzyva"],
    ["zyzzyva", "--json"],
    ["author:Tashkent"],
    ["Tashkent", "-l"],
    ["Tashkent", "-c"],
    ["Tashkent", "--sort", "nowhere"],
    ["Tashkent", "--field", "nowhere"],
    [" "],
    ["Tashkent", "--index", "nowhere"],
]


@pytest.mark.parametrize("arguments", CASES, ids=" ".join)
def test_both_ways_print_the_same(run_process: Run, indexed: Run, arguments: list[str]) -> None:
    script = "from searchlib.cli.group import application; application.main(prog_name='searchlib')"
    slow = subprocess.run(
        [sys.executable, "-c", script, "query", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=process_environment(),
        timeout=60,
    )
    done = run_process("query", *arguments)

    def untimed(text: str) -> list[str]:
        return [line.partition(" in ")[0] if " ms" in line else line for line in text.splitlines()]

    assert (done.code, untimed(done.out), done.err) == (slow.returncode, untimed(slow.stdout), slow.stderr)
